package discount

import (
	"context"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/market"
)

// Filter says which discounts staff look at. Text is found in code and names; Before is the id to page on from.
type Filter struct {
	MarketID int64
	State    State
	Coded    string // "code", "automatic" or both
	Text     string
	Before   int64
}

// List are the newest discounts that fit, and whether there are more.
func (s *Discounts) List(ctx context.Context, f Filter, limit int) (list []Made, more bool, err error) {
	err = s.data.Read(ctx, func(tx db.Tx) error {
		condition, args := f.condition(tx.Now())
		found, err := load(tx, condition+" ORDER BY id DESC LIMIT ?", append(args, limit+1)...)
		if err != nil {
			return err
		}
		if more = len(found) > limit; more {
			found = found[:limit]
		}
		list = make([]Made, len(found))
		for i, d := range found {
			if list[i], err = made(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	return list, more, err
}

// Find is one discount.
func (s *Discounts) Find(ctx context.Context, id int64) (m Made, err error) {
	err = s.data.Read(ctx, func(tx db.Tx) error {
		found, err := load(tx, "id = ?", id)
		if err != nil || len(found) == 0 {
			return orElse(err, errGone)
		}
		m, err = made(tx, found[0])
		return err
	})
	return m, err
}

func made(tx db.Tx, d Discount) (m Made, err error) {
	m.Discount = d
	if m.Market, err = market.ByID(tx, d.MarketID); err != nil {
		return m, err
	}
	err = tx.QueryRow(`SELECT COUNT(u.id), COALESCE(SUM(CASE WHEN u.id IS NULL THEN 0 ELSE o.amount END), 0), COUNT(*) > 0
		FROM order_discounts o LEFT JOIN discount_uses u ON u.order_id = o.order_id AND u.discount_id = o.discount_id AND u.ended_at IS NULL
		WHERE o.discount_id = ?`, d.ID).Scan(&m.Uses, &m.Saved, &m.Used)
	return m, err
}

// alive is how often a discount of the list is used.
const alive = "(SELECT COUNT(*) FROM discount_uses u WHERE u.discount_id = discounts.id AND u.ended_at IS NULL)"

// goesOn is that a discount has not ended.
const goesOn = "(ends_at IS NULL OR (ends_at > ? AND ends_at > begins_at))"

// byState are the conditions of the states; each question mark is the instant.
var byState = map[State]string{
	Ended:   "(ends_at <= ? OR ends_at = begins_at)",
	UsedUp:  goesOn + " AND uses_allowed > 0 AND " + alive + " >= uses_allowed",
	Planned: "begins_at > ? AND " + goesOn + " AND (uses_allowed = 0 OR " + alive + " < uses_allowed)",
	Running: "begins_at <= ? AND " + goesOn + " AND (uses_allowed = 0 OR " + alive + " < uses_allowed)",
}

func (f Filter) condition(now clock.Instant) (string, []any) {
	conditions, args := []string{"1 = 1"}, []any{}
	add := func(condition string, values ...any) {
		conditions, args = append(conditions, condition), append(args, values...)
	}
	if f.MarketID != 0 {
		add("market_id = ?", f.MarketID)
	}
	if condition := byState[f.State]; condition != "" {
		times := []any{now, now}
		add(condition, times[:strings.Count(condition, "?")]...)
	}
	switch f.Coded {
	case "code":
		add("code <> ''")
	case "automatic":
		add("code = ''")
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		like := "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(strings.ToLower(text)) + "%"
		add("(lower(code) LIKE ? ESCAPE '!' OR EXISTS (SELECT 1 FROM discount_texts t WHERE t.discount_id = discounts.id AND lower(t.name) LIKE ? ESCAPE '!'))", like, like)
	}
	if f.Before > 0 {
		add("id < ?", f.Before)
	}
	return strings.Join(conditions, " AND "), args
}
