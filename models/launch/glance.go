package launch

import (
	"context"
	"fmt"
	"slices"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// Glance is all that pages for a visitor of whom nothing is known can depend on, short enough to be compared with ==: pages
// of the same address that were read at equal glances are equal. It is good while the shop's data stay and until Until.
type Glance struct {
	settings int64         // the revision of what staff write
	horizon  clock.Instant // up to which time alone changes nothing that a page tells of the settings
	offers   string        // what shoppers are told of the offers
	until    clock.Instant
}

// Same reports whether a page that was read at one of the glances is as it would be at the other.
func (g Glance) Same(other Glance) bool {
	return g.settings == other.settings && g.horizon == other.horizon && g.offers == other.offers
}

// Until is the instant at which the glance may change by itself, when a hold ends or anything on a schedule comes: look again.
func (g Glance) Until() clock.Instant { return g.until }

// Size is about how many bytes the glance takes.
func (g Glance) Size() int { return len(g.offers) }

// Glance looks at the offers of markets, by id, or of all when there are no ids, in one snapshot.
func (g *Gate) Glance(ctx context.Context, marketIDs ...int64) (Glance, error) {
	var seen Glance
	err := g.data.Read(ctx, func(tx db.Tx) (err error) {
		if seen.settings, err = tx.Revision(); err != nil {
			return err
		}
		if seen.horizon, err = horizon(tx); err != nil {
			return err
		}
		seen.until = seen.horizon
		var offers []byte
		all, err := market.All(tx)
		if err != nil {
			return err
		}
		for _, m := range all {
			if len(marketIDs) > 0 && !slices.Contains(marketIDs, m.ID) {
				continue
			}
			if offers, err = seen.look(tx, m, offers); err != nil {
				return err
			}
		}
		seen.offers = string(offers)
		return nil
	})
	return seen, err
}

// look adds what a market's shoppers are told of its offers.
func (g *Glance) look(tx db.Tx, m market.Market, offers []byte) ([]byte, error) {
	f, err := gather(tx, m, Keys{}, nil)
	if err != nil {
		return nil, err
	}
	for _, good := range f.goods {
		sale := f.sale(m, good, tx.Now())
		offers = sale.tell(offers)
		g.until = clock.Earliest(g.until, sale.Offer.Until)
	}
	return offers, nil
}

// MostAsked is the largest quantity that a form takes. Beyond it a page shows no difference.
const MostAsked = 9999

// tell writes down what a page may show of a sale and stock, holds and orders may change. What is left is shown in test only.
func (s Sale) tell(text []byte) []byte {
	o := s.Offer
	left := 0
	if o.Published > 0 {
		left = o.Left
	}
	return fmt.Appendf(text, "%d %s %d/%d %d %s %d %s %d %v\n", s.VariantID, o.State, left, o.Published,
		min(o.Most, MostAsked), o.MostReason, o.Limit, o.Reason, o.Next, o.Missing)
}

// quarter bounds every glance: in all time zones of today local hours and days begin on a quarter of an hour of UTC, so
// between two quarters neither a date nor the hour until which orders count for the day can change.
const quarter = 15 * time.Minute

// horizon is the first instant after now at which a page may change by the settings and the clock: any instant that staff
// have set anywhere in the shop, what follows from one, or a quarter of an hour. It may come before a real change, never
// after one.
func horizon(tx db.Tx) (clock.Instant, error) {
	set, err := db.Keep(tx, keptCalendar{}, func() ([]clock.Instant, error) { return calendar(tx) })
	now := tx.Now()
	next := now - now%clock.Instant(quarter.Milliseconds()) + clock.Instant(quarter.Milliseconds())
	if at, _ := slices.BinarySearch(set, now+1); at < len(set) {
		next = min(next, set[at])
	}
	return next, err
}

type keptCalendar struct{}

// calendar are all instants that the settings name, and those that follow from them, in order.
func calendar(tx db.Tx) ([]clock.Instant, error) {
	rows, err := tx.Query(`SELECT announced_at, 0 FROM markets UNION SELECT test_at, 0 FROM markets
		UNION SELECT launch_at, 0 FROM markets UNION SELECT launch_at, ? FROM markets
		UNION SELECT from_at, 0 FROM pauses UNION SELECT to_at, 0 FROM pauses
		UNION SELECT visible_from, 0 FROM listings UNION SELECT on_sale_from, 0 FROM listings
		UNION SELECT on_sale_from, ? FROM listings UNION SELECT ends_at, 0 FROM listings
		UNION SELECT opens_at, 0 FROM waves
		UNION SELECT valid_from, 0 FROM approvals UNION SELECT valid_to, 0 FROM approvals
		UNION SELECT valid_from, 0 FROM prices UNION SELECT ends_at, 0 FROM prices
		UNION SELECT valid_from, 0 FROM tax_rates UNION SELECT valid_to, 0 FROM tax_rates`,
		-market.LaunchWeek.Milliseconds(), NewFor.Milliseconds())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var set []clock.Instant
	for rows.Next() {
		var at, after clock.Instant
		if err := rows.Scan(&at, &after); err != nil {
			return nil, err
		}
		if at != 0 {
			set = append(set, at+after)
		}
	}
	slices.Sort(set)
	return set, rows.Err()
}
