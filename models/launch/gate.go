package launch

import (
	"slices"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/inventory"
	"softlaunch/models/market"
	"softlaunch/models/money"
)

// Sale is a variant with what it costs and what can be done with it now. Price is zero when there is none.
type Sale struct {
	VariantID int64
	ProductID int64
	Price     money.Amount
	Reduction catalog.Reduction // how the price compares with those before; zero when it is no reduction
	Offer     Offer
	TaxClass  string
	UNNumber  string
	Room      Room
	CodeID    int64 // the buyer's access code, when taking these units uses it
	Opens     bool  // the buyer's access code is what opens these units
	// Released is when the variant joins, or joined, the range of a market that was open already; zero for goods that are
	// there from the launch on.
	Released clock.Instant
}

// Room is how many units of a product, all its variants together, one order of this buyer may hold: the least of the
// listing's limits in the market's phase. Reason and Limit name the limit as in Offer. Without limits it is Unlimited.
type Room struct {
	Units  int
	Reason string
	Limit  int
}

// Unlimited is the room of a listing without limits.
const Unlimited = 1 << 30

// Decided are the offers of a market's variants for a buyer at the transaction's instant, by variant: of those named, or
// of all that are listed. It is how facts reach Decide, for pages, carts and orders alike.
func Decided(tx db.Tx, m market.Market, who Keys, variantIDs ...int64) (map[int64]Sale, error) {
	f, err := gather(tx, m, who, variantIDs)
	if err != nil {
		return nil, err
	}
	sales := make(map[int64]Sale, len(f.goods))
	for _, g := range f.goods {
		sales[g.variantID] = f.sale(m, g, tx.Now())
	}
	return sales, nil
}

// sale is what one good costs and what can be done with it at an instant.
func (f gathered) sale(m market.Market, g good, now clock.Instant) Sale {
	sale := Sale{VariantID: g.variantID, ProductID: g.productID, TaxClass: g.taxClass, UNNumber: g.unNumber}
	facts := f.facts(m, g)
	if p, priced := f.prices[g.variantID]; priced {
		sale.Price, sale.Reduction = money.Of(p.Amount, p.Currency), facts.reduction(p)
	}
	sale.Offer = Decide(facts, now)
	sale.Room = facts.room(sale.Offer.State)
	if sale.Offer.State == Test && facts.Buyer.HasCode && facts.testUnits(now).coded > 0 {
		sale.CodeID, sale.Opens = f.code.id, true
	}
	if m.LaunchAt != 0 && g.listing.OnSaleFrom > m.LaunchAt {
		sale.Released = g.listing.OnSaleFrom
	}
	return sale
}

// good is a variant with what its product and listing say.
type good struct {
	variantID, productID, categoryID int64
	taxClass, unNumber               string
	safe                             bool
	listed                           bool
	listing                          catalog.Listing
}

// gathered is what Decide needs to know of a market's goods, read once for all of them.
type gathered struct {
	goods  []good
	prices map[int64]catalog.Span
	turns  map[int64]clock.Instant // when a variant's price changes next
	rules
	taken map[int64]taken
	stock map[int64]inventory.Stock
	aside map[int64]aside
	units map[int64]bought // by product
	code  carriedCode
}

func (f gathered) facts(m market.Market, g good) Facts {
	facts := Facts{
		Schedule: m.Schedule(), Listed: g.listed, Listing: g.listing, Waves: f.waves[g.variantID],
		TakenPublic: f.taken[g.variantID].public, TakenCode: f.taken[g.variantID].code,
		Free:       max(0, f.stock[g.variantID].Free-f.aside[g.variantID].units),
		HoldEnds:   clock.Earliest(f.stock[g.variantID].HoldEnds, f.units[g.productID].holdEnds),
		FreshUntil: clock.Earliest(f.turns[g.variantID], f.aside[g.variantID].until, f.code.frees),
		Buyer:      Buyer{HasCode: f.code.covers(g.productID), TestUnits: f.units[g.productID].test, Units: f.units[g.productID].all},
	}
	if _, priced := f.prices[g.variantID]; !priced {
		facts.Unready = append(facts.Unready, "price")
	}
	if m.ProductSafety && !g.safe {
		facts.Unready = append(facts.Unready, "safety")
	}
	facts.Required = required(f.required[g.categoryID], f.approvals, g)
	return facts
}

