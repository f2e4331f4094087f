package paper

import (
	"strconv"
	"strings"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/document"
	"softlaunch/models/money"
	"softlaunch/views/i18n"
)

// Document is an invoice or a credit note as it is printed, in its own language.
func Document(c document.Content) Paper {
	w := writer{Locale: i18n.For(c.Language, c.Country), c: c}
	p := Paper{
		Language: w.Tag(), Size: c.Paper, At: c.IssuedOn.Noon(time.UTC).Time(), Title: w.T("paper." + string(c.Kind)),
		Seller: c.Seller.Name, Sender: w.oneLine(c.Seller.Address), ToTitle: w.T("paper.billed_to"), To: w.Address(address(c.Buyer)),
		Facts: w.facts(), Columns: w.columns(), Lines: w.lines(), Carried: w.T("paper.carried"), Totals: w.totals(), Taxes: w.taxes(),
		Notes: w.notes(), Foot: w.foot(c.Seller), PageOf: w.pageOf,
	}
	p.Name = p.Title + " " + c.Number
	return p
}

// writer writes what a document says as its reader expects it.
type writer struct {
	i18n.Locale
	c document.Content
}

func address(a document.Address) i18n.Address { return i18n.Address(a) }

// oneLine is an address on one line, without its country.
func (w writer) oneLine(a document.Address) string {
	lines := w.Address(address(a))
	return strings.Join(lines[:len(lines)-1], " · ")
}

func (w writer) sum(minor int64) string { return w.Money(money.Of(minor, w.c.Currency)) }

// less is an amount that is taken off, with a minus sign.
func (w writer) less(minor int64) string { return "−" + w.sum(minor) }

func (w writer) day(d clock.Day) string { return w.Date(d.Noon(time.UTC), time.UTC) }

func (w writer) pageOf(page, pages int) string {
	return w.T("paper.page", "Page", page, "Pages", pages)
}

func (w writer) facts() []Row {
	facts := []Row{{Name: w.T("paper." + string(w.c.Kind) + "_number"), Value: w.c.Number}, {Name: w.T("paper.issued"), Value: w.day(w.c.IssuedOn)}}
	if w.c.Corrects != nil {
		facts = append(facts, Row{Name: w.T("paper.corrects"), Value: w.T("paper.corrects_of", "Number", w.c.Corrects.Number, "Date", w.day(w.c.Corrects.IssuedOn))})
	}
	if w.c.Cause != "" {
		facts = append(facts, Row{Name: w.T("paper.reason"), Value: w.T("paper.cause_" + w.c.Cause)})
	}
	facts = append(facts, Row{Name: w.T("paper.order"), Value: w.T("paper.order_of", "Number", w.c.Order, "Date", w.day(w.c.OrderedOn))})
	if w.c.Kind == document.CreditNote {
		return append(facts, Row{Name: w.T("paper.payment"), Value: w.T("payment." + w.c.Payment)})
	}
	if w.c.SuppliedFrom != "" {
		facts = append(facts, Row{Name: w.T("paper.supplied"), Value: w.T("paper.supplied_expected", "Days", w.DateRange(w.c.SuppliedFrom, w.c.SuppliedTo))})
	}
	return append(facts, Row{Name: w.T("review.delivery"), Value: w.c.DeliveryName}, Row{Name: w.T("paper.payment"), Value: w.T("payment." + w.c.Payment)},
		Row{Name: w.T("paper.paid_on"), Value: w.day(w.c.PaidOn)})
}

// taxWord is what tax is called: by the name of its rates where prices include it, else in general.
func (w writer) taxWord() string {
	if w.c.TaxIncluded && len(w.c.Taxes) > 0 && w.c.Taxes[0].Name != "" {
		return w.c.Taxes[0].Name
	}
	return w.T("totals.tax")
}

func (w writer) columns() []Column {
	return []Column{{Title: w.T("paper.item"), Share: 0.43}, {Title: w.T("paper.quantity"), Share: 0.09, End: true},
		{Title: w.T("paper.unit"), Share: 0.21, End: true}, {Title: w.taxWord(), Share: 0.11, End: true}, {Title: w.T("paper.amount"), Share: 0.16, End: true}}
}

