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

// Intent is what a gateway needs to know to take a payment. Key is the same for each try of one attempt and differs between
// attempts; ClosesAt is when the provider shall end the attempt by itself, by the machine's clock.
type Intent struct {
	Store    string // path of the store
	Language string
	Token    string // of the order
	Number   string
	Email    string
	Amount   money.Amount
	Items    []Item
	Key      string
	ClosesAt clock.Instant
}

// Item is a part of what is paid for. Quantity times Amount, in minor units of the intent's currency, over all items is the
// intent's amount.
type Item struct {
	Name     string
	Quantity int
	Amount   int64
}

// Start is where a buyer goes to pay: Next is an address within the shop or at the provider, "" the order's own page.
// SessionID is the provider's id of the visit to its page, "" without one.
type Start struct{ Next, SessionID string }

// Gateway is a way to pay. Start is called after the order is committed, outside any transaction.
// RefundsItself says whether money is back with the buyer as soon as the shop says so.
type Gateway interface {
	Provider() string
	Start(ctx context.Context, intent Intent) (Start, error)
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

// Hosted is the gateway of a provider with pages of its own, if the shop is set up for it.
func (g Gateways) Hosted(provider string) (Hosted, bool) {
	gateway, _ := g.Find(provider)
	hosted, is := gateway.(Hosted)
	return hosted, is
}

// Origins are the addresses, scheme and host, of the providers' pages that buyers are sent to.
func (g Gateways) Origins() []string {
	var origins []string
	for _, one := range g {
		if hosted, is := one.(Hosted); is {
			origins = append(origins, hosted.Origin())
		}
	}
	return origins
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

// Find is a payment by its provider's id; the zero payment when there is none.
func Find(tx db.Tx, provider, providerID string) (p Payment, err error) {
	err = tx.QueryRow("SELECT id, order_id, provider, provider_id, state, amount, currency, at FROM payments WHERE provider = ? AND provider_id = ?",
		provider, providerID).Scan(&p.ID, &p.OrderID, &p.Provider, &p.ProviderID, &p.State, &p.Amount, &p.Currency, &p.At)
	if db.NotFound(err) {
		return Payment{}, nil
	}
	return p, err
}
