package admin

import "time"

// span is a time in its two largest units: 192 days 10 hours.
func span(d time.Duration) string {
	units := []struct {
		size      time.Duration
		one, many string
	}{{24 * time.Hour, "day", "days"}, {time.Hour, "hour", "hours"}, {time.Minute, "minute", "minutes"}, {time.Second, "second", "seconds"}}
	for i, unit := range units {
		if d < unit.size && i < len(units)-1 {
			continue
		}
		text := counted(int(d/unit.size), unit.one, unit.many)
		if i+1 < len(units) && d%unit.size >= units[i+1].size {
			next := units[i+1]
			text += " " + counted(int(d%unit.size/next.size), next.one, next.many)
		}
		return text
	}
	return ""
}

// counted is a number of things.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}
