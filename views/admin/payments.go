package admin

import "softlaunch/models/payment"

// PaymentsPage are the payments that somebody has to look at, oldest first.
type PaymentsPage struct {
	Frame
	Rows []ExceptionRow
	May  bool // mark them as handled
}

// ExceptionRow is a payment that somebody has to look at. Order leads to the order that it is about, if it is about one.
type ExceptionRow struct{ What, About, Number, Order, Finding, Raised, Action string }

var exceptionWords = map[payment.ExceptionKind]string{
	payment.EventParked: "Message that does not fit", payment.SessionSilent: "Not heard of", payment.PaidHeldAgain: "Came late, goods sold",
	payment.PaidBack: "Goes back to the buyer", payment.RefundStranded: "Refund not sent",
}

// NewPaymentsPage lists exceptions; may says whether the reader may mark them as handled.
func NewPaymentsPage(frame Frame, open []payment.Exception, may bool) PaymentsPage {
	p := PaymentsPage{Frame: frame, May: may}
	for _, e := range open {
		row := ExceptionRow{What: exceptionWords[e.Kind], About: e.About, Number: e.Number, Finding: e.Finding, Raised: utc(e.RaisedAt),
			Action: "/admin/payments/" + id(e.ID) + "/handling"}
		if e.Number != "" {
			row.Order = "/admin/orders/" + e.Number
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}
