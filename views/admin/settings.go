package admin

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// SettingsForm is a market as it was typed, and what was wrong with it. Preset is the way to write postcodes that was
// picked; Like is the code of the market whose requirements a new one takes over.
type SettingsForm struct {
	market.Form
	Preset string
	Like   string
	Faults map[string]string
}

var postalWords = map[string]string{
	"digits4": "4 digits", "digits5": "5 digits", "digits6": "6 digits", "digits7": "7 digits, written 4-3 (Portugal)",
	"digits32": "5 digits, written 3 2 (Sweden, Czechia, Greece)", "digits23": "5 digits, written 2-3 (Poland)", "dutch": "4 digits and 2 letters (Netherlands)",
	"irish": "Eircode (Ireland)", "british": "British postcode", "canadian": "Canadian postcode", "american": "5 or 9 digits (United States)",
}

var regionKindWords = map[string]string{"none": "Neither", "state": "A state", "province": "A province"}

// languageNames are in English, for staff.
var languageNames = map[string]string{"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian"}

var providerNames = map[string]string{"sandbox": "Sandbox (no money moves)", "transfer": "Bank transfer", "stripe": "Card, by Stripe"}

// NewMarketForm is the page that makes a market. providers are the ways to pay that the shop is set up for.
func NewMarketForm(frame Frame, markets []market.Market, providers []string, f SettingsForm) SectionsPage {
	frame.Faulty = len(f.Faults) > 0
	like := make([]components.Option, len(markets))
	for i, m := range markets {
		like[i] = components.Option{Value: m.Code, Text: country(m)}
	}
	fields := []Entry{entry(components.Field{Name: "code", Label: "Code", Value: f.Code, MaxLength: 8, Autocomplete: "off",
		Hint: "2 to 8 small letters, like pt. It is the first part of the shop's addresses and can't be changed."}, f.Faults)}
	fields = append(fields, settingsFields(f, providers)...)
	fields = append(fields, entry(components.Field{Name: "like", Label: "Required pages and approvals like", Value: f.Like, Optional: "optional", Prompt: "Only the usual pages", Options: like,
		Hint: "They can be changed afterwards."}, f.Faults))
	return SectionsPage{Frame: frame, Sections: []Section{{Title: "Settings", Notes: []string{"A new market is a draft: only staff see it until it is announced."},
		Form: &Form{Action: "/admin/markets", Button: "Make the market", Wide: true, Fields: fields}}}}
}

func settingsFields(f SettingsForm, providers []string) []Entry {
	text := func(name, label, value, hint string) Entry {
		return entry(components.Field{Name: name, Label: label, Value: value, Hint: hint, Autocomplete: "off"}, f.Faults)
	}
	free := func(name, label, value, hint string) Entry {
		e := text(name, label, value, hint)
		e.Optional = "optional"
		return e
	}
	own := []Entry{
		text("country", "Country", f.Country, "Two letters, like PT."), text("currency", "Currency", f.Currency, "Three letters, like EUR."),
		text("zone", "Time zone", f.Zone, "Its IANA name, like Europe/Lisbon."),
		box("tax_included", "Prices include tax", "", f.TaxIncluded, f.Faults),
		box("product_safety", "Goods need safety information (EU and Northern Ireland, GPSR)", "", f.ProductSafety, f.Faults),
	}
	addresses := grouped("Addresses", postalEntry(f), free("postal_pattern", "Own pattern of postcodes", f.PostalPattern, "A regular expression for capitals without spaces and hyphens. Counts when nothing is picked above."),
		free("postal_example", "Example of a postcode", f.PostalExample, "Shown to who types a wrong one."),
		entry(components.Field{Name: "region_kind", Label: "What addresses name beside the town", Value: f.RegionKind, Options: optionsOf(market.RegionKinds, regionKindWords)}, f.Faults))
	holds := grouped("Holds and returns", text("hold_minutes", "Minutes that goods are held for an online payment", f.HoldMinutes, ""), text("transfer_days", "Days that goods are held for a bank transfer", f.TransferDays, ""),
		text("return_days", "Days to withdraw or to ask to send back", f.ReturnDays, "They begin on the day after the last parcel arrived."))
	bank := []Entry{free("bank_holder", "Account holder, for transfers", f.BankHolder, ""), free("bank_account", "Account (IBAN), for transfers", f.BankAccount, "")}
	return slices.Concat(own, addresses, holds, grouped("Languages", languageEntries(f)...), grouped("Payment", paymentEntries(f, providers)...), bank)
}

func postalEntry(f SettingsForm) Entry {
	options := make([]components.Option, len(market.PostalPresets))
	for i, p := range market.PostalPresets {
		options[i] = components.Option{Value: p.Key, Text: postalWords[p.Key] + ": " + p.Example}
	}
	return entry(components.Field{Name: "postal_preset", Label: "Postcodes", Value: f.Preset, Optional: "optional", Prompt: "As the pattern below says", Options: options}, f.Faults)
}

func optionsOf(values []string, words map[string]string) []components.Option {
	options := make([]components.Option, len(values))
	for i, v := range values {
		options[i] = components.Option{Value: v, Text: cmp.Or(words[v], v)}
	}
	return options
}

