package market

import (
	"slices"
	"strconv"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/money"
)

// DeliveryForm is a delivery method as staff type it. Amount is in the market's currency, the numbers are whole, Names are
// by language, Exclusions are codes of regions.
type DeliveryForm struct {
	Code, Kind                           string
	Amount, DaysMin, DaysMax, CutoffHour string
	ByAir                                bool
	Exclusions                           []string
	WeightSteps, ValueSteps              string // "2000=9.90 5000=14.90": grams or amounts, and what it costs from there on
	Zones                                string // one in a line, see readZones
	Names                                map[string]string
}

// SetDelivery adds a method to a market or changes the one of its code; before is that one, if it was there. The fault's
// fields are code, kind, amount, days_min, days_max, cutoff_hour, exclusions, weight_steps,
// value_steps, zones and names.
func SetDelivery(tx db.Tx, m Market, form DeliveryForm) (before, after DeliveryMethod, err error) {
	regions, err := Regions(tx, m.ID)
	if err != nil {
		return before, after, err
	}
	if after, err = form.read(m, regions); err != nil {
		return before, after, err
	}
	if before, err = method(tx, m, after.Code); err != nil {
		return before, after, err
	}
	err = tx.QueryRow(`INSERT INTO delivery_methods (market_id, code, kind, amount, days_min, days_max, cutoff_hour, by_air, position)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM delivery_methods WHERE market_id = ?))
		ON CONFLICT (market_id, code) DO UPDATE SET kind = excluded.kind, amount = excluded.amount, days_min = excluded.days_min,
			days_max = excluded.days_max, cutoff_hour = excluded.cutoff_hour, by_air = excluded.by_air RETURNING id`,
		m.ID, after.Code, after.Kind, after.Amount, after.DaysMin, after.DaysMax, after.CutoffHour, after.ByAir, m.ID).Scan(&after.ID)
	if err != nil {
		return before, after, err
	}
	return before, after, form.details(tx, m, after)
}

func (f DeliveryForm) read(m Market, regions []Region) (DeliveryMethod, error) {
	wrong := fault.Fields{}
	d := DeliveryMethod{MarketID: m.ID, Code: strings.TrimSpace(f.Code), Kind: f.Kind, ByAir: f.ByAir,
		DaysMin: number(f.DaysMin, 0, 60, "days_min", wrong), DaysMax: number(f.DaysMax, 0, 60, "days_max", wrong),
		CutoffHour: number(f.CutoffHour, 0, 24, "cutoff_hour", wrong)}
	if !isSlug(d.Code) {
		wrong.Add("code", "delivery.code")
	}
	if d.Kind != "home" && d.Kind != "pickup" {
		wrong.Add("kind", "delivery.kind")
	}
	amount, err := money.Parse(f.Amount, m.Currency)
	if err != nil {
		wrong.Add("amount", "delivery.amount")
	}
	d.Amount = amount.Minor
	if d.DaysMax < d.DaysMin {
		wrong.Add("days_max", "delivery.days")
	}
	for _, code := range f.Exclusions {
		if !slices.ContainsFunc(regions, func(r Region) bool { return r.Code == code }) {
			wrong.Add("exclusions", "delivery.region")
		}
		d.Exclusions = append(d.Exclusions, DeliveryExclusion{Region: code})
	}
	d.Steps = f.readSteps(m, wrong)
	d.Zones = f.readZones(m, regions, wrong)
	for _, l := range m.Languages {
		if name := strings.TrimSpace(f.Names[l.Language]); name == "" || len(name) > 100 {
			wrong.Add("names", "delivery.name")
		}
	}
	return d, wrong.Err()
}

