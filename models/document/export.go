package document

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/money"
	"softlaunch/models/staff"
)

// The books that can be exported: every document with its tax at each rate, what they come to by market, kind and rate, and
// the money that came and went.
const (
	BookDocuments = "documents"
	BookTotals    = "totals"
	BookMoney     = "money"
)

// Books are those that can be exported.
var Books = []string{BookDocuments, BookTotals, BookMoney}

// Period says what is exported: a book of a market (by its code, "" for all of them) from one day to another, both included, in
// each market's own time.
type Period struct {
	Book, Market string
	From, To     clock.Day
}

func (p Period) check() error {
	wrong := fault.Fields{}
	if !slices.Contains(Books, p.Book) {
		wrong.Add("book", "export.book")
	}
	if p.From.AddDays(0) != p.From || p.From == "" {
		wrong.Add("from", "export.day")
	}
	if p.To.AddDays(0) != p.To || p.To < p.From {
		wrong.Add("to", "export.to")
	}
	return wrong.Err()
}

// Export are the rows of a book, heads first. Amounts are plain decimals in the row's currency; what goes back is below zero.
// It needs a right and is in the trail: the books name orders, not people. The fault's fields are book, from and to.
func (d *Documents) Export(ctx context.Context, by staff.Actor, p Period) (rows [][]string, err error) {
	if err := by.Require(staff.ExportBooks); err != nil {
		return nil, err
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	err = d.data.Write(ctx, func(tx db.Tx) error {
		if rows, err = p.rows(tx); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "export " + p.Book, Subject: "books", Name: p.Market,
			After: fmt.Sprintf("%s to %s, %d rows", p.From, p.To, len(rows)-1)})
	})
	return rows, err
}

var heads = map[string][]string{
	BookDocuments: {"market", "number", "kind", "date", "corrects", "order", "currency", "tax", "rate_percent", "net", "tax_amount", "gross", "payment", "paid_on"},
	BookTotals:    {"market", "kind", "currency", "tax", "rate_percent", "documents", "net", "tax_amount", "gross"},
	BookMoney:     {"market", "date", "kind", "order", "provider", "provider_id", "currency", "amount"},
}

func (p Period) rows(tx db.Tx) ([][]string, error) {
	markets, err := market.All(tx)
	if err != nil {
		return nil, err
	}
	rows, known := [][]string{heads[p.Book]}, false
	for _, m := range markets {
		if p.Market != "" && m.Code != p.Market {
			continue
		}
		known = true
		of, err := p.of(tx, m)
		if err != nil {
			return nil, err
		}
		rows = append(rows, of...)
	}
	if !known {
		return nil, fault.Fields{"market": "fault.market"}.Err()
	}
	return rows, nil
}

// of are a market's rows.
func (p Period) of(tx db.Tx, m market.Market) ([][]string, error) {
	from, end := p.From.Start(m.Location()), p.To.AddDays(1).Start(m.Location())
	if p.Book == BookMoney {
		return moneyRows(tx, m, from, end)
	}
	documents, err := list(tx, "market_id = ? AND issued_at >= ? AND issued_at < ?", m.ID, from, end)
	if err != nil {
		return nil, err
	}
	var contents []Content
	for _, d := range documents {
		c, err := contentOf(tx, d.ID)
		if err != nil {
			return nil, err
		}
		contents = append(contents, c)
	}
	if p.Book == BookTotals {
		return totalRows(m, contents), nil
	}
	return documentRows(m, contents), nil
}

// sign is -1 for what goes back.
func (c Content) sign() int64 {
	if c.Kind == CreditNote {
		return -1
	}
	return 1
}

func documentRows(m market.Market, contents []Content) [][]string {
	var rows [][]string
	for _, c := range contents {
		corrects := ""
		if c.Corrects != nil {
			corrects = c.Corrects.Number
		}
		for _, t := range c.Taxes {
			rows = append(rows, append([]string{m.Code, c.Number, string(c.Kind), string(c.IssuedOn), corrects, c.Order, c.Currency, t.Name, percent(t.RatePPM)},
				append(amounts(c.Currency, c.sign()*t.Net, c.sign()*t.Tax, c.sign()*t.Gross()), c.Payment, string(c.PaidOn))...))
		}
	}
	return rows
}

// totalRows add up a market's documents by kind, currency and rate.
func totalRows(m market.Market, contents []Content) [][]string {
	type key struct {
		kind           Kind
		currency, name string
		ppm            int64
	}
	var order []key
	sums, counts := map[key]Tax{}, map[key]int64{}
	for _, c := range contents {
		for _, t := range c.Taxes {
			k := key{c.Kind, c.Currency, t.Name, t.RatePPM}
			if counts[k] == 0 {
				order = append(order, k)
			}
			counts[k]++
			sums[k] = Tax{Net: sums[k].Net + c.sign()*t.Net, Tax: sums[k].Tax + c.sign()*t.Tax}
		}
	}
	var rows [][]string
	for _, k := range order {
		rows = append(rows, append([]string{m.Code, string(k.kind), k.currency, k.name, percent(k.ppm), strconv.FormatInt(counts[k], 10)},
			amounts(k.currency, sums[k].Net, sums[k].Tax, sums[k].Gross())...))
	}
	return rows
}

// moneyRows are what was captured and what was sent back.
func moneyRows(tx db.Tx, m market.Market, from, end clock.Instant) ([][]string, error) {
	type move struct {
		at                                          clock.Instant
		kind, order, provider, providerID, currency string
		amount                                      int64
	}
	moves, err := db.List(tx, func(v *move) []any {
		return []any{&v.at, &v.kind, &v.order, &v.provider, &v.providerID, &v.currency, &v.amount}
	}, `SELECT p.at, 'payment', o.number, p.provider, p.provider_id, p.currency, p.amount FROM payments p JOIN orders o ON o.id = p.order_id
			WHERE o.market_id = ? AND p.state = 'captured' AND p.at >= ? AND p.at < ?
		UNION ALL SELECT r.done_at, 'refund', o.number, p.provider, p.provider_id, p.currency, -r.amount FROM refunds r
			JOIN payments p ON p.id = r.payment_id JOIN orders o ON o.id = p.order_id
			WHERE o.market_id = ? AND r.done_at >= ? AND r.done_at < ? ORDER BY 1, 3`, m.ID, from, end, m.ID, from, end)
	var rows [][]string
	for _, v := range moves {
		rows = append(rows, append([]string{m.Code, string(clock.DayOf(v.at, m.Location())), v.kind, v.order, v.provider, v.providerID, v.currency}, amounts(v.currency, v.amount)...))
	}
	return rows, err
}

func amounts(currency string, minor ...int64) []string {
	texts := make([]string, len(minor))
	for i, n := range minor {
		texts[i] = money.Of(n, currency).Plain()
	}
	return texts
}

// percent is a rate as a plain decimal: 7.25.
func percent(ppm int64) string { return strconv.FormatFloat(float64(ppm)/10_000, 'f', -1, 64) }
