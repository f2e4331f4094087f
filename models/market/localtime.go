package market

import (
	"slices"
	"sync"
	"time"
	_ "time/tzdata" // a machine without zone files, like a bare container, must still know when Berlin's day begins

	"softlaunch/models/clock"
	"softlaunch/models/fault"
)

// Fold chooses between the two instants of a local time that occurs twice, when clocks are set back.
type Fold string

const (
	// Unasked is no choice: a doubled time is refused so that staff can be asked.
	Unasked Fold = ""
	// Earlier is the first of the two instants, before the clocks are set back.
	Earlier Fold = "earlier"
	// Later is the second, after the clocks are set back.
	Later Fold = "later"
)

// layouts are the forms of a local time, shortest first, as an input of type datetime-local writes them.
var layouts = []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05.000"}

// The years in which zone rules are known well enough, or may be expected, to mean anything.
const firstYear, lastYear = 1970, 2200

// reach is more than any zone's offset from UTC since 1970.
const reach = 16 * time.Hour

// Resolve is the instant at which clocks in the zone show the local time, written like 2027-06-01T00:00 with optional
// seconds and milliseconds. It refuses, as fault.Invalid: an unknown zone (time.zone), another form (time.text), a year
// outside 1970 to 2200 (time.range), a time that clocks skip (time.gap), and one that they show twice unless fold
// chooses (time.double). Fold is ignored for a time that occurs once.
func Resolve(local, zone string, fold Fold) (clock.Instant, error) {
	place, err := Zone(zone)
	if err != nil {
		return 0, err
	}
	wall, err := parse(local)
	if err != nil {
		return 0, err
	}
	at, err := choose(occurrences(wall, place), fold)
	if err != nil {
		return 0, err
	}
	if at <= 0 { // a few hours of 1970 lie before the first instant that the shop can store
		return 0, fault.New(fault.Invalid, "time.range")
	}
	return at, nil
}

// Local is the local time that Resolve reads, as short as it can be without loss; none is empty.
func Local(i clock.Instant, zone *time.Location) string {
	if i.IsZero() {
		return ""
	}
	shown := i.In(zone)
	beyond := time.Duration(shown.Second())*time.Second + time.Duration(shown.Nanosecond())
	switch {
	case beyond == 0:
		return shown.Format(layouts[0])
	case beyond%time.Second == 0:
		return shown.Format(layouts[1])
	}
	return shown.Format(layouts[2])
}

var zones sync.Map // IANA name -> *time.Location; only names that exist, so it stays small

// Zone is the place's rules by IANA name, like Europe/Berlin; an unknown name is fault.Invalid (time.zone). The
// machine's own zone ("Local", "") is none, nor are the lower-case names of zone files that aren't IANA's, like right/.
func Zone(name string) (*time.Location, error) {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	if name == "Local" || name == "" || name[0] < 'A' || name[0] > 'Z' {
		return nil, fault.New(fault.Invalid, "time.zone")
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fault.New(fault.Invalid, "time.zone")
	}
	zones.Store(name, zone)
	return zone, nil
}

// parse reads a local time as if it were UTC. time.Parse alone would let one-digit hours and commas through.
func parse(local string) (time.Time, error) {
	for _, layout := range layouts {
		wall, err := time.Parse(layout, local)
		if err != nil || wall.Format(layout) != local {
			continue
		}
		if wall.Year() < firstYear || wall.Year() > lastYear {
			return time.Time{}, fault.New(fault.Invalid, "time.range")
		}
		return wall, nil
	}
	return time.Time{}, fault.New(fault.Invalid, "time.text")
}

// occurrences is every instant at which clocks in the zone show wall, in order. It tries each offset that is in force
// anywhere around wall: an offset fits when the instant that it gives has that offset. (Time.ZoneBounds won't do: on
// the last day of a leap year beyond the zone's table it gives bounds that the instant isn't in.)
func occurrences(wall time.Time, zone *time.Location) []clock.Instant {
	var found []clock.Instant
	for around := -reach; around <= reach; around += time.Hour {
		offset := offsetAt(wall.Add(around), zone)
		at := wall.Add(-offset)
		if offsetAt(at, zone) == offset && !slices.Contains(found, clock.Of(at)) {
			found = append(found, clock.Of(at))
		}
	}
	slices.Sort(found)
	return found
}

func offsetAt(at time.Time, zone *time.Location) time.Duration {
	_, seconds := at.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

func choose(found []clock.Instant, fold Fold) (clock.Instant, error) {
	switch {
	case len(found) == 0:
		return 0, fault.New(fault.Invalid, "time.gap")
	case len(found) == 1 || fold == Earlier:
		return found[0], nil
	case fold == Later:
		return found[len(found)-1], nil
	}
	return 0, fault.New(fault.Invalid, "time.double")
}
