package launch

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/draw"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Draws are fair draws of invitations among the people on a list of interest, see models/draw and docs/fair-draw.md.
type Draws struct{ data *db.DB }

// NewDraws keeps draws in a database.
func NewDraws(data *db.DB) *Draws { return &Draws{data: data} }

// Bounds of a draw.
const (
	maxWinners  = 10_000
	maxDrawName = 100
)

// Draw is a draw as everybody may see it. Whoever is on its list and has confirmed before ClosesAt takes part; SeedHash
// commits to a seed that is published when it is drawn. A cancelled draw stays to be seen.
type Draw struct {
	ID           int64
	Key          string // in addresses
	MarketID     int64
	ProductID    *int64
	Product      string // slug, empty for a draw among those who wait for the market
	Name         string
	ClosesAt     clock.Instant
	Winners      int // wanted
	Algorithm    string
	SeedHash     string
	CreatedAt    clock.Instant
	CancelledAt  clock.Instant
	DrawnAt      clock.Instant
	Participants int // when drawn
}

// DrawForm is a draw as staff type it. Product is a slug, or empty; Winners is a whole number.
type DrawForm struct {
	Product  string
	Name     string
	ClosesAt market.Moment
	Winners  string
}

// Announce begins a draw, which draws by itself when it closes, and answers its key. The fault's fields are product, name,
// closes_at and winners.
func (d *Draws) Announce(ctx context.Context, by staff.Actor, code string, form DrawForm) (key string, err error) {
	if err := by.Require(staff.ManageProducts); err != nil {
		return "", err
	}
	err = d.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		n, err := form.read(tx, m)
		if err != nil {
			return err
		}
		n.Key = strings.ToLower(rand.Text())[:12]
		key = n.Key
		if err := n.announce(tx, form.ClosesAt.Local); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "announce draw", Subject: "draw", Name: code + " " + n.Name,
			After: fmt.Sprintf("%d winners, closes %s", n.Winners, n.ClosesAt)})
	})
	return key, err
}

func (f DrawForm) read(tx db.Tx, m market.Market) (Draw, error) {
	d := Draw{MarketID: m.ID, Name: strings.TrimSpace(f.Name)}
	wrong := fault.Fields{}
	var err error
	if d.ProductID, err = listedProduct(tx, m, f.Product, wrong); err != nil {
		return d, err
	}
	if d.Name == "" || len(d.Name) > maxDrawName {
		wrong.Add("name", "draw.name")
	}
	if d.ClosesAt = m.Read(f.ClosesAt, "closes_at", wrong); d.ClosesAt <= tx.Now() {
		wrong.Add("closes_at", "time.past")
	}
	if d.Winners, err = strconv.Atoi(f.Winners); err != nil || d.Winners < 1 || d.Winners > maxWinners {
		wrong.Add("winners", "draw.winners")
	}
	return d, wrong.Err()
}