func gather(tx db.Tx, m market.Market, who Keys, variantIDs []int64) (f gathered, err error) {
	read := func(step func() error) {
		if err == nil {
			err = step()
		}
	}
	read(func() (err error) { f.goods, err = goods(tx, m.ID, variantIDs); return })
	read(func() (err error) { f.prices, f.turns, err = catalog.PricesAt(tx, m.ID, variantIDs...); return })
	read(func() (err error) { f.rules, err = rulesOf(tx, m.ID); return })
	if err == nil && len(f.waves) > 0 && !m.LaunchAt.Reached(tx.Now()) {
		read(func() (err error) { f.taken, err = takenUnits(tx, m.ID, who); return })
	}
	read(func() (err error) { f.stock, err = inventory.Served(tx, m.ID, who.CartID, variantIDs...); return })
	if err == nil && f.contested(tx.Now()) {
		read(func() (err error) { f.aside, err = setAside(tx, m.ID); return })
	}
	read(func() (err error) { f.units, err = unitsOf(tx, m.ID, who); return })
	read(func() (err error) { f.code, err = carried(tx, m.ID, who); return })
	if who.Holder {
		f.code = carriedCode{uses: Unlimited}
	}
	return f, err
}

// rules are what a market's approvals and waves ask, and when the markets that share its locations open, kept until staff
// change them.
type rules struct {
	required  map[int64][]string // by category
	approvals []Grant
	waves     map[int64][]Wave
	rivals    []rival
}

// contested reports whether another market sets units aside at an instant, which costs a query.
func (r rules) contested(now clock.Instant) bool {
	return slices.ContainsFunc(r.rivals, func(other rival) bool { return !other.opens.Reached(now) })
}

type keptRules struct{ marketID int64 }

func rulesOf(tx db.Tx, marketID int64) (rules, error) {
	return db.Keep(tx, keptRules{marketID}, func() (r rules, err error) {
		if r.required, err = requirements(tx, marketID); err != nil {
			return r, err
		}
		if r.approvals, err = grants(tx, marketID); err != nil {
			return r, err
		}
		if r.waves, err = waves(tx, marketID); err != nil {
			return r, err
		}
		r.rivals, err = rivals(tx, marketID)
		return r, err
	})
}

// goods are the variants named with their listings in a market, or all that have one.
func goods(tx db.Tx, marketID int64, variantIDs []int64) ([]good, error) {
	all, err := db.Keep(tx, keptGoods{marketID}, func() ([]good, error) { return loadGoods(tx, marketID) })
	var found []good
	for _, g := range all {
		if (len(variantIDs) == 0 && g.listed) || slices.Contains(variantIDs, g.variantID) {
			found = append(found, g)
		}
	}
	return found, err
}

type keptGoods struct{ marketID int64 }

func loadGoods(tx db.Tx, marketID int64) ([]good, error) {
	rows, err := tx.Query(`SELECT v.id, v.product_id, p.category_id, p.tax_class, v.un_number,
			p.manufacturer <> '' AND p.manufacturer_address <> '' AND p.manufacturer_contact <> '' AND p.responsible_person <> ''
				AND p.model_number <> '' AND NOT EXISTS (SELECT 1 FROM market_languages ml LEFT JOIN product_texts t
					ON t.product_id = p.id AND t.language = ml.language WHERE ml.market_id = ? AND COALESCE(t.warnings, '') = ''),
			l.market_id IS NOT NULL, l.visible_from, l.on_sale_from, l.ends_at,
			COALESCE(l.limit_order, 0), COALESCE(l.limit_buyer, 0), COALESCE(l.test_limit_order, 0), COALESCE(l.test_limit_buyer, 0)
		FROM variants v JOIN products p ON p.id = v.product_id LEFT JOIN listings l ON l.product_id = p.id AND l.market_id = ?`,
		marketID, marketID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []good
	for rows.Next() {
		g := good{listing: catalog.Listing{MarketID: marketID}}
		l := &g.listing
		if err := rows.Scan(&g.variantID, &g.productID, &g.categoryID, &g.taxClass, &g.unNumber, &g.safe, &g.listed, &l.VisibleFrom, &l.OnSaleFrom, &l.EndsAt,
			&l.LimitOrder, &l.LimitBuyer, &l.TestLimitOrder, &l.TestLimitBuyer); err != nil {
			return nil, err
		}
		l.ProductID = g.productID
		found = append(found, g)
	}
	return found, rows.Err()
}
