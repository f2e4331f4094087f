package waiting_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"softlaunch/models/db"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
	"softlaunch/models/waiting"
)

var launch = modelstest.At("2027-06-01T00:00:00+02:00")

// ask has a visitor ask and keep what he is answered, as a browser does.
func ask(t *testing.T, s *modelstest.Shop, v *waiting.Visitor) waiting.Answer {
	t.Helper()
	a, err := s.Rooms.Of("es").Ask(t.Context(), s.Store(t, "es"), *v)
	if err != nil {
		t.Fatal(err)
	}
	for _, kept := range []struct{ into, from *string }{{&v.Ticket, &a.Ticket}, {&v.Pass, &a.Pass}, {&v.Cart, &a.Cart}} {
		if *kept.from != "" {
			*kept.into = *kept.from
		}
	}
	return a
}

func state(s *modelstest.Shop) waiting.State { return s.Rooms.Status("es").Plan.State }

func sweep(t *testing.T, s *modelstest.Shop) {
	t.Helper()
	if err := s.Rooms.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestTheRoomOpensAndClosesByItself(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	room := s.Rooms.Of("es")
	for range waiting.MaxInFlight + 1 {
		room.Begin()
	}
	s.Machine.Advance(2 * time.Second)
	if sweep(t, s); state(s) != waiting.Closed {
		t.Fatal("the room opened at a moment's load")
	}
	s.Machine.Advance(time.Second)
	if sweep(t, s); state(s) != waiting.Open || !s.Rooms.Status("es").Plan.Automatic {
		t.Fatal("the room did not open by itself")
	}
	if other := s.Rooms.Status("it").Plan.State; other != waiting.Closed {
		t.Errorf("Italy's room is %s because of Spain's load", other)
	}
	visitor := &waiting.Visitor{}
	if a := ask(t, s, visitor); a.Where != waiting.Waits {
		t.Errorf("somebody is let into an overloaded shop: %+v", a)
	}
	for range waiting.MaxInFlight + 1 {
		room.End(waiting.Outcome{})
	}
	s.Machine.Advance(time.Second)
	if a := ask(t, s, visitor); a.Where != waiting.Inside {
		t.Errorf("nobody is let into an idle shop: %+v", a)
	}
	sweep(t, s)
	s.Machine.Advance(59 * time.Second)
	if sweep(t, s); state(s) != waiting.Open {
		t.Error("the room closed before it was calm for a minute")
	}
	s.Machine.Advance(time.Second)
	if sweep(t, s); state(s) != waiting.Closed {
		t.Error("the room did not close when nobody waited")
	}
	history, err := s.Staff.History(t.Context(), staff.Filter{Subject: "waiting room"})
	if err != nil || len(history.Entries) != 2 || history.Entries[0].Actor != "shop" {
		t.Errorf("the trail tells %+v, %v", history.Entries, err)
	}
}

func TestRefusalsOpenTheRoomToo(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	room := s.Rooms.Of("es")
	for range 7 {
		room.Begin()
		room.End(waiting.Outcome{Busy: true})
		s.Machine.Advance(500 * time.Millisecond)
	}
	if sweep(t, s); state(s) != waiting.Open {
		t.Error("a shop that sends buyers away for seconds has no waiting room")
	}
}

// The room opens at the market's launch instant, to the millisecond, wherever that is moved.
func TestAnArmedRoomFollowsTheLaunch(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Time.Set(launch - 60_000)
	if err := s.Rooms.Arm(t.Context(), modelstest.Owner, "es", waiting.Form{}); err != nil {
		t.Fatal(err)
	}
	visitor := &waiting.Visitor{}
	if a := ask(t, s, visitor); a.Where != waiting.Early || a.Opens != launch {
		t.Fatalf("answered %+v", a)
	}
	s.Exec(t, "UPDATE markets SET launch_local = '2027-06-02T00:00', launch_at = ? WHERE code = 'es'", launch+86_400_000)
	s.Time.Set(launch)
	if a := ask(t, s, visitor); a.Where != waiting.Early {
		t.Errorf("the room opened at an instant that holds no more: %+v", a)
	}
	sweep(t, s)
	s.Time.Set(launch + 86_400_000 - 1)
	if a := ask(t, s, visitor); a.Where != waiting.Early || a.Opens != launch+86_400_000 {
		t.Errorf("answered %+v", a)
	}
	s.Time.Set(launch + 86_400_000)
	if a := ask(t, s, visitor); a.Where != waiting.Inside {
		t.Errorf("answered %+v", a)
	}
	if plan := s.Rooms.Status("es").Plan; plan.OpenedAt != launch+86_400_000 || plan.Drawn != 1 {
		t.Errorf("the room is %+v", plan)
	}
}

// The order of the draw, the tickets given out and who was let in are the same after a restart.
func TestTheDrawIsTheSameAfterARestart(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	s.Time.Set(launch - 60_000)
	s.Machine.Set(launch - 60_000)
	if err := s.Rooms.Arm(t.Context(), modelstest.Owner, "es", waiting.Form{Most: "1"}); err != nil {
		t.Fatal(err)
	}
	visitors := make([]*waiting.Visitor, 20)
	for i := range visitors {
		visitors[i] = &waiting.Visitor{}
		ask(t, s, visitors[i])
	}
	s.Time.Set(launch)
	s.Machine.Set(launch)
	places(t, s, visitors) // the first to ask has the order drawn
	before := places(t, s, visitors)
	if slices.IsSorted(before) {
		t.Errorf("the order is that of arrival: %v", before)
	}
	sweep(t, s)
	s.Shop = modelstest.Open(t, s.Path, s.Time, s.Machine)
	for _, v := range visitors { // all show up again, who was inside too
		s.Rooms.Of("es").Knock(*v, false)
	}
	places(t, s, visitors)
	if after := places(t, s, visitors); !slices.Equal(before, after) {
		t.Errorf("before the restart %v, after it %v", before, after)
	}
	late := &waiting.Visitor{}
	if a := ask(t, s, late); a.Place < len(visitors) {
		t.Errorf("who came after the restart has place %d", a.Place)
	}
}

// places are where visitors stand; 0 is inside.
func places(t *testing.T, s *modelstest.Shop, visitors []*waiting.Visitor) []int {
	t.Helper()
	found := make([]int, len(visitors))
	for i, v := range visitors {
		found[i] = ask(t, s, v).Place
	}
	return found
}

// A ticket that was let in before a crash lets no second browser in after it.
func TestAUsedTicketIsUsedAfterARestart(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	if err := s.Rooms.Open(t.Context(), modelstest.Owner, "es", waiting.Form{}); err != nil {
		t.Fatal(err)
	}
	visitor := &waiting.Visitor{}
	if a := ask(t, s, visitor); a.Where != waiting.Inside {
		t.Fatalf("answered %+v", a)
	}
	lost := &waiting.Visitor{Ticket: visitor.Ticket}
	if a := ask(t, s, lost); a.Where != waiting.Inside || lost.Cart != visitor.Cart {
		t.Errorf("whose answer was lost is not let in with the same cart: %+v", a)
	}
	sweep(t, s)
	s.Shop = modelstest.Open(t, s.Path, s.Time, s.Machine)
	copied := &waiting.Visitor{Ticket: visitor.Ticket}
	if ask(t, s, copied); copied.Ticket == visitor.Ticket {
		t.Error("the ticket is good for two")
	}
}

// Two thousand browsers at once: each has one number, nobody has another's, and no more are let in than may be inside.
func TestTwoThousandArriveAtOnce(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	const arrivals, most = 2000, 50
	if err := s.Rooms.Open(t.Context(), modelstest.Owner, "es", waiting.Form{Most: fmt.Sprint(most)}); err != nil {
		t.Fatal(err)
	}
	store, room := s.Store(t, "es"), s.Rooms.Of("es")
	answers := make([]waiting.Answer, arrivals)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			var err error
			if answers[i], err = room.Ask(t.Context(), store, waiting.Visitor{}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	tickets, inside := map[string]bool{}, 0
	for _, a := range answers {
		tickets[a.Ticket+a.Pass] = true
		if a.Where == waiting.Inside {
			inside++
		}
	}
	status := s.Rooms.Status("es")
	if len(tickets) != arrivals || status.Tickets != arrivals {
		t.Errorf("%d arrived and got %d different answers, %d numbers", arrivals, len(tickets), status.Tickets)
	}
	if inside == 0 || inside > most || status.Inside > most {
		t.Errorf("%d were let in, %d are inside; at most %d may be", inside, status.Inside, most)
	}
	var reserved int
	s.Read(t, func(tx db.Tx) error { return tx.QueryRow("SELECT reserved FROM waiting_rooms").Scan(&reserved) })
	if reserved != 2048 {
		t.Errorf("%d numbers are reserved: a write for each ticket", reserved)
	}
}

func TestWhatStaffMayDoWithARoom(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx, by := t.Context(), modelstest.Owner
	steps := map[string]func() error{
		"arm":   func() error { return s.Rooms.Arm(ctx, by, "es", waiting.Form{}) },
		"open":  func() error { return s.Rooms.Open(ctx, by, "es", waiting.Form{}) },
		"drain": func() error { return s.Rooms.Drain(ctx, by, "es") },
		"close": func() error { return s.Rooms.Close(ctx, by, "es") },
	}
	for _, c := range []struct {
		step string
		ok   bool
		want waiting.State
	}{
		{"drain", false, waiting.Closed}, {"close", false, waiting.Closed}, {"arm", true, waiting.Armed}, {"arm", false, waiting.Armed},
		{"drain", false, waiting.Armed}, {"open", true, waiting.Open}, {"arm", false, waiting.Open}, {"open", false, waiting.Open},
		{"drain", true, waiting.Draining}, {"drain", false, waiting.Draining}, {"close", true, waiting.Closed}, {"open", true, waiting.Open}, {"close", true, waiting.Closed},
	} {
		if err := steps[c.step](); (err == nil) != c.ok || state(s) != c.want {
			t.Fatalf("%s: %v, and the room is %s; want %s", c.step, err, state(s), c.want)
		}
	}
	past := market.Moment{Local: "2020-01-01T00:00"}
	if err := s.Rooms.Arm(ctx, by, "es", waiting.Form{OpensAt: past}); err == nil {
		t.Error("a room can be armed for the past")
	}
	if err := s.Rooms.Arm(ctx, by, "us", waiting.Form{}); err == nil {
		t.Error("a room can be armed for a launch that is over")
	}
}
