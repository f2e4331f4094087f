package market

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/money"
)

// Languages are those that the shop's pages are written in, by ISO 639 code; a market speaks some of them.
var Languages = []string{"en", "de", "fr", "es", "it"}

// Providers are the ways to pay that a market may offer.
var Providers = []string{"sandbox", "transfer", "stripe"}

// RegionKinds are what addresses of a market name beside the town.
var RegionKinds = []string{"none", "state", "province"}

// reserved are first parts of addresses that are no market's.
var reserved = []string{"admin", "favicon", "healthz", "metrics", "readyz", "robots", "sitemap", "static", "webhooks"}

// Form is a market as staff type it. Currency is ISO 4217, Country ISO 3166-1, Zone IANA; the postal patterns are regular
// expressions on a postcode in upper case without spaces and hyphens; HoldMinutes, TransferDays and ReturnDays are whole numbers.
type Form struct {
	Code, Country, Currency, Zone         string
	TaxIncluded, ProductSafety            bool
	PostalPattern, PostalExample          string
	RegionKind                            string
	HoldMinutes, TransferDays, ReturnDays string
	BankHolder, BankAccount               string
	Languages                             []LanguageForm
	Payments                              []PaymentForm
}

// LanguageForm is a language of a market, the main one first, with what its order button says.
type LanguageForm struct{ Language, OrderButton string }

// PaymentForm is a way to pay in a market, in the order in which they are offered. InTest offers it in the test phase too.
type PaymentForm struct {
	Provider string
	InTest   bool
}

// FormOf is a market as staff would type it.
func (m Market) FormOf() Form {
	f := Form{Code: m.Code, Country: m.Country, Currency: m.Currency, Zone: m.Zone, TaxIncluded: m.TaxIncluded, ProductSafety: m.ProductSafety,
		PostalPattern: m.PostalPattern, PostalExample: m.PostalExample, RegionKind: m.RegionKind,
		HoldMinutes: strconv.Itoa(m.HoldMinutes), TransferDays: strconv.Itoa(m.TransferDays), ReturnDays: strconv.Itoa(m.ReturnDays),
		BankHolder: m.BankHolder, BankAccount: m.BankAccount}
	for _, l := range m.Languages {
		f.Languages = append(f.Languages, LanguageForm{l.Language, l.OrderButton})
	}
	for _, p := range m.Payments {
		f.Payments = append(f.Payments, PaymentForm{p.Provider, p.InTest})
	}
	return f
}

// Read is the market that a form describes, without a schedule. The fault's fields are named like the columns of the
// database, and languages and payments.
func (f Form) Read() (Market, error) {
	wrong := fault.Fields{}
	m := Market{Code: strings.TrimSpace(f.Code), Country: strings.ToUpper(strings.TrimSpace(f.Country)), Currency: strings.ToUpper(strings.TrimSpace(f.Currency)),
		Zone: strings.TrimSpace(f.Zone), TaxIncluded: f.TaxIncluded, ProductSafety: f.ProductSafety, RegionKind: f.RegionKind,
		PostalPattern: strings.TrimSpace(f.PostalPattern), PostalExample: strings.TrimSpace(f.PostalExample),
		BankHolder: strings.TrimSpace(f.BankHolder), BankAccount: strings.TrimSpace(f.BankAccount)}
	if !codePattern.MatchString(m.Code) || slices.Contains(reserved, m.Code) {
		wrong.Add("code", "market.code")
	}
	if !isCountry(m.Country) {
		wrong.Add("country", "market.country")
	}
	if m.Currency == "" || !money.IsCurrency(m.Currency) {
		wrong.Add("currency", "market.currency")
	}
	if _, err := Zone(m.Zone); err != nil {
		wrong.Add("zone", "time.zone")
	}
	if !slices.Contains(RegionKinds, m.RegionKind) {
		wrong.Add("region_kind", "market.region_kind")
	}
	m.HoldMinutes = number(f.HoldMinutes, 1, 24*60, "hold_minutes", wrong)
	m.TransferDays = number(f.TransferDays, 1, 60, "transfer_days", wrong)
	m.ReturnDays = number(f.ReturnDays, 0, 365, "return_days", wrong)
	m.checkPostal(wrong)
	f.readLanguages(&m, wrong)
	f.readPayments(&m, wrong)
	limit(wrong, map[string]string{"bank_holder": m.BankHolder, "bank_account": m.BankAccount})
	return m, wrong.Err()
}

