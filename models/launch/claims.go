package launch

import (
	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// claim is a location where another market has waves of a variant, until that market opens.
type claim struct {
	locationID int64
	opens      clock.Instant
}

// Claimed are the locations of a market where other markets that are not open yet have waves of a variant. An order takes
// its goods from them last, so that what is set aside stays where its market can reach it.
func Claimed(tx db.Tx, marketID, variantID int64) ([]int64, error) {
	claims, err := db.Keep(tx, keptClaims{marketID}, func() (map[int64][]claim, error) { return loadClaims(tx, marketID) })
	var locations []int64
	for _, c := range claims[variantID] {
		if !c.opens.Reached(tx.Now()) {
			locations = append(locations, c.locationID)
		}
	}
	return locations, err
}

type keptClaims struct{ marketID int64 }

func loadClaims(tx db.Tx, marketID int64) (map[int64][]claim, error) {
	rows, err := tx.Query(`SELECT DISTINCT w.variant_id, ours.location_id, o.launch_at
		FROM location_markets ours
		JOIN location_markets theirs ON theirs.location_id = ours.location_id AND theirs.market_id <> ours.market_id
		JOIN markets o ON o.id = theirs.market_id
		JOIN waves w ON w.market_id = o.id
		WHERE ours.market_id = ?`, marketID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	claims := map[int64][]claim{}
	for rows.Next() {
		var variantID int64
		var c claim
		if err := rows.Scan(&variantID, &c.locationID, &c.opens); err != nil {
			return nil, err
		}
		claims[variantID] = append(claims[variantID], c)
	}
	return claims, rows.Err()
}
