package example

import (
	"slices"
	"strings"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/inventory"
	"softlaunch/models/launch"
	"softlaunch/models/market"
)

// stock counts goods at the three warehouses.
func (w *writer) stock() error {
	for _, l := range []inventory.Location{{Code: "reno", Name: "Reno, Nevada"}, {Code: "daventry", Name: "Daventry"}, {Code: "venlo", Name: "Venlo"}} {
		if err := w.tx.Gorm().Create(&l).Error; err != nil {
			return err
		}
		w.locations[l.Code] = l.ID
		for _, g := range goods {
			for _, colour := range g.colours {
				id := w.variants[sku(g.slug, colour)]
				if err := w.tx.Gorm().Create(&inventory.Level{LocationID: l.ID, VariantID: id, OnHand: g.stock}).Error; err != nil {
					return err
				}
				movement := inventory.Movement{At: written, LocationID: l.ID, VariantID: id, Quantity: g.stock, Reason: "received"}
				if err := w.tx.Gorm().Create(&movement).Error; err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// markets writes each country with its rules, pages, listings, prices, waves and approvals.
func (w *writer) markets() error {
	var regions map[string][][2]string
	if err := readJSON("regions.json", &regions); err != nil {
		return err
	}
	for i, c := range countries {
		if err := w.country(i+1, c, regions[c.market.Code]); err != nil {
			return err
		}
	}
	return w.kinds()
}

func (w *writer) country(position int, c country, regions [][2]string) error {
	m := c.market
	m.Position, m.Holidays, m.Exclusions = position, slices.Clone(holidays[m.Code]), cloned(m.Exclusions)
	var err error
	for _, at := range []struct {
		local string
		to    *clock.Instant
	}{{m.AnnouncedLocal, &m.AnnouncedAt}, {m.TestLocal, &m.TestAt}, {m.LaunchLocal, &m.LaunchAt}} {
		if *at.to, err = market.Resolve(at.local, m.Zone, ""); err != nil {
			return err
		}
	}
	if err := w.tx.Gorm().Create(&m).Error; err != nil {
		return err
	}
	if err := w.tx.Gorm().Create(&inventory.LocationMarket{LocationID: w.locations[c.location], MarketID: m.ID, Position: 1}).Error; err != nil {
		return err
	}
	for _, r := range regions {
		nexus := m.TaxIncluded || slices.ContainsFunc(c.rates, func(rate market.TaxRate) bool { return rate.Region == r[0] })
		if err := w.tx.Gorm().Create(&market.Region{MarketID: m.ID, Code: r[0], Name: r[1], Nexus: nexus}).Error; err != nil {
			return err
		}
	}
	for _, step := range []func(country, market.Market) error{w.seller, w.rates, w.delivery, w.pages, w.listings, w.approvals, w.discounts} {
		if err := step(c, m); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) rates(c country, m market.Market) error {
	for _, r := range c.rates {
		r.MarketID = m.ID
		if err := w.tx.Gorm().Create(&r).Error; err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) delivery(c country, m market.Market) error {
	for i, d := range c.methods {
		zones := d.Zones
		d.MarketID, d.CutoffHour, d.Position, d.Zones, d.Steps = m.ID, 14, i+1, nil, slices.Clone(d.Steps)
		if err := w.tx.Gorm().Create(&d).Error; err != nil {
			return err
		}
		if err := w.zones(d.ID, zones); err != nil {
			return err
		}
		for _, l := range m.Languages {
			if err := w.insert("delivery_texts", "method_id, language, name", d.ID, l.Language, w.words[l.Language].Delivery[d.Code]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) zones(methodID int64, zones []market.DeliveryZone) error {
	for _, z := range zones {
		z.MethodID, z.Steps = methodID, slices.Clone(z.Steps)
		for i := range z.Steps {
			z.Steps[i].MethodID = methodID
		}
		if err := w.tx.Gorm().Create(&z).Error; err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) pages(_ country, m market.Market) error {
	required := market.DefaultPages
	if m.ProductSafety { // the Union's markets and, for Northern Ireland, the United Kingdom's, where the guarantee's notice and accessibility are duties too
		required = append([]string{"guarantee", "accessibility"}, required...)
	}
	if err := market.RequirePages(w.tx, m.ID, required); err != nil {
		return err
	}
	for _, store := range m.Stores() {
		for i, slug := range pageSlugs {
			title, body, err := readPage(store.Path(), slug)
			if err != nil {
				return err
			}
			page := market.Page{MarketID: m.ID, Language: store.Language, Slug: slug, Title: title, Body: body, Position: i + 1}
			if err := w.tx.Gorm().Create(&page).Error; err != nil {
				return err
			}
		}
	}
	return nil
}

// listings writes what a market sells, from when and for how much. Goods of the test phase have two waves, one at its
// start and one in its middle.
func (w *writer) listings(_ country, m market.Market) error {
	for _, g := range goods {
		listing := catalog.Listing{MarketID: m.ID, ProductID: w.products[g.slug], LimitOrder: 5, LimitBuyer: 10, TestLimitOrder: 1, TestLimitBuyer: 1}
		if g.release == weeksLater {
			listing.VisibleFrom, listing.OnSaleFrom = m.LaunchAt, w.local(m, releaseDay[m.LaunchLocal])
		}
		if err := w.tx.Gorm().Create(&listing).Error; err != nil {
			return err
		}
		price := map[string]int64{"USD": g.usd, "GBP": g.gbp, "EUR": g.eur}[m.Currency]
		for _, colour := range g.colours {
			row := catalog.Price{MarketID: m.ID, VariantID: w.variants[sku(g.slug, colour)], Amount: price, Currency: m.Currency, ValidFrom: written}
			if err := w.prices(m, g, row); err != nil {
				return err
			}
		}
		if g.test != "" {
			if err := w.waves(m, g); err != nil {
				return err
			}
		}
	}
	return nil
}

// prices writes a price, and in the markets of 2015 a reduction of goods that have one.
func (w *writer) prices(m market.Market, g good, price catalog.Price) error {
	prices := []catalog.Price{price}
	if amount := g.reduced[m.Currency]; amount > 0 && m.LaunchLocal == early.LaunchLocal {
		price.Amount, price.ValidFrom, price.EndsAt = amount, w.local(m, reducedFrom), w.local(m, reducedTo)
		prices = append(prices, price)
	}
	return w.tx.Gorm().Create(&prices).Error
}

// The days of the reduction.
const reducedFrom, reducedTo = "2026-11-16T00:00", "2026-12-01T00:00"

// releaseDay is when smart-home goods join, four weeks after each launch.
var releaseDay = map[string]string{early.LaunchLocal: "2015-06-29T10:00", late.LaunchLocal: "2027-06-29T10:00"}

// secondWave is when the second wave of each test phase begins.
var secondWave = map[string]string{early.LaunchLocal: "2015-05-26T10:00", late.LaunchLocal: "2027-03-15T10:00"}

func (w *writer) waves(m market.Market, g good) error {
	quantity := g.waves
	if m.LaunchLocal == early.LaunchLocal {
		quantity = g.waves2015
	}
	for _, opens := range []clock.Instant{m.TestAt, w.local(m, secondWave[m.LaunchLocal])} {
		if err := w.insert("waves", "market_id, variant_id, opens_at, quantity, needs_code", m.ID, w.variants[sku(g.slug, g.test)], opens, quantity, 0); err != nil {
			return err
		}
	}
	return nil
}

// local is the instant of a local time that is known to exist once.
func (w *writer) local(m market.Market, at string) clock.Instant {
	instant, err := market.Resolve(at, m.Zone, "")
	if err != nil {
		panic(err)
	}
	return instant
}

// approvals writes what is required and grants what is granted: everything but what phones and tablets need.
func (w *writer) approvals(c country, m market.Market) error {
	for _, category := range sortedKeys(c.required) {
		id := w.categories[category]
		for _, kind := range c.required[category] {
			if err := w.insert("approval_requirements", "market_id, category_id, kind", m.ID, id, kind); err != nil {
				return err
			}
			grant := launch.Grant{MarketID: m.ID, CategoryID: &id, Kind: kind, Status: "granted", Evidence: granted[kind], ValidFrom: written}
			if category == "phones" {
				grant.Status, grant.Evidence, grant.ValidFrom = "pending", "", 0
			}
			if err := w.tx.Gorm().Create(&grant).Error; err != nil {
				return err
			}
		}
	}
	return nil
}

// kinds writes the names of the approvals in every language.
func (w *writer) kinds() error {
	var texts map[string]map[string]kindWords
	if err := readJSON("texts/launch.json", &texts); err != nil {
		return err
	}
	for _, language := range languages {
		for _, kind := range sortedKeys(texts[language]) {
			text := texts[language][kind]
			if err := w.insert("approval_kinds", "kind, language, name, reason", kind, language, strings.TrimSpace(text.Name), strings.TrimSpace(text.Reason)); err != nil {
				return err
			}
		}
	}
	return nil
}
