package admin

import (
	"softlaunch/models/document"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/components"
)

var documentWords = map[document.Kind]string{document.Invoice: "Invoice", document.CreditNote: "Credit note"}

// OrderDocuments lead to an order's documents, as far as they are printed, and to the slips for its parcels: for what has
// left and for what is still to be packed.
func OrderDocuments(o order.Order, m market.Market, documents []document.Document) []components.Link {
	base := "/admin/orders/" + o.Number
	var links []components.Link
	for _, d := range documents {
		if d.Printed {
			links = append(links, components.Link{Text: documentWords[d.Kind] + " " + d.Number + " of " + english.Date(d.IssuedAt, m.Location()), URL: base + "/documents/" + d.Number + ".pdf"})
		}
	}
	for i, s := range o.Shipments {
		links = append(links, components.Link{Text: "Packing slip of parcel " + count(i+1), URL: base + "/packing-slips/" + id(s.ID) + ".pdf"})
	}
	if o.State.Open() {
		links = append(links, components.Link{Text: "Packing slip of what is to be packed", URL: base + "/packing-slips/open.pdf"})
	}
	return links
}
