package order_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"softlaunch/models/cart"
	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/staff"
)

// sold is a paid order.
func sold(t *testing.T, s *modelstest.Shop, path string, goods modelstest.Goods) order.Order {
	t.Helper()
	return look(t, s, s.Pay(t, s.Place(t, path, modelstest.Buyer(path), goods)).Number)
}

func ship(t *testing.T, s *modelstest.Shop, number string) order.Order {
	t.Helper()
	if err := s.Orders.Ship(t.Context(), modelstest.Owner, number, order.Parcel{Carrier: "DHL", Tracking: "JD01"}); err != nil {
		t.Fatal(err)
	}
	return look(t, s, number)
}

func deliver(t *testing.T, s *modelstest.Shop, o order.Order, day clock.Day) order.Order {
	t.Helper()
	for _, parcel := range o.Shipments {
		if err := s.Orders.Deliver(t.Context(), modelstest.Owner, o.Number, parcel.ID, day); err != nil {
			t.Fatal(err)
		}
	}
	return look(t, s, o.Number)
}

// Row 3 of GUARANTEES: of 20 refunds at once that would come to far more than was paid, as many succeed as there is money.
func TestTwentyRefundsAtOnceNeverExceedWhatWasPaid(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o := ship(t, s, sold(t, s, "de", modelstest.Goods{"MI-BAND-BLACK": 2}).Number)
	part := o.TotalAmount/7 + 1
	var paid atomic.Int64
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			err := s.Orders.Credit(t.Context(), modelstest.Owner, o.Number, order.Claim{Amount: part, Reason: "a scratch"}, part)
			switch {
			case err == nil:
				paid.Add(part)
			case !fault.Is(err, fault.Invalid):
				t.Error(err)
			}
		})
	}
	wait.Wait()
	got := look(t, s, o.Number)
	if paid.Load() != 6*part || got.CreditedAmount() != 6*part || got.RefundState != order.PartlyRefunded {
		t.Errorf("%d given back, %d credited of %d, %s", paid.Load(), got.CreditedAmount(), o.TotalAmount, got.RefundState)
	}
	rest := got.Rest().Total()
	if err := s.Orders.Credit(t.Context(), modelstest.Owner, o.Number, order.Claim{Amount: rest, Reason: "all of it"}, rest); err != nil {
		t.Error(err)
	}
	if got := look(t, s, o.Number); got.RefundState != order.Refunded || got.CreditedAmount() != o.TotalAmount {
		t.Errorf("%d of %d, %s", got.CreditedAmount(), o.TotalAmount, got.RefundState)
	}
}

