package admin

import (
	"slices"
	"strings"

	"softlaunch/models/cart"
	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/discount"
	"softlaunch/models/market"
	"softlaunch/models/money"
	"softlaunch/views/components"
)

// DiscountForm is what was typed into a discount's form, and what was wrong with it.
type DiscountForm struct {
	discount.Form
	Faults map[string]string
}

// DiscountTrial is goods that a discount is tried on, as typed, and what a cart with them would show; nil before that.
type DiscountTrial struct {
	Goods  string
	Faults map[string]string
	View   *cart.View
}

// NewDiscountMarketPage asks for the market of a new discount.
func NewDiscountMarketPage(frame Frame, markets []market.Market) SectionsPage {
	links := make([]components.Link, len(markets))
	for i, m := range markets {
		links[i] = components.Link{Text: country(m), URL: "/admin/discounts/new?market=" + m.Code}
	}
	return SectionsPage{Frame: frame, Sections: []Section{{Title: "In which market?", Links: links,
		Notes: []string{"A discount belongs to one market: its amounts, its names and the times at which it begins and ends are that market's."}}}}
}

// NewDiscountFormPage is the form of a new discount of a market.
func NewDiscountFormPage(frame Frame, r catalog.Range, f DiscountForm) SectionsPage {
	frame.Faulty = len(f.Faults) > 0
	form := discountForm(r, f, false)
	form.Action, form.Button = "/admin/discounts", "Make the discount"
	form.Hidden = append(form.Hidden, Hidden{"market", r.Market.Code})
	return SectionsPage{Frame: frame, Sections: []Section{{Title: "Discount in " + country(r.Market), Form: form}}}
}

// NewDiscountPage shows a discount, and for who may the forms that try, change and end it.
func NewDiscountPage(frame Frame, d discount.Made, r catalog.Range, f DiscountForm, trial DiscountTrial, may bool, now clock.Instant) SectionsPage {
	frame.Faulty = len(f.Faults)+len(trial.Faults) > 0
	base := "/admin/discounts/" + id(d.ID)
	p := SectionsPage{Frame: frame, State: discountStates[d.State(now)], Sections: []Section{{Title: "Facts", Rows: discountFacts(d, r)}}}
	if !may {
		return p
	}
	p.Sections = append(p.Sections, trialSections(base, d, r, trial)...)
	form := discountForm(r, f, d.Used)
	form.Action, form.Button = base, "Save the discount"
	change := Section{Title: "Change", Form: form}
	if d.Used {
		change.Notes = []string{"Orders have used it: its code and what it takes off stay as they are. End it and make another instead."}
	}
	p.Sections = append(p.Sections, change)
	if d.State(now) != discount.Ended {
		p.Sections = append(p.Sections, Section{Title: "End", Notes: []string{"It ends now. Orders that have it keep it."},
			Form: &Form{Action: base + "/end", Button: "End the discount", Strong: true}})
	}
	return p
}

func discountFacts(d discount.Made, r catalog.Range) []components.Row {
	each := "no limit"
	if d.UsesBuyer > 0 {
		each = count(d.UsesBuyer)
	}
	return []components.Row{
		{Name: "Market", Value: country(d.Market)}, {Name: "Given", Value: map[bool]string{true: "by itself", false: "for the code " + d.Code}[d.Code == ""]},
		{Name: "Takes off", Value: takesOff(d)}, {Name: "For", Value: discountGoods(d, r)},
		{Name: "Names", Value: strings.Join(names(d.Names, d.Market), ", ")},
		{Name: "Holds", Value: "from " + when(d.BeginsAt, d.Market) + " " + holdsUntil(d)},
		{Name: "Uses so far", Value: usesWords(d)}, {Name: "Uses for each buyer", Value: each},
		{Name: "Saved so far", Value: sum(d.Saved, d.Market.Currency)},
	}
}

// discountGoods names what a discount is for.
func discountGoods(d discount.Made, r catalog.Range) string {
	var found []string
	for _, c := range r.Categories {
		if slices.Contains(d.Categories, c.ID) {
			found = append(found, "all "+c.Name)
		}
	}
	for _, p := range r.Products {
		if slices.Contains(d.Products, p.ID) {
			found = append(found, p.Text.Name)
		}
	}
	if len(found) == 0 {
		return "all goods"
	}
	return strings.Join(found, ", ")
}

// DiscountFormOf is a discount as staff would type it.
func DiscountFormOf(d discount.Made, r catalog.Range) discount.Form {
	plain := func(minor int64) string {
		if minor == 0 {
			return ""
		}
		return money.Of(minor, d.Market.Currency).Plain()
	}
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return id(int64(n))
	}
	f := discount.Form{Code: d.Code, Kind: string(d.Kind), Value: plain(d.Amount), Minimum: plain(d.Minimum), Begins: d.Market.Moment(d.BeginsAt),
		Ends: d.Market.Moment(d.EndsAt), UsesAllowed: number(d.UsesAllowed), UsesBuyer: number(d.UsesBuyer), Combinable: d.Combinable, Names: d.Names}
	if d.Kind == discount.PercentOff {
		f.Value = typedPercent(d.PPM)
	}
	for _, p := range r.Products {
		if slices.Contains(d.Products, p.ID) {
			f.Products = append(f.Products, p.Slug)
		}
	}
	for _, c := range r.Categories {
		if slices.Contains(d.Categories, c.ID) {
			f.Categories = append(f.Categories, c.Slug)
		}
	}
	return f
}
