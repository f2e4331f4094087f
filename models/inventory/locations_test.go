package inventory_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"softlaunch/models/fault"
	"softlaunch/models/inventory"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

func TestALocationIsAddedCountedAndServes(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Warehouse.AddLocation(ctx, modelstest.Owner, inventory.LocationForm{Code: "lleida", Name: " Lleida "}))
	s.Stock(t, "lleida", "MI-BAND-BLACK", 7)
	must(s.Setup.SetLocations(ctx, modelstest.Owner, "es", []string{"lleida"}))
	s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-BAND-BLACK": 1})
	must(s.Setup.SetLocations(ctx, modelstest.Owner, "it", []string{"venlo", "lleida"}))
	must(s.Warehouse.RenameLocation(ctx, modelstest.Owner, "lleida", "Lleida Nord"))
	must(s.Warehouse.RenameLocation(ctx, modelstest.Owner, "lleida", "Lleida Nord")) // changes nothing, so it leaves no line
	got, err := s.Warehouse.Location(ctx, "lleida")
	must(err)
	if got.Name != "Lleida Nord" || got.Variants != 1 || got.Units != 7 || !slices.Equal(got.Markets, []string{"es", "it"}) {
		t.Errorf("the location is %+v", got)
	}
	if n := s.Number(t, "SELECT held FROM levels WHERE location_id = (SELECT id FROM locations WHERE code = 'lleida')"); n != 1 {
		t.Errorf("%d units are held there", n)
	}
	trail, err := s.Staff.History(ctx, staff.Filter{})
	must(err)
	var said []string
	for _, e := range trail.Entries {
		if e.Subject == "location" {
			said = append(said, e.Verb+" "+e.Name+" "+e.Before+">"+e.After)
		}
	}
	if !slices.Equal(said, []string{"rename lleida Lleida>Lleida Nord", "add lleida >Lleida"}) {
		t.Errorf("the trail says %q", said)
	}
}

func TestALocationIsRefused(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	for _, c := range []struct{ code, name, field, why string }{
		{"", "Name", "code", "location.code"}, {"Porto", "Name", "code", "location.code"}, {"a/b", "Name", "code", "location.code"},
		{"locations", "Name", "code", "location.code"}, {strings.Repeat("x", 31), "Name", "code", "location.code"},
		{"venlo", "Another", "code", "location.code_taken"}, {"porto", " ", "name", "location.name"},
		{"porto", strings.Repeat("x", 61), "name", "location.name"}, {"porto", "a\nb", "name", "location.name"},
	} {
		err := s.Warehouse.AddLocation(ctx, modelstest.Owner, inventory.LocationForm{Code: c.code, Name: c.name})
		if !fault.Is(err, fault.Invalid) || fieldOf(err, c.field) != c.why {
			t.Errorf("%q %q: %v", c.code, c.name, err)
		}
	}
	if err := s.Warehouse.RenameLocation(ctx, modelstest.Owner, "atlantis", "Atlantis"); !fault.Is(err, fault.NotFound) {
		t.Errorf("renaming what isn't there: %v", err)
	}
	if err := s.Warehouse.RenameLocation(ctx, modelstest.Owner, "venlo", ""); fieldOf(err, "name") != "location.name" {
		t.Errorf("no name: %v", err)
	}
	for _, role := range []staff.Role{staff.Support, staff.Viewer} {
		by := staff.Actor{ID: 1, Name: "x", Role: role}
		adding := s.Warehouse.AddLocation(ctx, by, inventory.LocationForm{Code: "porto", Name: "Porto"})
		renaming := s.Warehouse.RenameLocation(ctx, by, "venlo", "Porto")
		if !fault.Is(adding, fault.Forbidden) || !fault.Is(renaming, fault.Forbidden) {
			t.Errorf("%s: %v, %v", role, adding, renaming)
		}
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM locations"); n != 3 {
		t.Errorf("%d locations", n)
	}
}

// fieldOf is what a fault says of a field.
func fieldOf(err error, field string) string {
	var refused *fault.Error
	if !errors.As(err, &refused) {
		return ""
	}
	return refused.Fields[field]
}
