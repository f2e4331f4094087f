package report

import (
	"strconv"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/market"
)

// Header names the columns of Rows. A value is a whole number in its unit: orders, units, requests, codes, people, seconds,
// or the currency's minor units. From is the instant that a row is about (RFC 3339), "" for none.
var Header = []string{"figure", "phase", "sku", "reason", "from", "value", "unit"}

// Rows are all figures of the report, one in a row.
func (l Launch) Rows() [][]string {
	var rows [][]string
	add := func(figure, phase, sku, reason string, from clock.Instant, value int64, unit string) {
		at := ""
		if from != 0 {
			at = from.String()
		}
		rows = append(rows, []string{figure, phase, sku, reason, at, strconv.FormatInt(value, 10), unit})
	}
	money := l.Market.Currency + " minor units"
	for _, p := range []struct {
		name market.Phase
		Phase
	}{{market.Test, l.Test}, {market.Open, l.Open}} {
		name := string(p.name)
		add("orders", name, "", "", p.From, int64(p.Orders), "orders")
		add("units", name, "", "", p.From, int64(p.Units), "units")
		add("revenue", name, "", "", p.From, p.Revenue, money)
		add("waiting", name, "", "", p.From, int64(p.Waiting), "orders")
		add("expired", name, "", "", p.From, int64(p.Expired), "orders")
		add("cancelled", name, "", "", p.From, int64(p.Cancelled), "orders")
		add("returned", name, "", "", p.From, int64(p.Returned), "orders")
		add("refunded", name, "", "", p.From, p.Refunded, money)
		add("refused", name, "", "", p.From, int64(p.Refused), "requests")
		add("limits hit", name, "", "", p.From, int64(p.LimitsHit), "requests")
	}
	for _, g := range l.Goods {
		add("units of good", "test", g.SKU, "", 0, int64(g.TestUnits), "units")
		add("revenue of good", "test", g.SKU, "", 0, g.TestRevenue, money)
		add("units of good", "open", g.SKU, "", 0, int64(g.OpenUnits), "units")
		add("revenue of good", "open", g.SKU, "", 0, g.OpenRevenue, money)
	}
	for _, w := range l.Waves {
		add("wave", "test", w.SKU, "", w.OpensAt, int64(w.Quantity), "units")
		add("taken of wave", "test", w.SKU, "", w.OpensAt, int64(w.Taken), "units")
		if w.SoldOut() {
			add("time to sell out", "test", w.SKU, "", w.OpensAt, int64(w.ToSellOut()/time.Second), "seconds")
		}
	}
	for _, r := range l.Refusals {
		add("refused for reason", r.Phase, r.SKU, r.Reason, 0, int64(r.Requests), "requests")
	}
	add("interest confirmed", "", "", "", 0, int64(l.Interest.Confirmed), "people")
	add("interest that ordered", "", "", "", 0, int64(l.Interest.Ordered), "people")
	add("codes made", "", "", "", 0, int64(l.Interest.Codes), "codes")
	add("codes mailed", "", "", "", 0, int64(l.Interest.Mailed), "codes")
	add("codes used", "", "", "", 0, int64(l.Interest.Used), "codes")
	add("orders with code", "", "", "", 0, l.Interest.CodeOrders, "orders")
	add("revenue with code", "", "", "", 0, l.Interest.CodeRevenue, money)
	for _, h := range l.Hours {
		add("units in hour", "", "", "", h.At, int64(h.Units), "units")
		add("revenue in hour", "", "", "", h.At, h.Revenue, money)
		add("refused in hour", "", "", "", h.At, int64(h.Refused), "requests")
	}
	return rows
}

// Series is every hour in [from, to), the empty ones too, for charts; at most maxSeries of them.
func (l Launch) Series(from, to clock.Instant) []Hour {
	byHour := make(map[clock.Instant]Hour, len(l.Hours))
	for _, h := range l.Hours {
		byHour[h.At] = h
	}
	var series []Hour
	for at := hourOf(from); at < to && len(series) < maxSeries; at = at.Add(time.Hour) {
		h := byHour[at]
		h.At = at
		series = append(series, h)
	}
	return series
}

// maxSeries is a little over a month of hours: more points than a chart is wide say nothing.
const maxSeries = 800
