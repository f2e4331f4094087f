package launch

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/market"
)

const (
	checkedAt  = clock.Instant(1_000_000)
	checkTest  = clock.Instant(2_000_000)
	checkOpens = clock.Instant(3_000_000)
)

// green is a market about which nothing is missing: two languages, two regions, one product in two colours.
func green() preparation {
	text := func(language string) catalog.Product {
		return catalog.Product{ID: 7, Slug: "band", Category: catalog.Category{Name: "Bands"}, Text: catalog.ProductText{Language: language,
			Name: "Band", Line: "A band", Story: "It counts.", Warnings: "Keep dry."},
			Variants: []catalog.Variant{{ID: 71, SKU: "BAND-BLACK", Colour: "black", ColourName: "black", Pictures: []catalog.Picture{{File: "a.svg", Alt: "A band"}}}}}
	}
	product := catalog.Product{ID: 7, Slug: "band", TaxClass: "standard", Manufacturer: "M", ManufacturerAddress: "A", ManufacturerContact: "C",
		ResponsiblePerson: "R", ModelNumber: "1"}
	p := preparation{
		market: market.Market{Code: "pt", Currency: "EUR", Zone: "Europe/Lisbon", TaxIncluded: true, ProductSafety: true, RegionKind: "province",
			BankHolder: "H", BankAccount: "I", Languages: []market.Language{{Language: "en", OrderButton: "Order"}, {Language: "es", OrderButton: "Pedido"}},
			Payments: []market.PaymentMethod{{Provider: "sandbox", InTest: true}, {Provider: "transfer"}}},
		schedule: market.Schedule{AnnouncedAt: checkedAt, TestAt: checkTest, LaunchAt: checkOpens}, now: checkedAt,
		products: []prepared{{product: product, kinds: []string{"certification"},
			grants: []Grant{{Kind: "certification", Status: Granted, ValidTo: checkOpens + 1}},
			variants: []preparedVariant{
				{Variant: catalog.Variant{ID: 71, SKU: "BAND-BLACK", UNNumber: "3480"}, prices: []catalog.Price{{Currency: "EUR", ValidFrom: checkTest, EndsAt: checkOpens + 1}},
					waves: []Wave{{OpensAt: checkTest, Quantity: 10}}, unsold: 10, free: 10},
				{Variant: catalog.Variant{ID: 72, SKU: "BAND-BLUE"}, prices: []catalog.Price{{Currency: "EUR", ValidFrom: checkOpens}}, free: 1},
			}}},
		seller:  market.Seller{Name: "S", Line1: "1", PostalCode: "2", City: "C", Country: "PT", VATNumber: "V", Register: "R"},
		regions: []market.Region{{Code: "LI", Nexus: true}, {Code: "MA", Nexus: true}},
		rates:   []market.TaxRate{{TaxClass: "standard", ValidTo: checkOpens + 1}, {TaxClass: "delivery", Region: "LI"}, {TaxClass: "delivery", Region: "MA"}},
		methods: []market.NamedMethod{
			{DeliveryMethod: market.DeliveryMethod{Code: "ground", Exclusions: []market.DeliveryExclusion{{Region: "MA"}}}, Names: map[string]string{"en": "Ground", "es": "Tierra"}},
			{DeliveryMethod: market.DeliveryMethod{Code: "sea"}, Names: map[string]string{"en": "Sea", "es": "Mar"}},
		},
		required: []string{"terms"}, pages: []market.Page{{Language: "en", Slug: "terms", Title: "T", Body: "B"}, {Language: "es", Slug: "terms", Title: "T", Body: "B"}},
		locations: []string{"venlo"}, texts: map[string][]catalog.Product{"en": {text("en")}, "es": {text("es")}}, providers: []string{"sandbox", "transfer"},
	}
	return p
}

func TestAMarketThatLacksNothingIsGreen(t *testing.T) {
	t.Parallel()
	list := green().checklist()
	for _, l := range list {
		if !l.OK || len(l.Missing)+len(l.Notes) > 0 || l.Link == "" {
			t.Errorf("%s: %+v", l.Key, l)
		}
	}
	if len(list) != 13 {
		t.Errorf("%d lines", len(list))
	}
}