// lines are the goods, each with what it comes to with those before it, discounts taken off.
func (w writer) lines() []Line {
	var lines []Line
	var sofar int64
	for _, l := range w.c.Lines {
		sofar += l.Amount - l.Discount
		line := Line{Cells: []string{l.Name, w.Number(int64(l.Quantity)), w.sum(l.Unit), w.Rate(l.RatePPM), w.sum(l.Amount)}, Sum: w.sum(sofar),
			Small: [][]string{{about(l)}, nil, nil, nil, nil}}
		if w.c.TaxIncluded && l.RatePPM > 0 {
			line.Small[2] = []string{w.T("paper.unit_net", "Amount", w.unitNet(l))}
		}
		if l.Reduction {
			line.Cells[1], line.Cells[2], line.Small[2] = "", "", nil
			line.Small[0] = append(line.Small[0], w.T("paper.reduction"))
		}
		if l.Discount > 0 {
			line.Small[0] = append(line.Small[0], w.T("paper.discount"))
			line.Small[4] = []string{"", w.less(l.Discount)}
		}
		lines = append(lines, line)
	}
	return lines
}

func about(l document.Line) string {
	if l.Colour == "" {
		return l.SKU
	}
	return l.SKU + " · " + l.Colour
}

// unitNet is a unit's price without tax, with two decimals more than the currency has: rounded to the currency it would not
// come to the line's amount (UK: VAT Regulations 1995, reg. 14; France: art. 242 nonies A annexe II CGI; Spain: art. 6.1.f RD
// 1619/2012).
func (w writer) unitNet(l document.Line) string {
	fine := money.MulDiv(l.Unit*100, 1_000_000, 1_000_000+l.RatePPM)
	digits := money.Digits(w.c.Currency) + 2
	text := strconv.FormatInt(fine, 10)
	if missing := digits + 1 - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	return w.Decimal(text[:len(text)-digits] + "." + text[len(text)-digits:])
}

func (w writer) totals() []Row {
	rows := []Row{{Name: w.T("totals.goods"), Value: w.sum(w.c.Goods)}}
	if w.c.Discount > 0 {
		rows = append(rows, Row{Name: w.T("paper.discount"), Value: w.less(w.c.Discount)})
	}
	if w.c.Kind == document.Invoice || w.c.Delivery > 0 {
		rows = append(rows, Row{Name: w.T("totals.delivery"), Value: w.sum(w.c.Delivery)})
	}
	if w.c.DeliveryDiscount > 0 {
		rows = append(rows, Row{Name: w.T("paper.delivery_discount"), Value: w.less(w.c.DeliveryDiscount)})
	}
	if !w.c.TaxIncluded {
		for _, t := range w.c.Taxes {
			if t.Name != "" {
				rows = append(rows, Row{Name: t.Name + " " + w.Rate(t.RatePPM), Value: w.sum(t.Tax)})
			}
		}
	}
	word := "paper.total"
	if w.c.Kind == document.CreditNote {
		word = "paper.total_back"
	}
	return append(rows, Row{Name: w.T(word), Value: w.sum(w.c.Total), Strong: true})
}

func (w writer) taxes() Taxes {
	t := Taxes{Heads: []string{w.T("paper.rate"), w.T("paper.net"), w.taxWord(), w.T("paper.gross")}}
	for _, tax := range w.c.Taxes {
		called := w.T("paper.untaxed")
		if tax.Name != "" {
			called = tax.Name + " " + w.Rate(tax.RatePPM)
		}
		t.Rows = append(t.Rows, []string{called, w.sum(tax.Net), w.sum(tax.Tax), w.sum(tax.Gross())})
	}
	if len(t.Rows) > 1 {
		t.Sums = []string{w.T("paper.sum"), w.sum(w.c.Net), w.sum(w.c.Tax), w.sum(w.c.Total)}
	}
	return t
}

func (w writer) notes() []string {
	payment := w.T("payment." + w.c.Payment)
	first := w.T("paper.going_back", "Payment", payment)
	if w.c.Kind == document.Invoice {
		first = w.T("paper.settled", "Date", w.day(w.c.PaidOn), "Payment", payment)
	}
	if w.c.Seller.Note == "" {
		return []string{first}
	}
	return []string{first, w.c.Seller.Note}
}

// foot is who sells: where, by which numbers, and how to be reached.
func (w writer) foot(s document.Seller) [3][]string {
	lines := w.Address(address(s.Address))
	var numbers, reach []string
	if s.VATNumber != "" {
		numbers = append(numbers, w.T("paper.vat_number", "Number", s.VATNumber))
	}
	if s.Register != "" {
		numbers = append(numbers, s.Register)
	}
	for _, text := range []string{s.Email, s.Phone} {
		if text != "" {
			reach = append(reach, text)
		}
	}
	return [3][]string{lines, numbers, reach}
}
