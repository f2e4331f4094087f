package handlers_test

import (
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

// 200 buyers at once for Spain's wave of 50 headphones, through the whole checkout.
func TestTwoHundredBuyersForFiftyUnits(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	const buyers, units = 200, 50
	transport := &http.Transport{MaxIdleConnsPerHost: buyers}
	t.Cleanup(transport.CloseIdleConnections)
	shoppers := make([]*handlerstest.Shopper, buyers)
	forms := make([]url.Values, buyers)
	together(buyers, func(i int) {
		shoppers[i] = handlerstest.NewShopper(shop.URL, transport)
		var err error
		if forms[i], err = shoppers[i].Ready(t.Context(), headphones()); err != nil {
			t.Errorf("buyer %d before the rush: %v", i, err)
		}
	})
	var sold, refused atomic.Int64
	together(buyers, func(i int) {
		payment, err := shoppers[i].Order(t.Context(), "es", forms[i])
		if err == nil {
			_, err = shoppers[i].Pay(t.Context(), payment)
		}
		switch {
		case err == nil:
			sold.Add(1)
		case handlerstest.Refused(err):
			refused.Add(1)
		default:
			t.Errorf("buyer %d: %v", i, err)
		}
	})
	if sold.Load() != units || refused.Load() != buyers-units {
		t.Errorf("%d sold and %d refused, not %d and %d", sold.Load(), refused.Load(), units, buyers-units)
	}
	visit := shop.Visit(t)
	visit.Open("/es/products/mi-headphones?variant=MI-HEADPHONES-BLACK")
	if visit.Has("/es/cart/items") {
		t.Error("the page still sells what is sold out")
	}
}

func headphones() handlerstest.Wish {
	return handlerstest.Wish{Store: "es", Slug: "mi-headphones", SKU: "MI-HEADPHONES-BLACK", Details: modelstest.Buyer("es")}
}

// together does something for each number at the same time.
func together(n int, do func(i int)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	all.Wait()
}
