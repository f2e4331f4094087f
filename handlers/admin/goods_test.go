package admin_test

import (
	"testing"

	"softlaunch/handlers/handlerstest"
)

func TestPricesAndListingsAreChanged(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/products/mi-band")
	visit.Follow("Germany")
	visit.Fill("sku", "MI-BAND-BLACK")
	visit.Fill("Amount in EUR, tax included", "-3")
	visit.Press("Set price")
	visit.Answered(422)
	visit.See("Enter an amount above zero")
	visit.Fill("amount", "13,49")
	visit.Fill("valid_from", "2026-12-01T00:00")
	visit.Press("Set price")
	visit.See("The price is set.", "€13.49", "1 December 2026, 00:00")
	wantTrail(t, shop, "set", "price", "de MI-BAND-BLACK", "")
	visit.Press("Take back")
	visit.See("The price is taken back.")
	wantTrail(t, shop, "take back", "price", "de MI-BAND-BLACK", "")

	visit.Open("/admin/products/mi-band/listings/de")
	visit.Fill("Most per order", "many")
	visit.Press("Save listing")
	visit.Answered(422)
	visit.See("Enter a whole number from 0 to 9999")
	visit.Fill("Most per order", "7")
	visit.Press("Save listing")
	visit.See("The listing is saved.")
	if got := visit.Value("limit_order"); got != "7" {
		t.Errorf("the limit is shown as %q", got)
	}
	wantTrail(t, shop, "set", "listing", "de mi-band", "")
}

// Staff see what a price would do to the page before they set it: here a reduction, one that follows a cheaper week, and one
// that is wrong.
func TestAPriceIsPreviewedBeforeItIsSet(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	before := shop.Number(t, "SELECT COUNT(*) FROM prices")
	visit.Open("/admin/products/bedside-lamp/listings/de")
	visit.See("What shoppers see", "16 November 2026, 00:00", "Lowest price of the 30 days before: €49.99, 20 % less")
	visit.Fill("amount", "44.99")
	visit.Fill("valid_from", "2027-01-04T00:00")
	visit.Fill("price_ends_at", "2027-01-11T00:00")
	visit.Press("Preview")
	visit.See("What shoppers would see", "It is not set yet", "new", "Lowest price of the 30 days before: €49.99, 10 % less")
	visit.Fill("valid_from", "2026-12-20T00:00")
	visit.Press("Preview")
	visit.See("Nothing: goods were not sold above this price")
	visit.Fill("amount", "cheap")
	visit.Press("Preview")
	visit.Answered(422)
	visit.See("Enter an amount above zero")
	if now := shop.Number(t, "SELECT COUNT(*) FROM prices"); now != before {
		t.Errorf("previews have set %d prices", now-before)
	}
}

func TestAProductGetsAClassForTax(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/products/pip-plush")
	visit.Follow("Classes of goods")
	visit.Fill("code", "Delivery")
	visit.Press("Save class")
	visit.Answered(422)
	visit.Fill("code", "toys")
	visit.Fill("name", "Toys for children")
	visit.Press("Save class")
	visit.See("The class is saved.", "Toys for children")
	wantTrail(t, shop, "set", "tax class", "toys", "")
	visit.Open("/admin/products/pip-plush")
	visit.Fill("tax_class", "toys")
	visit.Press("Save class")
	visit.See("The class is saved.")
	wantTrail(t, shop, "classify", "product", "pip-plush", "")
	visit.Open("/admin/markets/de/checklist")
	visit.See("toys on")
}

func TestStockIsCounted(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/stock?q=MI-BAND-BLACK")
	visit.See("MI-BAND-BLACK")
	rows, err := shop.Warehouse.Rows(t.Context(), "MI-BAND-BLACK")
	if err != nil {
		t.Fatal(err)
	}
	visit.Open("/admin/stock/" + rows[0].Location + "/MI-BAND-BLACK")
	visit.Fill("Units on hand", "11")
	visit.Press("Save count")
	visit.Answered(422)
	visit.Fill("Why", "broken boxes")
	visit.Press("Save count")
	visit.See("The count is saved.")
	wantTrail(t, shop, "count", "stock", rows[0].Location+" MI-BAND-BLACK", "broken boxes")
	visit.Open("/admin/stock?low=1")
	visit.See("MI-BAND-BLACK", "11", "low")
}
