package command

import (
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"softlaunch/models/audit"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// Numbers of documents have no gap, and every document is whole, however often the program is killed while it issues them.
func TestDocumentsHaveNoGapAfterKills(t *testing.T) {
	t.Parallel()
	const orders = 60
	dir := t.TempDir()
	s := modelstest.New(t)
	for range orders {
		s.Pay(t, s.Place(t, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1}))
	}
	if waiting := len(s.Jobs(t, order.JobInvoice)); waiting != orders {
		t.Fatalf("%d invoices wait", waiting)
	}
	if err := s.Copy(t.Context(), filepath.Join(dir, "store.db")); err != nil {
		t.Fatal(err)
	}
	midway := 0
	for round := 0; issued(t, dir) < orders; round++ {
		if round == 200 {
			t.Fatal("the invoices are never all issued")
		}
		p := serve(t, dir)
		time.Sleep(rand.N(700 * time.Millisecond)) // the moment is what is random here, nothing is waited for
		p.kill()
		audited(t, dir)
		if n := issued(t, dir); n > 0 && n < orders {
			midway++
		}
	}
	t.Logf("%d kills while invoices were being issued", midway)
	if midway == 0 {
		t.Error("no kill came while invoices were being issued")
	}
}

// issued is how many documents the audit has looked at.
func issued(t testing.TB, dir string) int {
	t.Helper()
	out, err := prepare(t, dir, []string{"audit", "--json"}).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var results []audit.Result
	if err := json.Unmarshal(out, &results); err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if r.Name == "Documents have no gap and agree with their orders" {
			return r.Checked
		}
	}
	t.Fatal("the audit says nothing of documents")
	return 0
}
