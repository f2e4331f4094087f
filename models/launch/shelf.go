package launch

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"
	"time"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
)

// Gate reads the goods of a market with their offers. What is hidden does not pass it.
type Gate struct {
	data      *db.DB
	providers []string
	swept     atomic.Int64 // the minute of the last sweep for alarms
}

// NewGate reads goods from a database. providers are the ways to pay that the shop is set up for.
func NewGate(data *db.DB, providers ...string) *Gate { return &Gate{data: data, providers: providers} }

// Item is a product with a sale for each of its variants, in their order. Best is the index of the most buyable one.
type Item struct {
	Product catalog.Product
	Sales   []Sale
	Best    int
}

// Sale is the product's most buyable sale.
func (i Item) Sale() Sale { return i.Sales[i.Best] }

// Variant is the variant of the most buyable sale.
func (i Item) Variant() catalog.Variant { return i.Product.Variants[i.Best] }

// NewFor is how long a release is new, from the instant at which it goes on sale.
const NewFor = 28 * 24 * time.Hour

// New reports whether the product joined the range a short while ago and can be bought.
func (i Item) New(now clock.Instant) bool {
	sale := i.Sale()
	return sale.Offer.State == OnSale && sale.Released != 0 && sale.Released.Reached(now) && now < sale.Released.Add(NewFor)
}

// Query says which goods to show, to whom. Sort is price, -price, name, new (the last to be released first) or "" for the
// shop's own order; Page counts from 1.
type Query struct {
	Category string
	Text     string
	Sort     string
	Page     int
	Who      Keys
}

// PageSize is how many products a page of the list shows.
const PageSize = 12

// Shelf is a page of the goods that fit a query. Until is the instant up to which it stays as it is by time alone.
type Shelf struct {
	Items []Item
	Total int
	Page  int
	Pages int
	At    clock.Instant
	Until clock.Instant
}

// Shelf shows the goods of a store that fit a query. A page past the last is not found.
func (g *Gate) Shelf(ctx context.Context, store market.Store, q Query) (Shelf, error) {
	var shelf Shelf
	err := g.data.Read(ctx, func(tx db.Tx) error {
		items, until, err := items(tx, store, q.Who)
		if err != nil {
			return err
		}
		items = slices.DeleteFunc(items, func(i Item) bool { return !q.fits(i.Product) })
		q.sort(items, tx.Now())
		shelf, err = paged(items, q.Page)
		shelf.At, shelf.Until = tx.Now(), until
		return err
	})
	return shelf, err
}

// Item shows one product of a store to a visitor of whom nothing is known; a hidden one is not found.
func (g *Gate) Item(ctx context.Context, store market.Store, slug string) (Item, error) {
	return g.ItemFor(ctx, store, slug, Keys{})
}

// ItemFor shows one product of a store to a buyer: with his access code, if his cart carries one.
func (g *Gate) ItemFor(ctx context.Context, store market.Store, slug string, who Keys) (Item, error) {
	item, _, err := g.ItemAmong(ctx, store, slug, who)
	return item, err
}

// ItemAmong is ItemFor with all products that the buyer may see in the store, in the shop's order, the item too.
func (g *Gate) ItemAmong(ctx context.Context, store market.Store, slug string, who Keys) (item Item, all []Item, err error) {
	err = g.data.Read(ctx, func(tx db.Tx) error {
		if all, _, err = items(tx, store, who); err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(i Item) bool { return i.Product.Slug == slug })
		if at < 0 {
			return fault.New(fault.NotFound, "fault.product")
		}
		item = all[at]
		return nil
	})
	return item, all, err
}

// Opened are the goods of a store that a buyer's access code opens now: to buyers without one they, or some of their units,
// are not for sale.
func (g *Gate) Opened(ctx context.Context, store market.Store, who Keys) ([]Item, error) {
	var opened []Item
	err := g.data.Read(ctx, func(tx db.Tx) error {
		all, _, err := items(tx, store, who)
		opened = slices.DeleteFunc(all, func(i Item) bool {
			return !slices.ContainsFunc(i.Sales, func(s Sale) bool { return s.Opens })
		})
		return err
	})
	return opened, err
}

