package admin

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/money"
	"softlaunch/views/components"
)

// NewDeliveryPage shows a market's delivery methods, and the form that adds one, or changes the one of the form's code.
func NewDeliveryPage(frame Frame, r launch.Rules, f market.DeliveryForm, change bool, faults map[string]string, may bool) SectionsPage {
	m := r.Market
	frame.Title, frame.Faulty = "Delivery in "+country(m), len(faults) > 0
	base := "/admin/markets/" + m.Code + "/delivery"
	list := &Table{Label: "Methods", Heads: heads("Method", "Names", "Price>", "Days", "Ordered until", "Goes by", "Not to")}
	for _, d := range r.Delivery {
		row := append(cells(d.Code), Cell{Lines: names(d.Names, m)}, Cell{Text: sum(d.Amount, m.Currency), Lines: tariffWords(d.DeliveryMethod, m)}, Cell{Text: count(d.DaysMin) + "–" + count(d.DaysMax)},
			Cell{Text: count(d.CutoffHour) + ":00"}, Cell{Text: wayWords(d)}, Cell{Text: exclusionWords(d, r.Regions)})
		if may {
			row[0].URL = base + "/" + d.Code
		}
		list.Rows = append(list.Rows, row)
	}
	p := SectionsPage{Frame: frame, Sections: []Section{{Title: "Methods", Table: list, Empty: "There is no way to deliver yet."}}}
	if !may {
		return p
	}
	form := deliveryForm(base, r, f, faults)
	title := "New method"
	if change {
		title = "Change " + f.Code
		form.Button = "Save method"
		p.Sections = append(p.Sections, Section{Title: title, Form: form}, Section{Title: "Remove " + f.Code,
			Form: &Form{Action: base + "/" + f.Code + "/removal", Button: "Remove method", Strong: true}})
		return p
	}
	p.Sections = append(p.Sections, Section{Title: title, Form: form})
	return p
}

func names(of map[string]string, m market.Market) []string {
	var lines []string
	for _, l := range m.Languages {
		lines = append(lines, l.Language+": "+cmp.Or(of[l.Language], "missing"))
	}
	return lines
}

// tariffWords are a method's steps and zones.
func tariffWords(d market.DeliveryMethod, m market.Market) []string {
	var lines []string
	for _, s := range d.Steps {
		lines = append(lines, stepWords(s, m))
	}
	for _, z := range d.Zones {
		line := z.Name + ": " + sum(z.Amount, m.Currency)
		for _, s := range z.Steps {
			line += ", " + stepWords(s, m)
		}
		lines = append(lines, line)
	}
	return lines
}

func stepWords(s market.DeliveryStep, m market.Market) string {
	if s.Measure == market.ByWeight {
		return "from " + count(int(s.AtLeast)) + " g " + sum(s.Amount, m.Currency)
	}
	return "from " + sum(s.AtLeast, m.Currency) + " of goods " + sum(s.Amount, m.Currency)
}

func zoneEntry(f market.DeliveryForm, faults map[string]string) Entry {
	return entry(components.Field{Name: "zones", Label: "Zones, one in a line: name; places; price; more days; steps of weight; steps of value", Value: f.Zones,
		Lines: 4, MaxLength: 5000, Optional: "optional", Hint: "Places are codes of regions or beginnings of postcodes, with spaces between. Highlands; IV KW HS ZE; 6.99; 2. " +
			"The last three may be left out. A zone has none of the method's own steps."}, faults)
}

func wayWords(d market.NamedMethod) string {
	if d.ByAir {
		return "air"
	}
	return "ground"
}

func exclusionWords(d market.NamedMethod, regions []market.Region) string {
	var places []string
	for _, e := range d.Exclusions {
		at := slices.IndexFunc(regions, func(r market.Region) bool { return r.Code == e.Region })
		if at >= 0 {
			places = append(places, regions[at].Name)
		}
	}
	return strings.Join(places, ", ")
}

