package audit_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"softlaunch/models/audit"
	"softlaunch/models/db"
	"softlaunch/models/document"
	"softlaunch/models/inventory"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// busy is a shop with an order in every state, some of them by way of others: US-10001 is shipped, US-10002 cancelled after
// its payment, US-10003 cancelled before, US-10004 paid after it had expired, US-10005 expired, US-10006 cancelled and
// refunded because its transfer came when the buyer had reached his cap with US-10007 and US-10008, US-10009 awaits its
// payment; ES-10001 is paid, ES-10002 awaits payment and so does ES-10003, which used an access code, all in
// the test phase; UK-10001 has two discounts off, by itself and by a coupon, UK-10002 had them and was cancelled. France's
// orders are paid by card, see pay.
func busy(t *testing.T) *modelstest.Shop {
	t.Helper()
	provider := modelstest.NewProvider()
	s := modelstest.New(t, provider)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	place := func(path string, goods modelstest.Goods) order.Order {
		t.Helper()
		return s.Place(t, path, modelstest.Buyer(path), goods)
	}
	two := modelstest.Goods{"MI-BAND-BLACK": 2, "POWER-BANK-5000-SILVER": 1}
	shipped := s.Pay(t, place("us", two))
	must(s.Orders.Ship(ctx, modelstest.Owner, shipped.Number, order.Parcel{Carrier: "Parcel Post", Tracking: "T1"}))
	_, err := s.Orders.Withdraw(ctx, s.Store(t, "us"), order.Withdrawal{Name: shipped.Name, OrderNumber: shipped.Number, Email: shipped.Email})
	must(err)
	must(s.Orders.Cancel(ctx, modelstest.Owner, s.Pay(t, place("us", two)).Number, "damaged"))
	must(s.Orders.Cancel(ctx, modelstest.Owner, place("us", two).Number, "asked for it"))
	again := place("us", two)
	place("us", two)
	s.Time.Advance(time.Hour)
	must(s.Orders.Sweep(ctx))
	s.Pay(t, again)

	must(s.Warehouse.Count(ctx, modelstest.Owner, inventory.Tally{Location: "reno", SKU: "MI-BAND-BLACK", Quantity: "19000", Reason: "counted again"}))
	buyer := modelstest.Buyer("us")
	buyer.Payment = "transfer"
	late := s.Place(t, "us", buyer, modelstest.Goods{"MI-BAND-BLACK": 5})
	s.Time.Advance(8 * 24 * time.Hour)
	buyer.Payment = "sandbox"
	for range 2 {
		s.Pay(t, s.Place(t, "us", buyer, modelstest.Goods{"MI-BAND-BLACK": 5}))
	}
	refunded, err := s.Orders.MarkPaid(ctx, modelstest.Owner, late.Number)
	if must(err); !refunded {
		t.Fatal("a transfer that came too late was kept")
	}
	place("us", two)
	s.Pay(t, place("es", modelstest.Goods{"MI-BAND-BLACK": 1}))
	place("es", modelstest.Goods{"MI-BAND-BLACK": 1})
	invite(t, s)
	save(t, s)
	pay(t, s, provider)
	for _, j := range s.Jobs(t, order.JobInvoice) {
		must(s.Documents.Invoice(ctx, j))
	}
	for _, j := range s.Jobs(t, document.JobPrint) {
		must(s.Documents.Printed(ctx, j, []byte("printed")))
	}
	return s
}

// pay has FR-10001 paid by card, FR-10002 paid and cancelled, whose refund the provider refuses, and FR-10003 wait on the
// provider's page, about which a message does not fit.
func pay(t *testing.T, s *modelstest.Shop, provider *modelstest.Provider) {
	t.Helper()
	s.TakesCards(t, "fr")
	goods := modelstest.Goods{"MI-BAND-BLACK": 1}
	_, first := s.Open(t, "fr", goods)
	second, session := s.Open(t, "fr", goods)
	_, third := s.Open(t, "fr", goods)
	s.Tell(t, "evt_1", provider.Paid(first.ProviderID))
	s.Tell(t, "evt_2", provider.Paid(session.ProviderID))
	wrong := provider.Session(third.ProviderID)
	wrong.Amount.Minor++
	s.Tell(t, "evt_3", wrong)
	s.Cash()
	provider.Refunding("")
	if err := s.Orders.Cancel(t.Context(), modelstest.Owner, second.Number, "asked for it"); err != nil {
		t.Fatal(err)
	}
	s.Cash()
}

func TestAnHonestShopIsClean(t *testing.T) {
	t.Parallel()
	results, err := busy(t).Audit(t.Context())
	if err != nil || !audit.Clean(results) {
		t.Errorf("%v\n%s", err, table(results))
	}
	for _, r := range results {
		if r.Checked == 0 {
			t.Errorf("%d %s: nothing was checked", r.Row, r.Name)
		}
	}
}

func TestResultsReadAsTableAndJSON(t *testing.T) {
	t.Parallel()
	results := []audit.Result{{Row: 1, Name: "Stock", Checked: 3, Broken: []string{}}, {Row: 8, Name: "Holds", Checked: 30, Broken: make([]string, 21)}}
	for i := range results[1].Broken {
		results[1].Broken[i] = fmt.Sprint("broken ", i)
	}
	got := table(results)
	for _, want := range []string{" 1  Stock  3 checked   holds\n", " 8  Holds  30 checked  BROKEN 21 times\n", "\n8 Holds\n  broken 0\n", "  and 1 more\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("the table lacks %q:\n%s", want, got)
		}
	}
	text, err := json.Marshal(results[0])
	if err != nil || string(text) != `{"row":1,"name":"Stock","checked":3,"broken":[]}` {
		t.Errorf("%s, %v", text, err)
	}
}

func table(results []audit.Result) string {
	var text strings.Builder
	_ = audit.Table(&text, results)
	return text.String()
}

// corrupt copies a shop's database, runs statements on the copy with all constraints off, and audits it.
func corrupt(t *testing.T, from, statements string) []audit.Result {
	t.Helper()
	path := filepath.Join(t.TempDir(), "corrupt.db")
	run(t, from, "VACUUM INTO '"+path+"'")
	run(t, path, "PRAGMA ignore_check_constraints = 1; PRAGMA foreign_keys = 0; "+statements)
	data, err := db.Open(t.Context(), path, modelstest.NewClock(modelstest.Start).Now)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	results, err := audit.Run(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func run(t *testing.T, path, statements string) {
	t.Helper()
	pool, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	conn, err := pool.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(context.Background(), statements); err != nil {
		t.Fatalf("%s: %v", statements, err)
	}
}
