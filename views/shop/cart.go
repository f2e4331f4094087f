package shop

import (
	"net/url"
	"strconv"
	"strings"

	"softlaunch/models/cart"
	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// CartPage shows what is in the cart, what of it can be had in this store, and what that costs in full.
type CartPage struct {
	layouts.Frame
	Notices  []components.Notice
	Lines    []CartLine
	Totals   components.Totals
	Arrival  string // "Arrives 24–26 November"
	Checkout string // address of the checkout; empty while nothing can be ordered
	Payments string // "Pay by card or bank transfer"
	Code     CodeBox
	Again    components.Again
	Empty    Empty
}

// CartLine is a kind of goods in the cart. Reason says why it can't be had, or not in this quantity.
type CartLine struct {
	Name, Variant, URL string
	Picture            components.Picture
	Tint               string
	Action             string           // where a change of quantity is sent
	Sent               []components.Row // fields that go with it
	FieldID            string
	Quantity           int
	Most               int // 0 for none
	Unit, Price        string
	Reduced            components.Reduced
	State              components.State
	Reason             string
	Blocked            bool // it can't be had in any quantity
	Uncounted          bool // the total leaves it out
}

// NewCartPage shows a cart as its store decides it. Payments are the providers it could be paid by; refused is why a
// change of the cart was not possible, nil when nothing was refused.
func NewCartPage(f layouts.Frame, view cart.View, payments []string, refused *fault.Error) CartPage {
	f.RenewAt(append(cartTurns(view, f.Now), view.Discount.Turn)...)
	p := CartPage{Frame: f, Again: again(f), Totals: totalsOf(f, view), Payments: f.T("cart.payments", "Methods", paymentNames(f, payments))}
	p.Head.Title = f.T("cart.title")
	for i, line := range view.Lines {
		p.Lines = append(p.Lines, cartLineOf(f, view.Store.Market, line, i+1))
	}
	if refused != nil {
		p.Notices = []components.Notice{{Tone: "error", Icon: "alert", Text: Explain(f, view.Store.Market, refused.Key, refused.Args)}}
	}
	switch {
	case f.Preview != nil:
		p.Notices = append(p.Notices, components.Notice{Tone: "quiet", Icon: "info", Text: f.T("preview.cart")})
	case view.Sound():
		p.Checkout = f.To("/checkout")
	default:
		p.Notices = append(p.Notices, components.Notice{Tone: "test", Icon: "alert", Title: f.T("cart.blocked"), Text: f.T("cart.blocked_text")})
	}
	if view.Delivery != nil {
		p.Arrival = view.Delivery.Method.Name + ". " + f.T("delivery.arrives", "Days", f.DateRange(view.Delivery.From, view.Delivery.To))
	}
	p.Empty = Empty{Icon: "bag", Title: f.T("cart.empty"), Text: f.T("cart.empty_text"),
		Link: components.Link{Text: f.T("error.products"), URL: f.To("/products")}, Quiet: components.Link{Text: f.T("footer.orders"), URL: f.To("/orders")}}
	return p
}

func cartLineOf(f layouts.Frame, m market.Market, l cart.Line, number int) CartLine {
	o := l.Sale.Offer
	line := CartLine{
		Name: l.Product.Text.Name, Variant: l.Variant.ColourName, URL: f.To("/products/" + l.Product.Slug), Picture: pictureOf(l.Variant),
		Tint: l.Product.Category.Tint, Action: f.To("/cart/items/" + url.PathEscape(l.Variant.SKU)), FieldID: "quantity-" + strconv.Itoa(number),
		Quantity: l.Quantity, Unit: money(f, m, l.Sale.Price.Minor), Price: money(f, m, l.Amount()), Reduced: reduced(f, m, l.Sale),
		State: state(f, m, o, o.Left, o.Published), Blocked: !o.Buyable(),
	}
	if f.Preview != nil {
		line.Action, line.Sent = previewItems, []components.Row{{Name: "store", Value: f.Store.Code}, {Name: "sku", Value: l.Variant.SKU}}
	}
	if !line.Blocked {
		line.Most = min(o.Left, l.Sale.Room.Units, mostShown)
	}
	if o.State == launch.Hidden {
		// A hidden product is not known here: neither its name nor its address may show.
		line.Name, line.Variant, line.URL, line.Picture = f.T("offer.words.hidden"), "", f.To("/cart"), components.Picture{}
		line.State, line.Reduced = components.State{}, components.Reduced{}
	}
	if l.Problem.Key != "" {
		line.Reason = say(f, m, l.Problem.Key, l.Problem.Count, l.Problem.Next)
		line.Uncounted = true
	}
	return line
}

// cartTurns are the instants at which lines that can't be had may be, and others no more.
func cartTurns(view cart.View, now clock.Instant) []clock.Instant {
	if len(view.Lines) == 0 {
		return nil
	}
	instants := []clock.Instant{view.Store.Market.Schedule().After(now)}
	for _, line := range view.Lines {
		if line.Sale.Offer.State != launch.Hidden {
			instants = append(instants, line.Sale.Offer.Next, line.Problem.Next)
		}
	}
	return instants
}

func pictureOf(v catalog.Variant) components.Picture {
	if len(v.Pictures) == 0 {
		return components.Picture{}
	}
	return components.Drawing(v.Pictures[0].File, "")
}

func paymentNames(f layouts.Frame, providers []string) string {
	names := make([]string, len(providers))
	for i, provider := range providers {
		names[i] = f.T("payment." + provider)
	}
	return strings.Join(names, ", ")
}
