package shop

import (
	"strconv"

	"softlaunch/models/cart"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// NewReviewPage shows an order before it is placed. Pages are the store's; changed is what a refused order said, nil
// when nothing was refused.
func NewReviewPage(f layouts.Frame, r order.Review, asked Asked, pages []market.Page, changed *fault.Error) ReviewPage {
	f.Quiet = true
	m := r.View.Store.Market
	p := ReviewPage{Frame: f, Lines: linesOf(f, r.View), Totals: totalsOf(f, r.View), Parts: partsOf(f, r, asked)}
	p.Head.Title = f.T("review.title")
	p.Back = components.Link{Text: f.T("review.back"), URL: f.To("/cart")}
	if changed != nil {
		p.Changes = append(p.Changes, components.Notice{Tone: "error", Icon: "alert", Title: f.T("review.changed"),
			Text: Explain(f, m, changed.Key, changed.Args)})
	}
	for _, line := range r.View.Lines {
		if line.Problem.Key != "" {
			p.Changes = append(p.Changes, components.Notice{Tone: "test", Icon: "alert", Title: line.Product.Text.Name,
				Text: say(f, m, line.Problem.Key, line.Problem.Count, line.Problem.Next)})
		}
	}
	if c := r.View.Discount.Coupon; c.Problem.Key != "" && (changed == nil || changed.Key != c.Problem.Key) {
		p.Changes = append(p.Changes, components.Notice{Tone: "test", Icon: "alert", Title: c.Code, Text: couponText(f, m, c)})
	}
	p.Terms, p.Guarantee = termsOf(f, pages), guarantee(f, pageOf(pages, "guarantee"))
	if r.View.Sound() && r.View.Delivery != nil {
		p.Order = &OrderForm{Action: f.To("/orders"), Key: r.Details.IdempotencyKey,
			Total: strconv.FormatInt(r.View.Totals.Total, 10), Label: r.View.Store.OrderButton()}
	}
	return p
}

func pageOf(pages []market.Page, slug string) market.Page {
	for _, page := range pages {
		if page.Slug == slug {
			return page
		}
	}
	return market.Page{}
}

// termsOf names the pages that become part of the contract.
func termsOf(f layouts.Frame, pages []market.Page) []TermsLine {
	var lines []TermsLine
	for _, slug := range []string{"terms", withdrawal} {
		if page := pageOf(pages, slug); page.ID != 0 {
			lines = append(lines, TermsLine{Link: components.Link{Text: page.Title, URL: f.To("/pages/" + slug)}})
		}
	}
	if len(lines) > 0 {
		lines[0].Text = f.T("review.terms")
	}
	return lines
}

const withdrawal = "withdrawal"

// partsOf are the things that were said at checkout, each with a form that changes it and keeps the others.
func partsOf(f layouts.Frame, r order.Review, asked Asked) []ReviewPart {
	d, form := r.Details, newForm(f, r.View, r.Details, asked, nil)
	delivery := []string{}
	if r.View.Delivery != nil {
		delivery = []string{r.View.Delivery.Method.Name, f.T("delivery.arrives", "Days", f.DateRange(r.View.Delivery.From, r.View.Delivery.To))}
	}
	address := addressLines(r.View.Store.Market.Country, d)
	if d.Phone != "" {
		address = append(address, d.Phone)
	}
	parts := []ReviewPart{
		{Title: f.T("review.contact"), ID: "part-contact", Text: []string{d.Email}, Edit: CheckoutForm{Contact: form.Contact}},
		{Title: f.T("review.address"), ID: "part-address", Text: address, Edit: CheckoutForm{Address: form.Address}},
		{Title: f.T("review.delivery"), ID: "part-delivery", Text: delivery, Edit: CheckoutForm{Delivery: form.Delivery}},
		{Title: f.T("review.payment"), ID: "part-payment", Text: []string{f.T("payment." + d.Payment)}, Edit: CheckoutForm{Payment: form.Payment}},
	}
	for i := range parts {
		parts[i].Action, parts[i].Kept = f.To("/checkout"), kept(d, parts[i].Edit)
	}
	return parts
}

// kept are the details that a part's form does not ask for.
func kept(d cart.Details, edit CheckoutForm) []components.Row {
	asks := map[string]bool{}
	for _, group := range [][]components.Field{edit.Contact, edit.Address.First, edit.Address.Pair, edit.Address.Last} {
		for _, field := range group {
			asks[field.Name] = true
		}
	}
	asks[edit.Delivery.Name], asks[edit.Payment.Name] = true, true
	var rows []components.Row
	for _, row := range []components.Row{{Name: "email", Value: d.Email}, {Name: "name", Value: d.Name}, {Name: "line1", Value: d.Line1},
		{Name: "line2", Value: d.Line2}, {Name: "postal_code", Value: d.PostalCode}, {Name: "city", Value: d.City},
		{Name: "region", Value: d.Region}, {Name: "phone", Value: d.Phone}, {Name: "delivery", Value: d.Delivery}, {Name: "payment", Value: d.Payment}} {
		if !asks[row.Name] {
			rows = append(rows, row)
		}
	}
	return rows
}
