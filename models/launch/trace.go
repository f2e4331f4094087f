package launch

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// TracedFor is how long orders of somebody who was told are counted. The trace that is kept for it ends at the last full hour
// before, so that those of one opening end together.
const TracedFor = 30 * 24 * time.Hour

// pseudonym is what a market knows the key of an address by, while it has its secret.
type pseudonym [sha256.Size]byte

func pseudonymOf(secret []byte, emailKey string) (p pseudonym) {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(emailKey))
	return pseudonym(mac.Sum(p[:0]))
}

// finish deletes the entry of somebody whose mail is out and leaves a trace of it. Whoever left meanwhile leaves none.
func finish(tx db.Tx, entry int64) error {
	var marketID, productID int64
	var emailKey string
	var confirmedAt clock.Instant
	err := tx.QueryRow("DELETE FROM interests WHERE id = ? RETURNING market_id, COALESCE(product_id, 0), email_key, confirmed_at", entry).
		Scan(&marketID, &productID, &emailKey, &confirmedAt)
	if db.NotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := addFigures(tx, marketID, productID, Figures{Told: 1}); err != nil {
		return err
	}
	secret, err := traceSecret(tx, marketID)
	if err != nil {
		return err
	}
	p := pseudonymOf(secret, emailKey)
	_, err = tx.Exec("INSERT INTO interest_traces (market_id, product_id, pseudonym, since, ends_at) VALUES (?, NULLIF(?, 0), ?, ?, ?)",
		marketID, productID, p[:], confirmedAt, hourOf(tx.Now().Add(TracedFor)))
	return err
}

// hourOf is the full hour at or before an instant.
func hourOf(at clock.Instant) clock.Instant { return at - at%clock.Instant(time.Hour.Milliseconds()) }

// traceSecret is the secret of a market's traces, made up for the first of them.
func traceSecret(tx db.Tx, marketID int64) ([]byte, error) {
	fresh := make([]byte, 32)
	if _, err := rand.Read(fresh); err != nil {
		return nil, err
	}
	var secret []byte
	err := tx.QueryRow(`INSERT INTO interest_keys (market_id, secret) VALUES (?, ?)
		ON CONFLICT (market_id) DO UPDATE SET market_id = excluded.market_id RETURNING secret`, marketID, fresh).Scan(&secret)
	return secret, err
}

// trace is what is left of an entry.
type trace struct {
	id, productID int64 // productID is 0 for the market alone
	since, endsAt clock.Instant
	pseudonym     []byte
}

func (t *trace) fields() []any {
	return []any{&t.id, &t.productID, &t.since, &t.endsAt, &t.pseudonym}
}

// orderedTraces are a market's traces, by id, whose holders have a sold order of what they waited for. It hashes the buyers
// of each order since the first of them asked.
func orderedTraces(tx db.Tx, marketID int64) (map[int64]trace, error) {
	traces, err := db.List(tx, (*trace).fields, `SELECT id, COALESCE(product_id, 0), since, ends_at, pseudonym FROM interest_traces
		WHERE market_id = ?`, marketID)
	if err != nil || len(traces) == 0 {
		return nil, err
	}
	var secret []byte
	if err := tx.QueryRow("SELECT secret FROM interest_keys WHERE market_id = ?", marketID).Scan(&secret); err != nil {
		return nil, err
	}
	waiting, first := map[pseudonym][]trace{}, traces[0].since
	for _, t := range traces {
		p := pseudonym(t.pseudonym)
		waiting[p], first = append(waiting[p], t), min(first, t.since)
	}
	bought, err := db.List(tx, (*purchase).fields, `SELECT u.email_key, u.product_id, o.placed_at FROM orders o JOIN buyer_units u ON u.order_id = o.id
		WHERE o.market_id = ? AND o.placed_at >= ? AND `+paidFor, marketID, first)
	found := map[int64]trace{}
	for _, b := range bought {
		for _, t := range waiting[pseudonymOf(secret, b.emailKey)] {
			if t.fits(b) {
				found[t.id] = t
			}
		}
	}
	return found, err
}

// purchase is units of a product that somebody has paid for.
type purchase struct {
	emailKey  string
	productID int64
	placedAt  clock.Instant
}

func (p *purchase) fields() []any { return []any{&p.emailKey, &p.productID, &p.placedAt} }

// fits reports whether a purchase is what the trace waits for.
func (t trace) fits(p purchase) bool {
	return (t.productID == 0 || t.productID == p.productID) && t.since <= p.placedAt && p.placedAt < t.endsAt
}
