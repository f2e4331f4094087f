package market

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// TaxRate is a rate of tax in parts per million (19 % is 190,000), for a region or the whole market and a class of goods,
// valid in [ValidFrom, ValidTo).
type TaxRate struct {
	ID        int64
	MarketID  int64
	Region    string
	TaxClass  string
	Name      string
	RatePPM   int64 `gorm:"column:rate_ppm"`
	ValidFrom clock.Instant
	ValidTo   clock.Instant
}

// TaxRates are the rates of a market that apply at an instant in a region.
func TaxRates(tx db.Tx, marketID int64, region string) ([]TaxRate, error) {
	all, err := db.Keep(tx, keptRates{marketID}, func() (rates []TaxRate, err error) {
		return rates, tx.Gorm().Where("market_id = ?", marketID).Order("region DESC, id").Find(&rates).Error
	})
	if err != nil {
		return nil, err
	}
	liable, err := collects(tx, marketID, region)
	if err != nil || !liable {
		return nil, err
	}
	var rates []TaxRate
	for _, r := range all {
		valid := Interval{From: r.ValidFrom, To: r.ValidTo}.Contains(tx.Now())
		if valid && (r.Region == "" || r.Region == region) {
			rates = append(rates, r)
		}
	}
	return rates, nil
}

// collects reports whether the seller has to collect tax in a region: not where he has no nexus. Addresses without a
// region, and a region that is not known yet, have the market's own rates.
func collects(tx db.Tx, marketID int64, code string) (bool, error) {
	if code == "" {
		return true, nil
	}
	regions, err := Regions(tx, marketID)
	region, known := FindRegion(regions, code)
	return !known || region.Nexus, err
}

type keptRates struct{ marketID int64 }

// RateFor is the rate for a class of goods: the region's own before the market's, and no tax where neither has one (in
// the United States, a state where the seller has no nexus).
func RateFor(rates []TaxRate, class string) TaxRate {
	for _, r := range rates {
		if r.TaxClass == class {
			return r
		}
	}
	return TaxRate{TaxClass: class}
}
