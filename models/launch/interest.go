package launch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"softlaunch/models/account"
	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/throttle"
)

// Interests are the lists of people who asked to be told when a product, or a market, opens. An entry counts when its
// address has confirmed it (double opt-in), gets one mail when it opens, and is deleted with that mail.
type Interests struct {
	data          *db.DB
	peers, people *throttle.Throttle
}

// NewInterests keeps lists of interest in a database. machine ages the throttles.
func NewInterests(data *db.DB, machine clock.Clock) *Interests {
	return &Interests{data: data, peers: throttle.New(machine, askingPeers), people: throttle.New(machine, askedPeople)}
}

// Whoever asks has mails sent to an address that may be another's: few to one address, more from one network.
var (
	askingPeers = throttle.Rule{Burst: 30, Pause: 6 * time.Second, Message: "interest.throttled"}
	askedPeople = throttle.Rule{Burst: 5, Pause: 10 * time.Minute, Message: "interest.throttled"}
)

// askAgain is how long after a request for confirmation another one may be mailed; an entry that stays unconfirmed for
// unconfirmedFor is deleted. So is one whose mail hasn't gone out unreachedFor after it was due: a job is dead long before.
const (
	askAgain       = time.Hour
	unconfirmedFor = 14 * 24 * time.Hour
	unreachedFor   = 14 * 24 * time.Hour
)

// Interest is somebody's wish to be told. ConfirmedAt and TextVersion, the version of the words agreed to, are the proof
// of consent (Regulation (EU) 2016/679, art. 7(1)).
type Interest struct {
	ID          int64
	MarketID    int64
	ProductID   *int64
	Product     string // slug, empty for the market alone
	Email       string
	Language    string
	TextVersion string
	CreatedAt   clock.Instant
	AskedAt     clock.Instant
	ConfirmedAt clock.Instant
	ToldAt      clock.Instant
}

// Wish is the form of a sign-up. Product is a slug, or empty for the market alone; TextVersion names the words that stood
// beside the button.
type Wish struct {
	Product     string
	Email       string
	TextVersion string
}

// Ask puts somebody on a list and has a mail ask for confirmation. The answer is the same whether or not the address is on
// the list already; who has confirmed gets no second mail. A hidden product is not found; what can be bought already is a
// Conflict. peer is the network address of whoever asks; too many requests from it, or for one mail address, are a TooMany
// fault. The Invalid fault's field is email.
func (i *Interests) Ask(ctx context.Context, store market.Store, wish Wish, peer string) error {
	email, valid := account.Email(wish.Email)
	if !valid {
		return fault.Fields{"email": "form.email"}.Err()
	}
	if err := i.peers.Take(throttle.Peer(peer)); err != nil {
		return err
	}
	if err := i.people.Take(account.EmailKey(email)); err != nil {
		return err
	}
	return i.data.Write(ctx, func(tx db.Tx) error {
		productID, err := awaited(tx, store.Market.ID, wish.Product)
		if err != nil {
			return err
		}
		return enlist(tx, Interest{MarketID: store.Market.ID, ProductID: productID, Email: email, Language: store.Language, TextVersion: wish.TextVersion})
	})
}

// awaited is the product of a slug, nil for none, when it or else the market is yet to open.
func awaited(tx db.Tx, marketID int64, slug string) (*int64, error) {
	m, err := market.ByID(tx, marketID)
	if err != nil {
		return nil, err
	}
	if slug == "" {
		if opened(m, tx.Now()) {
			err = fault.New(fault.Conflict, "interest.open")
		}
		return nil, err
	}
	var id int64
	err = tx.QueryRow("SELECT id FROM products WHERE slug = ?", slug).Scan(&id)
	if err != nil && !db.NotFound(err) {
		return nil, err
	}
	best, err := bestOffer(tx, m, id)
	switch {
	case err != nil:
	case best.State == Hidden:
		err = fault.New(fault.NotFound, "fault.product")
	case best.State == Ended:
		err = fault.New(fault.Conflict, best.Reason)
	case best.Buyable():
		err = fault.New(fault.Conflict, "interest.open")
	}
	return &id, err
}

// bestOffer is a product's most buyable offer to a buyer of whom nothing is known; that of an unknown product is hidden.
func bestOffer(tx db.Tx, m market.Market, productID int64) (Offer, error) {
	offers, err := offersOf(tx, m, productID)
	if err != nil || len(offers) == 0 {
		return Offer{State: Hidden}, err
	}
	return offers[Best(offers)], nil
}

