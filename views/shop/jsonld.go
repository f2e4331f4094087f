package shop

import (
	"time"

	"softlaunch/models/launch"
	amount "softlaunch/models/money"
	"softlaunch/views/layouts"
)

// productData is a product for search engines, see https://schema.org/Product.
type productData struct {
	Context     string    `json:"@context"`
	Type        string    `json:"@type"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	SKU         string    `json:"sku"`
	Brand       brandData `json:"brand"`
	Image       []string  `json:"image"`
	Offers      offerData `json:"offers"`
}

type brandData struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type offerData struct {
	Type               string     `json:"@type"`
	URL                string     `json:"url"`
	Price              string     `json:"price,omitempty"`
	PriceCurrency      string     `json:"priceCurrency,omitempty"`
	Availability       string     `json:"availability"`
	AvailabilityStarts string     `json:"availabilityStarts,omitempty"`
	PriceValidUntil    string     `json:"priceValidUntil,omitempty"`
	Before             *priorData `json:"priceSpecification,omitempty"`
}

// priorData is the price that a reduced one is compared with, see https://schema.org/StrikethroughPrice.
type priorData struct {
	Type          string `json:"@type"`
	PriceType     string `json:"priceType"`
	Price         string `json:"price"`
	PriceCurrency string `json:"priceCurrency"`
}

// availability says in schema.org's words what an offer is.
var availability = map[launch.State]string{
	launch.OnSale: "InStock", launch.Test: "LimitedAvailability", launch.Code: "LimitedAvailability",
	launch.Announced: "PreOrder", launch.SoldOut: "SoldOut", launch.Blocked: "OutOfStock", launch.Paused: "OutOfStock",
	launch.Ended: "Discontinued",
}

func jsonLD(f layouts.Frame, s Shown, p ProductPage) productData {
	sale := s.Item.Sales[s.Variant]
	data := productData{Context: "https://schema.org", Type: "Product", Name: p.Name, Description: p.Line,
		SKU: s.Item.Product.Variants[s.Variant].SKU, Brand: brandData{Type: "Brand", Name: s.Item.Product.Brand},
		Offers: offerData{Type: "Offer", URL: f.Head.Canonical, Availability: "https://schema.org/" + availability[sale.Offer.State]}}
	for _, picture := range p.Gallery {
		data.Image = append(data.Image, s.URL+picture.URL)
	}
	if sale.Price.Currency != "" {
		data.Offers.Price, data.Offers.PriceCurrency = sale.Price.Plain(), sale.Price.Currency
	}
	if r := sale.Reduction; r.Lowest != 0 {
		data.Offers.Before = &priorData{Type: "UnitPriceSpecification", PriceType: "https://schema.org/StrikethroughPrice",
			Price: amount.Of(r.Lowest, sale.Price.Currency).Plain(), PriceCurrency: sale.Price.Currency}
		if r.Until != 0 {
			data.Offers.PriceValidUntil = r.Until.In(s.Market.Location()).Format(time.RFC3339)
		}
	}
	if sale.Offer.State == launch.Announced && sale.Offer.Next != 0 {
		data.Offers.AvailabilityStarts = sale.Offer.Next.In(s.Market.Location()).Format(time.RFC3339)
	}
	return data
}
