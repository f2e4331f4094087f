package handlers_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

// BenchmarkCheckout buys over HTTP from the product's page to the page of the paid order, 64 shoppers at a time.
func BenchmarkCheckout(b *testing.B) {
	shop := handlerstest.New(b)
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	b.Cleanup(transport.CloseIdleConnections)
	var wrong atomic.Int64
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			wish := handlerstest.Wish{Store: "us", Slug: "mi-band", SKU: "MI-BAND-BLACK", Details: modelstest.Buyer("us")}
			if _, err := handlerstest.NewShopper(shop.URL, transport).Buy(b.Context(), wish); err != nil {
				wrong.Add(1)
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
}
