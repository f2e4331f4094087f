package clock

import "time"

// Day is a calendar day somewhere, written 2027-06-01. Empty means none.
type Day string

// DayOf is the calendar day of an instant in a place.
func DayOf(i Instant, zone *time.Location) Day { return Day(i.In(zone).Format(time.DateOnly)) }

// Noon is the middle of the day in a place: an instant that every rounding keeps within the day.
func (d Day) Noon(zone *time.Location) Instant { return d.hour(12, zone) }

// Start is the first instant of the day in a place. Where clocks are put forward at midnight it is that instant.
func (d Day) Start(zone *time.Location) Instant {
	start := d.hour(0, zone)
	if start != 0 && DayOf(start, zone) < d {
		_, turn := start.In(zone).ZoneBounds()
		return Of(turn)
	}
	return start
}

// hour is an hour of the day in a place; none for what is no day.
func (d Day) hour(hour int, zone *time.Location) Instant {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0
	}
	return Of(time.Date(t.Year(), t.Month(), t.Day(), hour, 0, 0, 0, zone))
}

// AddDays is the day n days later, or earlier for a negative n.
func (d Day) AddDays(n int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return Day(t.AddDate(0, 0, n).Format(time.DateOnly))
}

// AddWorkdays is the day n working days later: Monday to Friday, without those that are off.
func (d Day) AddWorkdays(n int, off func(Day) bool) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	free := func() bool { return weekend(t) || off(Day(t.Format(time.DateOnly))) }
	for n > 0 || free() {
		t = t.AddDate(0, 0, 1)
		if !free() {
			n--
		}
	}
	return Day(t.Format(time.DateOnly))
}

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }
