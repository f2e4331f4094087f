package admin

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
)

// Timeline is the markets on one line of time. Lengths are in units of the drawing.
type Timeline struct {
	Height int
	Label  string
	Ticks  []Mark
	Now    int
	Lanes  []TimeLane
}

// TimeLane is a market's bars and marks, from Top down.
type TimeLane struct {
	Name     string
	Top      int
	Bars     []Bar
	Waves    []Mark
	Releases []Mark
}

// Bar is a phase. Text is empty where it would not fit.
type Bar struct {
	X, Width int
	TextX    int
	Phase    string
	Text     string
}

// Mark is an instant. Text is empty where it would run into the one before, and stands at the mark's left with Before.
type Mark struct {
	X      int
	Text   string
	Code   bool
	Before bool
}

// The drawing: names stand left of the line of time, months above it.
const (
	lineWidth  = 1180
	lineLeft   = 130
	lineTop    = 34
	laneHeight = 70
)

// What the line of time shows at least and at most around now.
const (
	showBefore, showAfter   = 21 * 24 * time.Hour, 45 * 24 * time.Hour
	mostBefore, mostAfter   = 240 * 24 * time.Hour, 600 * 24 * time.Hour
	lineMargin              = 10 * 24 * time.Hour
	weeksUpTo, monthsUpTo   = 75 * 24 * time.Hour, 500 * 24 * time.Hour
	barTextRoom, letterRoom = 24, 8
	tickRoom, flagRoom      = 64, 22
)

// scale maps instants to the drawing.
type scale struct{ from, to clock.Instant }

func (s scale) x(at clock.Instant) int {
	at = min(max(at, s.from), s.to)
	return lineLeft + int(int64(lineWidth-lineLeft)*int64(at-s.from)/int64(s.to-s.from))
}

func (s scale) shows(at clock.Instant) bool { return at >= s.from && at < s.to }

func newTimeline(lanes []launch.Lane, now clock.Instant) Timeline {
	s := scaleOf(lanes, now)
	flag := s.x(now)
	t := Timeline{Height: lineTop + laneHeight*len(lanes) + 8, Label: "Markets from " + english.Date(s.from, time.UTC) + " to " + english.Date(s.to, time.UTC), Ticks: ticks(s, flag), Now: flag}
	for i, l := range lanes {
		t.Lanes = append(t.Lanes, TimeLane{Name: country(l.Market), Top: lineTop + laneHeight*i, Bars: bars(l.Market, s, flag), Waves: waveMarks(l, s), Releases: releaseMarks(l, s)})
	}
	return t
}

// scaleOf takes in what is planned and what led to a test that is under way.
func scaleOf(lanes []launch.Lane, now clock.Instant) scale {
	s := scale{now.Add(-showBefore), now.Add(showAfter)}
	for _, l := range lanes {
		m := l.Market
		instants := []clock.Instant{m.LaunchAt}
		if !m.LaunchAt.Reached(now) {
			instants = append(instants, m.AnnouncedAt, m.TestAt)
		}
		for _, r := range l.Releases {
			instants = append(instants, r.At)
		}
		for _, at := range instants {
			if at > now.Add(-mostBefore) && at < now.Add(mostAfter) {
				s.from, s.to = min(s.from, at.Add(-lineMargin)), max(s.to, at.Add(2*lineMargin))
			}
		}
	}
	return s
}

// ticks are the beginnings of weeks, months or quarters; flag is where the mark of now stands in the way of texts.
func ticks(s scale, flag int) []Mark {
	day := s.from.Time().Truncate(24 * time.Hour)
	step, layout := func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }, "Jan 2006"
	at := time.Date(day.Year(), day.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	switch length := s.to.Sub(s.from); {
	case length <= weeksUpTo:
		step, layout = func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }, "2 Jan"
		at = day.AddDate(0, 0, (8-int(day.Weekday()))%7)
	case length > monthsUpTo:
		step = func(t time.Time) time.Time { return t.AddDate(0, 3, 0) }
	}
	var marks []Mark
	for ; clock.Of(at) < s.to; at = step(at) {
		x := s.x(clock.Of(at))
		tick := Mark{X: x, Text: at.Format(layout)}
		if x > lineWidth-tickRoom || (x > flag-tickRoom-flagRoom && x < flag+flagRoom) {
			tick.Text = ""
		}
		marks = append(marks, tick)
	}
	return marks
}

// bars are the phases of a market within the scale, drafts left out. The mark of now at flag crosses no text.
func bars(m market.Market, s scale, flag int) []Bar {
	schedule := m.Schedule()
	var found []Bar
	for from := s.from; from != 0 && from < s.to; {
		next := schedule.Next(from)
		to := s.to
		if next != 0 {
			to = min(next, s.to)
		}
		if phase := schedule.Phase(from); phase != market.Draft {
			b := Bar{X: s.x(from), Width: max(2, s.x(to)-s.x(from)), Phase: string(phase), Text: phases[phase]}
			if phase == market.Open && !s.shows(m.LaunchAt) {
				b.Text = "Open since " + english.Date(m.LaunchAt, m.Location())
			}
			length := barTextRoom + letterRoom*len(b.Text)
			b.TextX = b.X + 9
			if flag > b.X && flag < b.X+length {
				b.TextX = flag + 9
			}
			if b.TextX-9+length > b.X+b.Width {
				b.Text = ""
			}
			found = append(found, b)
		}
		from = next
	}
	return found
}

func waveMarks(l launch.Lane, s scale) []Mark {
	var marks []Mark
	for _, w := range l.Waves {
		if s.shows(w.At) {
			marks = append(marks, Mark{X: s.x(w.At), Text: count(w.Units), Code: w.NeedsCode})
		}
	}
	for i := range marks {
		if marks[i].Code {
			marks[i].Text += " code"
		}
	}
	return spaced(marks)
}

func releaseMarks(l launch.Lane, s scale) []Mark {
	var marks []Mark
	for i := 0; i < len(l.Releases); {
		r, together := l.Releases[i], 0
		for ; i < len(l.Releases) && l.Releases[i].At == r.At; i++ {
			together++
		}
		mark := Mark{X: s.x(r.At), Text: r.Product}
		if together > 1 {
			mark.Text = count(together) + " releases"
		}
		if s.shows(r.At) {
			marks = append(marks, mark)
		}
	}
	return spaced(marks)
}

// spaced leaves out texts that would run into the one before or out of the drawing. What is left out stands in the table.
func spaced(marks []Mark) []Mark {
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(a.X, b.X) })
	free := 0
	for i, m := range marks {
		width := 16 + 7*len(m.Text)
		switch {
		case m.X+width <= lineWidth && m.X >= free:
			free = m.X + width
		case m.X-width >= free:
			marks[i].Before, free = true, m.X
		default:
			marks[i].Text = ""
		}
	}
	return marks
}

func px(n int) string { return strconv.Itoa(n) }

func (t Timeline) box() string { return "0 0 " + px(lineWidth) + " " + px(t.Height) }

// text is where the mark's text begins, or ends, and how it is aligned.
func (m Mark) text(gap int) (x, anchor string) {
	if m.Before {
		return px(m.X - gap), "end"
	}
	return px(m.X + gap), "start"
}

func (m Mark) class() string {
	if m.Code {
		return "line__wave line__wave--code"
	}
	return "line__wave"
}
