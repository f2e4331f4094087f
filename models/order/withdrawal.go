package order

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"softlaunch/models/account"
	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/job"
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/models/throttle"
)

// MailWithdrawal is the job that acknowledges a withdrawal; its subject is the withdrawal.
const MailWithdrawal = "withdrawal.received"

// Withdrawal is a buyer's declaration that a contract is withdrawn from. It is valid as it is received, without sign-in,
// whether or not what was typed leads to an order (article 11a of Directive 2011/83/EU, in force since 19 June 2026).
type Withdrawal struct {
	ID          int64
	MarketID    int64
	Store       string
	Language    string
	Name        string
	OrderNumber string
	Email       string
	OrderID     *int64 // when number and e-mail address belong together
	ReceivedAt  clock.Instant
	HandledAt   clock.Instant
	Peer        string `gorm:"-"` // network address of whoever declares; not kept
}

// Check refuses a declaration that can't be acknowledged. Its fields are name, order and email.
func (w Withdrawal) Check() error { _, err := w.checked(); return err }

func (w Withdrawal) checked() (Withdrawal, error) {
	wrong := fault.Fields{}
	w.Name, w.OrderNumber = oneLine(w.Name), strings.ToUpper(oneLine(w.OrderNumber))
	email, valid := account.Email(w.Email)
	w.Email = email
	if !valid {
		wrong.Add("email", "form.email")
	}
	if w.Name == "" || utf8.RuneCountInString(w.Name) > 100 {
		wrong.Add("name", "form.required_name")
	}
	if w.OrderNumber == "" || utf8.RuneCountInString(w.OrderNumber) > 40 {
		wrong.Add("order", "form.required_order")
	}
	return w, wrong.Err()
}

// Withdraw keeps a declaration and queues its dated acknowledgement to the address that was typed. The answer is the same
// whether there is such an order or not. Because anybody can have mails sent so, too many from one network or to one address
// are a TooMany fault.
func (o *Orders) Withdraw(ctx context.Context, store market.Store, w Withdrawal) (Withdrawal, error) {
	w, err := w.checked()
	if err != nil {
		return w, err
	}
	if err := o.withdrawer.Take(throttle.Peer(w.Peer)); err != nil {
		return w, err
	}
	if err := o.withdrawn.Take(account.EmailKey(w.Email)); err != nil {
		return w, err
	}
	err = o.data.Write(ctx, func(tx db.Tx) error {
		w.ID, w.MarketID, w.Store, w.Language, w.ReceivedAt = 0, store.Market.ID, store.Path(), store.Language, tx.Now()
		order, err := find(tx, "number = ?", w.OrderNumber)
		switch {
		case fault.Is(err, fault.NotFound):
		case err != nil:
			return err
		case order.EmailKey == account.EmailKey(w.Email) && order.MarketID == store.Market.ID:
			w.OrderID = &order.ID
		}
		if err := tx.Gorm().Create(&w).Error; err != nil {
			return err
		}
		if w.OrderID != nil {
			if err := order.withdrawn(tx, w); err != nil {
				return err
			}
		}
		return job.Queue(tx, MailWithdrawal, w.ID)
	})
	return w, err
}

// withdrawn notes a declaration about the order. When the name is the buyer's too it leads to a return.
func (o *Order) withdrawn(tx db.Tx, w Withdrawal) error {
	if err := note(tx, *o, staff.Buyer.Name, "withdrawn"); err != nil {
		return err
	}
	if !sameName(o.Name, w.Name) {
		return nil
	}
	return o.returnAll(tx, w.ID)
}

// sameName compares names by their letters, of which there must be some.
func sameName(a, b string) bool {
	letters := func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return -1
		}
		return r
	}
	a, b = strings.Map(letters, a), strings.Map(letters, b)
	return a != "" && strings.EqualFold(a, b)
}

// Withdrawal is one declaration, for the job that acknowledges it.
func (o *Orders) Withdrawal(ctx context.Context, id int64) (Withdrawal, error) {
	var found []Withdrawal
	err := o.data.Read(ctx, func(tx db.Tx) error { return tx.Gorm().Where("id = ?", id).Limit(1).Find(&found).Error })
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "fault.withdrawal")
	}
	if err != nil {
		return Withdrawal{}, err
	}
	return found[0], nil
}

// Withdrawals are the declarations that nobody has handled yet, oldest first.
func (o *Orders) Withdrawals(ctx context.Context) ([]Withdrawal, error) {
	var found []Withdrawal
	err := o.data.Read(ctx, func(tx db.Tx) error {
		return tx.Gorm().Where("handled_at IS NULL").Order("received_at, id").Limit(200).Find(&found).Error
	})
	return found, err
}

// HandleWithdrawal notes that staff have dealt with a declaration.
func (o *Orders) HandleWithdrawal(ctx context.Context, by staff.Actor, id int64) error {
	if err := by.Require(staff.ManageOrders); err != nil {
		return err
	}
	return o.data.Write(ctx, func(tx db.Tx) error {
		var number string
		err := tx.QueryRow("UPDATE withdrawals SET handled_at = ? WHERE id = ? AND handled_at IS NULL RETURNING order_number", tx.Now(), id).Scan(&number)
		if db.NotFound(err) {
			return fault.New(fault.NotFound, "fault.withdrawal")
		}
		if err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "handle withdrawal", Subject: "order", Name: number})
	})
}

// oneLine puts a text onto one line with single spaces.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
