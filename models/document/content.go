package document

import "softlaunch/models/clock"

// Content is all that a document says, ready to be printed in its language. Amounts are in minor units of Currency and, in a
// credit note, what goes back, above zero. Lines and Delivery contain tax where TaxIncluded says so. Total = Goods -
// Discount + Delivery - DeliveryDiscount, + Tax where prices don't include it; Taxes come to Net and Tax, and Net + Tax =
// Total.
type Content struct {
	Kind             Kind       `json:"kind"`
	Number           string     `json:"number"`
	Language         string     `json:"language"`
	Country          string     `json:"country"` // of the market, ISO 3166-1
	Paper            string     `json:"paper"`
	IssuedOn         clock.Day  `json:"issued_on"` // days are the market's own
	Seller           Seller     `json:"seller"`
	Buyer            Address    `json:"buyer"`
	Order            string     `json:"order"`
	OrderedOn        clock.Day  `json:"ordered_on"`
	PaidOn           clock.Day  `json:"paid_on"`
	Payment          string     `json:"payment"` // provider
	DeliveryName     string     `json:"delivery_name"`
	SuppliedFrom     clock.Day  `json:"supplied_from"` // when the goods arrive, as promised
	SuppliedTo       clock.Day  `json:"supplied_to"`
	Corrects         *Reference `json:"corrects,omitempty"`
	Cause            string     `json:"cause,omitempty"` // of a credit
	Currency         string     `json:"currency"`
	TaxIncluded      bool       `json:"tax_included"`
	Lines            []Line     `json:"lines"`
	Goods            int64      `json:"goods"`
	Discount         int64      `json:"discount"`
	Delivery         int64      `json:"delivery"`
	DeliveryDiscount int64      `json:"delivery_discount"`
	Taxes            []Tax      `json:"taxes"`
	Net              int64      `json:"net"`
	Tax              int64      `json:"tax"`
	Total            int64      `json:"total"`
}

// Seller is who sold.
type Seller struct {
	Address
	Email     string `json:"email"`
	Phone     string `json:"phone"`
	VATNumber string `json:"vat_number"`
	Register  string `json:"register"`
	Note      string `json:"note"`
}

// Address is a name and where it is.
type Address struct {
	Name       string `json:"name"`
	Line1      string `json:"line1"`
	Line2      string `json:"line2"`
	PostalCode string `json:"postal_code"`
	City       string `json:"city"`
	Region     string `json:"region"`      // its code
	RegionName string `json:"region_name"` // its name, where addresses write it
	Country    string `json:"country"`
}

// Reference is another document.
type Reference struct {
	Number   string    `json:"number"`
	IssuedOn clock.Day `json:"issued_on"`
}

// Line is goods, or a Reduction of their price. Amount is Quantity times Unit, before Discount.
type Line struct {
	SKU       string `json:"sku"`
	Name      string `json:"name"`
	Colour    string `json:"colour"`
	Quantity  int    `json:"quantity"`
	Unit      int64  `json:"unit"`
	Amount    int64  `json:"amount"`
	Discount  int64  `json:"discount"`
	RatePPM   int64  `json:"rate_ppm"`
	Reduction bool   `json:"reduction,omitempty"`
}

// Tax is what bears tax at a rate, without tax, and the tax. What bears none has an entry without a name.
type Tax struct {
	Name    string `json:"name"`
	RatePPM int64  `json:"rate_ppm"`
	Net     int64  `json:"net"`
	Tax     int64  `json:"tax"`
}

// Gross is what bears tax at the rate, with it.
func (t Tax) Gross() int64 { return t.Net + t.Tax }