func TestACreditIsWhatItsPreviewSaid(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o := sold(t, s, "us", modelstest.Goods{"MI-BAND-BLACK": 2, "MI-HEADPHONES-BLACK": 1})
	claim := order.Claim{TakeOff: []order.Units{{LineID: o.Lines[0].ID, Quantity: 1}}, Reason: "one is enough", Restock: true}
	preview, err := s.Orders.Preview(t.Context(), o.Number, claim)
	if err != nil || preview.TotalAmount <= 0 || preview.TaxAmount <= 0 || preview.Cause != order.ByEdit {
		t.Fatalf("%+v, %v", preview, err)
	}
	if err := s.Orders.Credit(t.Context(), modelstest.Owner, o.Number, claim, preview.TotalAmount+1); key(err) != "fault.credit_changed" {
		t.Errorf("another sum: %v", err)
	}
	if err := s.Orders.Credit(t.Context(), staff.Actor{Name: "Vic", Role: staff.Viewer}, o.Number, claim, preview.TotalAmount); !fault.Is(err, fault.Forbidden) {
		t.Errorf("by somebody who may not: %v", err)
	}
	if err := s.Orders.Credit(t.Context(), modelstest.Owner, o.Number, claim, preview.TotalAmount); err != nil {
		t.Fatal(err)
	}
	got := look(t, s, o.Number)
	if len(got.Credits) != 1 || got.Credits[0].TotalAmount != preview.TotalAmount || got.Refunds[0].Amount != preview.TotalAmount || got.Lines[0].ToShip() != 1 {
		t.Errorf("%+v", got.Credits)
	}
	s.Job(t, order.MailRefunded)
	everything := order.Claim{TakeOff: []order.Units{{LineID: o.Lines[0].ID, Quantity: 1}, {LineID: o.Lines[1].ID, Quantity: 1}}, Reason: "all of it"}
	if _, err := s.Orders.Preview(t.Context(), o.Number, everything); key(err) != "fault.cancel_instead" {
		t.Errorf("all units that were left: %v", err)
	}
	for name, bad := range map[string]order.Claim{"nothing": {}, "another's line": {TakeOff: []order.Units{{LineID: 4711, Quantity: 1}}},
		"units that have not left": {Shipped: []order.Units{{LineID: o.Lines[1].ID, Quantity: 1}}}} {
		if _, err := s.Orders.Preview(t.Context(), o.Number, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Units that were taken off in the test phase go back to the batch and to the buyer's limit; returned ones don't (DESIGN §2).
func TestUnitsTakenOffCountNoMoreAndReturnedOnesDo(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Exec(t, "UPDATE listings SET test_limit_order = 2, test_limit_buyer = 2")
	o := sold(t, s, "es", modelstest.Goods{"MI-BAND-BLACK": 2})
	live := func() int64 {
		return s.Number(t, "SELECT COALESCE(SUM(quantity), 0) FROM buyer_units WHERE ended_at IS NULL")
	}
	claim := order.Claim{TakeOff: []order.Units{{LineID: o.Lines[0].ID, Quantity: 1}}, Restock: true, Reason: "one is enough"}
	preview, err := s.Orders.Preview(t.Context(), o.Number, claim)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Orders.Credit(t.Context(), modelstest.Owner, o.Number, claim, preview.TotalAmount); err != nil {
		t.Fatal(err)
	}
	if live() != 1 || s.Number(t, "SELECT SUM(taken_public) FROM batches") != 1 {
		t.Errorf("%d units count", live())
	}
	o = deliver(t, s, ship(t, s, o.Number), "")
	comeBack(t, s, o, order.ReturnRequest{Units: []order.Units{{LineID: o.Lines[0].ID, Quantity: 1}}, Reason: "unwanted"})
	if got := look(t, s, o.Number); got.State != order.Returned || live() != 1 {
		t.Errorf("returned, the order is %s and %d units count", got.State, live())
	}
}

// comeBack has a return asked for, approved and received whole.
func comeBack(t *testing.T, s *modelstest.Shop, o order.Order, request order.ReturnRequest) order.Return {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Orders.AskReturn(t.Context(), o.MarketID, o.Token, request))
	returns := look(t, s, o.Number).Returns
	r := returns[len(returns)-1]
	must(s.Orders.AnswerReturn(t.Context(), modelstest.Owner, o.Number, r.ID, true, ""))
	var arrivals []order.Arrival
	for _, u := range request.Units {
		arrivals = append(arrivals, order.Arrival{Units: u, Condition: "as_new", Restock: true})
	}
	must(s.Orders.ReceiveReturn(t.Context(), modelstest.Owner, o.Number, r.ID, arrivals))
	r, _ = look(t, s, o.Number).Return(r.ID)
	return r
}

func TestParcelsCanBeFollowed(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for name, row := range map[string]struct {
		parcel order.Parcel
		url    string
		ok     bool
	}{
		"a known carrier":              {order.Parcel{Carrier: "dhl", Tracking: "JD 01/2"}, "https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=JD%2001%2F2", true},
		"a known carrier, no number":   {order.Parcel{Carrier: "UPS"}, "", true},
		"an unknown one":               {order.Parcel{Carrier: "Parcel Post", Tracking: "1"}, "", true},
		"an unknown one with its link": {order.Parcel{Carrier: "Parcel Post", Link: "https://post.example.com/1"}, "https://post.example.com/1", true},
		"a link without encryption":    {order.Parcel{Carrier: "UPS", Link: "http://post.example.com/1"}, "", false},
		"a script":                     {order.Parcel{Carrier: "UPS", Link: "javascript:alert(1)"}, "", false},
		"a link with a password":       {order.Parcel{Carrier: "UPS", Link: "https://a:b@example.com/"}, "", false},
		"nobody":                       {order.Parcel{}, "", false},
	} {
		o := sold(t, s, "us", modelstest.Goods{"MI-BAND-BLACK": 1})
		err := s.Orders.Ship(t.Context(), modelstest.Owner, o.Number, row.parcel)
		if (err == nil) != row.ok || (err != nil && !fault.Is(err, fault.Invalid)) {
			t.Errorf("%s: %v", name, err)
		}
		if got := look(t, s, o.Number); row.ok && got.Shipments[0].URL != row.url {
			t.Errorf("%s leads to %s", name, got.Shipments[0].URL)
		}
	}
}

func TestAnAddressIsChangedBeforeGoodsLeaveAndTheOldOneIsKept(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	o := sold(t, s, "us", modelstest.Goods{"MI-BAND-BLACK": 1})
	to := cart.Details{Name: "Ada New", Line1: "2 New Street", PostalCode: "94110", City: "San Francisco", Region: "CA"}
	change := func(to cart.Details) error {
		return s.Orders.ChangeAddress(t.Context(), modelstest.Owner, o.Number, to, "moved house")
	}
	if err := change(to); err != nil {
		t.Fatal(err)
	}
	former, err := s.Orders.FormerAddresses(t.Context(), o.ID)
	if got := look(t, s, o.Number); err != nil || got.Line1 != "2 New Street" || got.AddressKey != o.AddressKey || len(former) != 1 || former[0].Line1 != o.Line1 {
		t.Errorf("goes to %s, before to %+v, %v", got.Line1, former, err)
	}
	to.Region = "NY"
	if err := change(to); !fault.Is(err, fault.Invalid) {
		t.Errorf("to a state with another tax: %v", err)
	}
	to.Region, to.PostalCode = "CA", "x"
	if err := change(to); !fault.Is(err, fault.Invalid) {
		t.Errorf("to nowhere: %v", err)
	}
	to.PostalCode = "94110"
	ship(t, s, o.Number)
	if err := change(to); !fault.Is(err, fault.Conflict) {
		t.Errorf("after they left: %v", err)
	}
}

func TestAnOrderIsTakenByHandAndSupplemented(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	buyer := modelstest.Buyer("de")
	buyer.Payment = "transfer"
	p := s.Ready(t, "de", buyer, modelstest.Goods{"MI-BAND-BLACK": 1})
	p.By = staff.Actor{Name: "Vic", Role: staff.Viewer}
	if _, err := s.Orders.PlaceByHand(t.Context(), p); !fault.Is(err, fault.Forbidden) {
		t.Errorf("by somebody who may not: %v", err)
	}
	p.By = modelstest.Owner
	first, err := s.Orders.PlaceByHand(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Orders.PlaceByHand(t.Context(), p)
	if err != nil || again.Number != first.Number {
		t.Errorf("pressed twice it is %s and %s, %v", first.Number, again.Number, err)
	}
	if e := look(t, s, first.Number).Events[0]; e.Actor != modelstest.Owner.Name {
		t.Errorf("taken by %q", e.Actor)
	}
	more := s.Ready(t, "de", buyer, modelstest.Goods{"MI-HEADPHONES-BLACK": 1})
	more.By, more.Supplements = modelstest.Owner, first.Number
	second, err := s.Orders.PlaceByHand(t.Context(), more)
	if err != nil {
		t.Fatal(err)
	}
	added, _, err := s.Orders.Supplements(t.Context(), first.ID)
	if err != nil || len(added) != 1 || added[0] != second.Number {
		t.Errorf("supplemented by %v, %v", added, err)
	}
	if _, original, err := s.Orders.Supplements(t.Context(), second.ID); err != nil || original != first.Number {
		t.Errorf("supplements %q, %v", original, err)
	}
}