// Elsewhere are the markets, other than this one, that sell a product now.
func (g *Gate) Elsewhere(ctx context.Context, here market.Market, productID int64) ([]market.Market, error) {
	var sellers []market.Market
	err := g.data.Read(ctx, func(tx db.Tx) error {
		all, err := market.All(tx)
		if err != nil {
			return err
		}
		for _, m := range all {
			sells, err := sells(tx, m, productID)
			if err != nil {
				return err
			}
			if sells && m.ID != here.ID {
				sellers = append(sellers, m)
			}
		}
		return nil
	})
	return sellers, err
}

func sells(tx db.Tx, m market.Market, productID int64) (bool, error) {
	sales, err := Decided(tx, m, Keys{})
	for _, s := range sales {
		if s.ProductID == productID && s.Offer.Buyable() {
			return true, nil
		}
	}
	return false, err
}

// items are a store's products that may be seen, with their sales. until is the earliest instant at which any offer, a
// hidden one's too, can change by itself.
func items(tx db.Tx, store market.Store, who Keys) (shown []Item, until clock.Instant, err error) {
	products, err := catalog.Products(tx, store.Market.ID, store.Language)
	if err != nil {
		return nil, 0, err
	}
	sales, err := Decided(tx, store.Market, who)
	if err != nil {
		return nil, 0, err
	}
	shown = make([]Item, 0, len(products))
	for _, p := range products {
		item := Item{Product: p, Sales: make([]Sale, 0, len(p.Variants))}
		offers := make([]Offer, 0, len(p.Variants))
		for _, v := range p.Variants {
			sale := sales[v.ID]
			item.Sales, offers = append(item.Sales, sale), append(offers, sale.Offer)
			until = clock.Earliest(until, clock.Earliest(sale.Offer.Until, sale.newUntil(tx.Now())))
		}
		item.Best = Best(offers)
		if item.Best >= 0 && offers[item.Best].State != Hidden {
			shown = append(shown, item)
		}
	}
	return shown, until, nil
}

// newUntil is when a released variant is new no more, or zero when it isn't new.
func (s Sale) newUntil(now clock.Instant) clock.Instant {
	if s.Released == 0 {
		return 0
	}
	return market.Ahead(now, s.Released.Add(NewFor))
}

func (q Query) fits(p catalog.Product) bool {
	return (q.Category == "" || p.Category.Slug == q.Category) && catalog.Matches(p.Text.Folded, q.Text)
}

func (q Query) sort(items []Item, now clock.Instant) {
	if order, known := orders[q.Sort]; known {
		slices.SortStableFunc(items, func(a, b Item) int { return order(a, b, now) })
	}
}

// orders are the ways to sort a list, but for the shop's own.
var orders = map[string]func(a, b Item, now clock.Instant) int{
	"price":  func(a, b Item, _ clock.Instant) int { return cmp.Compare(a.Sale().Price.Minor, b.Sale().Price.Minor) },
	"-price": func(a, b Item, _ clock.Instant) int { return cmp.Compare(b.Sale().Price.Minor, a.Sale().Price.Minor) },
	"name": func(a, b Item, _ clock.Instant) int {
		return cmp.Compare(catalog.Fold(a.Product.Text.Name), catalog.Fold(b.Product.Text.Name))
	},
	"new": func(a, b Item, now clock.Instant) int { return cmp.Compare(b.joined(now), a.joined(now)) },
}

// Sorts reports whether there is a way to sort of this name. Any other is the shop's own order.
func Sorts(name string) bool { _, known := orders[name]; return known }

// joined is when a product that can be bought was released. Goods that were there from the launch on come behind these, and
// what can't be bought comes last.
func (i Item) joined(now clock.Instant) clock.Instant {
	switch sale := i.Sale(); {
	case sale.Offer.State != OnSale && sale.Offer.State != Test:
		return -1
	case sale.Released.Reached(now):
		return sale.Released
	}
	return 0
}

func paged(items []Item, page int) (Shelf, error) {
	shelf := Shelf{Total: len(items), Page: max(1, page), Pages: max(1, (len(items)+PageSize-1)/PageSize)}
	if shelf.Page > shelf.Pages {
		return shelf, fault.New(fault.NotFound, "fault.page_number")
	}
	from := (shelf.Page - 1) * PageSize
	shelf.Items = items[from:min(from+PageSize, len(items))]
	return shelf, nil
}
