package admin_test

import (
	"net/http"
	"net/url"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/discount"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

func TestADiscountIsMadeTriedChangedAndEnded(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/discounts")
	visit.See("WELCOME10", "Running", "10% off goods from US$20.00", "By itself")
	visit.Follow("New discount")
	visit.Follow("Germany")
	visit.Fill("code", "advent 15")
	visit.Fill("value", "zero")
	visit.Fill("begins_at", "2026-10-25T02:30")
	visit.Press("Make the discount")
	visit.Answered(http.StatusUnprocessableEntity)
	visit.See("Enter a percentage above 0", "Clocks show this time twice", "Enter a name of at most 100 characters in every language")
	if visit.Value("code") != "advent 15" {
		t.Error("what was typed is gone")
	}
	visit.Fill("value", "7.5")
	visit.Fill("minimum", "30")
	visit.Fill("begins_at", "2026-12-01T00:00")
	visit.Fill("ends_at", "2026-12-24T18:00")
	visit.Fill("uses_allowed", "100")
	visit.Fill("uses_buyer", "1")
	visit.Fill("Name in German", "Advent")
	visit.Fill("Name in English", "Advent")
	visit.Tick("Toys")
	visit.Press("Make the discount")
	visit.Answered(http.StatusOK)
	visit.See("The discount is made.", "Planned", "for the code ADVENT15", "7.5% off goods from €30.00", "1 December 2026", "24 December 2026", "0 of 100")
	wantTrail(t, shop, "create", "discount", "de ADVENT15", "")

	visit.Fill("goods", "PIP-PLUSH-FOX; 2\nMI-BAND-BLACK; 1")
	visit.Press("Try it")
	visit.Answered(http.StatusOK)
	visit.See("once the goods it is for come to €30.00; €4.02 to go", "Total €43.96")
	visit.Fill("goods", "PIP-PLUSH-FOX; 3\n\nMI-BAND-BLACK; 1")
	visit.Press("Try it")
	visit.See("Advent (ADVENT15) -€2.92", "Pip plush toy, PIP-PLUSH-FOX 3 €38.97 -€2.92", "Delivery €0.00", "Total €51.04")
	for _, goods := range []string{"", "x", "PIP-PLUSH-FOX; 0", "PIP-PLUSH-FOX; 1\nPIP-PLUSH-FOX; 2", "NONE; 1"} {
		visit.Fill("goods", goods)
		visit.Press("Try it")
		visit.Answered(http.StatusUnprocessableEntity)
	}

	visit.Fill("uses_allowed", "50")
	visit.Press("Save the discount")
	visit.See("The discount is saved.", "0 of 50")
	wantTrail(t, shop, "change", "discount", "de ADVENT15", "")
	visit.Press("End the discount")
	visit.See("The discount has ended.", "Ended")
	wantTrail(t, shop, "end", "discount", "de ADVENT15", "")
}

func TestWhatWasUsedStaysAsItWasSold(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	id := shop.Discount(t, "us", discount.Form{Kind: "amount", Value: "2", Combinable: true})
	buyer := modelstest.Buyer("us")
	shop.Place(t, "us", buyer, modelstest.Goods{"MI-BAND-BLACK": 1})
	shop.Place(t, "us", buyer, modelstest.Goods{"PIP-PLUSH-FOX": 1})
	visit := shop.Owner(t)
	visit.Open("/admin/discounts?q=thanks")
	visit.See("Thanks", "2", "US$4.00")
	visit.Follow("By itself")
	visit.See("Orders have used it", "Saved so far US$4.00")
	visit.Post(visit.Path(), url.Values{"kind": {"percent"}, "value": {"100"}, "code": {"ALL"}, "language": {"en"}, "name": {"Many thanks"}, "combinable": {"yes"}})
	visit.See("The discount is saved.", "US$2.00 off goods", "by itself", "Many thanks")
	for field, text := range map[string]string{"uses_allowed": "1", "uses_buyer": "1"} {
		visit.Post(visit.Path(), url.Values{field: {text}, "language": {"en"}, "name": {"Many thanks"}})
		visit.Answered(http.StatusUnprocessableEntity)
		visit.See("It is used more often than that already")
	}
	if n := shop.Number(t, "SELECT amount FROM discounts WHERE id = ?", id); n != 200 {
		t.Errorf("it takes %d off", n)
	}
}

func TestDiscountsAreFoundByStateMarketAndText(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	once := shop.Discount(t, "us", discount.Form{UsesAllowed: "1", Combinable: true, Names: map[string]string{"en": "Only one"}})
	shop.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"PIP-PLUSH-FOX": 1})
	if once == 0 {
		t.Fatal("no discount")
	}
	visit := shop.Owner(t)
	for address, see := range map[string][2]string{
		"?state=used_up": {"Only one", "WELCOME10"}, "?state=running&market=us": {"WELCOME10", "Only one"}, "?q=bienv&market=fr": {"BIENVENUE10", "BIENVENIDA10"},
		"?coded=automatic&market=uk": {"Headphones discount", "WELCOME10"}, "?coded=code&market=uk": {"WELCOME10", "Headphones discount"}, "?state=ended": {"No discount fits", "WELCOME10"},
	} {
		visit.Open("/admin/discounts" + address)
		visit.See(see[0])
		visit.NotSee(see[1])
	}
}

func TestAShopWithoutDiscountsSaysWhatTheyAre(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	for _, table := range []string{"discount_texts", "discount_categories", "discounts"} {
		shop.Exec(t, "DELETE FROM "+table)
	}
	visit := shop.Owner(t)
	visit.Open("/admin/discounts")
	visit.See("There are no discounts yet.", "New discount")
}

func TestOnlyWhoSetsPricesMakesDiscounts(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	for _, role := range []staff.Role{staff.Support, staff.Viewer} {
		visit := shop.Member(t, role)
		visit.Open("/admin/discounts")
		visit.NotSee("New discount")
		visit.Open("/admin/discounts/1")
		visit.Answered(http.StatusOK)
		visit.NotSee("Save the discount", "End the discount", "Try it")
		visit.Open("/admin/discounts/new?market=us")
		visit.Answered(http.StatusForbidden)
		for path, fields := range map[string]url.Values{"": {"market": {"us"}, "kind": {"percent"}, "value": {"10"}, "language": {"en"}, "name": {"x"}},
			"/1": {"language": {"en"}, "name": {"x"}}, "/1/end": {}, "/1/trial": {"goods": {"MI-BAND-BLACK; 1"}}} {
			visit.Post("/admin/discounts"+path, fields)
			visit.Answered(http.StatusForbidden)
		}
	}
	visit := shop.Owner(t)
	for _, path := range []string{"/admin/discounts/99", "/admin/discounts/x", "/admin/discounts/new?market=xx"} {
		visit.Open(path)
		visit.Answered(http.StatusNotFound)
	}
	visit.Post("/admin/discounts", url.Values{"market": {"us"}, "code": {"welcome-10"}, "kind": {"percent"}, "value": {"10"}, "language": {"en"}, "name": {"x"}})
	visit.Answered(http.StatusUnprocessableEntity)
	visit.See("Another discount of this market has this code.")
}
