package market

import (
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// Change gives a market other settings; its code and its schedule stay. What prices are in (currency, tax inside or not)
// can't change under prices, nor the zone under a schedule. The fault's fields are currency, tax_included and zone.
func Change(tx db.Tx, before, after Market) error {
	var prices int
	if err := tx.QueryRow("SELECT COUNT(*) FROM prices WHERE market_id = ?", before.ID).Scan(&prices); err != nil {
		return err
	}
	wrong := fault.Fields{}
	if prices > 0 && after.Currency != before.Currency {
		wrong.Add("currency", "market.priced")
	}
	if prices > 0 && after.TaxIncluded != before.TaxIncluded {
		wrong.Add("tax_included", "market.priced")
	}
	if after.Zone != before.Zone && before.AnnouncedLocal+before.TestLocal+before.LaunchLocal != "" {
		wrong.Add("zone", "market.scheduled")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE markets SET country = ?, currency = ?, zone = ?, tax_included = ?, product_safety = ?, postal_pattern = ?,
			postal_example = ?, region_kind = ?, hold_minutes = ?, transfer_days = ?, return_days = ?,
			bank_holder = ?, bank_account = ? WHERE id = ?`,
		after.Country, after.Currency, after.Zone, after.TaxIncluded, after.ProductSafety, after.PostalPattern, after.PostalExample,
		after.RegionKind, after.HoldMinutes, after.TransferDays, after.ReturnDays, after.BankHolder, after.BankAccount, before.ID); err != nil {
		return err
	}
	return replaceLists(tx, before.ID, after)
}

// replaceLists puts other languages and ways to pay in the place of a market's.
func replaceLists(tx db.Tx, id int64, m Market) error {
	for _, table := range []string{"market_languages", "payment_methods"} {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE market_id = ?", id); err != nil {
			return err
		}
	}
	for _, l := range m.Languages {
		l.MarketID = id
		if err := tx.Gorm().Create(&l).Error; err != nil {
			return err
		}
	}
	for _, p := range m.Payments {
		p.MarketID = id
		if err := tx.Gorm().Create(&p).Error; err != nil {
			return err
		}
	}
	return nil
}

// SetRegions replaces the states or provinces that a market's addresses may name. Those that were there keep their nexus;
// where tax comes on top new ones have none until staff say so. The fault's field is regions.
func SetRegions(tx db.Tx, m Market, regions []Region) error {
	wrong := fault.Fields{}
	if m.RegionKind == "none" && len(regions) > 0 {
		wrong.Add("regions", "region.none")
	}
	seen := map[string]bool{}
	for i, r := range regions {
		r = Region{MarketID: m.ID, Code: strings.ToUpper(strings.TrimSpace(r.Code)), Name: strings.TrimSpace(r.Name)}
		if r.Code == "" || len(r.Code) > 10 || r.Name == "" || len(r.Name) > 100 || seen[r.Code] {
			wrong.Add("regions", "region.wrong")
		}
		seen[r.Code], regions[i] = true, r
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	before, err := Regions(tx, m.ID)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM regions WHERE market_id = ?", m.ID); err != nil {
		return err
	}
	for _, r := range regions {
		known, found := FindRegion(before, r.Code)
		r.Nexus = m.TaxIncluded
		if found {
			r.Nexus = known.Nexus
		}
		if err := tx.Gorm().Create(&r).Error; err != nil {
			return err
		}
	}
	return nil
}
