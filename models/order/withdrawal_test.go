package order_test

import (
	"context"
	"testing"

	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

func TestAWithdrawalIsKeptForAnybody(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := context.Background()
	store := s.Store(t, "de")
	buyer := modelstest.Buyer("de")
	placed := s.Place(t, "de", buyer, modelstest.Goods{"MI-BAND-BLACK": 1})

	own, err := s.Orders.Withdraw(ctx, store, order.Withdrawal{Name: "Ada", OrderNumber: "de-10001", Email: buyer.Email})
	if err != nil || own.OrderID == nil || *own.OrderID != placed.ID {
		t.Errorf("the buyer's: %+v, %v", own, err)
	}
	foreign, err := s.Orders.Withdraw(ctx, store, order.Withdrawal{Name: "Eve", OrderNumber: placed.Number, Email: "eve@example.com"})
	if err != nil || foreign.OrderID != nil {
		t.Errorf("a stranger's leads to an order: %+v, %v", foreign, err)
	}
	unknown, err := s.Orders.Withdraw(ctx, store, order.Withdrawal{Name: "Eve", OrderNumber: "DE-99999", Email: "eve@example.com"})
	if err != nil || unknown.ID == 0 || unknown.ReceivedAt != s.Time.Now() {
		t.Errorf("an unknown number: %+v, %v", unknown, err)
	}
	if _, err := s.Orders.Withdraw(ctx, store, order.Withdrawal{Name: "\n", OrderNumber: "", Email: "x"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an empty declaration: %v", err)
	}
	open, err := s.Orders.Withdrawals(ctx)
	if err != nil || len(open) != 3 {
		t.Fatalf("%d wait for staff, %v", len(open), err)
	}
	if err := s.Orders.HandleWithdrawal(ctx, modelstest.Owner, open[0].ID); err != nil {
		t.Error(err)
	}
	if err := s.Orders.HandleWithdrawal(ctx, modelstest.Owner, open[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("handled twice: %v", err)
	}
}
