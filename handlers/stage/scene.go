// Package stage plays a market's launch before it happens: on a private copy of the database, with simulated shoppers
// who buy over HTTP on loopback, at the instant of the launch. Nothing real is touched and no mail is sent.
package stage

import (
	"context"
	"slices"
	"strconv"

	"softlaunch/models"
	"softlaunch/models/cart"
	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/rehearsal"
	"softlaunch/models/staff"
)

// playProvider is the gateway that takes no real money.
const playProvider = "sandbox"

// scene is a launch made ready to be played: the copy's market and goods, as they will be at the instant of the launch.
type scene struct {
	shop  *models.Shop
	store market.Store
	at    clock.Instant
	item  launch.Item
	sku   string
	home  cart.Details // an address that the market delivers to
}

// prepare makes a copy's market ready: so many units are free to it at its launch, and it is paid in play.
func prepare(ctx context.Context, p rehearsal.Plan, shop *models.Shop, now clock.Instant) (scene, error) {
	s := scene{shop: shop, at: now}
	rules, err := shop.Setup.Rules(ctx, p.Market)
	if err != nil {
		return s, err
	}
	if rules.Market.LaunchAt == 0 {
		return s, fault.Fields{"market": "rehearsal.no_launch"}.Err()
	}
	s.at = max(now, rules.Market.LaunchAt)
	s.store = rules.Market.Stores()[0]
	if err := playPayment(ctx, shop, rules.Market); err != nil {
		return s, err
	}
	s.home = home(rules)
	if err := s.choose(ctx, p.SKU); err != nil {
		return s, err
	}
	err = s.fill(ctx, rules.Locations, p.Units)
	return s, err
}

// playPayment has a market take the sandbox's money, so that a copy of a real shop can be paid without a provider.
func playPayment(ctx context.Context, shop *models.Shop, m market.Market) error {
	form := m.FormOf()
	for _, offered := range form.Payments {
		if offered.Provider == playProvider {
			return nil
		}
	}
	form.Payments = append(form.Payments, market.PaymentForm{Provider: playProvider, InTest: true})
	return shop.Setup.ChangeMarket(ctx, staff.Console, m.Code, form)
}

// home is where a market's buyers live: in the first region that its first delivery method goes to.
func home(rules launch.Rules) cart.Details {
	d := cart.Details{Name: "Rehearsal", City: "Rehearsal", PostalCode: rules.Market.PostalExample, Payment: playProvider}
	regions := []string{""}
	if rules.Market.RegionKind != "none" {
		regions = nil
		for _, r := range rules.Regions {
			regions = append(regions, r.Code)
		}
	}
	for _, method := range rules.Delivery {
		for _, region := range regions {
			if d.Delivery == "" && !slices.ContainsFunc(method.Exclusions, func(e market.DeliveryExclusion) bool { return e.Region == region }) {
				d.Delivery, d.Region = method.Code, region
			}
		}
	}
	return d
}

// choose picks the goods: of a SKU, or the first that will be on sale.
func (s *scene) choose(ctx context.Context, sku string) error {
	for page, pages := 1, 1; page <= pages; page++ {
		shelf, err := s.shop.AsOf(s.at).Gate.Shelf(ctx, s.store, launch.Query{Page: page})
		if err != nil {
			return err
		}
		pages = shelf.Pages
		for _, item := range shelf.Items {
			for i, sale := range item.Sales {
				variant := item.Product.Variants[i]
				if sells(sale.Offer.State) && (sku == "" || variant.SKU == sku) {
					s.item, s.sku = item, variant.SKU
					return nil
				}
			}
		}
	}
	return fault.Fields{"sku": "rehearsal.sku"}.Err()
}

// sells reports whether only units could be missing.
func sells(state launch.State) bool {
	return state == launch.OnSale || state == launch.SoldOut || state == launch.Test
}

// fill counts the goods at the market's locations so that exactly so many units can be bought at the launch. What other
// markets have set aside comes on top, and only the offer tells how much that is.
func (s *scene) fill(ctx context.Context, locations []string, units int) error {
	if len(locations) == 0 {
		return fault.Fields{"sku": "rehearsal.sku"}.Err()
	}
	rows, err := s.shop.Warehouse.Rows(ctx, s.sku)
	if err != nil {
		return err
	}
	onHand := 0
	for _, location := range locations {
		at := slices.IndexFunc(rows, func(r inventory.Row) bool { return r.SKU == s.sku && r.Location == location })
		if onHand = 0; at >= 0 {
			onHand = rows[at].Held
		}
		if err := s.count(ctx, location, onHand); err != nil {
			return err
		}
	}
	for left := 0; ; {
		onHand += units - left
		if err := s.count(ctx, locations[len(locations)-1], onHand); err != nil {
			return err
		}
		if left, err = s.left(ctx); err != nil || left == units {
			return err
		}
	}
}

func (s *scene) count(ctx context.Context, location string, units int) error {
	tally := inventory.Tally{Location: location, SKU: s.sku, Quantity: strconv.Itoa(units), Reason: "rehearsal"}
	return s.shop.Warehouse.Count(ctx, staff.Console, tally)
}

// left is how many units of the goods can be bought at the launch, as long as nobody has bought any.
func (s *scene) left(ctx context.Context) (int, error) {
	item, err := s.shop.AsOf(s.at).Gate.Item(ctx, s.store, s.item.Product.Slug)
	for i, sale := range item.Sales {
		if item.Product.Variants[i].SKU == s.sku {
			return sale.Offer.Left, err
		}
	}
	return 0, err
}
