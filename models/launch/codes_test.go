package launch_test

import (
	"context"
	"strings"
	"testing"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

// codes is a form that is right.
var codes = launch.CodeForm{Product: "mi-band", Label: "Press", Quantity: "1200", Uses: "2"}

func TestABatchIsMadeInPartsAndItsProgressShows(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	id, err := s.Codes.Make(ctx, modelstest.Owner, "es", codes)
	must(t, err)
	if _, err := s.Codes.Export(ctx, modelstest.Owner, id); !fault.Is(err, fault.Conflict) {
		t.Errorf("exported before it was made: %v", err)
	}
	stop, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.Codes.Fill(stop, job.Job{SubjectID: id}); err == nil {
		t.Error("made codes after the program was told to stop")
	}
	b, err := s.Codes.Batch(ctx, id)
	must(t, err)
	if b.Wanted != 1200 || b.Made != 0 || !b.Making() || b.Exportable || b.Product != "mi-band" || b.UsesAllowed != 2 {
		t.Errorf("before the job: %+v", b)
	}
	s.Work(t)
	all, err := s.Codes.Batches(ctx, "es")
	must(t, err)
	if len(all) != 1 || all[0].Made != 1200 || all[0].Making() || !all[0].Exportable {
		t.Errorf("after the job: %+v", all)
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM access_codes WHERE uses_allowed = 2"); n != 1200 {
		t.Errorf("%d codes are kept", n)
	}
	if entry := last(t, s); entry.Verb != "make codes" || entry.Name != "es Press" || entry.After != "1200 codes, 2 uses each" {
		t.Errorf("the trail says %+v", entry.Change)
	}
}

func TestCodesAreExportedOnceAndKeptByHash(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	id, err := s.Codes.Make(ctx, modelstest.Owner, "es", codes)
	must(t, err)
	s.Work(t)
	plain, err := s.Codes.Export(ctx, modelstest.Owner, id)
	must(t, err)
	if len(plain) != 1200 {
		t.Fatalf("%d codes", len(plain))
	}
	if _, err := s.Codes.Export(ctx, modelstest.Owner, id); !fault.Is(err, fault.Conflict) {
		t.Errorf("exported twice: %v", err)
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM code_batches WHERE seed IS NOT NULL"); n != 0 {
		t.Error("the seed is still there")
	}
	es := s.Store(t, "es").Market.ID
	s.Read(t, func(tx db.Tx) error {
		for _, code := range []string{plain[0], plain[1199], strings.ToLower(strings.ReplaceAll(plain[600], "-", ""))} {
			if _, err := launch.FindCode(tx, es, launch.Keys{}, code); err != nil {
				t.Errorf("%s: %v", code, err)
			}
		}
		return nil
	})
}

func TestARevokedCodeIsLikeAnUnknownOne(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	plain := s.AccessCodes(t, "es", "", 3, 1)
	es := s.Store(t, "es").Market.ID
	found := func(code string) (err error) {
		s.Read(t, func(tx db.Tx) error { _, err = launch.FindCode(tx, es, launch.Keys{}, code); return nil })
		return err
	}
	unknown := found("AAAA-AAAA-AAAA-AAAA")
	must(t, found(plain[0]))
	must(t, s.Codes.Revoke(ctx, modelstest.Owner, strings.ToLower(plain[0]), "leaked"))
	if err := found(plain[0]); err == nil || err.Error() != unknown.Error() {
		t.Errorf("a revoked code is %v, an unknown one %v", err, unknown)
	}
	wantFields(t, s.Codes.Revoke(ctx, modelstest.Owner, plain[0], "again"), fault.Fields{"code": "codes.unknown"})
	wantFields(t, s.Codes.Revoke(ctx, modelstest.Owner, plain[1], " "), fault.Fields{"reason": "codes.reason"})
	must(t, found(plain[1]))
	all, err := s.Codes.Batches(ctx, "es")
	must(t, err)
	must(t, s.Codes.RevokeBatch(ctx, modelstest.Owner, all[0].ID, "all leaked"))
	if entry := last(t, s); entry.Verb != "revoke codes" || entry.Reason != "all leaked" {
		t.Errorf("the trail says %+v", entry.Change)
	}
	if err := found(plain[1]); err == nil || err.Error() != unknown.Error() {
		t.Errorf("a code of a revoked batch is %v", err)
	}
	if err := s.Codes.RevokeBatch(ctx, modelstest.Owner, all[0].ID, "again"); !fault.Is(err, fault.Conflict) {
		t.Errorf("revoked twice: %v", err)
	}
}

func TestARevokedBatchIsNotMadeAnyFurther(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	id, err := s.Codes.Make(t.Context(), modelstest.Owner, "es", codes)
	must(t, err)
	must(t, s.Codes.RevokeBatch(t.Context(), modelstest.Owner, id, "a mistake"))
	s.Work(t)
	b, err := s.Codes.Batch(t.Context(), id)
	must(t, err)
	if b.Made != 0 || b.Making() || b.Exportable {
		t.Errorf("%+v", b)
	}
	if _, err := s.Codes.Export(t.Context(), modelstest.Owner, id); !fault.Is(err, fault.Conflict) {
		t.Errorf("exported: %v", err)
	}
}

func TestCodeFormsAreChecked(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	for _, quantity := range []string{"", "0", "-1", "1.5", "1e3", "٣", "100001", "9223372036854775808"} {
		_, err := s.Codes.Make(ctx, modelstest.Owner, "es", launch.CodeForm{Label: "x", Quantity: quantity, Uses: quantity})
		want := fault.Fields{"quantity": "codes.quantity", "uses": "codes.uses"}
		wantFields(t, err, want)
	}
	_, err := s.Codes.Make(ctx, modelstest.Owner, "es", launch.CodeForm{Product: "nothing", Label: strings.Repeat("x", 101), Quantity: "1", Uses: "1"})
	wantFields(t, err, fault.Fields{"product": "codes.product", "label": "codes.label"})
	if _, err := s.Codes.Make(ctx, modelstest.Owner, "xx", codes); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown market: %v", err)
	}
	viewer := staff.Actor{ID: 1, Name: "Viewer", Role: staff.Viewer}
	_, making := s.Codes.Make(ctx, viewer, "es", codes)
	_, exporting := s.Codes.Export(ctx, viewer, 1)
	_, inviting := s.Codes.Invite(ctx, viewer, "es", "", "x")
	for verb, err := range map[string]error{"make": making, "export": exporting, "invite": inviting,
		"revoke": s.Codes.Revoke(ctx, viewer, "x", "x"), "revoke all": s.Codes.RevokeBatch(ctx, viewer, 1, "x")} {
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s as a viewer: %v", verb, err)
		}
	}
}
