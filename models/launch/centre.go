package launch

import (
	"cmp"
	"context"
	"slices"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// Lane is a market on the launch centre's line of time: what is planned, how ready it is, and who waits. Published are the
// units of its waves, Left those that are neither sold nor held.
type Lane struct {
	Market          market.Market
	Checklist       []CheckLine
	Waves           []WaveSum
	Releases        []Release
	Waiting         int // confirmed entries on its lists of interest
	Published, Left int
}

// Ready is how many lines of the checklist are green.
func (l Lane) Ready() int { return len(l.Checklist) - len(Red(l.Checklist)) }

// WaveSum is the units of all variants that begin to sell at an instant, with or without a code.
type WaveSum struct {
	At        clock.Instant
	NeedsCode bool
	Units     int
}

// Release is a product that joins the range of an open market at its own instant.
type Release struct {
	At      clock.Instant
	Product string // in English
}

// Centre is every market's lane and the instant of the reading.
func (g *Gate) Centre(ctx context.Context) (lanes []Lane, at clock.Instant, err error) {
	err = g.data.Read(ctx, func(tx db.Tx) error {
		lanes, at = nil, tx.Now()
		markets, err := market.All(tx)
		if err != nil {
			return err
		}
		for _, m := range markets {
			l, err := g.lane(tx, m)
			if err != nil {
				return err
			}
			lanes = append(lanes, l)
		}
		return nil
	})
	return lanes, at, err
}

func (g *Gate) lane(tx db.Tx, m market.Market) (l Lane, err error) {
	l.Market = m
	if l.Checklist, err = g.checklist(tx, m, m.Schedule()); err != nil {
		return l, err
	}
	if err := l.readWaves(tx); err != nil {
		return l, err
	}
	if l.Releases, err = releases(tx, m); err != nil {
		return l, err
	}
	l.Waiting, err = waiting(tx, m)
	return l, err
}

func (l *Lane) readWaves(tx db.Tx) error {
	planned, err := waves(tx, l.Market.ID)
	if err != nil {
		return err
	}
	gone, err := takenUnits(tx, l.Market.ID, Keys{})
	if err != nil {
		return err
	}
	schedule := Facts{Schedule: l.Market.Schedule()}
	sums := map[WaveSum]int{}
	for variant, batch := range planned {
		units := unitsOfWaves(batch)
		l.Published += units
		l.Left += max(0, units-gone[variant].public-gone[variant].code)
		for _, w := range batch {
			if at := schedule.begins(w); at != 0 {
				sums[WaveSum{At: at, NeedsCode: w.NeedsCode}] += w.Quantity
			}
		}
	}
	for sum, units := range sums {
		sum.Units = units
		l.Waves = append(l.Waves, sum)
	}
	slices.SortFunc(l.Waves, func(a, b WaveSum) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Units, b.Units)) })
	return nil
}

// releases are the products that a market lists from an instant after its launch.
func releases(tx db.Tx, m market.Market) ([]Release, error) {
	var listings []catalog.Listing
	if err := tx.Gorm().Where("market_id = ? AND on_sale_from > ?", m.ID, int64(m.LaunchAt)).Order("on_sale_from, product_id").Find(&listings).Error; err != nil {
		return nil, err
	}
	products, err := catalog.Products(tx, m.ID, "en")
	if err != nil {
		return nil, err
	}
	var found []Release
	for _, l := range listings {
		for _, p := range products {
			if p.ID == l.ProductID {
				found = append(found, Release{At: l.OnSaleFrom, Product: cmp.Or(p.Text.Name, p.Slug)})
			}
		}
	}
	return found, nil
}