// announce writes a draw with a new seed, to which it commits, and a new key for the tickets.
func (d Draw) announce(tx db.Tx, closesLocal string) error {
	seed, tickets := make([]byte, draw.SeedSize), make([]byte, 32)
	_, _ = rand.Read(seed) // never fails, says its documentation
	_, _ = rand.Read(tickets)
	_, err := tx.Exec(`INSERT INTO draws (key, market_id, product_id, name, closes_local, closes_at, winners, algorithm, seed, seed_hash, ticket_key, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, d.Key, d.MarketID, d.ProductID, d.Name, closesLocal, d.ClosesAt, d.Winners,
		draw.Algorithm, seed, draw.Hash(seed), tickets, tx.Now())
	return err
}

// Cancel ends a draw that has not been drawn. It stays visible, so that nobody can draw until he likes the result. The
// fault's field is reason.
func (d *Draws) Cancel(ctx context.Context, by staff.Actor, key, reason string) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" || len(reason) > maxReason {
		return fault.Fields{"reason": "draw.reason"}.Err()
	}
	return d.data.Write(ctx, func(tx db.Tx) error {
		found, err := drawByKey(tx, key)
		if err != nil {
			return err
		}
		if !found.CancelledAt.IsZero() || found.ClosesAt.Reached(tx.Now()) {
			return fault.New(fault.Conflict, "draw.closed")
		}
		if _, err := tx.Exec("UPDATE draws SET cancelled_at = ? WHERE id = ?", tx.Now(), found.ID); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "cancel draw", Subject: "draw", Name: found.Name, Before: "open", After: "cancelled", Reason: reason})
	})
}

// List are a market's draws, the newest first, for staff.
func (d *Draws) List(ctx context.Context, code string) ([]Draw, error) {
	var found []Draw
	err := d.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		found, err = drawsWhere(tx, "d.market_id = ?", m.ID)
		return err
	})
	return found, err
}

// ForList are the draws among those who wait for a product of a store (a slug the gate has shown), or for its market when it
// is empty; the newest first.
func (d *Draws) ForList(ctx context.Context, store market.Store, product string) ([]Draw, error) {
	var found []Draw
	err := d.data.Read(ctx, func(tx db.Tx) (err error) {
		found, err = drawsWhere(tx, "d.market_id = ? AND COALESCE(p.slug, '') = ?", store.Market.ID, product)
		return err
	})
	return found, err
}

// Draw is one draw of a store. That of a hidden product is not found.
func (d *Draws) Draw(ctx context.Context, store market.Store, key string) (Draw, error) {
	var found Draw
	err := d.data.Read(ctx, func(tx db.Tx) (err error) {
		found, err = shownDraw(tx, store, key)
		return err
	})
	return found, err
}

// Published is the file that a draw published, byte for byte the same for everybody. Before it is drawn it is a NotOpen
// fault whose Next is when it closes.
func (d *Draws) Published(ctx context.Context, store market.Store, key string) ([]byte, error) {
	var file []byte
	err := d.data.Read(ctx, func(tx db.Tx) error {
		found, err := shownDraw(tx, store, key)
		if err != nil {
			return err
		}
		file, err = found.file(tx)
		return err
	})
	return file, err
}

// File is what a draw published, for staff. Before it is drawn it is a NotOpen fault whose Next is when it closes.
func (d *Draws) File(ctx context.Context, id int64) ([]byte, error) {
	var file []byte
	err := d.data.Read(ctx, func(tx db.Tx) error {
		found, err := drawsWhere(tx, "d.id = ?", id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.New(fault.NotFound, "draw.gone")
		}
		file, err = found[0].file(tx)
		return err
	})
	return file, err
}

// file is what the draw published.
func (d Draw) file(tx db.Tx) (file []byte, err error) {
	if d.DrawnAt.IsZero() {
		return nil, fault.New(fault.NotOpen, "draw.not_drawn").With("Next", d.ClosesAt)
	}
	err = tx.QueryRow("SELECT result FROM draws WHERE id = ?", d.ID).Scan(&file)
	return file, err
}

// Ticket is the number under which the holder of a mail's link takes part in a draw, from the moment he is on its list: it
// must be in the published file. Whoever is not on its list, or confirmed too late, has none.
func (d *Draws) Ticket(ctx context.Context, store market.Store, key, token string) (ticket string, err error) {
	err = d.data.Read(ctx, func(tx db.Tx) error {
		found, err := shownDraw(tx, store, key)
		if err != nil {
			return err
		}
		entry, err := byToken(tx, store.Market.ID, token)
		if err != nil {
			return err
		}
		if entry.Product != found.Product || entry.ConfirmedAt.IsZero() || entry.ConfirmedAt >= found.ClosesAt {
			return fault.New(fault.NotFound, "draw.no_ticket")
		}
		var secret []byte
		if err := tx.QueryRow("SELECT ticket_key FROM draws WHERE id = ?", found.ID).Scan(&secret); err != nil {
			return err
		}
		ticket = draw.Ticket(secret, participant(entry.ID))
		return nil
	})
	return ticket, err
}

// participant names an entry for its ticket.
func participant(entry int64) string { return strconv.FormatInt(entry, 10) }

func shownDraw(tx db.Tx, store market.Store, key string) (Draw, error) {
	found, err := drawByKey(tx, key)
	if err != nil {
		return found, err
	}
	unknown := fault.New(fault.NotFound, "draw.gone")
	if found.MarketID != store.Market.ID {
		return Draw{}, unknown
	}
	if found.ProductID == nil {
		return found, nil
	}
	m, err := market.ByID(tx, found.MarketID)
	if err != nil {
		return Draw{}, err
	}
	offer, err := bestOffer(tx, m, *found.ProductID)
	if err == nil && offer.State == Hidden {
		err = unknown
	}
	if err != nil {
		return Draw{}, err
	}
	return found, nil
}

func drawByKey(tx db.Tx, key string) (Draw, error) {
	found, err := drawsWhere(tx, "d.key = ?", key)
	if err != nil {
		return Draw{}, err
	}
	if len(found) == 0 {
		return Draw{}, fault.New(fault.NotFound, "draw.gone")
	}
	return found[0], nil
}

func drawsWhere(tx db.Tx, condition string, values ...any) ([]Draw, error) {
	var found []Draw
	err := tx.Gorm().Raw(`SELECT d.id, d.key, d.market_id, d.product_id, COALESCE(p.slug, '') AS product, d.name, d.closes_at, d.winners,
			d.algorithm, d.seed_hash, d.created_at, d.cancelled_at, d.drawn_at, COALESCE(d.participants, 0) AS participants
		FROM draws d LEFT JOIN products p ON p.id = d.product_id WHERE `+condition+" ORDER BY d.id DESC", values...).Scan(&found).Error
	return found, err
}
