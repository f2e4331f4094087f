package example

import "softlaunch/models/market"

// country is a market of the example shop with the rules of its land.
type country struct {
	market   market.Market
	location string
	required map[string][]string // kinds of approvals by category
	rates    []market.TaxRate
	methods  []market.DeliveryMethod
}

// The schedules of the example: four markets that opened in 2015, two that are in test and open next.
var (
	early = market.Market{AnnouncedLocal: "2015-05-12T00:00", TestLocal: "2015-05-19T00:00", LaunchLocal: "2015-06-01T00:00"}
	late  = market.Market{AnnouncedLocal: "2026-10-19T00:00", TestLocal: "2026-11-02T00:00", LaunchLocal: "2027-06-01T00:00"}
)

// Bank accounts are the examples that banks print in their own documents.
var countries = []country{
	{
		market: land("us", "US", "USD", "America/New_York", early, market.Market{RegionKind: "state",
			PostalPattern: `\d{5}(\d{4})?`, PostalExample: "94103", Exclusions: away["us"], BankHolder: "Softlaunch Example Trading Inc.", BankAccount: "Routing 021000021, account 1234567890"},
			said{"en", "Place order"}),
		location: "reno",
		required: map[string][]string{"bands": {"certification"}, "power": {"un383"}, "home": {"certification"},
			"phones": {"certification", "software", "service", "carrier"}},
		rates: states(),
		methods: []market.DeliveryMethod{
			{Code: "us-ground", Kind: "home", Amount: 499, DaysMin: 5, DaysMax: 7, Steps: steps(heavy(2000, 899), worth(10000, 0)),
				Zones: []market.DeliveryZone{{Name: "Beyond the mainland", Regions: "AK HI PR AA AE AP", Amount: 999, DaysMore: 5, Steps: steps(heavy(2000, 1899))}}},
			{Code: "us-express", Kind: "home", Amount: 1299, DaysMin: 2, DaysMax: 3, ByAir: true,
				Exclusions: []market.DeliveryExclusion{{Region: "AK"}, {Region: "HI"}, {Region: "PR"}, {Region: "AA"}, {Region: "AE"}, {Region: "AP"}}},
		},
	},
	{
		market: land("uk", "GB", "GBP", "Europe/London", early, market.Market{TaxIncluded: true, ProductSafety: true, RegionKind: "none",
			PostalPattern: `[A-Z]{1,2}\d[A-Z\d]?\d[ABD-HJLN-UW-Z]{2}`, PostalExample: "SW1A 1AA", Exclusions: away["uk"],
			BankHolder: "Softlaunch Example Trading Ltd", BankAccount: "GB82 WEST 1234 5698 7654 32"},
			said{"en", "Order with obligation to pay"}),
		location: "daventry",
		required: map[string][]string{"bands": {"certification", "psti"}, "audio": {"certification"}, "power": {"un383"}, "home": {"certification", "psti"},
			"phones": {"certification", "psti", "software", "service"}},
		rates: append(vat("VAT", 200000, "2011-01-04"), reduced("VAT", 50000, "1997-09-01")),
		methods: with(methods("uk-home", 399, 2, 3, "uk-locker", 299, 2, 4), steps(heavy(2000, 599), worth(5000, 0)),
			market.DeliveryZone{Name: "Highlands and Islands", Prefixes: "HS IV KW ZE", Amount: 699, DaysMore: 2, Steps: steps(heavy(2000, 999))},
			market.DeliveryZone{Name: "Northern Ireland", Prefixes: "BT", Amount: 599, DaysMore: 1, Steps: steps(heavy(2000, 799), worth(7500, 0))}),
	},
	{
		market: land("de", "DE", "EUR", "Europe/Berlin", early, market.Market{TaxIncluded: true, ProductSafety: true, RegionKind: "none",
			PostalPattern: `\d{5}`, PostalExample: "10115", Exclusions: away["de"],
			BankHolder: "Softlaunch Beispielhandel GmbH", BankAccount: "DE89 3704 0044 0532 0130 00"},
			said{"de", "Zahlungspflichtig bestellen"}, said{"en", "Order with obligation to pay"}),
		location: "venlo", required: union,
		rates:   append(vat("MwSt.", 190000, "2007-01-01"), reduced("MwSt.", 70000, "1983-07-01")),
		methods: with(methods("de-home", 399, 2, 3, "de-packstation", 299, 2, 4), steps(heavy(2000, 599), worth(4900, 0))),
	},
	{
		market: land("fr", "FR", "EUR", "Europe/Paris", early, market.Market{TaxIncluded: true, ProductSafety: true, RegionKind: "none",
			PostalPattern: `\d{5}`, PostalExample: "75011", Exclusions: away["fr"],
			BankHolder: "Softlaunch Exemple Commerce SARL", BankAccount: "FR14 2004 1010 0505 0001 3M02 606"},
			said{"fr", "Commande avec obligation de paiement"}),
		location: "venlo", required: union,
		rates: append(vat("TVA", 200000, "2014-01-01"), reduced("TVA", 55000, "2012-01-01")),
		methods: with(methods("fr-home", 490, 2, 4, "fr-relais", 350, 3, 5), steps(heavy(2000, 690), worth(4900, 0)),
			market.DeliveryZone{Name: "Corse", Prefixes: "20", Amount: 790, DaysMore: 2, Steps: steps(heavy(2000, 1190))}),
	},
	{
		market: land("es", "ES", "EUR", "Europe/Madrid", late, market.Market{TaxIncluded: true, ProductSafety: true, RegionKind: "province",
			PostalPattern: `\d{5}`, PostalExample: "28013", Exclusions: away["es"],
			BankHolder: "Softlaunch Comercio de Ejemplo, S. L.", BankAccount: "ES91 2100 0418 4502 0005 1332"},
			said{"es", "Pedido con obligación de pago"}),
		location: "venlo", required: union,
		rates: append(vat("IVA", 210000, "2012-09-01"), reduced("IVA", 100000, "2012-09-01")),
		methods: with(methods("es-home", 450, 3, 5, "es-pickup", 320, 3, 6), steps(heavy(2000, 650)),
			market.DeliveryZone{Name: "Baleares", Regions: "PM", Prefixes: "07", Amount: 750, DaysMore: 2, Steps: steps(heavy(2000, 1150))}),
	},
	{
		market: land("it", "IT", "EUR", "Europe/Rome", late, market.Market{TaxIncluded: true, ProductSafety: true, RegionKind: "province",
			PostalPattern: `\d{5}`, PostalExample: "20121", Exclusions: away["it"],
			BankHolder: "Softlaunch Commercio di Esempio S.r.l.", BankAccount: "IT60 X054 2811 1010 0000 0123 456"},
			said{"it", "Ordine con obbligo di pagare"}),
		location: "venlo", required: union,
		rates: append(vat("IVA", 220000, "2013-10-01"), reduced("IVA", 100000, "1995-02-24")),
		methods: with(methods("it-home", 490, 3, 5, "it-pickup", 350, 3, 6), steps(heavy(2000, 690)),
			market.DeliveryZone{Name: "Sicilia e Sardegna", Prefixes: "07 08 09 90 91 92 93 94 95 96 97 98", Amount: 690, DaysMore: 2, Steps: steps(heavy(2000, 990))}),
	},
}

