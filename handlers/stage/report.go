package stage

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
	"time"

	"softlaunch/models/rehearsal"
	"softlaunch/views/i18n"
)

// report tells how far the rehearsal is until ctx ends.
func (c *crowd) report(ctx context.Context, progress func(rehearsal.Progress)) {
	for c.patience(ctx, 100*time.Millisecond) {
		memory := c.tally.measure()
		if progress != nil {
			progress(c.progress(memory))
		}
	}
}

func (c *crowd) progress(memory int64) rehearsal.Progress {
	p := rehearsal.Progress{Plan: c.plan, Memory: memory}
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
func (c *crowd) sum(ctx context.Context) (rehearsal.Report, error) {
	shop, t := c.scene.shop, c.tally
	c.tally.measure()
	r := rehearsal.Report{Plan: c.plan, Product: c.scene.item.Product.Text.Name, SKU: c.scene.sku, LaunchAt: c.scene.at, Took: c.took,
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
		add(&r, refusal.Reason, refusal.Requests)
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
	results, err := shop.Audit(ctx)
	r.Audited = len(results)
	for _, result := range results {
		for _, broken := range result.Broken {
			r.Broken = append(r.Broken, fmt.Sprintf("Audit, guarantee %d (%s): %s.", result.Row, result.Name, broken))
		}
	}
	return r, err
}

func add(r *rehearsal.Report, key string, requests int) {
	at := slices.IndexFunc(r.Reasons, func(known rehearsal.Reason) bool { return known.Key == key })
	if at < 0 {
		r.Reasons = append(r.Reasons, rehearsal.Reason{Key: key, Requests: requests})
		return
	}
	r.Reasons[at].Requests += requests
}

// Write tells a report to people.
func Write(w io.Writer, r rehearsal.Report) error {
	table := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	line := func(format string, args ...any) { fmt.Fprintf(table, format+"\n", args...) }
	line("Launch of %s at %s, %s (%s): %d buyers for %d units, %d at a time", r.Plan.Market, r.LaunchAt, r.Product, r.SKU, r.Plan.Buyers, r.Plan.Units, r.Plan.AtOnce)
	line("")
	line("Sold\t%d\tthe last order %s after the opening, %.0f a second", r.Sold, milli(r.LastOrder), r.Rate())
	line("Refused\t%d\tbuyers, all within %s", r.Refused, milli(r.Took))
	for _, reason := range r.Reasons {
		line("\t%d\trequests: %s", reason.Requests, reasonText(reason.Key))
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
		line("Everything held: exactly what there was is sold, and the audit of %d guarantees is clean.", r.Audited)
	}
	line("%s", rehearsal.Untouched)
	return table.Flush()
}

// reasonText is what shoppers read, without the instants and numbers of one of them.
func reasonText(key string) string {
	return i18n.For("en", "").T(key, "When", "…", "Count", "…")
}

func milli(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

func mib(bytes int64) float64 { return float64(bytes) / (1 << 20) }
