package market

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
)

func instant(t *testing.T, text string) clock.Instant {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return clock.Of(at)
}

func key(err error) string {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid {
		return f.Key
	}
	return ""
}

func TestLocalTimesHaveTheInstantOfTheirZone(t *testing.T) {
	for _, c := range []struct {
		local, zone string
		fold        Fold
		want        string
	}{
		{"2027-06-01T00:00", "Europe/Berlin", "", "2027-05-31T22:00:00Z"},
		{"2027-06-01T00:00", "Europe/Paris", "", "2027-05-31T22:00:00Z"},
		{"2027-06-01T00:00", "Europe/Madrid", "", "2027-05-31T22:00:00Z"},
		{"2027-06-01T00:00", "Europe/London", "", "2027-05-31T23:00:00Z"},
		{"2027-06-01T00:00", "America/New_York", "", "2027-06-01T04:00:00Z"},
		{"2027-06-01T00:00", "UTC", "", "2027-06-01T00:00:00Z"},
		{"2027-01-01T00:00", "Europe/Berlin", "", "2026-12-31T23:00:00Z"},
		{"2027-06-01T00:00", "Europe/Berlin", Later, "2027-05-31T22:00:00Z"},

		{"2027-03-28T01:59", "Europe/Berlin", "", "2027-03-28T00:59:00Z"},
		{"2027-03-28T03:00", "Europe/Berlin", "", "2027-03-28T01:00:00Z"},
		{"2027-10-31T01:59", "Europe/Berlin", "", "2027-10-30T23:59:00Z"},
		{"2027-10-31T02:30", "Europe/Berlin", Earlier, "2027-10-31T00:30:00Z"},
		{"2027-10-31T02:30", "Europe/Berlin", Later, "2027-10-31T01:30:00Z"},
		{"2027-10-31T03:00", "Europe/Berlin", "", "2027-10-31T02:00:00Z"},

		{"2027-11-07T01:30", "America/New_York", Earlier, "2027-11-07T05:30:00Z"},
		{"2027-11-07T01:30", "America/New_York", Later, "2027-11-07T06:30:00Z"},

		{"2027-10-03T02:30", "Australia/Lord_Howe", "", "2027-10-02T15:30:00Z"},
		{"2027-04-04T01:45", "Australia/Lord_Howe", Earlier, "2027-04-03T14:45:00Z"},
		{"2027-04-04T01:45", "Australia/Lord_Howe", Later, "2027-04-03T15:15:00Z"},
		{"2027-04-04T01:29", "Australia/Lord_Howe", "", "2027-04-03T14:29:00Z"},
		{"2027-04-04T02:00", "Australia/Lord_Howe", "", "2027-04-03T15:30:00Z"},

		{"2011-12-29T23:59", "Pacific/Apia", "", "2011-12-30T09:59:00Z"},
		{"2011-12-31T00:00", "Pacific/Apia", "", "2011-12-30T10:00:00Z"},

		{"2027-06-01T00:00:01", "Europe/London", "", "2027-05-31T23:00:01Z"},
		{"2027-06-01T00:00:01.250", "Europe/London", "", "2027-05-31T23:00:01.25Z"},
		{"2040-12-31T12:00", "Europe/Berlin", "", "2040-12-31T11:00:00Z"},
		{"2040-12-31T12:00", "Australia/Lord_Howe", "", "2040-12-31T01:00:00Z"},
		{"2200-12-31T23:59", "Europe/London", "", "2200-12-31T23:59:00Z"},
		{"1970-01-01T12:00", "Europe/Berlin", "", "1970-01-01T11:00:00Z"},
	} {
		t.Run(c.local+" "+c.zone+" "+string(c.fold), func(t *testing.T) {
			got, err := Resolve(c.local, c.zone, c.fold)
			if err != nil || got != instant(t, c.want) {
				t.Fatalf("got %v %v, want %s", got, err, c.want)
			}
			zone, err := Zone(c.zone)
			if err != nil || Local(got, zone) != c.local {
				t.Fatalf("gives back %s %v", Local(got, zone), err)
			}
		})
	}
}

