package rehearsal

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"softlaunch/models/clock"
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
	Steps    []Latency // that were taken, in their order

	LastOrder    time.Duration
	SoldOutShown time.Duration // when the product's page first said so; 0 when it never did

	IdleMemory, PeakMemory int64
	Audited                int      // guarantees
	Broken                 []string // what the audit found, a sentence each
}

// Reason is why so many requests were refused, as a message key.
type Reason struct {
	Key      string
	Requests int
}

// Latency is how long the answers of a step took.
type Latency struct {
	Step          string
	Answers       int
	P50, P95, P99 time.Duration
	Slowest       time.Duration
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
	return append(found, r.Broken...)
}

// Untouched is what a rehearsal promises.
const Untouched = "Nothing real was touched: the shop was copied, played in play and thrown away. No mail was sent."
