// Package payment takes money for orders through gateways and keeps what each of them said.
package payment

import (
	"context"
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/money"
)

// Outcome is how an attempt to pay ended.
type Outcome string

// The outcomes.
const (
	Captured  Outcome = "captured"
	Declined  Outcome = "declined"
	Cancelled Outcome = "cancelled"
)

// Payment is an attempt to pay for an order. ProviderID is the gateway's own id and unique with it.
type Payment struct {
	ID         int64
	OrderID    int64
	Provider   string
	ProviderID string
	State      Outcome
	Amount     int64
	Currency   string
	At         clock.Instant
}

// Intent is what a gateway needs to know to take a payment.
type Intent struct {
	Store  string // path of the store
	Token  string // of the order
	Number string
	Amount money.Amount
}

// Gateway is a way to pay. Start is called after the order is committed and answers where the buyer goes to pay: an
// address within the shop or at the provider; "" is the order's own page.
// RefundsItself says whether money goes back without staff.
type Gateway interface {
	Provider() string
	Start(ctx context.Context, intent Intent) (next string, err error)
	RefundsItself() bool
}

// Gateways are the ways to pay that this shop is set up for.
type Gateways []Gateway

// Find is the gateway of a provider.
func (g Gateways) Find(provider string) (Gateway, bool) {
	at := slices.IndexFunc(g, func(one Gateway) bool { return one.Provider() == provider })
	if at < 0 {
		return nil, false
	}
	return g[at], true
}

// Providers are the names of the ways to pay.
func (g Gateways) Providers() []string {
	names := make([]string, len(g))
	for i, one := range g {
		names[i] = one.Provider()
	}
	return names
}

// Among are those of the providers that the shop is set up for, in their order.
func (g Gateways) Among(providers []string) []string {
	return slices.DeleteFunc(slices.Clone(providers), func(p string) bool { _, found := g.Find(p); return !found })
}

// Record keeps an attempt to pay. One that is known already, by its provider's id, changes nothing and answers false.
func Record(tx db.Tx, p Payment) (fresh bool, err error) {
	result, err := tx.Exec(`INSERT INTO payments (order_id, provider, provider_id, state, amount, currency, at)
		VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (provider, provider_id) DO NOTHING`,
		p.OrderID, p.Provider, p.ProviderID, string(p.State), p.Amount, p.Currency, tx.Now())
	if err != nil {
		return false, err
	}
	rows, err := result.RowsAffected()
	return rows == 1, err
}
