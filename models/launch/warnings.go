package launch

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/job"
	"softlaunch/models/market"
)

// The kinds of jobs that alarm staff; a job's subject is the alarm.
const (
	AlarmChecklist = "staff.alarm"
	AlarmApproval  = "staff.approval_expiring"
)

// AlarmKinds are the jobs that alarm staff.
var AlarmKinds = []string{AlarmChecklist, AlarmApproval}

// AlarmsFrom is how long before its launch a market's red lines alarm staff.
const AlarmsFrom = 72 * time.Hour

// notices are how many days before its end an approval is warned of: with the last that applies, once each.
var notices = []int{7, 30}

// Warning is something that stops sales at an instant if staff leave it: a red line of a checklist near a launch, or an
// approval that ends with nothing after it.
type Warning struct {
	Kind     string // AlarmChecklist or AlarmApproval
	Market   market.Market
	At       clock.Instant // the launch, or the approval's end
	Line     CheckLine     // of AlarmChecklist
	Approval Ending        // of AlarmApproval
	Link     string        // where it is mended
}

// Ending is an approval whose end no other one covers, and whom it stops. Days is the notice that applies: 30 or 7.
type Ending struct {
	Grant    Grant
	Products []string // slugs
	Days     int
}

// name tells a warning from others of its kind, market and instant: an alarm is raised once for each.
func (w Warning) name() string {
	if w.Kind == AlarmChecklist {
		return w.Line.Key
	}
	return fmt.Sprintf("%d %d days", w.Approval.Grant.ID, w.Approval.Days)
}

// Warnings are what staff should look at, in all markets, the first to strike first: red lines from 72 hours before a
// launch, approvals from 30 days before their end.
func (g *Gate) Warnings(ctx context.Context) ([]Warning, error) {
	var found []Warning
	err := g.data.Read(ctx, func(tx db.Tx) error {
		var err error
		found, err = g.warnings(tx)
		return err
	})
	return found, err
}

func (g *Gate) warnings(tx db.Tx) ([]Warning, error) {
	markets, err := market.All(tx)
	if err != nil {
		return nil, err
	}
	var found []Warning
	for _, m := range markets {
		red, err := g.redBefore(tx, m)
		if err != nil {
			return nil, err
		}
		ending, err := endings(tx, m)
		if err != nil {
			return nil, err
		}
		found = append(append(found, red...), ending...)
	}
	slices.SortStableFunc(found, func(a, b Warning) int { return cmp.Compare(a.At, b.At) })
	return found, nil
}

// redBefore are the red lines of a market that opens within 72 hours.
func (g *Gate) redBefore(tx db.Tx, m market.Market) ([]Warning, error) {
	if m.LaunchAt <= tx.Now() || m.LaunchAt > tx.Now().Add(AlarmsFrom) {
		return nil, nil
	}
	list, err := g.checklist(tx, m, m.Schedule())
	var found []Warning
	for _, l := range Red(list) {
		found = append(found, Warning{Kind: AlarmChecklist, Market: m, At: m.LaunchAt, Line: l, Link: l.Link})
	}
	return found, err
}

// endings are the approvals of a market's goods that end soon.
func endings(tx db.Tx, m market.Market) ([]Warning, error) {
	r, err := rulesOf(tx, m.ID)
	if err != nil {
		return nil, err
	}
	listed, err := goods(tx, m.ID, nil)
	if err != nil {
		return nil, err
	}
	slugs, err := productSlugs(tx)
	if err != nil {
		return nil, err
	}
	var found []Warning
	for _, grant := range r.approvals {
		days := notice(grant, tx.Now())
		if days == 0 {
			continue
		}
		stopped := stoppedBy(grant, r, listed, slugs)
		if len(stopped) > 0 {
			found = append(found, Warning{Kind: AlarmApproval, Market: m, At: grant.ValidTo, Link: "/admin/launches/" + m.Code,
				Approval: Ending{Grant: grant, Products: stopped, Days: days}})
		}
	}
	return found, nil
}

// notice is the shortest notice of a grant's end that applies at now, in days, or 0.
func notice(g Grant, now clock.Instant) int {
	if g.Status != Granted || g.ValidTo <= now {
		return 0
	}
	for _, days := range notices {
		if g.ValidTo <= now.Add(time.Duration(days)*24*time.Hour) {
			return days
		}
	}
	return 0
}

