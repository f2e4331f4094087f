package catalog_test

import (
	"testing"

	"softlaunch/models/catalog"
	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

func TestARangeIsListedAndPricedAtOnceOrNotAtAll(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	limits := catalog.ListingForm{LimitOrder: "5", LimitBuyer: "10", TestLimitOrder: "1", TestLimitBuyer: "1"}
	form := catalog.RangeForm{Listing: limits, Slugs: []string{"mi-band"}, Amounts: map[string]string{"MI-BAND-BLACK": "12.50", "MI-BAND-BLUE": "a lot", "NONE": "1"}}
	before, err := s.Catalog.Range(ctx, "de")
	must(t, err)
	wantFields(t, s.Catalog.SetRange(ctx, merchandiser, "de", form), fault.Fields{"amount.MI-BAND-BLUE": "price.amount", "amount.NONE": "price.sku"})
	if got := price(t, s); got == 1250 {
		t.Error("a price was set although another was wrong")
	}
	form.Amounts = map[string]string{"MI-BAND-BLACK": "12.50"}
	must(t, s.Catalog.SetRange(ctx, merchandiser, "de", form))
	if e := last(t, s); e.Verb != "set" || e.Subject != "price" || e.Name != "de MI-BAND-BLACK" {
		t.Errorf("the trail ends with %+v", e)
	}
	trail := last(t, s).ID
	must(t, s.Catalog.SetRange(ctx, merchandiser, "de", form))
	if last(t, s).ID != trail {
		t.Error("what holds already was set again")
	}
	form.Slugs = []string{"none"}
	wantFields(t, s.Catalog.SetRange(ctx, merchandiser, "de", form), fault.Fields{"slugs": "listing.product"})
	after, err := s.Catalog.Range(ctx, "de")
	must(t, err)
	if len(after.Products) != len(before.Products) || len(after.Listed) != len(before.Listed) {
		t.Errorf("%d of %d are listed, before %d", len(after.Listed), len(after.Products), len(before.Listed))
	}
	if err := s.Catalog.SetRange(ctx, staff.Actor{Role: staff.Support}, "de", form); !fault.Is(err, fault.Forbidden) {
		t.Errorf("support: %v", err)
	}
}
