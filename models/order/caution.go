package order

import "sync/atomic"

// caution is how long orders are decided on a snapshot before they queue for the writer, which decides them anew. The look
// keeps those who come too late away from the writer; while everybody is served it costs a third of an order and keeps nobody
// away. So it is left out after calm orders in a row that were not refused, until the next one is.
type caution struct{ served atomic.Int64 }

// calm is how many orders in a row must not be refused: at most these few hundred meet the writer in vain at a sell-out.
const calm = 256

// looks reports whether to look first.
func (c *caution) looks() bool { return c.served.Load() < calm }

// learn takes note of a placement's outcome, which it answers.
func (c *caution) learn(outcome error) error {
	if outcome != nil {
		c.served.Store(0)
	} else if c.looks() {
		c.served.Add(1)
	}
	return outcome
}
