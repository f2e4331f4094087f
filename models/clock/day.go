package clock

import "time"

// Day is a calendar day somewhere, written 2027-06-01. Empty means none.
type Day string

// DayOf is the calendar day of an instant in a place.
func DayOf(i Instant, zone *time.Location) Day { return Day(i.In(zone).Format(time.DateOnly)) }

// Noon is the middle of the day in a place: an instant that every rounding keeps within the day.
func (d Day) Noon(zone *time.Location) Instant {
	t, err := time.ParseInLocation(time.DateOnly, string(d), zone)
	if err != nil {
		return 0
	}
	return Of(time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, zone))
}

// Start is the first instant of the day in a place.
func (d Day) Start(zone *time.Location) Instant {
	t, err := time.ParseInLocation(time.DateOnly, string(d), zone)
	if err != nil {
		return 0
	}
	return Of(t)
}

// AddWorkdays is the day n working days (Monday to Friday) later.
func (d Day) AddWorkdays(n int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	for n > 0 || weekend(t) {
		t = t.AddDate(0, 0, 1)
		if !weekend(t) {
			n--
		}
	}
	return Day(t.Format(time.DateOnly))
}

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }
