package market

import (
	"context"
	"regexp"
	"strings"
	"sync"

	"softlaunch/models/db"
)

// Region is a state or province of a market.
type Region struct {
	MarketID int64  `gorm:"primaryKey"`
	Code     string `gorm:"primaryKey"`
	Name     string
	Nexus    bool // the seller has to collect tax there; elsewhere none is charged
}

// Regions are the market's states or provinces by name; none where addresses have none.
func (s *Markets) Regions(ctx context.Context, m Market) ([]Region, error) {
	var regions []Region
	err := s.data.Read(ctx, func(tx db.Tx) error {
		var err error
		regions, err = Regions(tx, m.ID)
		return err
	})
	return regions, err
}

// Regions are a market's states or provinces by name.
func Regions(tx db.Tx, marketID int64) ([]Region, error) {
	return db.Keep(tx, keptRegions{marketID}, func() (regions []Region, err error) {
		return regions, tx.Gorm().Where("market_id = ?", marketID).Order("name").Find(&regions).Error
	})
}

type keptRegions struct{ marketID int64 }

// FindRegion is the region whose code or name was typed, in any case.
func FindRegion(regions []Region, typed string) (Region, bool) {
	typed = strings.TrimSpace(typed)
	for _, r := range regions {
		if strings.EqualFold(r.Code, typed) || strings.EqualFold(r.Name, typed) {
			return r, true
		}
	}
	return Region{}, false
}

var separators = strings.NewReplacer(" ", "", "-", "", "\u00a0", "", "\u2011", "", "\u2013", "")

// PostalCode is a postcode as the market writes it. Any case, spaces and hyphens are accepted; the market's patterns apply
// to what is left. served is false for a good postcode of a place that is not delivered to; Excluded says why.
func (m Market) PostalCode(typed string) (code string, valid, served bool) {
	compact := compactPostalCode(typed)
	if len(compact) > 12 || !matches(m.PostalPattern, compact) {
		return "", false, false
	}
	if _, excluded := m.Excluded(typed); excluded {
		return "", true, false
	}
	return m.writePostalCode(compact), true, true
}

func compactPostalCode(typed string) string { return strings.ToUpper(separators.Replace(typed)) }

// writePostalCode puts back the separator that a country's postcodes carry: ZIP+4 a hyphen, British ones a space before
// the inward part.
func (m Market) writePostalCode(compact string) string {
	switch {
	case m.Country == "US" && len(compact) == 9:
		return compact[:5] + "-" + compact[5:]
	case m.Country == "GB" && len(compact) > 3:
		return compact[:len(compact)-3] + " " + compact[len(compact)-3:]
	}
	return compact
}

var patterns sync.Map // pattern -> *regexp.Regexp

func matches(pattern, text string) bool {
	kept, ok := patterns.Load(pattern)
	if !ok {
		compiled, err := regexp.Compile("^(?:" + pattern + ")$")
		if err != nil {
			return false
		}
		kept, _ = patterns.LoadOrStore(pattern, compiled)
	}
	return kept.(*regexp.Regexp).MatchString(text)
}
