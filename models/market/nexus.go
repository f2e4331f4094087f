package market

import (
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// SetNexus says whether the seller has to collect tax in a region. Only where tax comes on top of prices is there a choice:
// a price that includes tax would not change. The fault is a Conflict there.
func SetNexus(tx db.Tx, m Market, code string, nexus bool) (Region, error) {
	if m.TaxIncluded {
		return Region{}, fault.New(fault.Conflict, "nexus.included")
	}
	regions, err := Regions(tx, m.ID)
	if err != nil {
		return Region{}, err
	}
	region, known := FindRegion(regions, code)
	if !known {
		return region, fault.New(fault.NotFound, "nexus.region")
	}
	_, err = tx.Exec("UPDATE regions SET nexus = ? WHERE market_id = ? AND code = ?", nexus, m.ID, region.Code)
	return region, err
}
