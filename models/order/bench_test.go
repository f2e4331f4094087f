package order_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// chunk is how many orders go one way before as many go the other: what disturbs the machine disturbs both.
const chunk = 512

// BenchmarkPlace places orders of distinct buyers, 64 at a time, and beside it has plain prepared statements write the same
// rows, 64 orders to a commit. Carts and details are made before the clock runs.
func BenchmarkPlace(b *testing.B) {
	s, limit := modelstest.New(b), newPlain(b)
	ready, carts := make([]order.Placement, b.N), make([]order.Placement, b.N)
	for i := range ready {
		ready[i] = s.Ready(b, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
		carts[i] = limit.shop.Ready(b, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	}
	b.ResetTimer()
	var placing, writing time.Duration
	for from := 0; from < b.N; from += chunk {
		to := min(b.N, from+chunk)
		begun := time.Now()
		placeAll(b, s, ready[from:to])
		placed := time.Now()
		limit.write(b, carts[from:to])
		placing, writing = placing+placed.Sub(begun), writing+time.Since(placed)
	}
	b.ReportMetric(float64(b.N)/placing.Seconds(), "orders/s")
	b.ReportMetric(float64(b.N)/writing.Seconds(), "plain/s")
	b.ReportMetric(writing.Seconds()/placing.Seconds(), "ratio")
	b.ReportMetric(0, "ns/op")
}

// placeAll places orders, 64 at a time.
func placeAll(b *testing.B, s *modelstest.Shop, ready []order.Placement) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(ready); i = next.Add(1) - 1 {
				if _, err := s.Orders.Place(b.Context(), ready[i]); err != nil {
					b.Error(err)
				}
			}
		})
	}
	all.Wait()
}
