package admin

import (
	"strings"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// ProductsPage lists all products, listed or not.
type ProductsPage struct {
	Frame
	Search   Search
	Products []ProductRow
}

// ProductRow is a product in the list.
type ProductRow struct {
	Name, Line, URL, Slug, Category, Variants string
	Picture                                   components.Picture
}

// NewProductsPage lists products that match a text.
func NewProductsPage(frame Frame, text string, products []catalog.Product) ProductsPage {
	p := ProductsPage{Frame: frame, Search: Search{Action: "/admin/products", Label: "Name", Text: text, Narrowed: text != ""}}
	for _, product := range products {
		row := ProductRow{Name: product.Text.Name, Line: product.Text.Line, URL: "/admin/products/" + product.Slug, Slug: product.Slug,
			Category: product.Category.Name, Variants: count(len(product.Variants))}
		if len(product.Variants) > 0 && len(product.Variants[0].Pictures) > 0 {
			row.Picture = components.Drawing(product.Variants[0].Pictures[0].File, "")
		}
		p.Products = append(p.Products, row)
	}
	return p
}

// ProductPage is a product in all markets.
type ProductPage struct {
	Frame
	Texts    string // address of its texts
	Facts    []components.Row
	Variants []VariantRow
	Markets  []StandingRow
	Class    Section // for tax
}

// VariantRow is a variant of the product.
type VariantRow struct{ SKU, Colour, Weight, Battery string }

// StandingRow is how the product stands in a market: the offer and price of each variant.
type StandingRow struct {
	Market, URL string
	Listing     string
	Offers      []OfferLine
}

// OfferLine is a variant's offer.
type OfferLine struct {
	SKU, Price, Reason string
	State              components.State
}

// NewProductPage shows a product. kinds are those of approvals, classes those of goods; may says whether the reader may change
// its class.
func NewProductPage(frame Frame, product catalog.Product, markets []launch.InMarket, kinds map[string]launch.Kind, classes []market.TaxClass, may bool) ProductPage {
	p := ProductPage{Frame: frame, Texts: "/admin/products/" + product.Slug + "/texts", Facts: []components.Row{
		{Name: "Category", Value: product.Category.Name}, {Name: "Address", Value: product.Slug}, {Name: "Brand", Value: product.Brand},
		{Name: "Model", Value: product.ModelNumber}, {Name: "Manufacturer", Value: joined(product.Manufacturer, product.ManufacturerAddress, product.ManufacturerContact)},
		{Name: "Responsible in the EU", Value: product.ResponsiblePerson},
	}}
	p.Class = Section{Title: "Tax", Rows: []components.Row{{Name: "Class", Value: className(classes, product.TaxClass)}},
		Links: []components.Link{{Text: "Classes of goods", URL: "/admin/tax-classes"}}}
	if may {
		p.Class.Rows = nil
		p.Class.Form = &Form{Action: "/admin/products/" + product.Slug + "/class", Button: "Save class", Quiet: true, Fields: []Entry{
			entry(components.Field{Name: "tax_class", Label: "Class of goods", Value: product.TaxClass, Options: classOptions(classes)}, nil)}}
	}
	for _, v := range product.Variants {
		p.Variants = append(p.Variants, VariantRow{SKU: v.SKU, Colour: v.ColourName, Weight: count(v.WeightGrams) + " g", Battery: battery(v)})
	}
	names := map[string]string{}
	for key, kind := range kinds {
		names[key] = kind.Name
	}
	for _, in := range markets {
		p.Markets = append(p.Markets, standingRow(product, in, names))
	}
	return p
}

func battery(v catalog.Variant) string {
	if v.UNNumber == "" {
		return "none"
	}
	return "UN" + v.UNNumber + ", " + count(v.MilliwattHours) + " mWh"
}

func joined(parts ...string) string {
	var filled []string
	for _, part := range parts {
		if part != "" {
			filled = append(filled, part)
		}
	}
	return strings.Join(filled, ", ")
}

func standingRow(product catalog.Product, in launch.InMarket, names map[string]string) StandingRow {
	row := StandingRow{Market: country(in.Market), URL: "/admin/products/" + product.Slug + "/listings/" + in.Market.Code, Listing: "Not listed"}
	if !in.Listed {
		return row
	}
	row.Listing = "Visible"
	if in.Listing.VisibleFrom != 0 {
		row.Listing += " from " + when(in.Listing.VisibleFrom, in.Market)
	}
	if in.Listing.OnSaleFrom != 0 {
		row.Listing += ", on sale from " + when(in.Listing.OnSaleFrom, in.Market)
	}
	for _, v := range product.Variants {
		sale := in.Sales[v.ID]
		line := OfferLine{SKU: v.SKU, Price: "no price", State: offerState(sale.Offer), Reason: reason(sale.Offer, names)}
		if sale.Price.Currency != "" {
			line.Price = english.Money(sale.Price)
		}
		row.Offers = append(row.Offers, line)
	}
	return row
}

// ListingPage is a product in one market: its listing and prices, as far as the reader may change them.
type ListingPage struct {
	Frame
	Rows    []components.Row
	Prices  []PriceRow
	Outlook Section // the prices as shoppers will see them
	Listing *Form
	Price   *Form

	Partners   Table
	AddPartner *Form
}

// PriceRow is a price. Form takes it back while it is still to come.
type PriceRow struct {
	SKU, Amount, From, To string
	Holds                 bool
	Form                  *Form
}

// ListingForm is what was typed into the page's forms and what was wrong with it.
type ListingForm struct {
	Listing       catalog.ListingForm
	Price         catalog.PriceForm
	ListingFaults map[string]string
	PriceFaults   map[string]string
	Partner       PartnerForm
	// Prospects are the prices to come with the one that was typed, when a look at them was asked for.
	Prospects map[int64][]launch.Prospect
}

// Standing is a product in a market with its prices and partners there.
type Standing struct {
	Product  catalog.Product
	In       launch.InMarket
	Prices   []catalog.Price
	Coming   map[int64][]launch.Prospect // by variant
	Partners []launch.Partner
}

// NewListingPage shows a product in a market; the rights say which forms the reader gets.
func NewListingPage(frame Frame, s Standing, f ListingForm, now clock.Instant, may, mayPartners bool) ListingPage {
	product, in, prices := s.Product, s.In, s.Prices
	frame.Title = product.Text.Name + " in " + country(in.Market)
	p := ListingPage{Frame: frame, Partners: partnerTable(s.Partners, in.Market, product.Slug, mayPartners)}
	p.Faulty = len(f.ListingFaults)+len(f.PriceFaults)+len(f.Partner.Faults) > 0
	if mayPartners {
		p.AddPartner = partnerForm(partnerPath(product.Slug, in.Market.Code), "Add partner", in.Market, f.Partner)
	}
	for _, v := range product.Variants {
		for _, price := range prices {
			if price.MarketID == in.Market.ID && price.VariantID == v.ID {
				p.Prices = append(p.Prices, priceRow(product, v.SKU, price, in, now, may))
			}
		}
	}
	p.Outlook = outlook(s, f)
	if !may {
		l := in.Listing
		p.Rows = []components.Row{{Name: "Visible from", Value: when(l.VisibleFrom, in.Market)}, {Name: "On sale from", Value: when(l.OnSaleFrom, in.Market)},
			{Name: "Ends", Value: when(l.EndsAt, in.Market)}, {Name: "Per order", Value: limitWords(l.LimitOrder)}, {Name: "Per buyer", Value: limitWords(l.LimitBuyer)},
			{Name: "Per order in test", Value: limitWords(l.TestLimitOrder)}, {Name: "Per buyer in test", Value: limitWords(l.TestLimitBuyer)}}
		return p
	}
	base := "/admin/products/" + product.Slug + "/listings/" + in.Market.Code
	p.Listing = listingForm(base, in, f)
	p.Price = priceForm(base+"/prices", product, in.Market, f)
	return p
}

func priceRow(product catalog.Product, sku string, price catalog.Price, in launch.InMarket, now clock.Instant, may bool) PriceRow {
	row := PriceRow{SKU: sku, Amount: sum(price.Amount, price.Currency), From: when(price.ValidFrom, in.Market), To: "no end",
		Holds: in.Sales[price.VariantID].Price.Minor == price.Amount && price.ValidFrom.Reached(now) && !price.EndsAt.Reached(now)}
	if price.EndsAt != 0 {
		row.To = when(price.EndsAt, in.Market)
	}
	if may && !price.ValidFrom.Reached(now) {
		row.Form = &Form{Action: "/admin/products/" + product.Slug + "/prices/" + id(price.ID) + "/removal", Button: "Take back", Quiet: true}
	}
	return row
}

func listingForm(action string, in launch.InMarket, f ListingForm) *Form {
	zone, faults, l := "In "+in.Market.Zone+".", f.ListingFaults, f.Listing
	button := "Save listing"
	if !in.Listed {
		button = "List in " + country(in.Market)
	}
	limit := func(name, label, value string) Entry {
		return entry(components.Field{Name: name, Label: label, Value: value, InputMode: "numeric", MaxLength: 4, Hint: "All variants together. 0 is no limit."}, faults)
	}
	at := func(name, label string, typed market.Moment, hint string) Entry {
		return moment(components.Field{Name: name, Label: label, Value: typed.Local, Optional: "optional", Hint: hint + zone}, faults, string(typed.Fold))
	}
	return &Form{Action: action, Button: button, Fields: []Entry{
		at("visible_from", "Visible from", l.VisibleFrom, "Empty: as soon as the market is. "), at("on_sale_from", "On sale from", l.OnSaleFrom, "Empty: with the market's launch. "),
		at("ends_at", "Ends", l.EndsAt, ""),
		limit("limit_order", "Most per order", l.LimitOrder), limit("limit_buyer", "Most per buyer", l.LimitBuyer),
		limit("test_limit_order", "Most per order in test", l.TestLimitOrder), limit("test_limit_buyer", "Most per buyer in test", l.TestLimitBuyer),
	}}
}

func priceForm(action string, product catalog.Product, m market.Market, f ListingForm) *Form {
	faults, zone := f.PriceFaults, "In "+m.Zone+". "
	options := make([]components.Option, len(product.Variants))
	for i, v := range product.Variants {
		options[i] = components.Option{Value: v.SKU, Text: joined(v.ColourName, v.SKU)}
	}
	label := "Amount in " + m.Currency
	if m.TaxIncluded {
		label += ", tax included"
	} else {
		label += ", before tax"
	}
	return &Form{Action: action, Button: "Set price", Preview: true, Fields: []Entry{
		entry(components.Field{Name: "sku", Label: "Variant", Value: f.Price.SKU, Options: options}, faults),
		entry(components.Field{Name: "amount", Label: label, Value: f.Price.Amount, InputMode: "decimal", MaxLength: 15}, faults),
		moment(components.Field{Name: "valid_from", Label: "Valid from", Value: f.Price.From.Local, Optional: "optional", Hint: zone + "Empty: now."}, faults, string(f.Price.From.Fold)),
		moment(components.Field{Name: "price_ends_at", Label: "Valid until", Value: f.Price.To.Local, Optional: "optional", Hint: zone + "Empty: until the next price."}, faults, string(f.Price.To.Fold)),
	}}
}
