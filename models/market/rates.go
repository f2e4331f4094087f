package market

import (
	"slices"
	"strconv"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// RateForm is a rate of tax as staff type it. Percent has at most four decimals, Region is a code or "" for the whole
// market, Class is one of TaxClasses or DeliveryClass. An empty beginning is now.
type RateForm struct {
	Region, Class, Name, Percent string
	From                         Moment
}

// SetRate gives a region and class of goods a rate from an instant on; the rate before it, if there was one, ends there.
// The fault's fields are region, tax_class, name, percent and valid_from.
func SetRate(tx db.Tx, m Market, form RateForm) (before, after TaxRate, err error) {
	if after, err = form.read(tx, m); err != nil {
		return before, after, err
	}
	known, err := AllRates(tx, m.ID)
	if err != nil {
		return before, after, err
	}
	var free bool
	if before, free = after.follows(known); !free {
		return before, after, fault.Fields{"valid_from": "rate.later"}.Err()
	}
	err = after.begin(tx, before)
	return before, after, err
}

// follows is the rate for the same goods and place that a new one ends, the zero rate for none; free is false when one
// begins at the same instant or later.
func (r TaxRate) follows(known []TaxRate) (before TaxRate, free bool) {
	for _, k := range known {
		if k.Region != r.Region || k.TaxClass != r.TaxClass || k.ValidTo.Reached(r.ValidFrom) {
			continue
		}
		if k.ValidFrom >= r.ValidFrom {
			return k, false
		}
		before = k
	}
	return before, true
}

// begin writes a new rate and ends the one before it.
func (r *TaxRate) begin(tx db.Tx, before TaxRate) error {
	if before.ID != 0 {
		if _, err := tx.Exec("UPDATE tax_rates SET valid_to = ? WHERE id = ?", r.ValidFrom, before.ID); err != nil {
			return err
		}
	}
	return tx.Gorm().Create(r).Error
}

func (f RateForm) read(tx db.Tx, m Market) (TaxRate, error) {
	wrong := fault.Fields{}
	r := TaxRate{MarketID: m.ID, Region: strings.TrimSpace(f.Region), TaxClass: strings.TrimSpace(f.Class), Name: strings.TrimSpace(f.Name), ValidFrom: tx.Now()}
	if f.From.Local != "" {
		r.ValidFrom = m.Read(f.From, "valid_from", wrong)
	}
	if r.ValidFrom < tx.Now() {
		wrong.Add("valid_from", "time.past")
	}
	class, err := IsTaxClass(tx, r.TaxClass)
	if err != nil {
		return r, err
	}
	if !class && r.TaxClass != DeliveryClass {
		wrong.Add("tax_class", "rate.class")
	}
	if r.Name == "" || len(r.Name) > 60 {
		wrong.Add("name", "rate.name")
	}
	ppm, ok := PartsPerMillion(f.Percent)
	if !ok {
		wrong.Add("percent", "rate.percent")
	}
	r.RatePPM = ppm
	regions, err := Regions(tx, m.ID)
	if err != nil {
		return r, err
	}
	if r.Region != "" && !slices.ContainsFunc(regions, func(g Region) bool { return g.Code == r.Region }) {
		wrong.Add("region", "rate.region")
	}
	return r, wrong.Err()
}

// PartsPerMillion reads a percentage from 0 to 100 with a point or comma and at most four decimals.
func PartsPerMillion(percent string) (int64, bool) {
	units, fraction, _ := strings.Cut(strings.Replace(strings.TrimSpace(percent), ",", ".", 1), ".")
	if units == "" || len(units) > 3 || len(fraction) > 4 || strings.Trim(units+fraction, "0123456789") != "" {
		return 0, false
	}
	ppm, err := strconv.ParseInt(units+fraction+strings.Repeat("0", 4-len(fraction)), 10, 64)
	return ppm, err == nil && ppm <= 1_000_000
}

// RemoveRate takes back a rate that has not begun; the one before it goes on.
func RemoveRate(tx db.Tx, m Market, id int64) (TaxRate, error) {
	var found []TaxRate
	if err := tx.Gorm().Where("id = ? AND market_id = ?", id, m.ID).Limit(1).Find(&found).Error; err != nil {
		return TaxRate{}, err
	}
	if len(found) == 0 {
		return TaxRate{}, fault.New(fault.NotFound, "rate.gone")
	}
	r := found[0]
	if r.ValidFrom <= tx.Now() {
		return r, fault.New(fault.Conflict, "rate.begun")
	}
	if _, err := tx.Exec("DELETE FROM tax_rates WHERE id = ?", id); err != nil {
		return r, err
	}
	_, err := tx.Exec("UPDATE tax_rates SET valid_to = ? WHERE market_id = ? AND region = ? AND tax_class = ? AND valid_to = ?",
		r.ValidTo, m.ID, r.Region, r.TaxClass, r.ValidFrom)
	return r, err
}

// AllRates are a market's rates, past and to come, for staff.
func AllRates(tx db.Tx, marketID int64) ([]TaxRate, error) {
	var rates []TaxRate
	err := tx.Gorm().Where("market_id = ?", marketID).Order("region, tax_class, valid_from, id").Find(&rates).Error
	return rates, err
}

// String is the rate in words for the trail; none is empty.
func (r TaxRate) String() string {
	if r.Name == "" {
		return ""
	}
	return strconv.FormatInt(r.RatePPM, 10) + " ppm (" + r.Name + ") from " + r.ValidFrom.String() + " to " + r.ValidTo.String()
}