// languageEntries ask for each language the market may speak, the main one first, with its order button.
func languageEntries(f SettingsForm) []Entry {
	var entries []Entry
	for i := range market.Languages {
		var l market.LanguageForm
		if i < len(f.Languages) {
			l = f.Languages[i]
		}
		n := strconv.Itoa(i + 1)
		pick := components.Field{ID: "language-" + n, Name: "language", Label: "Language " + n, Value: l.Language, Optional: "optional", Prompt: "None", Options: optionsOf(market.Languages, languageNames)}
		var faults map[string]string
		if i == 0 {
			pick.Label, pick.Optional, pick.Prompt = "Main language", "", "Choose"
			faults = map[string]string{"language": f.Faults["languages"]}
		}
		entries = append(entries, entry(pick, faults), entry(components.Field{ID: "order_button-" + n, Name: "order_button", Label: "Order button " + n, Value: l.OrderButton, Optional: "optional", MaxLength: 80,
			Hint: "The exact words that the law asks for, in that language."}, nil))
	}
	return entries
}

func paymentEntries(f SettingsForm, providers []string) []Entry {
	all := slices.Clone(providers)
	offered := map[string]market.PaymentForm{}
	for _, p := range f.Payments {
		offered[p.Provider] = p
		if !slices.Contains(all, p.Provider) {
			all = append(all, p.Provider)
		}
	}
	var open, test []Box
	for _, provider := range all {
		p, is := offered[provider]
		name := cmp.Or(providerNames[provider], provider)
		open = append(open, Box{Name: "payment", Value: provider, Label: name, Ticked: is})
		test = append(test, Box{Name: "in_test", Value: provider, Label: name + " in the test too", Ticked: is && p.InTest})
	}
	return []Entry{boxes("payments", "Ways to pay", "", f.Faults, open...), boxes("in_test", "Also in the test phase", "", nil, test...)}
}

// SettingsPage is what was typed into the page's forms.
type SettingsPage struct {
	Market    SettingsForm
	Excluded  market.ExclusionForm
	Locations []string
	Regions   string
	Holidays  string
	Faults    map[string]string // of locations, regions, exclusions and holidays
}

// NewSettingsPage shows a market's settings; may says whether the reader may change them.
func NewSettingsPage(frame Frame, r launch.Rules, providers []string, f SettingsPage, may bool) SectionsPage {
	frame.Title, frame.Faulty = "Settings of "+country(r.Market), len(f.Market.Faults)+len(f.Faults) > 0
	p := SectionsPage{Frame: frame}
	if !may {
		p.Sections = []Section{{Title: "Settings", Rows: marketFacts(r.Market)}}
		return p
	}
	base := "/admin/markets/" + r.Market.Code
	p.Sections = []Section{
		{Title: "Settings", Form: &Form{Action: base + "/settings", Button: "Save settings", Wide: true, Fields: settingsFields(f.Market, providers)}},
		{Title: "Locations that serve it", Form: &Form{Action: base + "/locations", Button: "Save locations", Fields: []Entry{locationEntry(r, f)}}},
	}
	p.Sections = append(p.Sections, excludedPlaces(base, r.Market), Section{Title: "Leave places out", Form: exclusionForm(base, r.Market, f), Fold: true})
	p.Sections = append(p.Sections, Section{Title: "Holidays", Notes: []string{"Days on which nothing is delivered, beside Saturdays and Sundays. Arrival dates skip them."},
		Form: &Form{Action: base + "/holidays", Button: "Save holidays", Fields: []Entry{entry(components.Field{Name: "holidays", Label: "One in a line: day; name", Value: f.Holidays,
			Lines: 8, MaxLength: 10_000, Optional: "optional", Hint: "Like 2027-01-06; Epiphany. This list takes the place of what is there."}, f.Faults)}}})
	if r.Market.RegionKind != "none" {
		p.Sections = append(p.Sections, Section{Title: strings.ToUpper(r.Market.RegionKind[:1]) + r.Market.RegionKind[1:] + "s", Form: &Form{Action: base + "/regions", Button: "Save the list",
			Fields: []Entry{entry(components.Field{Name: "regions", Label: "One in a line: code; name", Value: f.Regions, Lines: 12, MaxLength: 20_000,
				Hint: "This list takes the place of what is there."}, f.Faults)}}})
	}
	return p
}

func locationEntry(r launch.Rules, f SettingsPage) Entry {
	all := make([]Box, len(r.Places))
	for i, place := range r.Places {
		all[i] = Box{Name: "location", Value: place.Code, Label: place.Name, Ticked: slices.Contains(f.Locations, place.Code)}
	}
	return boxes("locations", "Goods for this market come from", "", f.Faults, all...)
}

// HolidayLines are holidays as they are typed: one in a line.
func HolidayLines(holidays []market.Holiday) string {
	var lines strings.Builder
	for _, h := range holidays {
		lines.WriteString(string(h.Day) + "; " + h.Name + "\n")
	}
	return lines.String()
}

// RegionLines are regions as they are typed: one in a line.
func RegionLines(regions []market.Region) string {
	var lines strings.Builder
	for _, r := range regions {
		lines.WriteString(r.Code + "; " + r.Name + "\n")
	}
	return lines.String()
}