// reds are what can be missing: what takes it away, the one line that turns red, and what that says.
var reds = []struct {
	name string
	take func(p *preparation)
	line string
	says string
}{
	{"no product", func(p *preparation) { p.products[0].variants, p.products, p.schedule.TestAt = nil, nil, 0 }, LineRange, "no product is listed"},
	{"no price", func(p *preparation) { variant(p, 1).prices = nil }, LinePrices, "BAND-BLUE on 1970-01-01 01:50:00"},
	{"price of another currency", func(p *preparation) { variant(p, 1).prices[0].Currency = "USD" }, LinePrices, "BAND-BLUE on 1970-01-01 01:50:00"},
	{"price a millisecond late in test", func(p *preparation) { variant(p, 0).prices[0].ValidFrom++ }, LinePrices, "BAND-BLACK on 1970-01-01 01:33:20"},
	{"price over at the launch", func(p *preparation) { variant(p, 0).prices[0].EndsAt-- }, LinePrices, "BAND-BLACK on 1970-01-01 01:50:00"},
	{"no text in a language", func(p *preparation) { p.texts["es"][0].Text = catalog.ProductText{Warnings: "w"} }, LineTexts, "band (es): name, line, story"},
	{"no name of a colour", func(p *preparation) { p.texts["es"][0].Variants[0].ColourName = "" }, LineTexts, "band (es): colour black"},
	{"no alternative text", func(p *preparation) { p.texts["en"][0].Variants[0].Pictures[0].Alt = "" }, LineTexts, "band (en): alternative text of a.svg"},
	{"no name of the category", func(p *preparation) { p.texts["en"][0].Category.Name = "" }, LineTexts, "band (en): name of its category"},
	{"page missing in a language", func(p *preparation) { p.pages = p.pages[:1] }, LinePages, "terms (es)"},
	{"page empty", func(p *preparation) { p.pages[0].Body = "" }, LinePages, "terms (en)"},
	{"rate over at the launch", func(p *preparation) { p.rates[0].ValidTo-- }, LineTaxes, "standard on 1970-01-01 01:50:00"},
	{"rate begins after the test", func(p *preparation) { p.rates[0].ValidFrom = checkTest + 1 }, LineTaxes, "standard on 1970-01-01 01:33:20"},
	{"rate missing in a region", func(p *preparation) { p.rates = p.rates[:2] }, LineTaxes, "delivery MA on 1970-01-01 01:33:20"},
	{"tax on top has ended", func(p *preparation) {
		p.market.TaxIncluded = false
		p.rates = []market.TaxRate{{TaxClass: "standard", Region: "LI", ValidTo: checkTest}}
	}, LineTaxes, "standard LI: the last rate has ended on 1970-01-01 01:33:20"},
	{"no rate where tax is collected", func(p *preparation) {
		p.market.TaxIncluded, p.rates, p.regions[1].Nexus = false, nil, false
	}, LineTaxes, "standard LI on 1970-01-01 01:33:20"},
	{"no method", func(p *preparation) { p.methods = nil }, LineDelivery, "no method (en)"},
	{"no name of a method", func(p *preparation) { delete(p.methods[1].Names, "es") }, LineDelivery, "BAND-BLUE to MA (es)"},
	{"no method to a region", func(p *preparation) { p.methods = p.methods[:1] }, LineDelivery, "BAND-BLACK to MA (en)"},
	{"loose lithium by air", func(p *preparation) { p.methods[1].ByAir = true }, LineDelivery, "BAND-BLACK to MA (es)"},
	{"no province", func(p *preparation) { p.regions, p.rates[1].Region = nil, "" }, LineDelivery, "no province is listed"},
	{"no payment", func(p *preparation) { p.market.Payments = nil }, LinePayment, "no way to pay works"},
	{"payment not set up", func(p *preparation) { p.providers = nil }, LinePayment, "no way to pay works"},
	{"no payment in test", func(p *preparation) { p.market.Payments[0].InTest = false }, LinePayment, "no way to pay works in the test phase"},
	{"no bank account", func(p *preparation) { p.market.BankAccount = "" }, LinePayment, "transfer: bank account"},
	{"no location", func(p *preparation) { p.locations = nil }, LineStock, "no location serves the market"},
	{"no stock", func(p *preparation) { variant(p, 1).free = 0 }, LineStock, "BAND-BLUE"},
	{"no approval", func(p *preparation) { p.products[0].grants = nil }, LineApprovals, "band: certification"},
	{"approval refused", func(p *preparation) { p.products[0].grants[0].Status = Refused }, LineApprovals, "band: certification"},
	{"approval over at the launch", func(p *preparation) { p.products[0].grants[0].ValidTo = checkOpens }, LineApprovals, "band: certification is not valid on 1970-01-01 01:50:00"},
	{"approval from after the wave", func(p *preparation) { p.products[0].grants[0].ValidFrom = checkTest + 1 }, LineApprovals, "band: certification is not valid on 1970-01-01 01:33:20"},
	{"no manufacturer", func(p *preparation) { p.products[0].product.Manufacturer = "" }, LineSafety, "band: manufacturer"},
	{"no warnings in a language", func(p *preparation) { p.texts["es"][0].Text.Warnings = "" }, LineSafety, "band: warnings (es)"},
	{"no VAT number of the seller", func(p *preparation) { p.seller.VATNumber = "" }, LineSeller, "vat number"},
	{"no words on the button", func(p *preparation) { p.market.Languages[1].OrderButton = " " }, LineOrderButton, "es"},
	{"no wave in the test phase", func(p *preparation) { v := variant(p, 0); v.waves, v.unsold = nil, 0 }, LineWaves, "no wave begins in the test phase"},
	{"wave at the launch", func(p *preparation) { variant(p, 0).waves[0].OpensAt = checkOpens }, LineWaves, "no wave begins in the test phase"},
	{"more published than there is", func(p *preparation) { variant(p, 0).free = 9 }, LineWaves, "BAND-BLACK: waves have 10 units to sell, stock has 9"},
}

