package launch

import (
	"context"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// maxReason is the longest reason, in bytes, that staff give for what they do.
const maxReason = 500

// Pause stops all sales of a market from now until a planned end, or until Resume when until is empty. The fault's fields
// are reason and until.
func (g *Gate) Pause(ctx context.Context, by staff.Actor, code, reason string, until market.Moment) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	return g.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		wrong := fault.Fields{}
		if reason == "" || len(reason) > maxReason {
			wrong.Add("reason", "pause.reason")
		}
		end := m.Read(until, "until", wrong)
		if end != 0 && end <= tx.Now() {
			wrong.Add("until", "time.past")
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		if len(current(m, tx)) > 0 {
			return fault.New(fault.Conflict, "pause.already")
		}
		if _, err := tx.Exec("INSERT INTO pauses (market_id, from_at, to_at, reason) VALUES (?, ?, ?, ?)", m.ID, tx.Now(), end, reason); err != nil {
			return err
		}
		if err := tellMoved(tx, m, m.Schedule()); err != nil {
			return err
		}
		after := "paused until further notice"
		if end != 0 {
			after = "paused until " + end.String()
		}
		return staff.Record(tx, by, staff.Change{Verb: "pause", Subject: "market", Name: code,
			Before: string(m.Phase(tx.Now())), After: after, Reason: reason})
	})
}

// Resume ends a market's pause now. A reason, which may be empty, is kept in the trail; it is the fault's field.
func (g *Gate) Resume(ctx context.Context, by staff.Actor, code, reason string) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); len(reason) > maxReason {
		return fault.Fields{"reason": "pause.reason"}.Err()
	}
	return g.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		pauses := current(m, tx)
		if len(pauses) == 0 {
			return fault.New(fault.Conflict, "pause.none")
		}
		for _, p := range pauses {
			if _, err := tx.Exec("UPDATE pauses SET to_at = ? WHERE id = ?", tx.Now(), p.ID); err != nil {
				return err
			}
		}
		if err := tellMoved(tx, m, m.Schedule()); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "resume", Subject: "market", Name: code,
			Before: "paused", After: string(m.Schedule().Underlying(tx.Now())), Reason: reason})
	})
}

// current are the pauses of a market that last at the transaction's instant.
func current(m market.Market, tx db.Tx) []market.Pause {
	var lasting []market.Pause
	for _, p := range m.Pauses {
		if (market.Interval{From: p.FromAt, To: p.ToAt}).Contains(tx.Now()) {
			lasting = append(lasting, p)
		}
	}
	return lasting
}
