package report

import (
	"strconv"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/market"
)

// Header names the columns of Rows. A value is a whole number in its unit: orders, units, requests, codes, sign-ups, seconds,
// or the currency's minor units. Product is the slug of what a list of interest is about, "" for the market alone. From is the
// instant that a row is about (RFC 3339), "" for none.
var Header = []string{"figure", "phase", "product", "sku", "reason", "from", "value", "unit"}

// Rows are all figures of the report, one in a row. SKUs are staff's own texts: whoever writes a file that spreadsheets
// open makes them harmless.
func (l Launch) Rows() [][]string {
	var t rows
	money := l.Market.Currency + " minor units"
	t.phase(string(market.Test), l.Test, money)
	t.phase(string(market.Open), l.Open, money)
	t.goods(l.Goods, money)
	t.waves(l.Waves)
	for _, r := range l.Refusals {
		t.add(row{figure: "refused for reason", phase: r.Phase, sku: r.SKU, reason: r.Reason, value: int64(r.Requests), unit: "requests"})
	}
	t.interest(l.Interest, money)
	t.hours(l.Hours, money)
	return t
}

type rows [][]string

type row struct {
	figure, phase, product, sku, reason string
	from                                clock.Instant
	value                               int64
	unit                                string
}

func (t *rows) add(r row) {
	from := ""
	if !r.from.IsZero() {
		from = r.from.String()
	}
	*t = append(*t, []string{r.figure, r.phase, r.product, r.sku, r.reason, from, strconv.FormatInt(r.value, 10), r.unit})
}

func (t *rows) phase(name string, p Phase, money string) {
	for _, f := range []struct {
		figure string
		value  int64
		unit   string
	}{
		{"orders", int64(p.Orders), "orders"}, {"units", int64(p.Units), "units"}, {"revenue", p.Revenue, money},
		{"waiting", int64(p.Waiting), "orders"}, {"expired", int64(p.Expired), "orders"}, {"cancelled", int64(p.Cancelled), "orders"},
		{"returned", int64(p.Returned), "orders"}, {"refunded", p.Refunded, money},
		{"refused", int64(p.Refused), "requests"}, {"limits hit", int64(p.LimitsHit), "requests"},
	} {
		t.add(row{figure: f.figure, phase: name, from: p.From, value: f.value, unit: f.unit})
	}
}

func (t *rows) goods(goods []Good, money string) {
	for _, g := range goods {
		t.add(row{figure: "units of good", phase: "test", sku: g.SKU, value: int64(g.TestUnits), unit: "units"})
		t.add(row{figure: "revenue of good", phase: "test", sku: g.SKU, value: g.TestRevenue, unit: money})
		t.add(row{figure: "units of good", phase: "open", sku: g.SKU, value: int64(g.OpenUnits), unit: "units"})
		t.add(row{figure: "revenue of good", phase: "open", sku: g.SKU, value: g.OpenRevenue, unit: money})
	}
}

func (t *rows) waves(waves []Wave) {
	for _, w := range waves {
		t.add(row{figure: "wave", phase: "test", sku: w.SKU, from: w.OpensAt, value: int64(w.Quantity), unit: "units"})
		t.add(row{figure: "taken of wave", phase: "test", sku: w.SKU, from: w.OpensAt, value: int64(w.Taken), unit: "units"})
		if w.SoldOut() {
			t.add(row{figure: "time to sell out", phase: "test", sku: w.SKU, from: w.OpensAt, value: int64(w.ToSellOut() / time.Second), unit: "seconds"})
		}
	}
}

func (t *rows) interest(i Interest, money string) {
	for _, list := range i.Lists {
		for _, f := range []struct {
			figure string
			value  int
		}{
			{"interest confirmed", list.Confirmed}, {"interest waiting", list.Waiting}, {"interest told", list.Told},
			{"interest gone", list.Gone}, {"interest that ordered", list.Ordered},
		} {
			t.add(row{figure: f.figure, product: list.Product, value: int64(f.value), unit: "sign-ups"})
		}
	}
	t.add(row{figure: "codes made", value: int64(i.Codes), unit: "codes"})
	t.add(row{figure: "codes mailed", value: int64(i.Mailed), unit: "codes"})
	t.add(row{figure: "codes used", value: int64(i.Used), unit: "codes"})
	t.add(row{figure: "orders with code", value: int64(i.CodeOrders), unit: "orders"})
	t.add(row{figure: "revenue with code", value: i.CodeRevenue, unit: money})
}

func (t *rows) hours(hours []Hour, money string) {
	for _, h := range hours {
		t.add(row{figure: "units in hour", from: h.At, value: int64(h.Units), unit: "units"})
		t.add(row{figure: "revenue in hour", from: h.At, value: h.Revenue, unit: money})
		t.add(row{figure: "refused in hour", from: h.At, value: int64(h.Refused), unit: "requests"})
	}
}
