package paper

import (
	"time"

	"softlaunch/models/document"
	"softlaunch/views/i18n"
)

// Slip is a parcel's packing slip, with a box to tick for each of its goods and no prices. It is dated like the parcel, or
// like the order while it is being packed.
func Slip(s document.Slip) Paper {
	w := writer{Locale: i18n.For(s.Language, s.Country)}
	day := w.day
	p := Paper{
		Language: w.Tag(), Size: s.Paper, At: s.OrderedOn.Noon(time.UTC).Time(), Title: w.T("paper.slip"), Seller: s.Seller.Name,
		Sender: w.oneLine(s.Seller.Address), ToTitle: w.T("paper.deliver_to"), To: w.Address(address(s.To)),
		Facts: []Row{{Name: w.T("paper.order"), Value: w.T("paper.order_of", "Number", s.Order, "Date", day(s.OrderedOn))},
			{Name: w.T("paper.shipment"), Value: w.Number(int64(s.Parcel))}, {Name: w.T("review.delivery"), Value: s.Delivery}},
		Columns: []Column{{Title: w.T("paper.item"), Share: 0.42}, {Title: w.T("paper.sku"), Share: 0.34}, {Title: w.T("paper.quantity"), Share: 0.12, End: true}, {Title: w.T("paper.checked"), Share: 0.12, End: true}},
		Notes:   []string{w.T("paper.slip_note", "Email", s.Seller.Email, "Order", s.Order)}, Foot: w.foot(s.Seller), PageOf: w.pageOf,
	}
	p.Name = p.Title + " " + s.Order
	if s.SentOn != "" {
		p.At = s.SentOn.Noon(time.UTC).Time()
		p.Facts = append(p.Facts, Row{Name: w.T("paper.sent"), Value: day(s.SentOn)}, Row{Name: w.T("paper.carrier"), Value: s.Carrier})
	}
	if s.Tracking != "" {
		p.Facts = append(p.Facts, Row{Name: w.T("mail.shipped.tracking"), Value: s.Tracking})
	}
	for _, l := range s.Lines {
		line := Line{Cells: []string{l.Name, l.SKU, w.Number(int64(l.Quantity)), ""}, Box: true}
		if l.Colour != "" {
			line.Small = [][]string{{l.Colour}}
		}
		p.Lines = append(p.Lines, line)
	}
	return p
}
