package document_test

import (
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/document"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// credit has staff give back what they claim, and answers the order's documents.
func credit(t testing.TB, s *modelstest.Shop, o order.Order, claim order.Claim) []document.Document {
	t.Helper()
	claim.Reason = "for a test"
	planned, err := s.Orders.Preview(t.Context(), o.Number, claim)
	must(t, err)
	must(t, s.Orders.Credit(t.Context(), modelstest.Owner, o.Number, claim, planned.TotalAmount))
	s.Work(t)
	documents, err := s.Documents.OfOrder(t.Context(), o.ID)
	must(t, err)
	return documents
}

func TestEachCreditHasItsNote(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o, invoice := invoiced(t, s, "de")
	o, err := s.Orders.ByID(t.Context(), o.ID)
	must(t, err)
	credit(t, s, o, order.Claim{TakeOff: []order.Units{{LineID: o.Lines[0].ID, Quantity: 1}}})
	credit(t, s, o, order.Claim{Amount: 150})
	documents := credit(t, s, o, order.Claim{Delivery: true})
	if len(documents) != 4 {
		t.Fatalf("%+v", documents)
	}
	var back int64
	for i, d := range documents[1:] {
		c, err := s.Documents.Content(t.Context(), d.ID)
		must(t, err)
		if d.Kind != document.CreditNote || d.Ordinal != int64(i+1) || d.Series != "C2026" || c.Corrects == nil || c.Corrects.Number != invoice.Number {
			t.Errorf("%+v says %+v", d, c)
		}
		if wrong := c.Check(); len(wrong) > 0 {
			t.Error(wrong)
		}
		back += c.Total
	}
	o, err = s.Orders.ByID(t.Context(), o.ID)
	must(t, err)
	if back != o.CreditedAmount() {
		t.Errorf("notes come to %d, credits to %d", back, o.CreditedAmount())
	}
}

func TestACancelledOrderIsCorrectedInFull(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o, _ := invoiced(t, s, "us")
	must(t, s.Orders.Cancel(t.Context(), modelstest.Owner, o.Number, "asked for it"))
	s.Work(t)
	documents, err := s.Documents.OfOrder(t.Context(), o.ID)
	must(t, err)
	if len(documents) != 2 {
		t.Fatalf("%+v", documents)
	}
	sold, err := s.Documents.Content(t.Context(), documents[0].ID)
	must(t, err)
	back, err := s.Documents.Content(t.Context(), documents[1].ID)
	must(t, err)
	if back.Total != sold.Total || back.Tax != sold.Tax || back.Net != sold.Net || back.Cause != "cancelled" {
		t.Errorf("sold %+v, corrected %+v", sold, back)
	}
}

// Whatever goods are sold in whatever market, and whatever of them is given back in whatever steps: each document adds up to
// the cent and agrees with its order (the audit compares them when the test ends).
func TestDocumentsOfRandomOrdersAddUp(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	skus := []string{"MI-BAND-BLACK", "MI-BAND-CORAL", "POWER-BANK-5000-SILVER", "POWER-BANK-10500-SILVER", "MI-HEADPHONES-BLACK"}
	rapid.Check(t, func(r *rapid.T) {
		path := rapid.SampledFrom([]string{"us", "uk", "de", "de-en", "fr"}).Draw(r, "store")
		goods := modelstest.Goods{}
		for range rapid.IntRange(1, 4).Draw(r, "lines") {
			goods[rapid.SampledFrom(skus).Draw(r, "sku")] = rapid.IntRange(1, 2).Draw(r, "units")
		}
		o := s.Pay(t, s.Place(t, path, modelstest.Buyer(path[:2]), goods))
		s.Work(t)
		for range rapid.IntRange(0, 3).Draw(r, "credits") {
			whole, err := s.Orders.ByID(t.Context(), o.ID)
			must(t, err)
			claim := order.Claim{Reason: "drawn", Delivery: rapid.Bool().Draw(r, "delivery"), Amount: rapid.Int64Range(0, 300).Draw(r, "amount")}
			line := rapid.SampledFrom(whole.Lines).Draw(r, "line")
			if line.ToShip() > 0 && rapid.Bool().Draw(r, "off") {
				claim.TakeOff = []order.Units{{LineID: line.ID, Quantity: 1}}
			}
			planned, err := s.Orders.Preview(t.Context(), o.Number, claim)
			if err != nil {
				continue // it can't be had
			}
			must(t, s.Orders.Credit(t.Context(), modelstest.Owner, o.Number, claim, planned.TotalAmount))
		}
		s.Work(t)
		documents, err := s.Documents.OfOrder(t.Context(), o.ID)
		must(t, err)
		for _, d := range documents {
			c, err := s.Documents.Content(t.Context(), d.ID)
			must(t, err)
			if wrong := c.Check(); len(wrong) > 0 {
				r.Fatalf("%s: %v\n%+v", d.Number, wrong, c)
			}
		}
	})
}
