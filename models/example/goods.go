package example

// good is a product of the example shop. Prices are in minor units: US dollars, British pounds, euros. The amounts in
// dollars of the band, the power banks and the headphones are those of news reports of 2015; the others are invented, see
// docs/example-shop.md.
type good struct {
	slug, category string
	colours        []string
	views          map[string]int // pictures by colour
	usd, gbp, eur  int64
	reduced        map[string]int64 // by currency, for two weeks of November 2026
	grams          int
	un             string
	milliwattHours int
	stock          int
	release        release
	test           string // colour sold in the test phase, "" for none
	waves          int    // units of each wave in Spain and Italy
	waves2015      int    // units of each wave of 2015
}

// release is when a good goes on sale in a market.
type release int

const (
	atLaunch release = iota
	weeksLater
)

type category struct{ slug, tint string }

var categories = []category{
	{"bands", "peach"}, {"power", "grey"}, {"audio", "sky"}, {"toys", "sage"}, {"home", "lilac"}, {"phones", "grey"},
}

var goods = []good{
	{slug: "mi-band", category: "bands", colours: []string{"black", "blue", "coral"}, views: map[string]int{"black": 3, "blue": 2, "coral": 2},
		usd: 1499, gbp: 1199, eur: 1499, grams: 42, un: "3481", milliwattHours: 152, stock: 20000, test: "black", waves: 300, waves2015: 500},
	{slug: "power-bank-5000", category: "power", colours: []string{"silver"}, views: map[string]int{"silver": 2},
		usd: 999, gbp: 799, eur: 999, grams: 156, un: "3480", milliwattHours: 18500, stock: 20000, test: "silver", waves: 200, waves2015: 400},
	{slug: "power-bank-10500", category: "power", colours: []string{"silver"}, views: map[string]int{"silver": 3},
		usd: 1399, gbp: 1199, eur: 1399, grams: 250, un: "3480", milliwattHours: 38850, stock: 20000, test: "silver", waves: 200, waves2015: 400},
	{slug: "mi-headphones", category: "audio", colours: []string{"black", "white"}, views: map[string]int{"black": 3, "white": 1},
		usd: 7999, gbp: 6499, eur: 7999, grams: 220, stock: 20000, test: "black", waves: 50, waves2015: 100},
	{slug: "piston-in-ear", category: "audio", colours: []string{"gold", "silver"}, views: map[string]int{"gold": 2, "silver": 1},
		usd: 2499, gbp: 1999, eur: 2499, grams: 14, stock: 20000},
	{slug: "pip-plush", category: "toys", colours: []string{"fox"}, views: map[string]int{"fox": 2},
		usd: 1299, gbp: 999, eur: 1299, grams: 180, stock: 20000},
	{slug: "smart-plug", category: "home", colours: []string{"white"}, views: map[string]int{"white": 2},
		usd: 1499, gbp: 1299, eur: 1499, grams: 96, stock: 20000, release: weeksLater},
	{slug: "bedside-lamp", category: "home", colours: []string{"white"}, views: map[string]int{"white": 2},
		usd: 4999, gbp: 4499, eur: 4999, grams: 860, reduced: map[string]int64{"USD": 3999, "GBP": 3599, "EUR": 3999}, stock: 20000, release: weeksLater},
	{slug: "climate-sensor", category: "home", colours: []string{"white"}, views: map[string]int{"white": 1},
		usd: 1299, gbp: 999, eur: 1299, grams: 38, stock: 20000, release: weeksLater},
	{slug: "mi-note", category: "phones", colours: []string{"black", "white"}, views: map[string]int{"black": 2, "white": 1},
		usd: 39900, gbp: 34900, eur: 39900, grams: 161, un: "3481", milliwattHours: 11400, stock: 500},
	{slug: "mi-pad", category: "phones", colours: []string{"silver"}, views: map[string]int{"silver": 2},
		usd: 22900, gbp: 19900, eur: 22900, grams: 360, un: "3481", milliwattHours: 25460, stock: 500},
}

// granted is what the example's authorities have granted, by category: the evidence of each kind. Phones and tablets wait
// everywhere.
var granted = map[string]string{
	"certification":      "Certificate EX-2015-0512, example laboratory",
	"un383":              "Test report UN38.3-EX-118, example laboratory",
	"psti":               "Statement of compliance EX-PSTI-7",
	"responsible_person": "Softlaunch Beispielhandel GmbH, Berlin",
	"data_act":           "Data sheet EX-DATA-3",
}
