package shop

import (
	"net/url"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// ProductPage is a product in a store, whatever its offer is.
type ProductPage struct {
	layouts.Frame
	Crumbs    []components.Link
	Faults    []components.Link
	Name      string
	Line      string
	Tint      string
	Gallery   []components.Picture
	Offer     OfferBox
	Variants  Variants
	Delivery  []Arrival
	Guarantee components.Notice // the market's notice of legal guarantees; empty where there is none
	Facts     []components.Row
	Story     string // HTML that is safe to show
	Pictures  []components.Picture
	Specs     []components.Row
	Box       []string
	Notes     []Note
	Questions []components.Row
	Related   Shelf
}

// OfferBox says whether the product can be had, for how much, and if not, why and from when.
type OfferBox struct {
	State     components.State
	Price     string // empty when there is none yet
	Reduced   components.Reduced
	Tax       string // "incl. VAT, plus delivery"
	Notice    components.Notice
	Countdown *components.Countdown
	Missing   []components.Row  // approvals that the product waits for, with what each means
	Elsewhere []components.Link // stores where it can be bought
	Partners  []Partner         // who else sells it here
	Buy       *BuyForm          // nil when nothing can be bought
	Limit     string            // what is limited and why
	Code      *CodeForm         // nil unless a code opens it
	Interest  *InterestForm     // nil when there is nothing to wait for
	Again     components.Again
}

// Partner is somebody else who sells the product here.
type Partner struct{ Name, URL, Note string }

// BuyForm puts a variant into the cart.
type BuyForm struct {
	URL, SKU string
	Most     int
	Store    string // of a preview's cart, which belongs to no store
}

// Variants are the choices of one property.
type Variants struct {
	Label, Picked string // "Colour", "Coral"
	Options       []Variant
}

// Variant is a choice that leads to its own page. Words says when it can't be had now.
type Variant struct {
	Name, URL, Words string
	Picture          components.Picture
	Picked           bool
}

// Arrival is a delivery method with its cost and the days on which goods ordered now arrive.
type Arrival struct{ Name, Cost, Free, Days, Icon string }

// Note is a part of what the law wants beside the product: safety, disposal, data.
type Note struct {
	Icon, Title string
	Rows        []components.Row
	Text        []string // paragraphs
}

// Shown is what a product's page is made of.
type Shown struct {
	Market    market.Market
	Item      launch.Item
	Variant   int // the one that is picked
	Now       clock.Instant
	Delivery  []market.DeliveryMethod // those that carry it
	Elsewhere []market.Market         // markets that sell it now
	Partners  []launch.Partner
	Kinds     map[string]launch.Kind
	Typed     Typed
	Guarantee market.Page // without an id when the store has none
	Related   []launch.Item
	URL       string // the shop's public address
}

// NewProductPage shows a product by one of its variants.
func NewProductPage(f layouts.Frame, s Shown) ProductPage {
	product, variant := s.Item.Product, s.Item.Product.Variants[s.Variant]
	text := product.Text
	f.RenewAt(waitsFor(s)...)
	p := ProductPage{Frame: f, Name: text.Name, Line: text.Line, Tint: product.Category.Tint, Box: text.Box, Story: components.Markdown(text.Story)}
	p.Head.Title, p.Head.Description, p.Head.Faulty = text.Name, text.Line, s.Typed.CodeFault != ""
	p.Crumbs = []components.Link{{Text: f.T("nav.home"), URL: f.To("/")},
		{Text: product.Category.Name, URL: f.To("/products?category=" + product.Category.Slug)}, {Text: text.Name, Current: true}}
	for _, picture := range variant.Pictures {
		p.Gallery = append(p.Gallery, components.Drawing(picture.File, picture.Alt))
	}
	if len(p.Gallery) > 1 {
		p.Pictures = p.Gallery[1:2]
	}
	p.Offer = newOffer(f, s)
	if p.Offer.Code != nil && p.Offer.Code.Field.Error != "" {
		p.Faults = []components.Link{{Text: p.Offer.Code.Field.Error, URL: "#code"}}
	}
	p.Variants = newVariants(f, s)
	if p.Offer.Buy != nil {
		p.Delivery = arrivalsOf(f, s)
	}
	p.Guarantee = guarantee(f, s.Guarantee)
	p.Specs = rows(text.Specs)
	p.Facts = p.Specs[:min(4, len(p.Specs))]
	p.Questions = rows(text.Questions)
	p.Notes = notesOf(f, s.Market, product, variant)
	p.Related = Shelf{Title: f.T("product.related"), Cards: cards(f, s.Market, s.Related)}
	p.Head.Data = jsonLD(f, s, p)
	return p
}

// waitsFor are the instants at which the page shows something else: while the product can't be bought all that may change
// its offer, afterwards what the page names.
func waitsFor(s Shown) []clock.Instant {
	instants := []clock.Instant{s.Market.Schedule().After(s.Now)}
	for _, sale := range s.Item.Sales {
		if sale.Offer.Buyable() {
			instants = append(instants, sale.Offer.Next, sale.Reduction.Until)
		} else {
			instants = append(instants, sale.Offer.Until)
		}
	}
	return instants
}

func rows(pairs catalog.Pairs) []components.Row {
	all := make([]components.Row, len(pairs))
	for i, pair := range pairs {
		all[i] = components.Row{Name: pair[0], Value: pair[1]}
	}
	return all
}

// newVariants are the colours to choose from, each with its own address.
func newVariants(f layouts.Frame, s Shown) Variants {
	v := Variants{Label: f.T("product.colour"), Picked: s.Item.Product.Variants[s.Variant].ColourName}
	for i, variant := range s.Item.Product.Variants {
		option := Variant{Name: variant.ColourName, Picture: drawing(s.Item, i), Picked: i == s.Variant,
			URL: f.To("/products/" + s.Item.Product.Slug + "?variant=" + url.QueryEscape(variant.SKU))}
		if offer := s.Item.Sales[i].Offer; offer.State == launch.SoldOut {
			option.Words = f.T("offer.words.sold_out")
		}
		v.Options = append(v.Options, option)
	}
	return v
}

// arrivalsOf say what delivery costs and when goods ordered now arrive.
func arrivalsOf(f layouts.Frame, s Shown) []Arrival {
	var arrivals []Arrival
	for _, method := range s.Delivery {
		from, to := method.Arrival(s.Market, s.Now, market.Place{})
		arrivals = append(arrivals, Arrival{Name: method.Name, Cost: costFrom(f, s, method), Free: freeFrom(f, s.Market, method), Icon: deliveryIcon(method),
			Days: f.T("delivery.arrives", "Days", f.DateRange(from, to))})
	}
	return arrivals
}

func cost(f layouts.Frame, m market.Market, amount int64) string {
	if amount == 0 {
		return f.T("delivery.free")
	}
	return money(f, m, amount)
}

// costFrom is what the delivery of one unit costs, or from how much on where that depends on the place or on other goods.
func costFrom(f layouts.Frame, s Shown, method market.DeliveryMethod) string {
	least, varies := method.From(int64(s.Item.Product.Variants[s.Variant].WeightGrams), s.Item.Sales[s.Variant].Price.Minor)
	if varies {
		return f.T("delivery.from", "Price", money(f, s.Market, least))
	}
	return cost(f, s.Market, least)
}

// freeFrom says from which value of goods on delivery costs nothing.
func freeFrom(f layouts.Frame, m market.Market, method market.DeliveryMethod) string {
	if from := method.FreeFrom(); from > 0 {
		return f.T("delivery.free_from", "Price", money(f, m, from))
	}
	return ""
}

func deliveryIcon(method market.DeliveryMethod) string {
	if method.Kind == "pickup" {
		return "pin"
	}
	return "truck"
}

// guarantee leads to the store's page about the legal guarantee.
func guarantee(f layouts.Frame, page market.Page) components.Notice {
	if page.ID == 0 {
		return components.Notice{}
	}
	return components.Notice{Tone: "quiet", Icon: "shield", Title: page.Title,
		Links: []components.Link{{Text: f.T("guarantee.read"), URL: f.To("/pages/" + page.Slug)}}}
}