func TestLocalTimesThatMeanNoOneInstantAreRefused(t *testing.T) {
	for _, c := range []struct {
		local, zone string
		fold        Fold
		key         string
	}{
		{"2027-03-28T02:00", "Europe/Berlin", "", "time.gap"},
		{"2027-03-28T02:30", "Europe/Berlin", "", "time.gap"},
		{"2027-03-28T02:30", "Europe/Berlin", Earlier, "time.gap"},
		{"2027-03-28T02:30", "Europe/Berlin", Later, "time.gap"},
		{"2027-03-28T02:59", "Europe/Berlin", "", "time.gap"},
		{"2027-03-28T01:30", "Europe/London", "", "time.gap"},
		{"2027-03-14T02:30", "America/New_York", "", "time.gap"},
		{"2027-10-03T02:00", "Australia/Lord_Howe", "", "time.gap"},
		{"2027-10-03T02:29", "Australia/Lord_Howe", "", "time.gap"},
		{"2011-12-30T00:00", "Pacific/Apia", "", "time.gap"},
		{"2011-12-30T12:00", "Pacific/Apia", Later, "time.gap"},
		{"2011-12-30T23:59", "Pacific/Apia", "", "time.gap"},

		{"2027-10-31T02:00", "Europe/Berlin", "", "time.double"},
		{"2027-10-31T02:30", "Europe/Berlin", "", "time.double"},
		{"2027-10-31T02:59", "Europe/Berlin", "", "time.double"},
		{"2027-10-31T02:30", "Europe/Berlin", "sideways", "time.double"},
		{"2027-11-07T01:30", "America/New_York", "", "time.double"},
		{"2027-04-04T01:30", "Australia/Lord_Howe", "", "time.double"},
		{"2027-04-04T01:59", "Australia/Lord_Howe", "", "time.double"},

		{"1969-12-31T23:59", "UTC", "", "time.range"},
		{"1970-01-01T00:00", "UTC", "", "time.range"},
		{"1970-01-01T00:30", "Europe/Berlin", "", "time.range"},
		{"2201-01-01T00:00", "UTC", "", "time.range"},
		{"9999-12-31T23:59", "UTC", "", "time.range"},

		{"", "UTC", "", "time.text"},
		{"2027-06-01", "UTC", "", "time.text"},
		{"2027-06-01 00:00", "UTC", "", "time.text"},
		{"2027-06-01T0:00", "UTC", "", "time.text"},
		{"2027-6-1T00:00", "UTC", "", "time.text"},
		{"2027-06-01T00:00Z", "UTC", "", "time.text"},
		{"2027-06-01T00:00+02:00", "UTC", "", "time.text"},
		{"2027-06-01T24:00", "UTC", "", "time.text"},
		{"2027-02-29T00:00", "UTC", "", "time.text"},
		{"2027-13-01T00:00", "UTC", "", "time.text"},
		{"2027-06-01T00:00:00,5", "UTC", "", "time.text"},
		{"2027-06-01T00:00:00.1234", "UTC", "", "time.text"},
		{"12027-06-01T00:00", "UTC", "", "time.text"},
		{"-2027-06-01T00:00", "UTC", "", "time.text"},
		{"２０２７-06-01T00:00", "UTC", "", "time.text"},

		{"2027-06-01T00:00", "", "", "time.zone"},
		{"2027-06-01T00:00", "Local", "", "time.zone"},
		{"2027-06-01T00:00", "Europe/Atlantis", "", "time.zone"},
		{"2027-06-01T00:00", "../etc/passwd", "", "time.zone"},
		{"2027-06-01T00:00", "Europe/../Europe/Berlin", "", "time.zone"},
		{"2027-06-01T00:00", "right/Europe/Berlin", "", "time.zone"},
		{"2027-06-01T00:00", "+02:00", "", "time.zone"},
	} {
		t.Run(c.local+" "+c.zone+" "+string(c.fold), func(t *testing.T) {
			if got, err := Resolve(c.local, c.zone, c.fold); got != 0 || key(err) != c.key {
				t.Fatalf("got %v %v, want %s", got, err, c.key)
			}
		})
	}
}

