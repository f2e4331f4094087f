package command

import (
	"context"
	"math/rand/v2"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

// journal is what buyers know: the pages of the orders that they were told are placed.
type journal struct {
	mutex  sync.Mutex
	orders []string
}

func (j *journal) write(page string) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	j.orders = append(j.orders, page)
}

// Row 6 of GUARANTEES: the program is killed at a random moment of 200 parallel checkouts; every order that was answered is
// there afterwards, once, and the audit is clean.
func TestNoAnsweredOrderIsLostToAKill(t *testing.T) {
	t.Parallel()
	crash(t, 20)
}

// TestTortureNoAnsweredOrderIsLostToAKill kills for as long as SHOP_TORTURE says.
func TestTortureNoAnsweredOrderIsLostToAKill(t *testing.T) {
	duration, err := time.ParseDuration(os.Getenv("SHOP_TORTURE"))
	if err != nil {
		return // make torture names the duration
	}
	rounds := 0
	for deadline := time.Now().Add(duration); time.Now().Before(deadline); rounds += 20 {
		crash(t, 20)
	}
	t.Logf("%d rounds", rounds)
}

func crash(t *testing.T, rounds int) {
	t.Helper()
	dir := folder(t)
	var kept journal
	checked := 0
	for range rounds {
		p := serve(t, dir)
		check(t, p, kept.orders[checked:])
		checked = len(kept.orders)
		rush(p, &kept)
		_ = p.Wait()
		audited(t, dir)
	}
	check(t, serve(t, dir), kept.orders)
	if len(kept.orders) == 0 {
		t.Error("no order was ever answered, so nothing was tried")
	}
	t.Logf("%d orders were answered", len(kept.orders))
}

// rush sends 200 buyers at once and kills the program a random moment after the first order was answered, or a little
// before.
func rush(p *process, kept *journal) {
	transport := &http.Transport{MaxIdleConnsPerHost: 200}
	defer transport.CloseIdleConnections()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	first := make(chan struct{})
	var once sync.Once
	var all sync.WaitGroup
	for range 200 {
		all.Go(func() {
			shopper := handlerstest.NewShopper(p.url, transport)
			wish := handlerstest.Wish{Store: "us", Slug: "mi-band", SKU: "MI-BAND-BLACK", Details: modelstest.Buyer("us")}
			form, err := shopper.Ready(ctx, wish)
			if err != nil {
				return
			}
			payment, err := shopper.Order(ctx, "us", form)
			once.Do(func() { close(first) })
			if err != nil {
				return
			}
			kept.write(payment)
			_, _ = shopper.Pay(ctx, payment)
		})
	}
	go func() {
		select {
		case <-first:
		case <-time.After(10 * time.Second):
		}
		time.Sleep(rand.N(600 * time.Millisecond)) // the moment is what is random here, nothing is waited for
		_ = p.Process.Kill()
		cancel()
	}()
	all.Wait()
	_ = p.Process.Kill()
}

// check asks for orders that were answered.
func check(t *testing.T, p *process, pages []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, page := range pages {
		if seen[page] {
			t.Errorf("two buyers were led to %s", page)
		}
		seen[page] = true
		response, err := http.Get(p.url + page)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d after the kill", page, response.StatusCode)
		}
	}
}
