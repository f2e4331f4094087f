package inventory_test

import (
	"errors"
	"testing"

	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

var merchandiser = staff.Actor{Name: "Mia", Role: staff.Merchandiser}

// band is the first location that has the black band.
func band(t *testing.T, s *modelstest.Shop) inventory.Row {
	t.Helper()
	rows, err := s.Warehouse.Rows(t.Context(), "mi-band-black")
	if err != nil || len(rows) == 0 {
		t.Fatalf("no stock of the band: %v", err)
	}
	return rows[0]
}

func TestACountIsKeptWithItsReason(t *testing.T) {
	s := modelstest.New(t)
	before := band(t, s)
	tally := inventory.Tally{Location: before.Location, SKU: before.SKU, Quantity: "12", Reason: "broken boxes"}
	if err := s.Warehouse.Count(t.Context(), merchandiser, tally); err != nil {
		t.Fatal(err)
	}
	if after := band(t, s); after.OnHand != 12 || !after.Low() {
		t.Errorf("counted as %+v", after)
	}
	h, err := s.Staff.History(t.Context(), staff.Filter{Subject: "stock"})
	if err != nil || len(h.Entries) != 1 {
		t.Fatalf("%d lines in the trail, %v", len(h.Entries), err)
	}
	e := h.Entries[0]
	if e.Verb != "count" || e.Name != before.Location+" MI-BAND-BLACK" || e.After != "12" || e.Reason != "broken boxes" || e.Actor != "Mia" {
		t.Errorf("kept as %+v", e)
	}
}

func TestHeldUnitsCannotBeCountedAway(t *testing.T) {
	s := modelstest.New(t)
	s.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 2})
	rows, err := s.Warehouse.Rows(t.Context(), "mi-band-black")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if row.Held != 2 {
			continue
		}
		tally := inventory.Tally{Location: row.Location, SKU: row.SKU, Quantity: "1", Reason: "counted"}
		if err := s.Warehouse.Count(t.Context(), merchandiser, tally); !fault.Is(err, fault.Conflict) {
			t.Errorf("counted below what is held: %v", err)
		}
		return
	}
	t.Error("the order holds nothing")
}

func TestCountsAreChecked(t *testing.T) {
	s := modelstest.New(t)
	good := inventory.Tally{Location: band(t, s).Location, SKU: "MI-BAND-BLACK", Quantity: "5", Reason: "counted"}
	for name, test := range map[string]struct {
		change func(*inventory.Tally)
		want   fault.Kind
	}{
		"negative":        {func(y *inventory.Tally) { y.Quantity = "-1" }, fault.Invalid},
		"words":           {func(y *inventory.Tally) { y.Quantity = "five" }, fault.Invalid},
		"too many":        {func(y *inventory.Tally) { y.Quantity = "1000001" }, fault.Invalid},
		"no reason":       {func(y *inventory.Tally) { y.Reason = " " }, fault.Invalid},
		"unknown place":   {func(y *inventory.Tally) { y.Location = "moon" }, fault.NotFound},
		"unknown variant": {func(y *inventory.Tally) { y.SKU = "NOTHING" }, fault.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			tally := good
			test.change(&tally)
			if err := s.Warehouse.Count(t.Context(), merchandiser, tally); !fault.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
	for _, role := range []staff.Role{staff.Viewer, staff.Support} {
		var f *fault.Error
		if err := s.Warehouse.Count(t.Context(), staff.Actor{Role: role}, good); !errors.As(err, &f) || f.Kind != fault.Forbidden {
			t.Errorf("counted by %s: %v", role, err)
		}
	}
}
