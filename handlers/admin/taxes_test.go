package admin_test

import (
	"testing"

	"softlaunch/handlers/handlerstest"
)

func TestNexusIsSwitchedPerState(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets/us/taxes")
	visit.Follow("Where tax is collected (nexus)")
	visit.See("California CA collected", "Standard goods 7.25%", "Massachusetts MA none")
	visit.Form("/admin/markets/us/taxes/nexus/MA").Press("Collect tax")
	visit.See("The place is changed.", "Massachusetts MA collected")
	wantTrail(t, shop, "set", "nexus", "us MA", "")
	visit.Open("/admin/markets/us/checklist")
	visit.See("standard MA on")
}

func TestRatesAreImportedAfterALookAtThem(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets/us/taxes")
	visit.Follow("Import rates from a file")
	const path = "/admin/markets/us/taxes/import"
	visit.Upload(path, "file", "rates.csv", []byte("region,class,name,percent,valid_from\nCA,standard,CA sales tax,7.5,2027-01-01\nXX,standard,x,7,\n"))
	visit.Answered(422)
	visit.See("The file can't be imported", "Line 3 region There is no such region")
	visit.Upload(path, "file", "rates.csv", []byte("region,class,name,percent,valid_from\nCA,standard,CA sales tax,7.5,2027-01-01\n"))
	visit.Answered(200)
	visit.See("Nothing is changed yet.", "7.25% 7.5%", "1 January 2027, 00:00 (New York, EST)")
	visit.Press("Set these rates")
	visit.See("The rates are set.", "7.5%")
	wantTrail(t, shop, "set", "rate", "us standard CA", "imported, line 2")
}

// A buyer in a place that is left out reads why, in the store's language.
func TestAPlaceIsLeftOutWithAReason(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets/de/settings")
	visit.See("27498", "de: Nach Helgoland liefern wir nicht")
	visit.Fill("pattern", "10115")
	visit.Press("Leave out")
	visit.Answered(422)
	visit.See("Give buyers a reason in every language")
	visit.Fill("Reason in German", "Nach Mitte liefern wir heute nicht.")
	visit.Fill("Reason in English", "We don't deliver to Mitte today.")
	visit.Press("Leave out")
	visit.See("The places are left out.", "en: We don't deliver to Mitte today.")
	wantTrail(t, shop, "exclude", "postcodes", "de", "")
}