var codePattern = regexp.MustCompile(`^[a-z]{2,8}$`)

func isCountry(code string) bool {
	region, err := language.ParseRegion(code)
	return err == nil && len(code) == 2 && region.IsCountry() && region.String() == code
}

// isPattern reports whether a pattern compiles and is short.
func isPattern(pattern string) bool {
	_, err := regexp.Compile(pattern)
	return err == nil && pattern != "" && len(pattern) <= 200
}

// checkPostal wants a pattern that compiles and an example that it lets through.
func (m Market) checkPostal(wrong fault.Fields) {
	if !isPattern(m.PostalPattern) {
		wrong.Add("postal_pattern", "market.pattern")
		return
	}
	if _, valid, served := m.PostalCode(m.PostalExample); !valid || !served {
		wrong.Add("postal_example", "market.postal_example")
	}
}

func (f Form) readLanguages(m *Market, wrong fault.Fields) {
	if len(f.Languages) == 0 {
		wrong.Add("languages", "market.languages")
	}
	seen := map[string]bool{}
	for i, l := range f.Languages {
		l.OrderButton = strings.TrimSpace(l.OrderButton)
		if seen[l.Language] || !slices.Contains(Languages, l.Language) {
			wrong.Add("languages", "market.languages")
		}
		if len(l.OrderButton) > 80 {
			wrong.Add("languages", "market.order_button")
		}
		seen[l.Language] = true
		m.Languages = append(m.Languages, Language{Language: l.Language, OrderButton: l.OrderButton, Position: i + 1})
	}
}

func (f Form) readPayments(m *Market, wrong fault.Fields) {
	seen := map[string]bool{}
	for i, p := range f.Payments {
		if seen[p.Provider] || !slices.Contains(Providers, p.Provider) {
			wrong.Add("payments", "market.payments")
		}
		seen[p.Provider] = true
		m.Payments = append(m.Payments, PaymentMethod{Provider: p.Provider, InTest: p.InTest, Position: i + 1})
	}
}

// Create writes a new market, a draft behind the others. A code that is taken is a fault of the field code. Like is the
// code of a market whose required pages and approvals the new one takes over; without it the default pages are required.
func Create(tx db.Tx, m Market, like string) (Market, error) {
	var taken, position int
	if err := tx.QueryRow("SELECT COUNT(*) FROM markets WHERE code = ?", m.Code).Scan(&taken); err != nil {
		return m, err
	}
	if taken > 0 {
		return m, fault.Fields{"code": "market.code_taken"}.Err()
	}
	if err := tx.QueryRow("SELECT COALESCE(MAX(position), 0) + 1 FROM markets").Scan(&position); err != nil {
		return m, err
	}
	m.Position = position
	if err := tx.Gorm().Create(&m).Error; err != nil {
		return m, err
	}
	if like == "" {
		return m, RequirePages(tx, m.ID, DefaultPages)
	}
	return m, takeOver(tx, m, like)
}

// takeOver copies what another market requires.
func takeOver(tx db.Tx, m Market, like string) error {
	var other int64
	err := tx.QueryRow("SELECT id FROM markets WHERE code = ?", like).Scan(&other)
	if db.NotFound(err) {
		return fault.Fields{"like": "market.like"}.Err()
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO market_required_pages (market_id, slug) SELECT ?, slug FROM market_required_pages WHERE market_id = ?", m.ID, other); err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO approval_requirements (market_id, category_id, kind)
		SELECT ?, category_id, kind FROM approval_requirements WHERE market_id = ?`, m.ID, other)
	return err
}

// number reads a whole number between two bounds.
func number(text string, least, most int, field string, wrong fault.Fields) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < least || n > most {
		wrong.Add(field, "form.number")
	}
	return n
}

// limit refuses texts that don't fit a line.
func limit(wrong fault.Fields, fields map[string]string) {
	for name, value := range fields {
		if len(value) > 200 || strings.ContainsAny(value, "\r\n") {
			wrong.Add(name, "form.too_long")
		}
	}
}
