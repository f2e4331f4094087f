package paper

import (
	"codeberg.org/go-pdf/fpdf"
)

// colour is red, green and blue.
type colour [3]int

// The shop's colours on paper (LOOK.md).
var (
	ink    = colour{0x1b, 0x1b, 0x1f}
	muted  = colour{0x5c, 0x5c, 0x66}
	rule   = colour{0xd6, 0xd3, 0xce}
	panel  = colour{0xf6, 0xf5, 0xf3}
	accent = colour{0xff, 0x6a, 0x13}
)

// face is how a text looks: weight ("" or "B"), size in points and colour.
type face struct {
	weight string
	size   float64
	colour colour
}

var (
	title  = face{"B", 22, ink}
	name   = face{"B", 12, ink}
	body   = face{"", 9.5, ink}
	strong = face{"B", 9.5, ink}
	sum    = face{"B", 13, ink}
	small  = face{"", 8, muted}
	label  = face{"B", 7.5, muted}
	foot   = face{"", 7, muted}
)

// lead is the distance of lines of a face.
func (f face) lead() float64 { return f.size * 1.42 }

// margin stands left and right; the top of the first page's letter and the end of the space for text follow DIN 5008, so
// that the recipient shows in the window of an envelope.
const (
	margin   = 56.7 // 20 mm
	top      = 45
	windowAt = 136 // 48 mm
)

// sheet is a PDF being set. y is where the next thing stands, from the top in points.
type sheet struct {
	Paper
	pdf                   *fpdf.Fpdf
	y, width, height, end float64
	foot                  float64 // where the foot begins
}

func newSheet(p Paper) *sheet {
	size := sizes[p.Size]
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: size})
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(p.At)
	pdf.SetModificationDate(p.At)
	pdf.SetProducer("Softlaunch", true)
	pdf.SetTitle(plain(p.Name), true)
	pdf.SetAuthor(plain(p.Seller), true)
	pdf.SetLang(p.Language)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddUTF8FontFromBytes(family, "", regular)
	pdf.AddUTF8FontFromBytes(family, "B", semibold)
	s := &sheet{Paper: p, pdf: pdf, width: size.Wd - 2*margin, height: size.Ht}
	s.foot = s.height - 34 - s.footHeight()
	s.end = s.foot - 20
	s.pdf.AddPage()
	return s
}

// text writes on one line whose baseline is at y. An x at the end of the text aligns it there.
func (s *sheet) text(f face, x, y float64, text string) { s.write(f, x, y, plain(text)) }

func (s *sheet) textEnd(f face, x, y float64, text string) {
	text = plain(text)
	s.write(f, x-s.measure(f, text), y, text)
}

func (s *sheet) write(f face, x, y float64, text string) {
	s.set(f)
	s.pdf.SetTextColor(f.colour[0], f.colour[1], f.colour[2])
	s.pdf.Text(x, y, text)
}

func (s *sheet) set(f face) { s.pdf.SetFont(family, f.weight, f.size) }

// measure is how wide a text is.
func (s *sheet) measure(f face, text string) float64 {
	s.set(f)
	return s.pdf.GetStringWidth(text)
}

// paragraph writes text in as many lines as it takes, from s.y down.
func (s *sheet) paragraph(f face, x, width float64, text string) {
	for _, line := range s.wrap(f, text, width) {
		s.y += f.lead()
		s.write(f, x, s.y, line)
	}
}

// line draws a rule across at a height.
func (s *sheet) line(x, y, width, thick float64, c colour) {
	s.pdf.SetFillColor(c[0], c[1], c[2])
	s.pdf.Rect(x, y, width, thick, "F")
}

// room begins a new page unless there is space of a height left.
func (s *sheet) room(height float64) bool {
	if s.y+height <= s.end {
		return false
	}
	s.turn()
	return true
}

// turn begins a page and says of what.
func (s *sheet) turn() {
	s.pdf.AddPage()
	s.y = top + 8
	s.text(small, margin, s.y, s.Seller)
	s.textEnd(small, margin+s.width, s.y, s.Name)
	s.y += 10
}