func TestNoInstantHasNoLocalTime(t *testing.T) {
	if got := Local(0, time.UTC); got != "" {
		t.Fatalf("got %q", got)
	}
}

var places = []string{
	"Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Istanbul",
	"Europe/Moscow", "America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Caracas", "America/Sao_Paulo",
	"America/Havana", "America/Godthab", "Africa/Casablanca", "Africa/Monrovia", "Africa/Cairo", "Asia/Tehran",
	"Asia/Kolkata", "Asia/Kathmandu", "Asia/Pyongyang", "Asia/Gaza", "Australia/Lord_Howe", "Australia/Eucla",
	"Antarctica/Troll", "Antarctica/Casey", "Pacific/Apia", "Pacific/Kwajalein", "Pacific/Kiritimati",
	"Pacific/Chatham", "Pacific/Marquesas", "Etc/GMT+12", "Etc/GMT-14", "UTC",
}

// moments are instants of every year, half of them within two hours of a change of the clocks.
func moments(zone *time.Location) *rapid.Generator[clock.Instant] {
	last := clock.Of(time.Date(lastYear, 12, 30, 0, 0, 0, 0, time.UTC))
	return rapid.Custom(func(t *rapid.T) clock.Instant {
		at := clock.Instant(rapid.Int64Range(48*3600*1000, int64(last)).Draw(t, "at"))
		_, end := at.In(zone).ZoneBounds()
		if rapid.Bool().Draw(t, "near a change") && !end.IsZero() && clock.Of(end) < last {
			at = clock.Of(end).Add(time.Duration(rapid.Int64Range(-7200, 7200).Draw(t, "seconds")) * time.Second)
		}
		return at
	})
}

// showing finds the instants that show a local time by trying every offset there ever was since 1970: whole five minutes,
// and Liberia's 44:30 until 1972.
func showing(local string, wall clock.Instant, zone *time.Location) []clock.Instant {
	var found []clock.Instant
	for offset := 16 * time.Hour; offset >= -16*time.Hour; offset -= 5 * time.Minute {
		if at := wall.Add(-offset); Local(at, zone) == local {
			found = append(found, at)
		}
	}
	if at := wall.Add(44*time.Minute + 30*time.Second); Local(at, zone) == local {
		found = append(found, at)
	}
	return found
}

func TestLocalTimesRoundTripInEveryZone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(places).Draw(t, "zone")
		zone, err := Zone(name)
		if err != nil {
			t.Fatal(err)
		}
		at := moments(zone).Draw(t, "instant")
		local := Local(at, zone)
		_, offset := at.In(zone).Zone()
		same := showing(local, at.Add(time.Duration(offset)*time.Second), zone)
		fold := Unasked
		if len(same) > 1 {
			if _, err := Resolve(local, name, Unasked); key(err) != "time.double" {
				t.Fatalf("%s is shown at %v: %v", local, same, err)
			}
			fold = Later
			if at == same[0] {
				fold = Earlier
			}
		}
		if got, err := Resolve(local, name, fold); err != nil || got != at {
			t.Fatalf("%s %s gives %v %v, want %v", local, fold, got, err, at)
		}
	})
}

func TestEveryLocalTimeIsResolvedAskedOrRefusedAsItsZoneShowsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(places).Draw(t, "zone")
		zone, err := Zone(name)
		if err != nil {
			t.Fatal(err)
		}
		near := moments(zone).Draw(t, "near")
		_, offset := near.In(zone).Zone()
		wall := near.Add(time.Duration(offset+60*rapid.IntRange(-180, 180).Draw(t, "minutes")) * time.Second)
		local := Local(wall, time.UTC)
		same := showing(local, wall, zone)
		got, err := Resolve(local, name, Unasked)
		switch {
		case len(same) == 0 && key(err) != "time.gap", len(same) > 1 && key(err) != "time.double":
			t.Fatalf("%s: %v %v, but it is shown at %v", local, got, err, same)
		case len(same) == 1 && (err != nil || got != same[0]):
			t.Fatalf("%s: %v %v, want %v", local, got, err, same[0])
		}
	})
}