// offersOf are the offers of a product's variants to a buyer of whom nothing is known.
func offersOf(tx db.Tx, m market.Market, productID int64) ([]Offer, error) {
	variants, err := catalog.Siblings(tx, productID)
	if err != nil || len(variants) == 0 {
		return nil, err
	}
	sales, err := Decided(tx, m, Keys{}, variants...)
	var offers []Offer
	for _, id := range variants {
		offers = append(offers, sales[id].Offer)
	}
	return offers, err
}

// opened reports whether a market sells its whole range.
func opened(m market.Market, now clock.Instant) bool { return m.Phase(now) == market.Open }

// enlist writes an entry, or asks again for one that was not confirmed in a while.
func enlist(tx db.Tx, i Interest) error {
	var id int64
	err := tx.QueryRow(`INSERT INTO interests (market_id, product_id, email, email_key, language, text_version, created_at, asked_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (market_id, COALESCE(product_id, 0), email_key) DO UPDATE
		SET email = excluded.email, language = excluded.language, text_version = excluded.text_version, asked_at = excluded.asked_at, token = NULL
		WHERE interests.confirmed_at IS NULL AND interests.asked_at <= ? RETURNING id`,
		i.MarketID, i.ProductID, i.Email, account.EmailKey(i.Email), i.Language, i.TextVersion, tx.Now(), tx.Now(), tx.Now().Add(-askAgain)).Scan(&id)
	if db.NotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return job.Queue(tx, MailConfirm, id)
}

// Find is the entry that a mail's link belongs to, in a market. An entry of another market, one that was deleted and an
// older mail's link are not found. It changes nothing, so a mail program may follow the link.
func (i *Interests) Find(ctx context.Context, marketID int64, token string) (Interest, error) {
	var found Interest
	err := i.data.Read(ctx, func(tx db.Tx) (err error) {
		found, err = byToken(tx, marketID, token)
		return err
	})
	return found, err
}

// Confirm notes that the holder of the address agrees. To confirm again changes nothing.
func (i *Interests) Confirm(ctx context.Context, marketID int64, token string) (Interest, error) {
	var found Interest
	err := i.data.Write(ctx, func(tx db.Tx) (err error) {
		if found, err = byToken(tx, marketID, token); err != nil || !found.ConfirmedAt.IsZero() {
			return err
		}
		found.ConfirmedAt = tx.Now()
		if _, err = tx.Exec("UPDATE interests SET confirmed_at = ? WHERE id = ?", found.ConfirmedAt, found.ID); err != nil {
			return err
		}
		return countConfirmed(tx, found)
	})
	return found, err
}

// Leave takes somebody off a list and forgets him.
func (i *Interests) Leave(ctx context.Context, marketID int64, token string) (Interest, error) {
	var found Interest
	err := i.data.Write(ctx, func(tx db.Tx) (err error) {
		if found, err = byToken(tx, marketID, token); err != nil {
			return err
		}
		return forget(tx, found)
	})
	return found, err
}

func byToken(tx db.Tx, marketID int64, token string) (Interest, error) {
	found, err := interestsWhere(tx, "i.token_hash = ? AND i.market_id = ?", tokenHash(token), marketID)
	if err != nil {
		return Interest{}, err
	}
	if len(found) == 0 {
		return Interest{}, fault.New(fault.NotFound, "interest.gone")
	}
	return found[0], nil
}

func interestsWhere(tx db.Tx, condition string, values ...any) ([]Interest, error) {
	var found []Interest
	err := tx.Gorm().Raw(`SELECT i.id, i.market_id, i.product_id, COALESCE(p.slug, '') AS product, i.email, i.language, i.text_version,
			i.created_at, i.asked_at, i.confirmed_at, i.told_at
		FROM interests i LEFT JOIN products p ON p.id = i.product_id WHERE `+condition+" ORDER BY i.id", values...).Scan(&found).Error
	return found, err
}

// forget deletes an entry and what was mailed to it. The figures keep what it counts.
func forget(tx db.Tx, i Interest) error {
	if err := countGone(tx, i); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM mails WHERE order_id IS NULL AND recipient = ? AND kind IN (?, ?, ?, ?)`,
		i.Email, MailConfirm, MailOpened, MailMoved, MailInvited); err != nil {
		return err
	}
	_, err := tx.Exec("DELETE FROM interests WHERE id = ?", i.ID)
	return err
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
