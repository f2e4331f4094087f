package paper

// pad stands between the cells of a row.
const pad = 8

// table sets the lines, on as many pages as they take.
func (s *sheet) table() {
	s.heads()
	for i, line := range s.Lines {
		last := i == len(s.Lines)-1
		need := s.tall(line)
		if !last && s.Carried != "" {
			need += body.lead() + 10 // the sum that is carried over
		}
		if s.y+need > s.end {
			s.carry(i)
		}
		s.row(line)
	}
}

// carry ends a page before a line and begins the next, with what the lines before it come to on both.
func (s *sheet) carry(line int) {
	sum := ""
	if line > 0 && s.Carried != "" {
		sum = s.Lines[line-1].Sum
		s.carried(sum)
	}
	s.turn()
	s.heads()
	if sum != "" {
		s.carried(sum)
	}
}

func (s *sheet) carried(sum string) {
	s.y += body.lead() + 2
	s.text(strong, margin, s.y, s.Carried)
	s.textEnd(strong, margin+s.width, s.y, sum)
	s.y += 8
	s.line(margin, s.y, s.width, 0.5, rule)
}

// heads are the columns' titles.
func (s *sheet) heads() {
	s.y += 12
	x := margin
	for i, c := range s.Columns {
		width := s.width * c.Share
		if c.End {
			s.textEnd(label, x+width-s.inset(i), s.y, c.Title)
		} else {
			s.text(label, x, s.y, c.Title)
		}
		x += width
	}
	s.y += 6
	s.line(margin, s.y, s.width, 0.9, ink)
}

// inset keeps a column's end off the next; the last one's is the page's.
func (s *sheet) inset(column int) float64 {
	if column == len(s.Columns)-1 {
		return 0
	}
	return pad
}

// cell is what stands in a column of a line: its text and its small print, broken into lines.
func (s *sheet) cell(line Line, column int) (big, little []string) {
	width := s.width*s.Columns[column].Share - pad
	if column < len(line.Cells) {
		big = s.wrap(body, line.Cells[column], width)
	}
	if column < len(line.Small) {
		for _, text := range line.Small[column] {
			if text == "" { // keeps its place beside those of other cells
				little = append(little, "")
			}
			little = append(little, s.wrap(small, text, width)...)
		}
	}
	return big, little
}

// above and below stand over and under a row.
const (
	above = 5
	below = 7
)

// tall is how much space a line takes.
func (s *sheet) tall(line Line) float64 {
	most := 0.0
	for i := range s.Columns {
		big, little := s.cell(line, i)
		most = max(most, float64(len(big))*body.lead()+float64(len(little))*small.lead())
	}
	return above + most + below
}

func (s *sheet) row(line Line) {
	from, x := s.y+above, margin
	height := s.tall(line)
	for i, c := range s.Columns {
		width, y := s.width*c.Share, from
		put := func(f face, text string) {
			y += f.lead()
			if c.End {
				s.write(f, x+width-s.inset(i)-s.measure(f, text), y, text)
			} else {
				s.write(f, x, y, text)
			}
		}
		big, little := s.cell(line, i)
		for _, text := range big {
			put(body, text)
		}
		for _, text := range little {
			put(small, text)
		}
		x += width
	}
	if line.Box {
		s.pdf.SetDrawColor(muted[0], muted[1], muted[2])
		s.pdf.SetLineWidth(0.8)
		s.pdf.Rect(margin+s.width-11, from+4, 10, 10, "D")
	}
	s.y += height
	s.line(margin, s.y, s.width, 0.5, rule)
}

// sums are the totals at the right and what was taxed at which rate at the left. They stay together, and with the first note.
func (s *sheet) sums() {
	if len(s.Totals) == 0 {
		return
	}
	height := max(s.totalsHeight(), float64(len(s.Taxes.Rows)+2)*14) + 14 + s.noteHeight()
	if s.y+height > s.end && len(s.Lines) > 0 {
		s.carryTotals()
	}
	s.y += 10
	from := s.y
	s.taxes(margin, s.width*0.52)
	left := s.y
	s.y = from
	s.totals(margin+s.width*0.56, s.width*0.44)
	s.y = max(left, s.y)
}

// carryTotals begins a page for the totals, with what all the lines come to.
func (s *sheet) carryTotals() {
	sum := s.Lines[len(s.Lines)-1].Sum
	s.turn()
	if s.Carried != "" {
		s.carried(sum)
	}
}

func (s *sheet) totalsHeight() float64 {
	height := 0.0
	for _, row := range s.Totals {
		if height += body.lead() + 4; row.Strong {
			height += 14
		}
	}
	return height
}

func (s *sheet) totals(x, width float64) {
	for _, row := range s.Totals {
		f := body
		if row.Strong {
			f = sum
			s.y += 8
			s.line(x, s.y, width, 0.9, ink)
			s.y += 4
		}
		s.y += f.lead() + 2
		s.text(f, x, s.y, row.Name)
		s.textEnd(f, x+width, s.y, row.Value)
	}
}

// taxes is the table of rates, on a panel.
func (s *sheet) taxes(x, width float64) {
	if len(s.Taxes.Heads) == 0 {
		return
	}
	rows := append([][]string{s.Taxes.Heads}, s.Taxes.Rows...)
	if len(s.Taxes.Sums) > 0 {
		rows = append(rows, s.Taxes.Sums)
	}
	height := 14*float64(len(rows)) + 10
	s.pdf.SetFillColor(panel[0], panel[1], panel[2])
	s.pdf.RoundedRect(x, s.y, width, height, 5, "1234", "F")
	ends := [4]float64{0.28, 0.53, 0.76, 1}
	y := s.y + 4
	for i, row := range rows {
		f := small
		if i == 0 {
			f = label
		}
		y += 14
		for column, text := range row {
			if column == 0 {
				s.text(f, x+10, y-2, text)
				continue
			}
			s.textEnd(f, x+10+(width-20)*ends[column], y-2, text)
		}
	}
	s.y += height
}
