package market

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// Papers are the sizes that documents are printed on.
var Papers = []string{"a4", "letter"}

// Seller is who sells in a market, as its documents name him. Register is what the law has him say of himself (the
// commercial register and number, the SIREN, the capital). KeepYears is how many whole calendar years after the one of
// issue documents are kept.
type Seller struct {
	Name, Line1, Line2, PostalCode, City, Region string
	Country                                      string // ISO 3166-1, two letters
	Email, Phone, VATNumber, Register            string
	KeepYears                                    int
	Paper                                        string            // one of Papers
	Notes                                        map[string]string // what documents say besides, by language
}

// SellerForm is a seller as staff type it.
type SellerForm struct {
	Seller
	KeepYears string
}

// FormOf is a seller as staff would type it.
func (s Seller) FormOf() SellerForm {
	return SellerForm{Seller: s, KeepYears: strconv.Itoa(s.KeepYears)}
}

// read is the seller that a form describes. Whether he has all that the market's documents need is the checklist's to say.
func (f SellerForm) read(m Market) (Seller, error) {
	wrong := fault.Fields{}
	s := f.Seller
	for name, text := range map[string]*string{"name": &s.Name, "line1": &s.Line1, "line2": &s.Line2, "postal_code": &s.PostalCode, "city": &s.City, "region": &s.Region,
		"email": &s.Email, "phone": &s.Phone, "vat_number": &s.VATNumber, "register": &s.Register} {
		*text = strings.TrimSpace(*text)
		limit(wrong, map[string]string{name: *text})
	}
	if s.Name == "" {
		wrong.Add("name", "seller.name")
	}
	if s.Country = strings.ToUpper(strings.TrimSpace(s.Country)); !isCountry(s.Country) {
		wrong.Add("country", "market.country")
	}
	if !slices.Contains(Papers, s.Paper) {
		wrong.Add("paper", "seller.paper")
	}
	s.KeepYears = number(f.KeepYears, 1, 30, "keep_years", wrong)
	s.Notes = map[string]string{}
	for _, l := range m.Languages {
		if s.Notes[l.Language] = strings.TrimSpace(f.Notes[l.Language]); utf8.RuneCountInString(s.Notes[l.Language]) > 600 {
			wrong.Add("note", "seller.note")
		}
	}
	return s, wrong.Err()
}

// SetSeller says who sells in a market from now on; what was issued keeps the seller it was issued by. The fault's fields
// are named like the columns of the database, and note.
func SetSeller(tx db.Tx, m Market, form SellerForm) (before, after Seller, err error) {
	if after, err = form.read(m); err != nil {
		return before, after, err
	}
	if before, err = SellerOf(tx, m.ID); err != nil {
		return before, after, err
	}
	if _, err := tx.Exec(`INSERT INTO sellers (market_id, `+sellerColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (market_id) DO UPDATE SET name = excluded.name, line1 = excluded.line1, line2 = excluded.line2, postal_code = excluded.postal_code,
			city = excluded.city, region = excluded.region, country = excluded.country, email = excluded.email, phone = excluded.phone,
			vat_number = excluded.vat_number, register = excluded.register, keep_years = excluded.keep_years, paper = excluded.paper`,
		append([]any{m.ID}, after.fields()...)...); err != nil {
		return before, after, err
	}
	if _, err := tx.Exec("DELETE FROM seller_notes WHERE market_id = ?", m.ID); err != nil {
		return before, after, err
	}
	for _, l := range m.Languages {
		if after.Notes[l.Language] == "" {
			continue
		}
		if _, err := tx.Exec("INSERT INTO seller_notes (market_id, language, note) VALUES (?, ?, ?)", m.ID, l.Language, after.Notes[l.Language]); err != nil {
			return before, after, err
		}
	}
	return before, after, nil
}

const sellerColumns = "name, line1, line2, postal_code, city, region, country, email, phone, vat_number, register, keep_years, paper"

func (s *Seller) fields() []any {
	return []any{&s.Name, &s.Line1, &s.Line2, &s.PostalCode, &s.City, &s.Region, &s.Country, &s.Email, &s.Phone, &s.VATNumber, &s.Register, &s.KeepYears, &s.Paper}
}

// SellerOf is who sells in a market; one without a name when staff have not said yet.
func SellerOf(tx db.Tx, marketID int64) (Seller, error) {
	s := Seller{Notes: map[string]string{}}
	err := tx.QueryRow("SELECT "+sellerColumns+" FROM sellers WHERE market_id = ?", marketID).Scan(s.fields()...)
	if err != nil && !db.NotFound(err) {
		return s, err
	}
	type note struct{ language, text string }
	notes, err := db.List(tx, func(n *note) []any { return []any{&n.language, &n.text} },
		"SELECT language, note FROM seller_notes WHERE market_id = ?", marketID)
	for _, n := range notes {
		s.Notes[n.language] = n.text
	}
	return s, err
}

// Lacks are what the market's documents must say of the seller and can't, named like the columns of the database. Where
// prices include tax (value added tax) that is his number and register too.
func (s Seller) Lacks(m Market) []string {
	var lacks []string
	want := func(name, value string) {
		if value == "" {
			lacks = append(lacks, name)
		}
	}
	want("name", s.Name)
	want("line1", s.Line1)
	want("postal_code", s.PostalCode)
	want("city", s.City)
	if m.TaxIncluded {
		want("vat_number", s.VATNumber)
		want("register", s.Register)
	}
	return lacks
}

// String is the seller in words for the trail; one without a name is empty.
func (s Seller) String() string {
	if s.Name == "" {
		return ""
	}
	parts := []string{s.Name, s.Line1, s.Line2, s.PostalCode, s.City, s.Region, s.Country, s.Email, s.Phone, s.VATNumber, s.Register,
		strconv.Itoa(s.KeepYears) + " years", s.Paper}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ", ")
}
