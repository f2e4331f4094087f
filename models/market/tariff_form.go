package market

import (
	"slices"
	"strconv"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/money"
)

// readSteps are a method's own steps.
func (f DeliveryForm) readSteps(m Market, wrong fault.Fields) []DeliveryStep {
	byWeight, heavy := steps(m, ByWeight, f.WeightSteps)
	byValue, worth := steps(m, ByValue, f.ValueSteps)
	if !heavy {
		wrong.Add("weight_steps", "delivery.weight_steps")
	}
	if !worth {
		wrong.Add("value_steps", "delivery.value_steps")
	}
	return append(byWeight, byValue...)
}

// steps reads steps with spaces between: a bound, an equals sign, an amount. Heavier goods may not cost less, nor goods of
// more value more.
func steps(m Market, measure, typed string) (found []DeliveryStep, ok bool) {
	for _, one := range strings.Fields(typed) {
		bound, price, _ := strings.Cut(one, "=")
		amount, err := money.Parse(price, m.Currency)
		if err != nil {
			return nil, false
		}
		s := DeliveryStep{Measure: measure, Amount: amount.Minor}
		if measure == ByWeight {
			s.AtLeast, err = strconv.ParseInt(bound, 10, 64)
		} else {
			var least money.Amount
			least, err = money.Parse(bound, m.Currency)
			s.AtLeast = least.Minor
		}
		if err != nil || s.AtLeast <= 0 || s.AtLeast > 1e12 {
			return nil, false
		}
		if last := len(found) - 1; last >= 0 && !s.after(found[last]) {
			return nil, false
		}
		found = append(found, s)
	}
	return found, true
}

func (s DeliveryStep) after(before DeliveryStep) bool {
	if s.Measure == ByWeight {
		return s.AtLeast > before.AtLeast && s.Amount >= before.Amount
	}
	return s.AtLeast > before.AtLeast && s.Amount <= before.Amount
}

// readZones reads zones, one in a line: name; places; price; working days more; steps of weight; steps of value. Places are
// codes of regions or beginnings of postcodes, with spaces between; the last three may be left out.
func (f DeliveryForm) readZones(m Market, regions []Region, wrong fault.Fields) []DeliveryZone {
	var zones []DeliveryZone
	for line := range strings.Lines(f.Zones) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		z, ok := readZone(m, regions, line)
		if !ok {
			wrong.Add("zones", "delivery.zones")
			return nil
		}
		zones = append(zones, z)
	}
	return zones
}

func readZone(m Market, regions []Region, line string) (z DeliveryZone, ok bool) {
	parts := trimmed(strings.Split(line, ";"))
	if len(parts) < 3 || len(parts) > 6 {
		return z, false
	}
	parts = append(parts, "", "", "")
	amount, err := money.Parse(parts[2], m.Currency)
	more := 0
	if parts[3] != "" && err == nil {
		more, err = strconv.Atoi(parts[3])
	}
	byWeight, heavy := steps(m, ByWeight, parts[4])
	byValue, worth := steps(m, ByValue, parts[5])
	z = DeliveryZone{Name: parts[0], Amount: amount.Minor, DaysMore: more, Steps: append(byWeight, byValue...)}
	var codes, prefixes []string
	for _, place := range strings.Fields(strings.ToUpper(parts[1])) {
		if slices.ContainsFunc(regions, func(r Region) bool { return r.Code == place }) {
			codes = append(codes, place)
		} else {
			prefixes = append(prefixes, place)
		}
	}
	z.Regions, z.Prefixes = strings.Join(codes, " "), strings.Join(prefixes, " ")
	sound := err == nil && heavy && worth && more >= 0 && more <= 60 && z.Name != "" && len(parts[0]) <= 60
	return z, sound && len(codes)+len(prefixes) > 0 && len(parts[1]) <= 1000
}

func (z DeliveryZone) insert(tx db.Tx, methodID int64) error {
	z.MethodID = methodID
	for i := range z.Steps {
		z.Steps[i].MethodID = methodID
	}
	return tx.Gorm().Create(&z).Error
}

// StepWords are the steps of a measure as they are typed.
func StepWords(m Market, steps []DeliveryStep, measure string) string {
	var words []string
	for _, s := range steps {
		if s.Measure != measure {
			continue
		}
		bound := strconv.FormatInt(s.AtLeast, 10)
		if measure == ByValue {
			bound = money.Of(s.AtLeast, m.Currency).Plain()
		}
		words = append(words, bound+"="+money.Of(s.Amount, m.Currency).Plain())
	}
	return strings.Join(words, " ")
}

// ZoneLines are a method's zones as they are typed.
func (d DeliveryMethod) ZoneLines(m Market) string {
	var lines strings.Builder
	for _, z := range d.Zones {
		parts := []string{z.Name, strings.TrimSpace(z.Regions + " " + z.Prefixes), money.Of(z.Amount, m.Currency).Plain(), strconv.Itoa(z.DaysMore),
			StepWords(m, z.Steps, ByWeight), StepWords(m, z.Steps, ByValue)}
		lines.WriteString(strings.TrimRight(strings.Join(parts, "; "), "; ") + "\n")
	}
	return lines.String()
}

// stepWords are steps in words for the trail.
func stepWords(steps []DeliveryStep) string {
	text := ""
	for _, s := range steps {
		text += ", from " + s.Measure + " " + strconv.FormatInt(s.AtLeast, 10) + " " + strconv.FormatInt(s.Amount, 10) + " minor units"
	}
	return text
}
