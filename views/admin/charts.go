package admin

import (
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/market"
	"softlaunch/models/report"
)

// Bars are values side by side in one hue, each with its name and its value in words. Most is the value of a whole bar;
// the largest when it is 0.
type Bars struct {
	Label string
	Most  int
	Rows  []BarRow
}

// BarRow is a bar.
type BarRow struct {
	Name  string
	Value int
	Text  string
}

// The drawing of bars, in its own units.
const (
	barLeft, barRoom, barTextWidth = 250, 470, 280
	barHeight                      = 30
)

func (b Bars) width(row BarRow) int {
	most := b.Most
	for _, r := range b.Rows {
		most = max(most, r.Value)
	}
	if row.Value == 0 {
		return 0
	}
	return max(2, row.Value*barRoom/most)
}

func (b Bars) box() string {
	return "0 0 " + px(barLeft+barRoom+barTextWidth) + " " + px(barHeight*len(b.Rows))
}

// Columns are values over time in one hue, each of an equal time. The largest is labelled, and the launch.
type Columns struct {
	Label       string
	From, To    string // in words
	Each        string // how long a column is
	Cols        []Column
	Launch      int // 0 when it is not within
	LaunchWords string
	Rows        Table
}

// Column is a value. Text is empty for all but the largest.
type Column struct {
	X, Width, Height int
	Text             string
}

// The drawing of columns.
const (
	columnsWidth, columnsHeight = 1000, 170
	columnsTop                  = 24
	mostColumns                 = 60
)

const day = 24 * time.Hour

// steps are how long a column may be.
var steps = []time.Duration{time.Hour, 6 * time.Hour, day, 7 * day, 28 * day, 91 * day, 364 * day}

// columnsOf adds up the hours of a report from an instant on.
func columnsOf(label string, l report.Launch, from clock.Instant, value func(report.Hour) int) Columns {
	step := steps[0]
	for _, longer := range steps {
		if l.At.Sub(from)/step < mostColumns {
			break
		}
		step = longer
	}
	begin := clock.Of(from.Time().Truncate(time.Hour))
	sums := make([]int, l.At.Sub(begin)/step+1)
	for _, h := range l.Hours {
		if at := h.At.Sub(begin); at >= 0 && int(at/step) < len(sums) {
			sums[at/step] += value(h)
		}
	}
	c := Columns{Label: label, Each: span(step), From: when(begin, l.Market), To: when(l.At, l.Market)}
	c.draw(sums)
	c.tabulate(sums, begin, step, l.Market)
	if launch := l.Market.LaunchAt; launch > begin && launch < l.At {
		c.Launch, c.LaunchWords = int(int64(columnsWidth)*int64(launch-begin)/(int64(len(sums))*step.Milliseconds())), "Launch"
	}
	return c
}

func (c *Columns) draw(sums []int) {
	most, at := 0, -1
	for i, n := range sums {
		if n > most {
			most, at = n, i
		}
	}
	width := columnsWidth / max(len(sums), 12)
	for i, n := range sums {
		if n == 0 {
			continue
		}
		column := Column{X: i * columnsWidth / len(sums), Width: max(2, width-2), Height: max(2, n*(columnsHeight-columnsTop)/most)}
		if i == at {
			column.Text = count(n)
		}
		c.Cols = append(c.Cols, column)
	}
}

func (c *Columns) tabulate(sums []int, begin clock.Instant, step time.Duration, m market.Market) {
	c.Rows = Table{Label: c.Label, Heads: heads("From", c.Label+">")}
	for i, n := range sums {
		if n > 0 {
			c.Rows.Rows = append(c.Rows.Rows, cells(when(begin.Add(time.Duration(i)*step), m), count(n)))
		}
	}
}

func (c Columns) box() string { return "0 0 " + px(columnsWidth) + " " + px(columnsHeight+26) }
