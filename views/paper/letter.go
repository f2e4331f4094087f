package paper

// head is the seller at the top of the first page.
func (s *sheet) head() {
	s.line(margin, top, 28, 4, accent)
	s.y = top + 24
	s.text(name, margin, s.y, s.Seller)
}

// factsAt is where the facts stand beside the recipient, as a part of the width.
const factsAt = 0.5

// letter is the recipient at the left, in the window of an envelope, the facts at the right, and the title below both.
func (s *sheet) letter() {
	left, half := margin, s.width*(factsAt-0.04)
	s.y = windowAt
	for _, line := range s.wrap(foot, s.Sender, half) {
		s.write(foot, left, s.y, line)
		s.y += foot.lead()
	}
	s.y += 4
	if s.ToTitle != "" {
		s.paragraph(label, left, half, s.ToTitle)
	}
	for _, line := range s.To {
		s.paragraph(body, left, half, line)
	}
	address := s.y
	s.y = windowAt - 6
	s.rows(margin+s.width*factsAt, s.width*(1-factsAt), s.Facts)
	s.y = max(address, s.y, windowAt+96) + 34
	s.text(title, margin, s.y, s.Title)
	s.y += 16
}

// rows are names and values beside each other; a long value takes more lines.
func (s *sheet) rows(x, width float64, rows []Row) {
	nameWidth := width * 0.36
	for _, row := range rows {
		names, values := s.wrap(small, row.Name, nameWidth-6), s.wrap(body, row.Value, width-nameWidth)
		for i := range max(len(names), len(values)) {
			s.y += body.lead()
			if i < len(names) {
				s.write(small, x, s.y, names[i])
			}
			if i < len(values) {
				s.write(body, x+nameWidth, s.y, values[i])
			}
		}
		s.y += 2
	}
}

// noteHeight is how much space the first note takes.
func (s *sheet) noteHeight() float64 {
	if len(s.Notes) == 0 {
		return 0
	}
	return 18 + float64(len(s.wrap(body, s.Notes[0], s.width)))*body.lead()
}

// notes stand at the end.
func (s *sheet) notes() {
	s.y += 18
	for i, note := range s.Notes {
		f := small
		if i == 0 {
			f = body
		}
		s.room(float64(len(s.wrap(f, note, s.width))) * f.lead())
		s.paragraph(f, margin, s.width, note)
		s.y += 6
	}
}

// feet are who sells, at the bottom of every page, with the page's number.
func (s *sheet) feet() {
	pages := s.pdf.PageCount()
	for page := 1; page <= pages; page++ {
		s.pdf.SetPage(page)
		s.line(margin, s.foot, s.width, 0.5, rule)
		for i, column := range s.Foot {
			s.y = s.foot + 4
			for _, text := range column {
				s.paragraph(foot, margin+s.width*float64(i)/3, s.footWidth(), text)
			}
		}
		s.textEnd(foot, margin+s.width, s.height-18, s.PageOf(page, pages))
	}
}

// footWidth is how wide each of the foot's columns is.
func (s *sheet) footWidth() float64 { return s.width/3 - 14 }

// footHeight is how much space the longest of them takes.
func (s *sheet) footHeight() float64 {
	most := 0
	for _, column := range s.Foot {
		lines := 0
		for _, text := range column {
			lines += len(s.wrap(foot, text, s.footWidth()))
		}
		most = max(most, lines)
	}
	return 4 + float64(most)*foot.lead()
}