// details replaces a method's exclusions, steps and zones, and its names in the market's languages.
func (f DeliveryForm) details(tx db.Tx, m Market, d DeliveryMethod) error {
	if err := forgetDetails(tx, d.ID); err != nil {
		return err
	}
	for _, e := range d.Exclusions {
		if _, err := tx.Exec("INSERT INTO delivery_exclusions (method_id, region) VALUES (?, ?) ON CONFLICT DO NOTHING", d.ID, e.Region); err != nil {
			return err
		}
	}
	for _, s := range d.Steps {
		s.MethodID = d.ID
		if err := tx.Gorm().Create(&s).Error; err != nil {
			return err
		}
	}
	for _, z := range d.Zones {
		if err := z.insert(tx, d.ID); err != nil {
			return err
		}
	}
	for _, l := range m.Languages {
		if _, err := tx.Exec("INSERT INTO delivery_texts (method_id, language, name) VALUES (?, ?, ?)", d.ID, l.Language, strings.TrimSpace(f.Names[l.Language])); err != nil {
			return err
		}
	}
	return nil
}

func forgetDetails(tx db.Tx, methodID int64) error {
	for _, table := range []string{"delivery_exclusions", "delivery_texts", "delivery_steps", "delivery_zones"} {
		if _, err := tx.Exec("DELETE FROM "+table+" WHERE method_id = ?", methodID); err != nil {
			return err
		}
	}
	return nil
}

// RemoveDelivery takes a method out of a market. Checkouts that had chosen it are asked again; orders keep what they say.
func RemoveDelivery(tx db.Tx, m Market, code string) (DeliveryMethod, error) {
	d, err := method(tx, m, code)
	if err != nil {
		return d, err
	}
	if d.ID == 0 {
		return d, fault.New(fault.NotFound, "delivery.gone")
	}
	if err := forgetDetails(tx, d.ID); err != nil {
		return d, err
	}
	_, err = tx.Exec("DELETE FROM delivery_methods WHERE id = ?", d.ID)
	return d, err
}

// method is a market's method by its code, or the zero method.
func method(tx db.Tx, m Market, code string) (DeliveryMethod, error) {
	var found []DeliveryMethod
	err := priced(tx).Select(columns).
		Where("market_id = ? AND code = ?", m.ID, code).Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return DeliveryMethod{}, err
	}
	return found[0], nil
}

// String is the method in words for the trail; none is empty.
func (d DeliveryMethod) String() string {
	if d.Code == "" {
		return ""
	}
	text := d.Kind + ", " + strconv.FormatInt(d.Amount, 10) + " minor units, " + strconv.Itoa(d.DaysMin) + "-" + strconv.Itoa(d.DaysMax) + " days"
	if d.ByAir {
		text += ", by air"
	}
	for _, e := range d.Exclusions {
		text += ", not to " + e.Region
	}
	text += stepWords(d.Steps)
	for _, z := range d.Zones {
		text += ", " + z.Name + " (" + strings.TrimSpace(z.Regions+" "+z.Prefixes) + ") " + strconv.FormatInt(z.Amount, 10) + " minor units" + stepWords(z.Steps)
	}
	return text
}

// NamedMethod is a delivery method with its names by language.
type NamedMethod struct {
	DeliveryMethod
	Names map[string]string
}

// Methods are a market's delivery methods in their order, in all languages, for staff.
func Methods(tx db.Tx, marketID int64) ([]NamedMethod, error) {
	var methods []DeliveryMethod
	err := priced(tx).Select(columns).Where("market_id = ?", marketID).Order("position, id").Find(&methods).Error
	if err != nil {
		return nil, err
	}
	named := make([]NamedMethod, len(methods))
	byID := map[int64]map[string]string{}
	for i, d := range methods {
		byID[d.ID] = map[string]string{}
		named[i] = NamedMethod{d, byID[d.ID]}
	}
	rows, err := tx.Query(`SELECT t.method_id, t.language, t.name FROM delivery_texts t
		JOIN delivery_methods d ON d.id = t.method_id WHERE d.market_id = ?`, marketID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var language, name string
		if err := rows.Scan(&id, &language, &name); err != nil {
			return nil, err
		}
		byID[id][language] = name
	}
	return named, rows.Err()
}

// columns are those of a method that are its own: its name is in another table.
const columns = "id, market_id, code, kind, amount, days_min, days_max, cutoff_hour, by_air, position"
