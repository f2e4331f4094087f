package admin_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/draw"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

func drawForm() launch.DrawForm {
	return launch.DrawForm{Name: "First phones", Product: "mi-note", Winners: "1", ClosesAt: market.Moment{Local: "2026-11-21T13:00"}}
}

// wait puts an address on Spain's list of the phone and confirms it.
func wait(t *testing.T, shop *handlerstest.Shop, email string) {
	t.Helper()
	store := shop.Store(t, "es")
	if err := shop.Interests.Ask(t.Context(), store, launch.Wish{Product: "mi-note", Email: email, TextVersion: "words-7"}, "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	for _, n := range shop.Work(t) {
		if _, err := shop.Interests.Confirm(t.Context(), store.Market.ID, n.Token); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCodesAreMadeExportedOnceAndRevoked(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/markets/es/codes")
	visit.Press("Make codes")
	visit.Answered(422)
	visit.See("Enter a label", "Enter a whole number from 1 to 100,000.")
	visit.Fill("label", "=Press")
	visit.Fill("product", "Mi Band")
	visit.Fill("quantity", "700")
	visit.Fill("uses", "2")
	visit.Press("Make codes")
	visit.See("The codes are being made.", "0 of 700", "Being made")
	if visit.Header.Get("Refresh") == "" {
		t.Error("the page does not ask again while codes are being made")
	}
	batch := visit.Path()
	visit.NotSee("Export as CSV")
	visit.Post(batch+"/export", nil)
	visit.Answered(409)
	shop.Work(t)
	visit.Open(batch)
	visit.See("700 of 700", "Ready to export", "1,400")
	if visit.Header.Get("Refresh") != "" {
		t.Error("the page asks again although all codes are made")
	}
	visit.Press("Export as CSV")
	lines := strings.Split(strings.TrimSpace(visit.Body), "\n")
	if len(lines) != 701 || !strings.HasSuffix(lines[1], ",es,mi-band,2,'=Press") || !strings.HasPrefix(visit.Header.Get("Content-Disposition"), "attachment;") {
		t.Fatalf("%d lines like %q as %q", len(lines), lines[1], visit.Header.Get("Content-Disposition"))
	}
	wantTrail(t, shop, "export codes", "codes", "=Press", "")
	visit.Post(batch+"/export", nil)
	visit.Answered(409)
	visit.See("exported already")
	one, _, _ := strings.Cut(lines[1], ",")
	visit.Open("/admin/markets/es/codes")
	visit.Form("/admin/markets/es/codes/revocation").Fill("code", one)
	visit.Form("/admin/markets/es/codes/revocation").Fill("reason", "lost")
	visit.Press("Revoke this code")
	visit.See("The code is revoked.")
	visit.Post("/admin/markets/es/codes/revocation", url.Values{"code": {one}, "reason": {"again"}})
	visit.Answered(422)
	visit.See("There is no such code")
	visit.Open(batch)
	visit.Press("Revoke all codes")
	visit.Answered(422)
	visit.Fill("reason", "leaked")
	visit.Press("Revoke all codes")
	visit.See("The codes are revoked.", "Revoked")
	wantTrail(t, shop, "revoke codes", "codes", "=Press", "leaked")
	visit.Open(strings.Replace(batch, "/es/", "/it/", 1))
	visit.Answered(404)
}

func TestWhoWaitsIsSeenExportedInvitedAndForgotten(t *testing.T) {
	shop := handlerstest.New(t)
	wait(t, shop, "+ada@example.com")
	wait(t, shop, "bo@example.com")
	visit := shop.Owner(t)
	visit.Open("/admin/launches/es") // where waves are made, the lists say how large
	visit.See("(MI-NOTE-BLACK), 2 people wait")
	visit.Open("/admin/markets/es/interest")
	visit.See("Mi Note", "Confirmed")
	visit.Follow("Mi Note")
	visit.See("bo@example.com", "words-7", "20 November 2026, 13:00 (Madrid, CET)")
	visit.Post("/admin/markets/es/interest/export", url.Values{"product": {"mi-note"}})
	if !strings.Contains(visit.Body, "\n'+ada@example.com,es,mi-note,2026-11-20T12:00:00.000Z,2026-11-20T12:00:00.000Z,words-7\n") {
		t.Errorf("exported:\n%s", visit.Body)
	}
	wantTrail(t, shop, "export interest", "interest", "es mi-note", "")
	visit.Post("/admin/markets/es/codes/invitations", url.Values{"label": {"Phones"}, "product": {"mi-note"}})
	visit.See("go out by mail", "0 of 2")
	visit.Post("/admin/markets/es/codes/invitations", url.Values{"label": {"Phones again"}, "product": {"mi-note"}})
	visit.Answered(409)
	visit.See("Nobody on this list waits for a code.")
	visit.Open("/admin/markets/es/interest/entries?product=mi-note")
	visit.Press("Delete")
	visit.See("The entry is deleted.")
	wantTrail(t, shop, "forget", "interest", "es mi-note", "")
	visit.Fill("E-mail address", "nobody")
	visit.Press("Forget")
	visit.Answered(422)
	visit.Fill("E-mail address", "+ada@example.com")
	visit.Press("Forget")
	visit.See("Entries deleted: 1.", "Nobody has asked to be told yet.")
	for _, e := range []string{trail(t, shop).Name, trail(t, shop).Before} {
		if strings.Contains(e, "ada") {
			t.Errorf("the trail names the address: %q", e)
		}
	}
}

func TestADrawIsAnnouncedAndItsFileVerifies(t *testing.T) {
	shop := handlerstest.New(t)
	wait(t, shop, "ada@example.com")
	wait(t, shop, "bo@example.com")
	visit := shop.Owner(t)
	visit.Open("/admin/markets/es/interest")
	visit.Press("Announce the draw")
	visit.Answered(422)
	visit.See("Choose a time that is still to come")
	visit.Fill("name", "First phones")
	visit.Fill("Among those who wait for", "Mi Note")
	visit.Fill("Closes", "2026-11-20T14:00")
	visit.Fill("Winners", "1")
	visit.Press("Announce the draw")
	visit.See("The draw is announced.", "Seed hash, committed to", "Open to sign up")
	wantTrail(t, shop, "announce draw", "draw", "es First phones", "")
	at := visit.Path()
	visit.Open(at + "/file")
	visit.Answered(409)
	shop.Time.Advance(2 * time.Hour)
	shop.Work(t)
	visit.Open(at)
	visit.See("Drawn", "Took part", "softlaunch draw verify")
	visit.Follow("The published file")
	published, err := draw.Read([]byte(visit.Body))
	if err != nil || draw.Verify([]byte(visit.Body)) != nil || len(published.Winners) != 1 || len(published.Tickets) != 2 {
		t.Fatalf("the published file: %v, %v", err, draw.Verify([]byte(visit.Body)))
	}
	visit.Open(at)
	visit.See(published.Seed, published.SeedHash)
	visit.Post(at+"/cancellation", url.Values{"reason": {"too late"}})
	visit.Answered(409)
}

func TestEvidenceIsAttachedAndDownloaded(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Member(t, staff.Merchandiser)
	visit.Post("/admin/launches/es/approvals", url.Values{"product": {"category:bands"}, "kind": {"certification"}, "evidence": {"certificate 9"}})
	visit.See("The approval is granted.", "certificate 9")
	page := "/admin/launches/es/approvals/" + grantOf(t, shop, "es", "certificate 9")
	visit.Open(page)
	visit.See("all Fitness bands", "PDF, PNG or JPEG")
	visit.Upload(page+"/files", "file", "scan.svg", []byte("<svg/>"))
	visit.Answered(422)
	visit.See("The file is no PDF, PNG or JPEG")
	visit.Upload(page+"/files", "file", "big.pdf", append([]byte("%PDF-"), bytes.Repeat([]byte("x"), launch.MaxFile)...))
	visit.Answered(422)
	visit.See("larger than 2 MB")
	visit.Upload(page+"/files", "file", "huge.pdf", bytes.Repeat([]byte("x"), launch.MaxFile+100_000))
	visit.Answered(413)
	visit.Upload("/admin/launches/es/waves", "file", "x.pdf", bytes.Repeat([]byte("x"), 100_000))
	visit.Answered(413)
	visit.Upload(page+"/files", "file", "lab report.html", []byte("%PDF-1.7 <script>"))
	visit.See("The file is kept.", "lab-report.pdf")
	visit.Follow("lab-report.pdf")
	visit.Answered(200)
	if got := visit.Header.Get("Content-Disposition"); got != "attachment; filename=lab-report.pdf" || visit.Header.Get("X-Content-Type-Options") != "nosniff" || visit.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("sent as %q, %q", got, visit.Header)
	}
	visit.Post("/admin/launches/es/approvals", url.Values{"product": {"category:bands"}, "kind": {"certification"}, "status": {"pending"}})
	visit.Answered(409)
}

func TestPartnersAreNamedChangedAndRemoved(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Open("/admin/products/mi-note/listings/es")
	visit.Fill("Name", "Móvil")
	visit.Fill("Address", "http://movil.example/")
	visit.Press("Add partner")
	visit.Answered(422)
	visit.See("Enter an address that begins with https://")
	visit.Fill("Address", "https://movil.example/")
	visit.Fill("Note in Spanish", "con contrato")
	visit.Press("Add partner")
	visit.See("The partner is added.", "es: con contrato")
	wantTrail(t, shop, "add", "partner", "es mi-note", "")
	visit.Follow("Móvil")
	visit.Fill("Name", "Móvil Dos")
	visit.Press("Save partner")
	visit.See("The partner is changed.", "Móvil Dos")
	visit.Follow("Móvil Dos")
	visit.Press("Remove partner")
	visit.See("The partner is removed.", "Nobody else is named")
	wantTrail(t, shop, "remove", "partner", "es mi-note", "")
}
