package admin_test

import (
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
)

func TestAWithdrawalWaitsUntilItIsHandled(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	buyer := modelstest.Buyer("de")
	placed := shop.Place(t, "de", buyer, modelstest.Goods{"MI-BAND-BLACK": 1})
	declared := order.Withdrawal{Name: "Ada <b>", OrderNumber: placed.Number, Email: buyer.Email}
	if _, err := shop.Orders.Withdraw(t.Context(), shop.Store(t, "de"), declared); err != nil {
		t.Fatal(err)
	}
	owner := shop.Owner(t)
	owner.Open("/admin")
	owner.Follow("1 Withdrawals to handle")
	owner.See("DE-10001", "Ada <b>", buyer.Email)
	owner.Press("Mark as handled")
	owner.See("The withdrawal is marked as handled.", "No withdrawal waits.")
	owner.Open("/admin/trail")
	owner.See("DE-10001")
}
