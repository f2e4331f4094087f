package market

import (
	"errors"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
)

// Moment is a local time as staff type it, with their choice when clocks show it twice. Empty is none.
type Moment struct {
	Local string
	Fold  Fold
}

// Read is the instant of a moment in the market's zone. What is wrong with it is noted under the name of its field; the
// keys are those of Resolve.
func (m Market) Read(moment Moment, name string, wrong fault.Fields) clock.Instant {
	if moment.Local == "" {
		return 0
	}
	at, err := Resolve(moment.Local, m.Zone, moment.Fold)
	if f := (*fault.Error)(nil); errors.As(err, &f) {
		wrong.Add(name, f.Key)
	}
	return at
}

// Moment is an instant as staff would type it in the market's zone, with the choice that leads back to it.
func (m Market) Moment(at clock.Instant) Moment {
	local := Local(at, m.Location())
	if earlier, err := Resolve(local, m.Zone, Unasked); err == nil && earlier == at || local == "" {
		return Moment{Local: local}
	}
	if earlier, err := Resolve(local, m.Zone, Earlier); err == nil && earlier == at {
		return Moment{Local: local, Fold: Earlier}
	}
	return Moment{Local: local, Fold: Later}
}
