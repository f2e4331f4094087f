package launch

import (
	"slices"
	"strings"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// preparation is all that a market's checklist depends on: its rules and its range, with the schedule it has or would
// have.
type preparation struct {
	market    market.Market
	schedule  market.Schedule
	now       clock.Instant
	products  []prepared
	seller    market.Seller
	regions   []market.Region
	rates     []market.TaxRate
	methods   []market.NamedMethod
	required  []string                     // slugs of pages
	pages     []market.Page                // those that are written
	locations []string                     // that serve the market
	texts     map[string][]catalog.Product // the range in each language
	providers []string                     // the ways to pay that the shop is set up for
}

// prepared is a product of the range that has not ended at the market's opening.
type prepared struct {
	product  catalog.Product // in English, for what depends on no language
	listing  Listing
	kinds    []string // of approvals that it needs
	grants   []Grant  // that cover it
	variants []preparedVariant
}

type preparedVariant struct {
	catalog.Variant
	prices []catalog.Price
	waves  []Wave
	unsold int // units of its waves that are neither sold nor held
	free   int // stock that the market may sell
}

// prepare reads what the checklist looks at.
func prepare(tx db.Tx, m market.Market, s market.Schedule) (p preparation, err error) {
	p = preparation{market: m, schedule: s, now: tx.Now(), texts: map[string][]catalog.Product{}}
	read := func(step func() error) {
		if err == nil {
			err = step()
		}
	}
	read(func() (err error) { p.seller, err = market.SellerOf(tx, m.ID); return })
	read(func() (err error) { p.regions, err = market.Regions(tx, m.ID); return })
	read(func() (err error) { p.rates, err = market.AllRates(tx, m.ID); return })
	read(func() (err error) { p.methods, err = market.Methods(tx, m.ID); return })
	read(func() (err error) { p.required, err = market.RequiredPages(tx, m.ID); return })
	read(func() (err error) { p.pages, err = market.AllPages(tx, m.ID); return })
	read(func() (err error) { p.locations, err = serving(tx, m.ID); return })
	for _, l := range m.Languages {
		read(func() (err error) { p.texts[l.Language], err = catalog.Products(tx, m.ID, l.Language); return })
	}
	read(func() error { return p.readRange(tx) })
	return p, err
}

// readRange reads the products that are listed and what the gate knows of them.
func (p *preparation) readRange(tx db.Tx) error {
	f, err := gather(tx, p.market, Keys{}, nil)
	if err != nil {
		return err
	}
	products, err := catalog.Products(tx, p.market.ID, "en")
	if err != nil {
		return err
	}
	var prices []catalog.Price
	if err := tx.Gorm().Where("market_id = ?", p.market.ID).Order("valid_from, id").Find(&prices).Error; err != nil {
		return err
	}
	for _, product := range products {
		of := prepared{product: product, kinds: f.required[product.CategoryID]}
		for _, v := range product.Variants {
			at := slices.IndexFunc(f.goods, func(g good) bool { return g.variantID == v.ID })
			if at < 0 {
				continue
			}
			facts := f.facts(p.market, f.goods[at])
			of.listing = facts.Listing
			of.variants = append(of.variants, preparedVariant{Variant: v, waves: facts.Waves, free: facts.Free,
				prices: slices.DeleteFunc(slices.Clone(prices), func(p catalog.Price) bool { return p.VariantID != v.ID }),
				unsold: max(0, unitsOfWaves(facts.Waves)-facts.TakenPublic-facts.TakenCode)})
		}
		for _, g := range f.approvals {
			if g.covers(good{productID: product.ID, categoryID: product.CategoryID}) {
				of.grants = append(of.grants, g)
			}
		}
		if len(of.variants) > 0 && !of.listing.EndsAt.Reached(p.opening()) {
			p.products = append(p.products, of)
		}
	}
	return nil
}

func unitsOfWaves(waves []Wave) int {
	units := 0
	for _, w := range waves {
		units += w.Quantity
	}
	return units
}

// starts are the instants at which a variant goes on sale, or now when it is already: in the test phase with its first
// wave, and in the open market.
func (p preparation) starts(of prepared, v preparedVariant) []clock.Instant {
	opening := max(p.opening(), of.listing.OnSaleFrom, of.listing.VisibleFrom)
	first := Facts{Schedule: p.schedule, Waves: v.waves}.firstWave()
	if test := max(p.now, first); first != 0 && test < p.opening() {
		return []clock.Instant{test, opening}
	}
	return []clock.Instant{opening}
}

// met reports whether an approval of a kind is granted and valid at an instant.
func (of prepared) met(kind string, at clock.Instant) bool {
	return slices.ContainsFunc(of.grants, func(g Grant) bool {
		return g.Kind == kind && g.Status == Granted && market.Interval{From: g.ValidFrom, To: g.ValidTo}.Contains(at)
	})
}

// approved reports whether all that a product needs is granted and valid at an instant.
func (of prepared) approved(at clock.Instant) bool {
	return !slices.ContainsFunc(of.kinds, func(kind string) bool { return !of.met(kind, at) })
}

// link is a page of the back-office about the market.
func (p preparation) link(path string) string {
	return strings.ReplaceAll(path, "{code}", p.market.Code)
}

// productLink is a page of the back-office about a product.
func productLink(of catalog.Product, page string) string { return "/admin/products/" + of.Slug + page }

// local is an instant in the market's own time, for a gap's words.
func (p preparation) local(at clock.Instant) string {
	return at.In(p.market.Location()).Format("2006-01-02 15:04:05")
}
