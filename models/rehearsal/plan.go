// Package rehearsal says what a rehearsal of a launch is and how it went. It is played by handlers/stage.
package rehearsal

import "softlaunch/models/fault"

// Plan says what is rehearsed: so many buyers want one unit each of the goods of a SKU, of which there are so many units,
// AtOnce of them at a time. Without a SKU it is the first goods that the market will sell.
type Plan struct {
	Market string // code
	SKU    string
	Buyers int
	Units  int
	AtOnce int
}

// Usual is what is played unless somebody says otherwise.
var Usual = Plan{Buyers: 20_000, Units: 1_000, AtOnce: 64}

// The most that a rehearsal plays.
const (
	MaxBuyers = 100_000
	MaxUnits  = 100_000
	MaxAtOnce = 512
)

// Check refuses what can't be played. The fault's fields are buyers, units and at_once.
func (p Plan) Check() error {
	wrong := fault.Fields{}
	for field, given := range map[string]struct{ value, most int }{
		"buyers": {p.Buyers, MaxBuyers}, "units": {p.Units, MaxUnits}, "at_once": {p.AtOnce, MaxAtOnce},
	} {
		if given.value < 1 || given.value > given.most {
			wrong.Add(field, "rehearsal."+field)
		}
	}
	return wrong.Err()
}
