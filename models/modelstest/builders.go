package modelstest

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync/atomic"
	"testing"

	"softlaunch/models/cart"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/models/payment"
)

// Store is one of the example's stores by its path.
func (s *Shop) Store(t testing.TB, path string) market.Store {
	t.Helper()
	store, err := s.Markets.Store(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// Buyer are details of a buyer nobody has seen before, fit for a market.
func Buyer(code string) cart.Details {
	n := buyers.Add(1)
	d := cart.Details{Email: fmt.Sprintf("buyer%d@example.com", n), Name: "Ada Example", Line1: fmt.Sprintf("%d Example Street", n), Payment: "sandbox"}
	place := places[code]
	d.PostalCode, d.City, d.Region, d.Delivery = place[0], place[1], place[2], place[3]
	return d
}

var buyers atomic.Int64

// places are a postcode, a town, a region and a delivery method of each of the example's markets.
var places = map[string][4]string{
	"us": {"94103", "San Francisco", "CA", "us-ground"}, "uk": {"SW1A 1AA", "London", "", "uk-home"},
	"de": {"10115", "Berlin", "", "de-home"}, "fr": {"75011", "Paris", "", "fr-home"},
	"es": {"28013", "Madrid", "M", "es-home"}, "it": {"20121", "Milano", "MI", "it-home"},
}

// Goods are SKUs and how many of each.
type Goods map[string]int

// Fill puts goods into a new cart and answers its token.
func (s *Shop) Fill(t testing.TB, store market.Store, goods Goods) string {
	t.Helper()
	token := rand.Text()
	for sku, quantity := range goods {
		if err := s.Carts.Add(context.Background(), token, store, sku, quantity); err != nil {
			t.Fatalf("add %s: %v", sku, err)
		}
	}
	return token
}

// Ready is a placement of goods that only waits for the order button.
func (s *Shop) Ready(t testing.TB, path string, buyer cart.Details, goods Goods) order.Placement {
	t.Helper()
	ctx := context.Background()
	store := s.Store(t, path)
	token := s.Fill(t, store, goods)
	if err := s.Carts.SaveDetails(ctx, token, store, buyer); err != nil {
		t.Fatal(err)
	}
	return s.Pressed(t, token, store)
}

// Pressed is the order button of a cart with details, pressed as its review shows it.
func (s *Shop) Pressed(t testing.TB, token string, store market.Store) order.Placement {
	t.Helper()
	review, err := s.Orders.Review(context.Background(), token, store)
	if err != nil {
		t.Fatal(err)
	}
	return order.Placement{CartToken: token, Store: store, Key: review.Details.IdempotencyKey, Total: review.View.Totals.Total}
}

// Place is an order that awaits its payment.
func (s *Shop) Place(t testing.TB, path string, buyer cart.Details, goods Goods) order.Order {
	t.Helper()
	placed, err := s.Orders.Place(context.Background(), s.Ready(t, path, buyer, goods))
	if err != nil {
		t.Fatal(err)
	}
	return placed
}

// Pay pays an order in the sandbox.
func (s *Shop) Pay(t testing.TB, o order.Order) order.Order {
	t.Helper()
	paid, err := s.Orders.Settle(context.Background(), order.Settlement{Token: o.Token, Provider: "sandbox", ProviderID: rand.Text(), Outcome: payment.Captured})
	if err != nil {
		t.Fatal(err)
	}
	return paid
}
