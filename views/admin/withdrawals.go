package admin

import "softlaunch/models/order"

// WithdrawalsPage are the declarations of withdrawal that nobody has handled yet, oldest first.
type WithdrawalsPage struct {
	Frame
	Rows []WithdrawalRow
}

// WithdrawalRow is a declaration. Order leads to the order when number and e-mail address belong together.
type WithdrawalRow struct{ Number, Order, Name, Email, Received, Action string }

// NewWithdrawalsPage lists declarations.
func NewWithdrawalsPage(frame Frame, open []order.Withdrawal) WithdrawalsPage {
	p := WithdrawalsPage{Frame: frame}
	for _, w := range open {
		row := WithdrawalRow{Number: w.OrderNumber, Name: w.Name, Email: w.Email, Received: utc(w.ReceivedAt),
			Action: "/admin/withdrawals/" + id(w.ID) + "/handling"}
		if w.OrderID != nil {
			row.Order = "/admin/orders/" + w.OrderNumber
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}
