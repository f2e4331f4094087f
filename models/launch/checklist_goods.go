package launch

import (
	"fmt"
	"slices"
	"strings"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
)

// checkRange wants at least one product.
func (p preparation) checkRange() (f findings) {
	if len(p.products) == 0 {
		f.miss("no product is listed", p.link("/admin/markets/{code}/listings"))
	}
	return f
}

// checkPrices wants a price for each variant from the instant on at which it is sold.
func (p preparation) checkPrices() (f findings) {
	for _, of := range p.products {
		for _, v := range of.variants {
			for _, at := range p.starts(of, v) {
				if !priced(v.prices, p.market.Currency, at) {
					f.miss(v.SKU+" on "+p.local(at), productLink(of.product, "/listings/"+p.market.Code))
				}
			}
		}
	}
	return f
}

func priced(prices []catalog.Price, currency string, at clock.Instant) bool {
	return slices.ContainsFunc(prices, func(price catalog.Price) bool {
		return price.Currency == currency && price.ValidFrom <= at && !price.EndsAt.Reached(at)
	})
}

// checkTexts wants each product described in every language of the market.
func (p preparation) checkTexts() (f findings) {
	for _, of := range p.products {
		for _, l := range p.market.Languages {
			if lacks := p.lacks(of.product.ID, l.Language); len(lacks) > 0 {
				f.miss(of.product.Slug+" ("+l.Language+"): "+strings.Join(lacks, ", "), productLink(of.product, "/texts/"+l.Language))
			}
		}
	}
	return f
}

// lacks are the texts that a product has not got in a language.
func (p preparation) lacks(productID int64, language string) []string {
	at := slices.IndexFunc(p.texts[language], func(one catalog.Product) bool { return one.ID == productID })
	if at < 0 {
		return []string{"name"}
	}
	product := p.texts[language][at]
	var found []string
	want := func(text, name string) {
		if text == "" && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	want(product.Text.Name, "name")
	want(product.Text.Line, "line")
	want(product.Text.Story, "story")
	want(product.Category.Name, "name of its category")
	for _, v := range product.Variants {
		if v.Colour != "" {
			want(v.ColourName, "colour "+v.Colour)
		}
		for _, picture := range v.Pictures {
			want(picture.Alt, "alternative text of "+picture.File)
		}
	}
	return found
}

// checkStock wants free units of each variant that is approved when it goes on sale, at a location that serves it.
func (p preparation) checkStock() (f findings) {
	if len(p.locations) == 0 {
		f.miss("no location serves the market", p.link("/admin/markets/{code}/settings"))
		return f
	}
	for _, of := range p.products {
		for _, v := range of.variants {
			starts := p.starts(of, v)
			if v.free <= 0 && of.approved(starts[len(starts)-1]) {
				f.miss(v.SKU, "/admin/stock/locations/"+p.locations[0]+"?sku="+v.SKU)
			}
		}
	}
	return f
}

// checkApprovals wants what each product needs granted and valid whenever it goes on sale. One that has been applied for
// is no gap: staff know that the product will be shown and not sold, and have said so.
func (p preparation) checkApprovals() (f findings) {
	link := p.link("/admin/launches/{code}")
	for _, of := range p.products {
		for _, kind := range of.kinds {
			for _, v := range of.variants {
				for _, at := range p.starts(of, v) {
					switch {
					case of.met(kind, at):
					case of.has(kind, Granted):
						f.miss(of.product.Slug+": "+kind+" is not valid on "+p.local(at), link)
					case of.has(kind, Pending):
						f.note(of.product.Slug+": "+kind+" is applied for", link)
					default:
						f.miss(of.product.Slug+": "+kind, link)
					}
				}
			}
		}
	}
	return f
}

func (of prepared) has(kind, status string) bool {
	return slices.ContainsFunc(of.grants, func(g Grant) bool { return g.Kind == kind && g.Status == status })
}

// checkSafety wants the fields of Regulation (EU) 2023/988 (GPSR), article 19, where the market asks for them.
func (p preparation) checkSafety() (f findings) {
	if !p.market.ProductSafety {
		return f
	}
	for _, of := range p.products {
		var empty []string
		for _, field := range []struct{ text, name string }{
			{of.product.Manufacturer, "manufacturer"}, {of.product.ManufacturerAddress, "manufacturer's address"},
			{of.product.ManufacturerContact, "manufacturer's contact"}, {of.product.ResponsiblePerson, "responsible person"},
			{of.product.ModelNumber, "model number"},
		} {
			if field.text == "" {
				empty = append(empty, field.name)
			}
		}
		for _, l := range p.market.Languages {
			if p.warnings(of.product.ID, l.Language) == "" {
				empty = append(empty, "warnings ("+l.Language+")")
			}
		}
		if len(empty) > 0 {
			f.miss(of.product.Slug+": "+strings.Join(empty, ", "), productLink(of.product, "/texts"))
		}
	}
	return f
}

func (p preparation) warnings(productID int64, language string) string {
	for _, one := range p.texts[language] {
		if one.ID == productID {
			return one.Text.Warnings
		}
	}
	return ""
}

// checkWaves wants units to sell in a test phase that is to come or under way, and stock behind all that is published. A
// wave that never begins is only noted: its units are plain stock once the market is open.
func (p preparation) checkWaves() (f findings) {
	if p.schedule.LaunchAt.Reached(p.now) {
		return f
	}
	link := p.link("/admin/launches/{code}")
	begins := false
	for _, of := range p.products {
		for _, v := range of.variants {
			facts := Facts{Schedule: p.schedule, Waves: v.waves}
			begins = begins || facts.firstWave() != 0
			if v.unsold > v.free {
				f.miss(fmt.Sprintf("%s: waves have %d units to sell, stock has %d", v.SKU, v.unsold, v.free), link)
			}
			for _, w := range v.waves {
				if facts.begins(w) == 0 {
					f.note(fmt.Sprintf("%s: the wave of %d units on %s never begins", v.SKU, w.Quantity, p.local(w.OpensAt)), link)
				}
			}
		}
	}
	if p.schedule.TestAt != 0 && !begins {
		f.miss("no wave begins in the test phase", link)
	}
	return f
}
