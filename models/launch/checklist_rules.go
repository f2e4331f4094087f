package launch

import (
	"slices"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/market"
)

// checkPages wants the pages that the market's law asks for, in each of its languages.
func (p preparation) checkPages() (f findings) {
	link := p.link("/admin/markets/{code}/pages")
	for _, slug := range p.required {
		for _, l := range p.market.Languages {
			if !slices.ContainsFunc(p.pages, func(page market.Page) bool {
				return page.Slug == slug && page.Language == l.Language && page.Title != "" && page.Body != ""
			}) {
				f.miss(slug+" ("+l.Language+")", link)
			}
		}
	}
	if len(p.required) == 0 {
		f.note("no page is required", link)
	}
	return f
}

// checkTaxes wants a rate for each class of goods and for delivery wherever prices include tax. Where tax comes on top each
// place with nexus needs one for goods, if only of 0 %; delivery may have none, but a rate that ends needs one after it.
func (p preparation) checkTaxes() (f findings) {
	link := p.link("/admin/markets/{code}/taxes")
	for _, at := range p.moments() {
		for _, class := range p.taxClasses() {
			if p.market.TaxIncluded && !p.ratedAnywhere(class, at) {
				f.miss(class+" on "+p.local(at), link)
				continue
			}
			for _, region := range p.taxed() {
				valid, ended := p.rated(class, region, at)
				switch {
				case p.market.TaxIncluded && !valid:
					f.miss(class+" "+region+" on "+p.local(at), link)
				case !valid && ended:
					f.miss(strings.TrimSpace(class+" "+region)+": the last rate has ended on "+p.local(at), link)
				case !valid && class != market.DeliveryClass:
					f.miss(strings.TrimSpace(class+" "+region)+" on "+p.local(at), link)
				}
			}
		}
	}
	return f
}

// ratedAnywhere reports whether a class has a rate in some place at an instant. Without one its places need no naming.
func (p preparation) ratedAnywhere(class string, at clock.Instant) bool {
	return slices.ContainsFunc(p.places(), func(region string) bool {
		valid, _ := p.rated(class, region, at)
		return valid
	})
}

// taxClasses are those of the range, and that of delivery.
func (p preparation) taxClasses() []string {
	classes := []string{"delivery"}
	for _, of := range p.products {
		classes = append(classes, of.product.TaxClass)
	}
	slices.Sort(classes)
	return slices.Compact(classes)
}

// taxed are the places in which the seller collects tax.
func (p preparation) taxed() []string {
	return slices.DeleteFunc(p.places(), func(code string) bool {
		return slices.ContainsFunc(p.regions, func(r market.Region) bool { return r.Code == code && !r.Nexus })
	})
}

// places are the codes of the market's regions, or "" alone where addresses have none.
func (p preparation) places() []string {
	if len(p.regions) == 0 {
		return []string{""}
	}
	codes := make([]string, len(p.regions))
	for i, r := range p.regions {
		codes[i] = r.Code
	}
	return codes
}

// rated reports whether a class has a rate in a region at an instant, and whether one it had is over by then.
func (p preparation) rated(class, region string, at clock.Instant) (valid, ended bool) {
	for _, r := range p.rates {
		if r.TaxClass != class || (r.Region != "" && r.Region != region) {
			continue
		}
		ended = ended || r.ValidTo.Reached(at)
		valid = valid || market.Interval{From: r.ValidFrom, To: r.ValidTo}.Contains(at)
	}
	return valid, ended
}

// checkDelivery wants at least one method, with a name in each language, that takes each variant to each region.
func (p preparation) checkDelivery() (f findings) {
	link := p.link("/admin/markets/{code}/delivery")
	if p.market.RegionKind != "none" && len(p.regions) == 0 {
		f.miss("no "+p.market.RegionKind+" is listed", p.link("/admin/markets/{code}/settings"))
	}
	for _, l := range p.market.Languages {
		named := slices.DeleteFunc(slices.Clone(p.methods), func(d market.NamedMethod) bool { return d.Names[l.Language] == "" })
		if len(named) == 0 {
			f.miss("no method ("+l.Language+")", link)
			continue
		}
		for _, of := range p.products {
			for _, v := range of.variants {
				if beyond := p.beyond(named, v.UNNumber); len(beyond) > 0 {
					f.miss(strings.TrimSpace(v.SKU+" to "+strings.Join(beyond, ", "))+" ("+l.Language+")", link)
				}
			}
		}
	}
	return f
}

// beyond are the places to which no method takes goods of a UN number; "anywhere" where addresses have no region.
func (p preparation) beyond(methods []market.NamedMethod, unNumber string) []string {
	var found []string
	for _, place := range p.places() {
		if slices.ContainsFunc(methods, func(d market.NamedMethod) bool { return d.Carries(place, []string{unNumber}) }) {
			continue
		}
		if place == "" {
			place = "anywhere"
		}
		found = append(found, place)
	}
	return found
}

// checkPayment wants a way to pay that works, in the open market and in a test phase that is to come or under way.
func (p preparation) checkPayment() (f findings) {
	link := p.link("/admin/markets/{code}/settings")
	open, test := false, false
	for _, method := range p.market.Payments {
		switch {
		case !slices.Contains(p.providers, method.Provider):
			f.note(method.Provider+" is not set up in this shop", link)
			continue
		case method.Provider == "transfer" && (p.market.BankHolder == "" || p.market.BankAccount == ""):
			f.miss("transfer: bank account", link)
			continue
		}
		open, test = true, test || method.InTest
	}
	if !open {
		f.miss("no way to pay works", link)
	}
	if open && !test && len(p.moments()) > 1 {
		f.miss("no way to pay works in the test phase", link)
	}
	return f
}

// checkOrderButton wants the words that the law prescribes in each language.
func (p preparation) checkOrderButton() (f findings) {
	link := p.link("/admin/markets/{code}/settings")
	if len(p.market.Languages) == 0 {
		f.miss("no language", link)
	}
	for _, l := range p.market.Languages {
		if strings.TrimSpace(l.OrderButton) == "" {
			f.miss(l.Language, link)
		}
	}
	return f
}

// checkSeller wants all that invoices must say of who sells.
func (p preparation) checkSeller() (f findings) {
	for _, what := range p.seller.Lacks(p.market) {
		f.miss(strings.ReplaceAll(what, "_", " "), p.link("/admin/markets/{code}/seller"))
	}
	return f
}
