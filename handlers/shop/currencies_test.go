package shop_test

import (
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/inventory"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

const plush = "PIP-PLUSH-FOX"

// coin is a market whose currency has not two decimals, and what its pages say of a toy that staff typed as price, a
// delivery as way, and tax of 10 % on both.
type coin struct {
	code, country, name, currency, zone string
	included                            bool
	price, way                          string // as typed
	card, data, delivery, tax           string
	total                               string // of two toys
	minor                               string // the total as the order's form sends it
}

var coins = []coin{
	{"jp", "JP", "Japan", "JPY", "Asia/Tokyo", true, "1980", "520", "JP¥1,980", "1980", "JP¥520", "10% Tax: JP¥407", "JP¥4,480", "4480"},
	{"kw", "KW", "Kuwait", "KWD", "Asia/Kuwait", false, "4.575", "1.250", "KWD 4.575", "4.575", "KWD 1.250", "KWD 1.040", "KWD 11.440", "11440"},
}

// open makes a market out of nothing by staff's own verbs, and has it open.
func (c coin) open(t *testing.T, shop *handlerstest.Shop) {
	t.Helper()
	ctx, by := t.Context(), modelstest.Owner
	form := market.Form{Code: c.code, Country: c.country, Currency: c.currency, Zone: c.zone, TaxIncluded: c.included, PostalPattern: `\d{7}`,
		PostalExample: "1000001", RegionKind: "none", HoldMinutes: "15", TransferDays: "7", ReturnDays: "14",
		Languages: []market.LanguageForm{{Language: "en", OrderButton: "Buy"}}, Payments: []market.PaymentForm{{Provider: "sandbox", InTest: true}}}
	steps := []error{
		shop.Setup.CreateMarket(ctx, by, form, ""),
		shop.Setup.SetLocations(ctx, by, c.code, []string{"reno"}),
		shop.Setup.SetRate(ctx, by, c.code, market.RateForm{Class: "standard", Name: "Tax", Percent: "10"}),
		shop.Setup.SetRate(ctx, by, c.code, market.RateForm{Class: "delivery", Name: "Tax", Percent: "10"}),
		shop.Setup.SetDelivery(ctx, by, c.code, market.DeliveryForm{Code: c.code + "-home", Kind: "home", Amount: c.way, DaysMin: "1", DaysMax: "2",
			CutoffHour: "12", Names: map[string]string{"en": "To your door"}}),
		shop.Setup.SetSeller(ctx, by, c.code, market.SellerForm{KeepYears: "7", Seller: market.Seller{Name: "Example", Line1: "1 Main Street", PostalCode: "1000001",
			City: "Town", Country: c.country, VATNumber: "T0", Register: "R0", Paper: "a4"}}),
		shop.Warehouse.Count(ctx, by, inventory.Tally{Location: "reno", SKU: plush, Quantity: "50", Reason: "counted"}),
	}
	for _, err := range steps {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, page := range market.DefaultPages {
		if err := shop.Setup.WritePage(ctx, by, c.code, market.Page{Language: "en", Slug: page, Title: "A page", Body: "Its text."}); err != nil {
			t.Fatal(err)
		}
	}
	c.list(t, shop)
	at := market.Moment{Local: "2026-11-22T00:00"}
	if err := shop.Gate.Reschedule(ctx, by, c.code, launch.Times{Announced: at, Launch: at}, c.code, ""); err != nil {
		t.Fatal(err)
	}
	shop.Time.Set(modelstest.At("2026-11-23T09:00:00Z"))
}

// list has staff type the price of the toy in the back-office, in the market's decimals and then in one more.
func (c coin) list(t *testing.T, shop *handlerstest.Shop) {
	t.Helper()
	visit := shop.Owner(t)
	visit.Open("/admin/products/pip-plush/listings/" + c.code)
	visit.Press("List in " + c.name)
	visit.Fill("sku", plush)
	visit.Fill("amount", c.price+strings.Repeat("0", 4))
	if !strings.Contains(c.price, ".") {
		visit.Fill("amount", c.price+".5")
	}
	visit.Press("Set price")
	visit.Answered(422)
	visit.Fill("amount", c.price)
	visit.Press("Set price")
	visit.See("The price is set.", c.card)
}

func TestCurrenciesOfNoneAndThreeDecimalsWorkThroughout(t *testing.T) {
	t.Parallel()
	for _, c := range coins {
		t.Run(c.currency, func(t *testing.T) {
			t.Parallel()
			shop := handlerstest.New(t)
			c.open(t, shop)
			visit := shop.Visit(t)
			visit.Open("/" + c.code + "/products")
			visit.See(c.card)
			visit.Open("/" + c.code + "/products/pip-plush")
			visit.See(c.card, c.delivery)
			if offers := dataOf(t, visit).Offers; offers.Price != c.data || offers.PriceCurrency != c.currency {
				t.Errorf("search engines are told %+v", offers)
			}
			visit.Fill("quantity", "2")
			visit.Press("Add to cart")
			visit.See(c.total)
			visit.Follow("Go to checkout")
			fillIn(visit, map[string]string{"email": "ada@example.com", "name": "Ada Lovelace", "line1": "1 Main Street", "city": "Town", "postal_code": "1000001"})
			visit.Press("Continue to review")
			visit.See(c.tax, c.total)
			if got := visit.Value("total"); got != c.minor {
				t.Errorf("the order's form sends %s", got)
			}
			visit.Press("Buy")
			visit.Open(visit.Path())
			if n := shop.Number(t, "SELECT COUNT(*) FROM orders WHERE currency = ? AND total_amount = ?", c.currency, c.minor); n != 1 {
				t.Errorf("%d orders of %s", n, c.total)
			}
		})
	}
}
