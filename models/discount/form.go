package discount

import (
	"slices"
	"strconv"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/money"
)

// Form is a discount as staff type it. Value is a percentage or an amount in the market's currency, Minimum an amount; for
// delivery an empty Value is all of it. Empty numbers are zero, an empty beginning is now, an empty end none. Products and
// Categories are slugs, Names are by language.
type Form struct {
	Code, Kind, Value, Minimum string
	Begins, Ends               market.Moment
	UsesAllowed, UsesBuyer     string
	Combinable                 bool
	Products, Categories       []string
	Names                      map[string]string
}

const mostUses, longestName = 1_000_000, 100

// read is the discount that the form makes of before, which is the zero Discount for a new one. What a used one takes off,
// and its code, stay as they are.
func (f Form) read(tx db.Tx, m market.Market, before Discount, used bool) (Discount, error) {
	wrong := fault.Fields{}
	d := Discount{ID: before.ID, MarketID: m.ID, Combinable: f.Combinable, CreatedAt: before.CreatedAt, Names: map[string]string{},
		UsesAllowed: limit(f.UsesAllowed, "uses_allowed", wrong), UsesBuyer: limit(f.UsesBuyer, "uses_buyer", wrong),
		Minimum: amount(f.Minimum, m, "minimum", wrong)}
	if used {
		d.Code, d.Kind, d.PPM, d.Amount = before.Code, before.Kind, before.PPM, before.Amount
	} else {
		f.worth(&d, m, wrong)
	}
	f.hold(&d, m, before, tx.Now(), wrong)
	for _, l := range m.Languages {
		name := strings.Join(strings.Fields(f.Names[l.Language]), " ")
		if name == "" || len([]rune(name)) > longestName {
			wrong.Add("names", "discount.name")
		}
		d.Names[l.Language] = name
	}
	if err := f.goods(tx, &d, wrong); err != nil {
		return d, err
	}
	if err := taken(tx, d, wrong); err != nil {
		return d, err
	}
	return d, wrong.Err()
}

// worth reads the code and what is taken off.
func (f Form) worth(d *Discount, m market.Market, wrong fault.Fields) {
	if d.Code = Normal(f.Code); d.Code == "" && strings.TrimSpace(f.Code) != "" {
		wrong.Add("code", "discount.code")
	}
	switch d.Kind = Kind(f.Kind); d.Kind {
	case PercentOff:
		ppm, ok := market.PartsPerMillion(f.Value)
		if !ok || ppm == 0 {
			wrong.Add("value", "discount.percent")
		}
		d.PPM = ppm
	case AmountOff:
		if d.Amount = amount(f.Value, m, "value", wrong); d.Amount == 0 {
			wrong.Add("value", "price.amount")
		}
	case FreeDelivery:
		d.Amount = amount(f.Value, m, "value", wrong)
	default:
		wrong.Add("kind", "discount.kind")
	}
}

// hold reads when the discount holds. New instants are not in the past.
func (f Form) hold(d *Discount, m market.Market, before Discount, now clock.Instant, wrong fault.Fields) {
	d.BeginsAt = m.Read(f.Begins, "begins_at", wrong)
	if f.Begins.Local == "" {
		d.BeginsAt = clock.Earliest(before.BeginsAt, now)
	}
	d.EndsAt = m.Read(f.Ends, "ends_at", wrong)
	if d.BeginsAt < now && d.BeginsAt != before.BeginsAt {
		wrong.Add("begins_at", "time.past")
	}
	switch {
	case d.EndsAt == before.EndsAt || d.EndsAt == 0:
	case d.EndsAt <= d.BeginsAt:
		wrong.Add("ends_at", "time.order")
	case d.EndsAt <= now:
		wrong.Add("ends_at", "time.past")
	}
	if d.EndsAt != 0 && d.EndsAt < d.BeginsAt {
		wrong.Add("ends_at", "time.order")
	}
}

// goods finds what the discount is for.
func (f Form) goods(tx db.Tx, d *Discount, wrong fault.Fields) error {
	for _, list := range []struct {
		name, table string
		slugs       []string
		into        *[]int64
	}{{"products", "products", f.Products, &d.Products}, {"categories", "categories", f.Categories, &d.Categories}} {
		for _, slug := range list.slugs {
			var id int64
			err := tx.QueryRow("SELECT id FROM "+list.table+" WHERE slug = ?", slug).Scan(&id)
			switch {
			case db.NotFound(err):
				wrong.Add(list.name, "discount."+list.name)
			case err != nil:
				return err
			case !slices.Contains(*list.into, id):
				*list.into = append(*list.into, id)
			}
		}
	}
	return nil
}

// taken refuses a code that another discount of the market has, and limits below what is used already.
func taken(tx db.Tx, d Discount, wrong fault.Fields) error {
	var codes, all, own int
	err := tx.QueryRow(`SELECT
			(SELECT COUNT(*) FROM discounts WHERE market_id = ? AND code = ? AND code <> '' AND id <> ?),
			(SELECT COUNT(*) FROM discount_uses WHERE discount_id = ? AND ended_at IS NULL),
			(SELECT COALESCE(MAX(n), 0) FROM (
				SELECT COUNT(*) AS n FROM discount_uses WHERE discount_id = ? AND ended_at IS NULL GROUP BY email_key
				UNION ALL SELECT COUNT(*) FROM discount_uses WHERE discount_id = ? AND ended_at IS NULL GROUP BY address_key) AS buyers)`,
		d.MarketID, d.Code, d.ID, d.ID, d.ID, d.ID).Scan(&codes, &all, &own)
	if codes > 0 {
		wrong.Add("code", "discount.code_taken")
	}
	if d.UsesAllowed > 0 && d.UsesAllowed < all {
		wrong.Add("uses_allowed", "discount.below_uses")
	}
	if d.UsesBuyer > 0 && d.UsesBuyer < own {
		wrong.Add("uses_buyer", "discount.below_uses")
	}
	return err
}

func limit(typed, name string, wrong fault.Fields) int {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < 0 || n > mostUses || strings.Trim(typed, "0123456789") != "" {
		wrong.Add(name, "discount.uses")
		return 0
	}
	return n
}

func amount(typed string, m market.Market, name string, wrong fault.Fields) int64 {
	if strings.TrimSpace(typed) == "" {
		return 0
	}
	a, err := money.Parse(typed, m.Currency)
	if err != nil {
		wrong.Add(name, "discount.amount")
	}
	return a.Minor
}
