package market

import (
	"regexp"
	"slices"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// PostalExclusion is places of a market's country that are not delivered to, outside the VAT area, say. Pattern is a
// regular expression on a whole postcode in upper case without spaces and hyphens.
type PostalExclusion struct {
	ID       int64
	MarketID int64
	Pattern  string
	Texts    []ExclusionText `gorm:"foreignKey:ExclusionID"`
}

// ExclusionText tells buyers in a language why a place is not delivered to.
type ExclusionText struct {
	ExclusionID int64  `gorm:"primaryKey"`
	Language    string `gorm:"primaryKey"`
	Reason      string
}

// TableName is where the reasons are kept.
func (ExclusionText) TableName() string { return "postal_exclusion_texts" }

// Reason is why the place is not delivered to, "" when nobody has said so in that language.
func (e PostalExclusion) Reason(language string) string {
	for _, text := range e.Texts {
		if text.Language == language {
			return text.Reason
		}
	}
	return ""
}

// Excluded is the exclusion that a postcode falls under.
func (m Market) Excluded(typed string) (PostalExclusion, bool) {
	compact := compactPostalCode(typed)
	at := slices.IndexFunc(m.Exclusions, func(e PostalExclusion) bool { return len(compact) <= 12 && matches(e.Pattern, compact) })
	if at < 0 {
		return PostalExclusion{}, false
	}
	return m.Exclusions[at], true
}

// ExclusionForm is an exclusion as staff type it, with a reason in each language of the market.
type ExclusionForm struct {
	Pattern string
	Reasons map[string]string
}

// Exclude adds places that a market does not deliver to. The fault's fields are pattern and reasons.
func Exclude(tx db.Tx, m Market, form ExclusionForm) (PostalExclusion, error) {
	e := PostalExclusion{MarketID: m.ID, Pattern: strings.TrimSpace(form.Pattern)}
	wrong := fault.Fields{}
	if !isPattern(e.Pattern) || regexp.MustCompile("^(?:"+e.Pattern+")$").MatchString("") {
		wrong.Add("pattern", "exclusion.pattern")
	}
	for _, l := range m.Languages {
		reason := strings.Join(strings.Fields(form.Reasons[l.Language]), " ")
		if reason == "" || len(reason) > 300 {
			wrong.Add("reasons", "exclusion.reason")
		}
		e.Texts = append(e.Texts, ExclusionText{Language: l.Language, Reason: reason})
	}
	if err := wrong.Err(); err != nil {
		return e, err
	}
	return e, tx.Gorm().Create(&e).Error
}

// Include delivers to excluded places again.
func Include(tx db.Tx, m Market, id int64) (PostalExclusion, error) {
	at := slices.IndexFunc(m.Exclusions, func(e PostalExclusion) bool { return e.ID == id })
	if at < 0 {
		return PostalExclusion{}, fault.New(fault.NotFound, "exclusion.gone")
	}
	_, err := tx.Exec("DELETE FROM postal_exclusions WHERE id = ?", id)
	return m.Exclusions[at], err
}
