package launch

import (
	"context"
	"slices"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
)

// Overview is a market's whole range as staff see it, what is hidden from shoppers included.
type Overview struct {
	Market market.Market
	At     clock.Instant
	Goods  []Goods
	Needed []Needed
}

// Goods are a variant of the range with what the market has of it. Taken are the units of its batch that are sold or held
// in test, Free its stock that this market may sell.
type Goods struct {
	Product catalog.Product
	Variant catalog.Variant
	Listing Listing
	Sale    Sale
	Waves   []PlannedWave
	Taken   int
	Free    int
	Waiting int // people on the product's list of interest, which tells how large a wave should be
}

// Batch is the units of all the waves.
func (g Goods) Batch() int {
	units := 0
	for _, w := range g.Waves {
		units += w.Quantity
	}
	return units
}

// Needed is an approval that a product needs, with what staff know of it. Met says whether one is granted and valid now.
type Needed struct {
	Product catalog.Product
	Kind    string
	Name    string // of the kind
	Grants  []Grant
	Met     bool
}

// Overview shows staff a market.
func (g *Gate) Overview(ctx context.Context, code string) (Overview, error) {
	var o Overview
	err := g.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		o = Overview{Market: m, At: tx.Now()}
		f, err := gather(tx, m, Keys{}, nil)
		if err != nil {
			return err
		}
		products, err := catalog.Products(tx, m.ID, "en")
		if err != nil {
			return err
		}
		if o.Goods, err = stocked(tx, m, f, products); err != nil {
			return err
		}
		o.Needed, err = needs(tx, m, f, products)
		return err
	})
	return o, err
}

func stocked(tx db.Tx, m market.Market, f gathered, products []catalog.Product) ([]Goods, error) {
	var planned []PlannedWave
	if err := tx.Gorm().Where("market_id = ?", m.ID).Order("opens_at, id").Find(&planned).Error; err != nil {
		return nil, err
	}
	waiting, err := waitingFor(tx, m.ID)
	if err != nil {
		return nil, err
	}
	var goods []Goods
	for _, p := range products {
		for _, v := range p.Variants {
			at := slices.IndexFunc(f.goods, func(g good) bool { return g.variantID == v.ID })
			if at < 0 {
				continue
			}
			facts := f.facts(m, f.goods[at])
			goods = append(goods, Goods{
				Product: p, Variant: v, Listing: facts.Listing, Sale: f.sale(m, f.goods[at], tx.Now()), Free: facts.Free, Waiting: waiting[p.ID],
				Waves: slices.DeleteFunc(slices.Clone(planned), func(w PlannedWave) bool { return w.VariantID != v.ID }),
				Taken: facts.TakenPublic + facts.TakenCode,
			})
		}
	}
	return goods, nil
}

func needs(tx db.Tx, m market.Market, f gathered, products []catalog.Product) ([]Needed, error) {
	names, err := kindNames(tx)
	if err != nil {
		return nil, err
	}
	var all []Grant
	if err := tx.Gorm().Where("market_id = ?", m.ID).Order("id").Find(&all).Error; err != nil {
		return nil, err
	}
	proofs, err := files(tx, m.ID)
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Files = proofs[all[i].ID]
	}
	var found []Needed
	for _, p := range products {
		of := good{productID: p.ID, categoryID: p.CategoryID}
		for _, kind := range f.required[p.CategoryID] {
			n := Needed{Product: p, Kind: kind, Name: names[kind]}
			n.Grants = slices.DeleteFunc(slices.Clone(all), func(g Grant) bool { return g.Kind != kind || !g.covers(of) })
			n.Met = Facts{Required: required([]string{kind}, n.Grants, of)}.met(kind, tx.Now())
			found = append(found, n)
		}
	}
	return found, nil
}

// InMarket is how a product stands in a market. Sales are by variant; Listing counts when it is Listed.
type InMarket struct {
	Market  market.Market
	Listed  bool
	Listing Listing
	Sales   map[int64]Sale
}

// Across shows staff a product in all markets, drafts included.
func (g *Gate) Across(ctx context.Context, slug string) (catalog.Product, []InMarket, error) {
	var product catalog.Product
	var found []InMarket
	err := g.data.Read(ctx, func(tx db.Tx) error {
		var err error
		if product, err = catalog.BySlug(tx, slug, "en"); err != nil {
			return err
		}
		markets, err := market.All(tx)
		if err != nil {
			return err
		}
		for _, m := range markets {
			in, err := standing(tx, m, product)
			if err != nil {
				return err
			}
			found = append(found, in)
		}
		return nil
	})
	return product, found, err
}

func standing(tx db.Tx, m market.Market, p catalog.Product) (InMarket, error) {
	in := InMarket{Market: m, Sales: map[int64]Sale{}}
	ids := make([]int64, len(p.Variants))
	for i, v := range p.Variants {
		ids[i] = v.ID
	}
	if len(ids) == 0 {
		return in, fault.New(fault.NotFound, "fault.product")
	}
	f, err := gather(tx, m, Keys{}, ids)
	for _, g := range f.goods {
		in.Listed, in.Listing = g.listed, g.listing
		in.Sales[g.variantID] = f.sale(m, g, tx.Now())
	}
	return in, err
}
