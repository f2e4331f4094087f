package shop

import (
	"softlaunch/models/launch"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// newOffer says whether the picked variant can be had, and if not, why and what to do.
func newOffer(f layouts.Frame, s Shown) OfferBox {
	sale := s.Item.Sales[s.Variant]
	o := sale.Offer
	box := OfferBox{State: state(f, s.Market, o, o.Left, o.Published), Tax: f.T("price.tax_excluded")}
	if s.Market.TaxIncluded {
		box.Tax = f.T("price.tax_included")
	}
	if sale.Price.Currency != "" {
		box.Price, box.Reduced = f.Money(sale.Price), reduced(f, s.Market, sale)
	}
	if o.MostReason != "" {
		box.Limit = say(f, s.Market, o.MostReason, o.Limit, 0)
	}
	if o.Buyable() {
		box.Buy = newBuyForm(f, s)
		switch {
		case sale.Opens:
			box.Notice = components.Notice{Tone: "test", Icon: "lock", Title: f.T("code.opens_this"), Text: say(f, s.Market, o.Reason, 0, 0)}
		case o.State == launch.Test:
			box.Notice = components.Notice{Tone: "test", Icon: "info", Text: say(f, s.Market, o.Reason, 0, 0)}
		case s.Item.New(f.Now):
			box.State = fresh(f)
		}
		return box
	}
	return unavailable(f, s, box)
}

// newBuyForm puts the picked variant into the cart, in a preview into its own.
func newBuyForm(f layouts.Frame, s Shown) *BuyForm {
	form := &BuyForm{URL: f.To("/cart/items"), SKU: s.Item.Product.Variants[s.Variant].SKU,
		Most: min(s.Item.Sales[s.Variant].Offer.Most, mostShown)}
	if f.Preview != nil {
		form.URL, form.Store = previewItems, f.Store.Code
	}
	return form
}

// previewItems is where the cart of a preview is changed.
const previewItems = "/preview/items"

// mostShown is the largest quantity that a form takes.
const mostShown = launch.MostAsked

// tones and icons of the notices that say why something can't be had.
var noticeLooks = map[launch.State][2]string{
	launch.Announced: {"", "calendar"}, launch.Blocked: {"", "info"}, launch.Code: {"test", "lock"},
	launch.Paused: {"quiet", "pause"}, launch.SoldOut: {"quiet", "box"}, launch.Ended: {"quiet", "info"},
}

func unavailable(f layouts.Frame, s Shown, box OfferBox) OfferBox {
	o := s.Item.Sales[s.Variant].Offer
	look := noticeLooks[o.State]
	box.Notice = components.Notice{Tone: look[0], Icon: look[1], Title: say(f, s.Market, o.Reason, 0, o.Next)}
	if o.State == launch.Announced && o.Next != 0 {
		box.Countdown = countdown(f, o.Next, false)
	}
	for _, kind := range o.Missing {
		box.Missing = append(box.Missing, missing(f, s, kind))
	}
	for _, m := range s.Elsewhere {
		box.Elsewhere = append(box.Elsewhere, components.Link{Text: f.Place(m),
			URL: "/" + m.Stores()[0].Path() + "/products/" + s.Item.Product.Slug})
	}
	for _, partner := range s.Partners {
		box.Partners = append(box.Partners, Partner{Name: partner.Name, URL: partner.URL, Note: partner.Note})
	}
	if o.State == launch.Code {
		box.Code = newCodeForm(f, s.Item.Product.Slug, s.Typed)
	}
	if o.State != launch.Ended {
		box.Interest = newInterestForm(f, Awaited{Market: s.Market, Slug: s.Item.Product.Slug, Name: s.Item.Product.Text.Name})
	}
	if o.Next != 0 {
		box.Again = again(f)
	}
	return box
}

// missing names what a product waits for: an approval as staff describe it, or a duty of the market.
func missing(f layouts.Frame, s Shown, kind string) components.Row {
	if k, known := s.Kinds[kind]; known {
		return components.Row{Name: k.Name, Value: k.Reason}
	}
	return components.Row{Name: f.T("offer.missing."+kind, "In", f.In(s.Market))}
}
