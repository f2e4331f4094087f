package launch

import (
	"context"
	"fmt"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Times are the instants of a schedule as staff type them in the market's zone.
type Times struct{ Announced, Test, Launch market.Moment }

// TimesOf are a market's times as they are.
func TimesOf(m market.Market) Times {
	return Times{Announced: m.Moment(m.AnnouncedAt), Test: m.Moment(m.TestAt), Launch: m.Moment(m.LaunchAt)}
}

// Plan is a schedule that staff think of, beside the market as it is now.
type Plan struct {
	Market   market.Market
	Schedule market.Schedule
	At       clock.Instant
}

// Plan reads times without changing anything. Its fault's fields are announced_at, test_at and launch_at; the plan then
// has the times that could be read.
func (g *Gate) Plan(ctx context.Context, code string, times Times) (Plan, error) {
	var plan Plan
	var wrong error
	err := g.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		plan = Plan{Market: m, At: tx.Now()}
		plan.Schedule, wrong = times.read(m)
		return nil
	})
	if err != nil {
		return plan, err
	}
	return plan, wrong
}

func (t Times) read(m market.Market) (market.Schedule, error) {
	wrong := fault.Fields{}
	s := m.Schedule()
	s.AnnouncedAt = m.Read(t.Announced, "announced_at", wrong)
	s.TestAt = m.Read(t.Test, "test_at", wrong)
	s.LaunchAt = m.Read(t.Launch, "launch_at", wrong)
	if err := wrong.Err(); err != nil {
		return s, err
	}
	return s, s.Check()
}

// Reschedule sets when a market is announced, tested and launched; an empty time unsets its instant. Whoever does it types
// the market's code to confirm. The fault's fields are those of Plan and confirm.
func (g *Gate) Reschedule(ctx context.Context, by staff.Actor, code string, times Times, confirm string) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	return g.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		s, err := times.read(m)
		if err != nil {
			return err
		}
		if confirm != code {
			return fault.Fields{"confirm": "schedule.confirm"}.Err()
		}
		before, after := instants(m.Schedule()), instants(s)
		if before == after {
			return fault.Fields{"launch_at": "schedule.unchanged"}.Err()
		}
		if _, err := tx.Exec(`UPDATE markets SET announced_local = ?, announced_at = ?, test_local = ?, test_at = ?,
			launch_local = ?, launch_at = ? WHERE id = ?`, times.Announced.Local, s.AnnouncedAt, times.Test.Local, s.TestAt,
			times.Launch.Local, s.LaunchAt, m.ID); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "reschedule", Subject: "market", Name: code, Before: before, After: after})
	})
}

func instants(s market.Schedule) string {
	return fmt.Sprintf("announced %s, test %s, launch %s", s.AnnouncedAt, s.TestAt, s.LaunchAt)
}