func deliveryForm(action string, r launch.Rules, f market.DeliveryForm, faults map[string]string) *Form {
	m := r.Market
	field := func(name, label, value, hint string) Entry {
		return entry(components.Field{Name: name, Label: label, Value: value, Hint: hint, MaxLength: 60}, faults)
	}
	optional := func(name, label, value string, most int, hint string) Entry {
		return entry(components.Field{Name: name, Label: label, Value: value, Hint: hint, Optional: "optional", MaxLength: most}, faults)
	}
	fields := []Entry{
		field("code", "Code", f.Code, "Small letters, figures and hyphens, like "+m.Code+"-home. A code that is there is changed."),
		entry(components.Field{Name: "kind", Label: "Goes to", Value: f.Kind, Options: []components.Option{{Value: "home", Text: "The address"}, {Value: "pickup", Text: "A place to pick up"}}}, faults),
		field("amount", "Price in "+m.Currency, f.Amount, ""),
		field("days_min", "Working days, at least", f.DaysMin, ""), field("days_max", "Working days, at most", f.DaysMax, ""),
		field("cutoff_hour", "Hour until which an order leaves the same day", f.CutoffHour, "0 to 24, in "+m.Zone+"."),
		optional("weight_steps", "Dearer from a weight on", f.WeightSteps, 300, "Grams and price, with spaces between: 2000=9.90 10000=19.90."),
		optional("value_steps", "Cheaper from a value on", f.ValueSteps, 300, "Value of the goods after discounts, and price: 50=0 is free from 50 on."),
		zoneEntry(f, faults),
		box("by_air", "Goes by air: never with loose lithium batteries", "", f.ByAir, faults),
	}
	var spoken []Hidden
	for _, l := range m.Languages {
		spoken = append(spoken, Hidden{"language", l.Language})
		wrong := map[string]string{}
		if f.Names[l.Language] == "" {
			wrong["name"] = faults["names"]
		}
		fields = append(fields, entry(components.Field{ID: "name-" + l.Language, Name: "name", Label: "Name in " + languageNames[l.Language], Value: f.Names[l.Language], MaxLength: 100}, wrong))
	}
	if len(r.Regions) > 0 {
		all := make([]Box, len(r.Regions))
		for i, region := range r.Regions {
			all[i] = Box{Name: "exclusion", Value: region.Code, Label: region.Name, Ticked: slices.Contains(f.Exclusions, region.Code)}
		}
		fields = append(fields, boxes("exclusions", "Does not go to", "", faults, all...))
	}
	return &Form{Action: action, Button: "Add method", Wide: true, Hidden: spoken, Fields: fields}
}

// DeliveryFormOf is a method as staff would type it.
func DeliveryFormOf(d market.NamedMethod, m market.Market) market.DeliveryForm {
	f := market.DeliveryForm{Code: d.Code, Kind: d.Kind, Amount: money.Of(d.Amount, m.Currency).Plain(), DaysMin: strconv.Itoa(d.DaysMin), DaysMax: strconv.Itoa(d.DaysMax),
		CutoffHour: strconv.Itoa(d.CutoffHour), ByAir: d.ByAir, Names: d.Names,
		WeightSteps: market.StepWords(m, d.Steps, market.ByWeight), ValueSteps: market.StepWords(m, d.Steps, market.ByValue), Zones: d.ZoneLines(m)}
	for _, e := range d.Exclusions {
		f.Exclusions = append(f.Exclusions, e.Region)
	}
	return f
}

// NewRequirementsPage shows which approvals each category needs in a market, and lets who may change that.
func NewRequirementsPage(frame Frame, r launch.Rules, may bool) SectionsPage {
	frame.Title = "Approvals needed in " + country(r.Market)
	p := SectionsPage{Frame: frame}
	kinds := slices.SortedFunc(maps.Keys(r.Kinds), func(a, b string) int { return cmp.Compare(r.Kinds[a], r.Kinds[b]) })
	for _, need := range r.Approvals {
		s := Section{Title: need.Name}
		var all []Box
		var words []string
		for _, kind := range kinds {
			needed := slices.Contains(need.Kinds, kind)
			all = append(all, Box{Name: "kind", Value: kind, Label: r.Kinds[kind], Ticked: needed})
			if needed {
				words = append(words, r.Kinds[kind])
			}
		}
		if may {
			s.Form = &Form{Action: "/admin/markets/" + r.Market.Code + "/requirements/" + need.Category, Button: "Save for " + need.Name, Quiet: true,
				Fields: []Entry{boxes("kinds-"+need.Category, "", "", nil, all...)}}
		} else {
			s.Notes = []string{cmp.Or(strings.Join(words, ", "), "None.")}
		}
		p.Sections = append(p.Sections, s)
	}
	return p
}
