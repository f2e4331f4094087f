package launch

import (
	"context"
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
)

// CheckLine is a line of a market's checklist. Key names it in messages (checklist.{key}); Missing is all that keeps it
// from being OK; Notes are what staff should know and what stands in nobody's way. Link is the page of the back-office
// where the line as a whole is mended.
type CheckLine struct {
	Key     string
	OK      bool
	Missing []Gap
	Notes   []Gap
	Link    string
}

// Gap is one thing that is missing, named exactly (SKU, language, region, page), and the page where it is mended.
type Gap struct{ What, Link string }

// The lines of the checklist, in its order.
const (
	LineRange       = "range"
	LinePrices      = "prices"
	LineTexts       = "texts"
	LinePages       = "pages"
	LineTaxes       = "taxes"
	LineDelivery    = "delivery"
	LinePayment     = "payment"
	LineStock       = "stock"
	LineApprovals   = "approvals"
	LineSafety      = "safety"
	LineOrderButton = "order_button"
	LineSeller      = "seller"
	LineWaves       = "waves"
)

// lines say for each key where it is mended, relative to the back-office, and what is missing and noted.
var lines = []struct {
	key   string
	link  string // {code} is the market's
	check func(preparation) findings
}{
	{LineRange, "/admin/markets/{code}/listings", preparation.checkRange},
	{LinePrices, "/admin/markets/{code}/listings", preparation.checkPrices},
	{LineTexts, "/admin/products", preparation.checkTexts},
	{LinePages, "/admin/markets/{code}/pages", preparation.checkPages},
	{LineTaxes, "/admin/markets/{code}/taxes", preparation.checkTaxes},
	{LineDelivery, "/admin/markets/{code}/delivery", preparation.checkDelivery},
	{LinePayment, "/admin/markets/{code}/settings", preparation.checkPayment},
	{LineStock, "/admin/stock", preparation.checkStock},
	{LineApprovals, "/admin/launches/{code}", preparation.checkApprovals},
	{LineSafety, "/admin/products", preparation.checkSafety},
	{LineOrderButton, "/admin/markets/{code}/settings", preparation.checkOrderButton},
	{LineSeller, "/admin/markets/{code}/seller", preparation.checkSeller},
	{LineWaves, "/admin/launches/{code}", preparation.checkWaves},
}

// findings are what a check says. Equal ones are said once.
type findings struct{ missing, notes []Gap }

func (f *findings) miss(what, link string) { f.missing = say(f.missing, Gap{what, link}) }

func (f *findings) note(what, link string) { f.notes = say(f.notes, Gap{what, link}) }

func say(gaps []Gap, g Gap) []Gap {
	if slices.Contains(gaps, g) {
		return gaps
	}
	return append(gaps, g)
}

// checklist is every line of it. It is pure.
func (p preparation) checklist() []CheckLine {
	list := make([]CheckLine, len(lines))
	for i, l := range lines {
		f := l.check(p)
		list[i] = CheckLine{Key: l.key, OK: len(f.missing) == 0, Missing: f.missing, Notes: f.notes, Link: p.link(l.link)}
	}
	return list
}

// Red are the lines that are not OK.
func Red(list []CheckLine) []CheckLine {
	return slices.DeleteFunc(slices.Clone(list), func(l CheckLine) bool { return l.OK })
}

// Checklist says what a market lacks for its launch: at its launch instant, and at its test phase when that is still to
// come or under way. Without a launch instant, and once it has opened, it looks at the present.
func (g *Gate) Checklist(ctx context.Context, code string) ([]CheckLine, error) {
	var list []CheckLine
	err := g.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		list, err = g.checklist(tx, m, m.Schedule())
		return err
	})
	return list, err
}

// checklist is a market's as it would be with a schedule.
func (g *Gate) checklist(tx db.Tx, m market.Market, s market.Schedule) ([]CheckLine, error) {
	p, err := prepare(tx, m, s)
	p.providers = g.providers
	if err != nil {
		return nil, err
	}
	return p.checklist(), nil
}

// ready refuses a schedule that gives a market a launch instant while a line of its checklist is red: a Conflict
// (schedule.not_ready) with the keys of the red lines as Lines. To put a launch off that is still ahead needs no green
// list: an unready market must not be held to its instant.
func (g *Gate) ready(tx db.Tx, m market.Market, s market.Schedule) (red []string, err error) {
	putOff := m.LaunchAt > tx.Now() && s.LaunchAt > m.LaunchAt
	if s.LaunchAt == 0 || s.LaunchAt == m.LaunchAt || putOff {
		return nil, nil
	}
	list, err := g.checklist(tx, m, s)
	if err != nil {
		return nil, err
	}
	for _, l := range Red(list) {
		red = append(red, l.Key)
	}
	if len(red) > 0 {
		return red, fault.New(fault.Conflict, "schedule.not_ready").With("Lines", red)
	}
	return nil, nil
}

// moments are the instants for which a market must be ready: now or the start of its test phase, unless it has none or
// has left it, and its opening.
func (p preparation) moments() []clock.Instant {
	opening := p.opening()
	if test := max(p.now, p.schedule.TestAt); p.schedule.TestAt != 0 && test < opening {
		return []clock.Instant{test, opening}
	}
	return []clock.Instant{opening}
}

// opening is the launch, or now when that is past or not set.
func (p preparation) opening() clock.Instant { return max(p.now, p.schedule.LaunchAt) }