// stoppedBy are the products that need a grant and have no other one of its kind at the instant at which it ends.
func stoppedBy(grant Grant, r rules, listed []good, slugs map[int64]string) []string {
	var stopped []string
	for _, of := range listed {
		if !grant.covers(of) || !slices.Contains(r.required[of.categoryID], grant.Kind) || of.listing.EndsAt.Reached(grant.ValidTo) {
			continue
		}
		facts := Facts{Required: required([]string{grant.Kind}, r.approvals, of)}
		if !facts.met(grant.Kind, grant.ValidTo) && !slices.Contains(stopped, slugs[of.productID]) {
			stopped = append(stopped, slugs[of.productID])
		}
	}
	return stopped
}

func productSlugs(tx db.Tx) (map[int64]string, error) {
	rows, err := tx.Query("SELECT id, slug FROM products")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	slugs := map[int64]string{}
	for rows.Next() {
		var id int64
		var slug string
		if err := rows.Scan(&id, &slug); err != nil {
			return nil, err
		}
		slugs[id] = slug
	}
	return slugs, rows.Err()
}

// Alarms queues a job for each warning that staff have not been told of: once for each red line and launch instant, once
// for each approval's end and notice. The worker sweeps with it; it looks once in a minute of the shop's clock.
func (g *Gate) Alarms(ctx context.Context) error {
	var due []Warning
	var minute int64
	err := g.data.Read(ctx, func(tx db.Tx) error {
		minute = tx.Now().Time().Unix() / 60
		if g.swept.Load() == minute {
			return nil
		}
		var err error
		due, err = g.warnings(tx)
		return err
	})
	if err != nil || g.swept.Load() == minute {
		return err
	}
	if due, err = g.unraised(ctx, due); err == nil && len(due) > 0 {
		err = g.data.Write(ctx, func(tx db.Tx) error { return raise(tx, due) })
	}
	if err == nil {
		g.swept.Store(minute)
	}
	return err
}

// unraised leaves out the warnings that were raised before, so that a sweep with nothing new writes nothing.
func (g *Gate) unraised(ctx context.Context, due []Warning) ([]Warning, error) {
	var fresh []Warning
	err := g.data.Read(ctx, func(tx db.Tx) error {
		fresh = nil
		for _, w := range due {
			var n int
			if err := tx.QueryRow("SELECT COUNT(*) FROM alarms WHERE market_id = ? AND kind = ? AND name = ? AND due_at = ?",
				w.Market.ID, alarmKinds[w.Kind], w.name(), w.At).Scan(&n); err != nil {
				return err
			}
			if n == 0 {
				fresh = append(fresh, w)
			}
		}
		return nil
	})
	return fresh, err
}

// alarmKinds is how the table of alarms calls the kinds of warnings.
var alarmKinds = map[string]string{AlarmChecklist: "checklist", AlarmApproval: "approval"}

func raise(tx db.Tx, due []Warning) error {
	for _, w := range due {
		var id int64
		err := tx.QueryRow(`INSERT INTO alarms (market_id, kind, name, due_at, raised_at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO NOTHING RETURNING id`, w.Market.ID, alarmKinds[w.Kind], w.name(), w.At, tx.Now()).Scan(&id)
		if db.NotFound(err) {
			continue // another process was faster
		}
		if err != nil {
			return err
		}
		if err := job.Queue(tx, w.Kind, id); err != nil {
			return err
		}
	}
	return nil
}

// Alarm is the warning that an alarm's job is about, as it stands now; still is false when it has been dealt with, or its
// instant has come, before staff were told.
func (g *Gate) Alarm(ctx context.Context, id int64) (w Warning, still bool, err error) {
	err = g.data.Read(ctx, func(tx db.Tx) error {
		var marketID int64
		var kind, name string
		var at clock.Instant
		if err := tx.QueryRow("SELECT market_id, kind, name, due_at FROM alarms WHERE id = ?", id).Scan(&marketID, &kind, &name, &at); err != nil {
			return err
		}
		now, err := g.warnings(tx)
		i := slices.IndexFunc(now, func(w Warning) bool {
			return w.Market.ID == marketID && alarmKinds[w.Kind] == kind && w.name() == name && w.At == at
		})
		if still = i >= 0; still {
			w = now[i]
		}
		return err
	})
	return w, still, err
}