func variant(p *preparation, i int) *preparedVariant { return &p.products[0].variants[i] }

func TestEachThingMissingTurnsItsLineRed(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range reds {
		t.Run(r.name, func(t *testing.T) {
			p := green()
			r.take(&p)
			red := Red(p.checklist())
			if len(red) == 0 || red[0].Key != r.line || (len(red) > 1 && r.name != "no approval") {
				t.Fatalf("red are %+v", red)
			}
			if !slices.ContainsFunc(red[0].Missing, func(g Gap) bool { return g.What == r.says && g.Link != "" }) {
				t.Errorf("says %+v, not %q", red[0].Missing, r.says)
			}
		})
		seen[r.line] = true
	}
	for _, l := range lines {
		if !seen[l.key] {
			t.Errorf("nothing turns %s red", l.key)
		}
	}
}

// stays are what keeps no market from its launch.
var stays = []struct {
	name string
	take func(p *preparation)
	note string // key and words of a note, "" for none
}{
	{"an approval that was applied for", func(p *preparation) { p.products[0].grants[0].Status = Pending }, "approvals band: certification is applied for"},
	{"stock of what is not approved", func(p *preparation) {
		p.products[0].grants[0].Status = Pending
		variant(p, 1).free = 0
	}, "approvals band: certification is applied for"},
	{"a renewal that takes over", func(p *preparation) {
		p.products[0].grants[0].ValidTo = checkOpens
		p.products[0].grants = append(p.products[0].grants, Grant{Kind: "certification", Status: Granted, ValidFrom: checkOpens})
	}, ""},
	{"safety fields where none are asked", func(p *preparation) { p.market.ProductSafety, p.products[0].product.Manufacturer = false, "" }, ""},
	{"places without nexus", func(p *preparation) {
		p.market.TaxIncluded, p.rates, p.regions[0].Nexus, p.regions[1].Nexus = false, nil, false, false
	}, ""},
	{"a way to pay that isn't set up beside one that is", func(p *preparation) { p.providers = p.providers[:1] }, "payment transfer is not set up in this shop"},
	{"no test phase", func(p *preparation) { p.schedule.TestAt = 0 }, "waves BAND-BLACK: the wave of 10 units on 1970-01-01 01:33:20 never begins"},
	{"a wave after the launch beside one before", func(p *preparation) {
		v := variant(p, 0)
		v.waves = append(v.waves, Wave{OpensAt: checkOpens, Quantity: 1})
	}, "waves BAND-BLACK: the wave of 1 units on 1970-01-01 01:50:00 never begins"},
	{"no launch yet", func(p *preparation) { p.schedule.LaunchAt = 0; p.schedule.TestAt = 0; p.now = checkOpens }, "waves BAND-BLACK: the wave of 10 units on 1970-01-01 01:33:20 never begins"},
	{"waves once open", func(p *preparation) { p.now = checkOpens; variant(p, 0).free = 1 }, ""},
	{"no page required", func(p *preparation) { p.required = nil }, "pages no page is required"},
}

func TestWhatStandsInNobodysWayIsAtMostNoted(t *testing.T) {
	t.Parallel()
	for _, s := range stays {
		t.Run(s.name, func(t *testing.T) {
			p := green()
			s.take(&p)
			var notes []string
			for _, l := range p.checklist() {
				if !l.OK {
					t.Errorf("%s is red: %+v", l.Key, l.Missing)
				}
				for _, n := range l.Notes {
					notes = append(notes, l.Key+" "+n.What)
				}
			}
			want := []string{s.note}
			if s.note == "" {
				want = nil
			}
			if !slices.Equal(notes, want) {
				t.Errorf("noted %q, want %q", notes, want)
			}
		})
	}
}

// A red line stays red whatever else is taken away, and a green one names nothing.
func TestTakingMoreAwayMendsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.SampledFrom(reds[1:]).Draw(t, "first")
		second := rapid.SampledFrom(reds[1:]).Draw(t, "second")
		p := green()
		first.take(&p)
		func() {
			defer func() {
				if recover() != nil { // the first took away what the second would take from
					t.Skip()
				}
			}()
			second.take(&p)
		}()
		for _, l := range p.checklist() {
			if l.OK != (len(l.Missing) == 0) {
				t.Fatalf("%s: %v but %v", l.Key, l.OK, l.Missing)
			}
		}
		if len(Red(p.checklist())) == 0 {
			t.Fatal(fmt.Sprint("nothing is red after ", first.name, " and ", second.name))
		}
	})
}