// union is what the markets of the European Union require.
var union = map[string][]string{"bands": {"certification", "responsible_person", "data_act"}, "audio": {"certification"},
	"power": {"un383"}, "home": {"certification", "data_act"},
	"phones": {"certification", "responsible_person", "energy_label", "software", "service"}}

// said is what a language calls the order button.
type said struct{ language, button string }

func land(code, iso, currency, zone string, schedule, rules market.Market, languages ...said) market.Market {
	m := rules
	m.Code, m.Country, m.Currency, m.Zone = code, iso, currency, zone
	m.AnnouncedLocal, m.TestLocal, m.LaunchLocal = schedule.AnnouncedLocal, schedule.TestLocal, schedule.LaunchLocal
	m.HoldMinutes, m.TransferDays, m.ReturnDays = 15, 7, 14
	for i, l := range languages {
		m.Languages = append(m.Languages, market.Language{Language: l.language, OrderButton: l.button, Position: i + 1})
	}
	m.Payments = []market.PaymentMethod{{Provider: "sandbox", InTest: true, Position: 1}, {Provider: "transfer", Position: 2}}
	return m
}

func vat(name string, ppm int64, since string) []market.TaxRate {
	from := day(since)
	return []market.TaxRate{{TaxClass: "standard", Name: name, RatePPM: ppm, ValidFrom: from}, {TaxClass: "delivery", Name: name, RatePPM: ppm, ValidFrom: from}}
}

func reduced(name string, ppm int64, since string) market.TaxRate {
	return market.TaxRate{TaxClass: "reduced", Name: name, RatePPM: ppm, ValidFrom: day(since)}
}

// states are the sales taxes of the states where the example seller has nexus, at the state's own rate. Where shipping is
// taxable the delivery bears it too.
func states() []market.TaxRate {
	var rates []market.TaxRate
	for _, s := range []struct {
		code, since string
		ppm         int64
		shipping    bool
	}{
		{"CA", "2017-01-01", 72500, false}, {"FL", "1988-02-01", 60000, false}, {"IL", "1990-01-01", 62500, true},
		{"NV", "2009-07-01", 68500, false}, {"NY", "2005-06-01", 40000, true}, {"TX", "1990-07-01", 62500, true}, {"WA", "1983-11-01", 65000, true},
	} {
		rate := market.TaxRate{Region: s.code, TaxClass: "standard", Name: s.code + " sales tax", RatePPM: s.ppm, ValidFrom: day(s.since)}
		rates = append(rates, rate)
		if s.shipping {
			rate.TaxClass = "delivery"
			rates = append(rates, rate)
		}
	}
	return append(rates, market.TaxRate{Region: "CA", TaxClass: "standard", Name: "CA sales tax", RatePPM: 75000,
		ValidFrom: day("2013-01-01"), ValidTo: day("2017-01-01")})
}

func methods(home string, homePrice int64, homeMin, homeMax int, pickup string, pickupPrice int64, pickupMin, pickupMax int) []market.DeliveryMethod {
	return []market.DeliveryMethod{
		{Code: home, Kind: "home", Amount: homePrice, DaysMin: homeMin, DaysMax: homeMax},
		{Code: pickup, Kind: "pickup", Amount: pickupPrice, DaysMin: pickupMin, DaysMax: pickupMax},
	}
}
