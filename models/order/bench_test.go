package order_test

import (
	"context"
	"sync/atomic"
	"testing"

	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// BenchmarkPlace places orders of distinct buyers, 64 at a time. Carts and details are made before the clock runs.
func BenchmarkPlace(b *testing.B) {
	s := modelstest.New(b)
	ready := make([]order.Placement, b.N)
	for i := range ready {
		ready[i] = s.Ready(b, "us", modelstest.Buyer("us"), modelstest.Goods{"MI-BAND-BLACK": 1})
	}
	var next atomic.Int64
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := s.Orders.Place(context.Background(), ready[next.Add(1)-1]); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
}
