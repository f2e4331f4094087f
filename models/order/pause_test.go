package order_test

import (
	"testing"

	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

// A pause stops sales and takes no hold away: what was held before it may be paid in it.
func TestAPausedMarketStillTakesPaymentForAHold(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	held := s.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1})
	waiting := s.Ready(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1})
	if err := s.Gate.Pause(t.Context(), modelstest.Owner, "de", "flood in the warehouse", market.Moment{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Orders.Place(t.Context(), waiting); !fault.Is(err, fault.NotOpen) {
		t.Errorf("a new order in a pause: %v", err)
	}
	if paid := s.Pay(t, held); paid.State != order.Paid {
		t.Errorf("a held order in a pause is %s", paid.State)
	}
}
