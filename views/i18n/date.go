package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"softlaunch/models/clock"
)

// calendar is how a language writes dates.
type calendar struct {
	months   [12]string
	first    string // the first of a month, when it is not "1"
	dayMark  string // after the day's figure
	joint    string // between day and month, and month and year
	clockEnd string // after the time of day
}

var calendars = map[string]calendar{
	"en": {
		months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
			"October", "November", "December"},
		joint: " ",
	},
	"de": {
		months: [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
			"Oktober", "November", "Dezember"},
		dayMark: ".", joint: " ", clockEnd: nbsp + "Uhr",
	},
	"fr": {
		months: [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
			"octobre", "novembre", "décembre"},
		first: "1er", joint: " ",
	},
	"es": {
		months: [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
			"octubre", "noviembre", "diciembre"},
		joint: " de ",
	},
	"it": {
		months: [12]string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
			"settembre", "ottobre", "novembre", "dicembre"},
		first: "1º", joint: " ",
	},
}

func (l Locale) calendar() calendar { return calendars[l.language()] }

// Date writes the day of an instant in a zone: "Jun 1, 2027", "1 June 2027", "1. Juni 2027", "1er juin 2027".
func (l Locale) Date(at clock.Instant, zone *time.Location) string { return l.date(at.In(zone)) }

func (l Locale) date(t time.Time) string {
	if l.american() {
		return t.Format("Jan 2, 2006")
	}
	return l.dayMonth(t) + l.calendar().joint + strconv.Itoa(t.Year())
}

// DateTime writes an instant with the place and name of its zone: "1. Juni 2027, 00:00 Uhr (Berlin, MESZ)".
func (l Locale) DateTime(at clock.Instant, zone *time.Location) string {
	return fmt.Sprintf("%s, %s (%s)", l.Date(at, zone), l.Time(at, zone), l.Zone(at, zone))
}

// Time writes the time of day of an instant: "12:00 AM", "00:00", "00:00 Uhr".
func (l Locale) Time(at clock.Instant, zone *time.Location) string {
	t := at.In(zone)
	layout := "15:04"
	if t.Second() != 0 {
		layout = "15:04:05"
	}
	if l.american() {
		layout = strings.Replace(layout, "15", "3", 1) + " PM"
	}
	return t.Format(layout) + l.calendar().clockEnd
}

// Zone names a time zone by its city and abbreviation at an instant: "Rom, MESZ".
func (l Locale) Zone(at clock.Instant, zone *time.Location) string {
	short, _ := at.In(zone).Zone()
	if strings.HasPrefix(short, "+") || strings.HasPrefix(short, "-") {
		short = "UTC" + short
	}
	place := zone.String()
	city := strings.ReplaceAll(place[strings.LastIndex(place, "/")+1:], "_", " ")
	city, short = l.or("zone."+place, city), l.or("zone."+short, short)
	if city == short {
		return city
	}
	return city + ", " + short
}

func (l Locale) or(key, otherwise string) string {
	if text := l.T(key); text != key {
		return text
	}
	return otherwise
}

// DateRange writes the days from one to another without a year unless the years differ: "Nov 24–26",
// "24–26 November", "28. November – 2. Dezember".
func (l Locale) DateRange(from, to clock.Day) string {
	const mark = "–"
	a, b := from.Noon(time.UTC).Time(), to.Noon(time.UTC).Time()
	switch {
	case a.Year() != b.Year():
		return l.date(a) + " " + mark + " " + l.date(b)
	case a.YearDay() == b.YearDay():
		return l.dayMonth(a)
	case a.Month() != b.Month():
		return l.dayMonth(a) + " " + mark + " " + l.dayMonth(b)
	case l.american():
		return l.dayMonth(a) + mark + strconv.Itoa(b.Day())
	}
	return l.day(a) + mark + l.dayMonth(b)
}

func (l Locale) dayMonth(t time.Time) string {
	if l.american() {
		return t.Format("Jan 2")
	}
	return l.day(t) + l.calendar().joint + l.calendar().months[t.Month()-1]
}

func (l Locale) day(t time.Time) string {
	c := l.calendar()
	if t.Day() == 1 && c.first != "" {
		return c.first
	}
	return strconv.Itoa(t.Day()) + c.dayMark
}
