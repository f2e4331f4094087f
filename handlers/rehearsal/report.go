package rehearsal

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
	"time"

	"softlaunch/models/audit"
	"softlaunch/models/clock"
	"softlaunch/views/i18n"
)

// Progress is how far a rehearsal is. Before the opening all is zero but Memory.
type Progress struct {
	Plan    Plan
	Opened  bool
	Since   time.Duration // the opening
	Done    int           // buyers who have bought or were refused
	Sold    int
	Refused int
	Busy    int   // answers that asked to come again
	Errors  int   // answers that should not have been
	Memory  int64 // bytes
}

// Report is how a rehearsal went. Times are counted from the opening, memory in bytes for the whole process, the simulated
// shoppers with it.
type Report struct {
	Plan     Plan
	Product  string
	SKU      string
	LaunchAt clock.Instant
	Took     time.Duration
	Sold     int // buyers who saw the page of their paid order
	Refused  int // buyers who were told no
	Paid     int // orders, as the copy's own books have them
	Left     int // units that the copy still sells
	Reasons  []Reason
	Busy     int
	Errors   map[string]int
	Steps    []Latency

	LastOrder    time.Duration
	SoldOutShown time.Duration // when the product's page first said so; 0 when it never did

	IdleMemory, PeakMemory int64
	Audit                  []audit.Result
}

// Reason is why so many requests were refused, as a message key.
type Reason struct {
	Key      string
	Requests int
}

// Text is what shoppers read, without the instants and numbers of one of them.
func (r Reason) Text() string {
	return i18n.For("en", "").T(r.Key, "When", "…", "Count", "…")
}

// report tells how far the rehearsal is until ctx ends.
func (c *crowd) report(ctx context.Context, progress func(Progress)) {
	for c.patience(ctx, 100*time.Millisecond) {
		memory := c.tally.measure()
		if progress != nil {
			progress(c.progress(memory))
		}
	}
}

func (c *crowd) progress(memory int64) Progress {
	p := Progress{Plan: c.plan, Memory: memory}
	if opened := c.opened.Load(); opened != nil {
		p.Opened, p.Since = true, c.Watch().Sub(*opened)
	}
	t := c.tally
	t.mu.Lock()
	defer t.mu.Unlock()
	p.Done, p.Sold, p.Refused, p.Busy = t.gone, t.sold, t.refused, t.busy
	for _, n := range t.errors {
		p.Errors += n
	}
	return p
}

// sum reads the copy's own books and puts everything together.
func (c *crowd) sum(ctx context.Context) (Report, error) {
	shop, t := c.scene.shop, c.tally
	c.tally.measure()
	r := Report{Plan: c.plan, Product: c.scene.item.Product.Text.Name, SKU: c.scene.sku, LaunchAt: c.scene.at, Took: c.took,
		Sold: t.sold, Refused: t.refused, Busy: t.busy, Errors: maps.Clone(t.errors), Steps: t.latencies(),
		LastOrder: time.Duration(c.lastOrder.Load()), SoldOutShown: time.Duration(c.soldOut.Load()), IdleMemory: c.idle, PeakMemory: t.peak}
	if err := shop.Refusals.Flush(ctx); err != nil {
		return r, err
	}
	figures, err := shop.Orders.Since(ctx, c.scene.store.Market.ID, c.scene.at)
	if err != nil {
		return r, err
	}
	r.Paid = figures.Orders
	launch, err := shop.Reports.Launch(ctx, c.plan.Market)
	if err != nil {
		return r, err
	}
	for _, refusal := range launch.Refusals {
		r.add(refusal.Reason, refusal.Requests)
	}
	item, err := shop.Gate.Item(ctx, c.scene.store, c.scene.item.Product.Slug)
	if err != nil {
		return r, err
	}
	for i, sale := range item.Sales {
		if item.Product.Variants[i].SKU == c.scene.sku {
			r.Left = sale.Offer.Left
		}
	}
	r.Audit, err = shop.Audit(ctx)
	return r, err
}

func (r *Report) add(key string, requests int) {
	at := slices.IndexFunc(r.Reasons, func(known Reason) bool { return known.Key == key })
	if at < 0 {
		r.Reasons = append(r.Reasons, Reason{key, requests})
		return
	}
	r.Reasons[at].Requests += requests
}

// Rate is how many orders a second were completed until the last was.
func (r Report) Rate() float64 {
	if r.LastOrder == 0 {
		return 0
	}
	return float64(r.Sold) / r.LastOrder.Seconds()
}

// Worst is the slowest step's 99th percentile.
func (r Report) Worst() (worst Latency) {
	for _, l := range r.Steps {
		if l.P99 > worst.P99 {
			worst = l
		}
	}
	return worst
}

// Findings are what should not have been, a sentence each; none when all went as it must.
func (r Report) Findings() []string {
	var found []string
	say := func(wrong bool, format string, args ...any) {
		if wrong {
			found = append(found, fmt.Sprintf(format, args...))
		}
	}
	wanted := min(r.Plan.Units, r.Plan.Buyers)
	say(r.Sold != wanted, "%d buyers have bought; there were %d units for %d buyers.", r.Sold, r.Plan.Units, r.Plan.Buyers)
	say(r.Paid != r.Sold, "%d orders are in the books and %d buyers have one.", r.Paid, r.Sold)
	soldOut := r.Plan.Buyers > r.Plan.Units
	say(soldOut && r.SoldOutShown == 0, "The product's page never said that the goods are sold out.")
	say(soldOut && r.SoldOutShown > r.LastOrder+time.Second, "The product's page said %s after the last order that the goods are sold out.",
		(r.SoldOutShown - r.LastOrder).Round(time.Millisecond))
	for _, cause := range slices.Sorted(maps.Keys(r.Errors)) {
		say(true, "%d times: %s.", r.Errors[cause], cause)
	}
	for _, result := range r.Audit {
		for _, broken := range result.Broken {
			say(true, "Audit, guarantee %d (%s): %s.", result.Row, result.Name, broken)
		}
	}
	return found
}

// Untouched is what a rehearsal promises.
const Untouched = "Nothing real was touched: the shop was copied, played in play and thrown away. No mail was sent."

// Write tells the report to people.
func (r Report) Write(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	line := func(format string, args ...any) { fmt.Fprintf(table, format+"\n", args...) }
	line("Launch of %s at %s, %s (%s): %d buyers for %d units, %d at a time", r.Plan.Market, r.LaunchAt, r.Product, r.SKU, r.Plan.Buyers, r.Plan.Units, r.Plan.AtOnce)
	line("")
	line("Sold\t%d\tthe last order %s after the opening, %.0f a second", r.Sold, milli(r.LastOrder), r.Rate())
	line("Refused\t%d\tbuyers, all within %s", r.Refused, milli(r.Took))
	for _, reason := range r.Reasons {
		line("\t%d\trequests: %s", reason.Requests, reason.Text())
	}
	if r.SoldOutShown > 0 {
		line("Sold out shown\t%s\tafter the last order", milli(max(0, r.SoldOutShown-r.LastOrder)))
	}
	line("Asked to come again\t%d\tanswers of 503", r.Busy)
	line("Memory\t%.0f MiB\tat most, %.0f MiB before the opening; the simulated shoppers included", mib(r.PeakMemory), mib(r.IdleMemory))
	line("")
	line("Step\tanswers\tp50\tp95\tp99\tslowest")
	for _, l := range r.Steps {
		line("%s\t%d\t%s\t%s\t%s\t%s", l.Step, l.Answers, milli(l.P50), milli(l.P95), milli(l.P99), milli(l.Slowest))
	}
	line("")
	if findings := r.Findings(); len(findings) > 0 {
		line("What should not have been:")
		for _, finding := range findings {
			line("- %s", finding)
		}
	} else {
		line("Everything held: exactly what there was is sold, and the audit of %d guarantees is clean.", len(r.Audit))
	}
	line("%s", Untouched)
	return table.Flush()
}

func milli(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

func mib(bytes int64) float64 { return float64(bytes) / (1 << 20) }
