package launch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"softlaunch/models/draw"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
	"softlaunch/models/staff"
)

// closing is when the draw of these tests closes: 1 December 2026, 18:00 in Madrid.
var closing = modelstest.At("2026-12-01T17:00:00Z")

// announced is a draw of two codes for the plush fox in Spain.
func announced(t *testing.T, s *modelstest.Shop) (key string) {
	t.Helper()
	key, err := s.Draws.Announce(t.Context(), modelstest.Owner, "es",
		launch.DrawForm{Product: "pip-plush", Name: "Fox draw", ClosesAt: local("2026-12-01T18:00"), Winners: "2"})
	must(t, err)
	return key
}

func person(i int) launch.Wish {
	return launch.Wish{Product: "pip-plush", Email: fmt.Sprintf("person%d@example.com", i), TextVersion: "1"}
}

func TestADrawCommitsToItsSeedAndPublishesItAfterwards(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	es := s.Store(t, "es")
	key := announced(t, s)
	tickets := map[string]string{}
	for i := range 5 {
		token := join(t, s, "es", person(i))
		ticket, err := s.Draws.Ticket(ctx, es, key, token)
		must(t, err)
		tickets[person(i).Email] = ticket
	}
	join(t, s, "it", person(1))                                                                  // another market
	join(t, s, "es", launch.Wish{Email: "market@example.com", TextVersion: "1"})                 // another list
	ask(t, s, "es", launch.Wish{Product: "pip-plush", Email: "p@example.com", TextVersion: "1"}) // not confirmed
	before, err := s.Draws.Draw(ctx, es, key)
	must(t, err)
	if len(before.SeedHash) != 64 || before.Algorithm != draw.Algorithm || !before.DrawnAt.IsZero() {
		t.Errorf("%+v", before)
	}
	s.Time.Set(closing - 1)
	if mails := s.Work(t); len(mails) != 0 {
		t.Errorf("drawn a millisecond early: %+v", mails)
	}
	if _, err := s.Draws.Published(ctx, es, key); !fault.Is(err, fault.NotOpen) {
		t.Errorf("published a millisecond early: %v", err)
	}
	s.Time.Set(closing)
	mails := s.Work(t)
	file, err := s.Draws.Published(ctx, es, key)
	must(t, err)
	must(t, draw.Verify(file))
	p, err := draw.Read(file)
	must(t, err)
	if p.SeedHash != before.SeedHash || p.Name != "Fox draw" || p.Market != "es" || p.Product != "pip-plush" || p.ClosedAt != "2026-12-01T17:00:00.000Z" {
		t.Errorf("%+v", p)
	}
	var mine []string
	for _, ticket := range tickets {
		mine = append(mine, ticket)
	}
	if slices.Sort(mine); !slices.Equal(mine, p.Tickets) {
		t.Errorf("tickets shown %v, published %v", mine, p.Tickets)
	}
	wantWinners(t, s, mails, p, tickets)
	if again := s.Work(t); len(again) != 0 {
		t.Errorf("drawn twice: %+v", again)
	}
}

// wantWinners checks that each winner, and nobody else, was mailed a code of his own that works.
func wantWinners(t *testing.T, s *modelstest.Shop, mails []launch.Notice, p draw.Published, tickets map[string]string) {
	t.Helper()
	es := s.Store(t, "es")
	var won []string
	for _, n := range mails {
		won = append(won, tickets[n.Email])
		if n.Kind != launch.MailInvited || n.Draw != "Fox draw" || n.Token == "" {
			t.Errorf("%+v", n)
		}
		must(t, s.Carts.UseCode(t.Context(), "cart of "+n.Email, es, n.Code, n.Email))
		if _, err := s.Interests.Find(t.Context(), es.Market.ID, n.Token); err != nil {
			t.Errorf("the link of the invitation: %v", err)
		}
	}
	if !slices.Equal(won, p.Winners) {
		t.Errorf("mailed %v, won %v", won, p.Winners)
	}
	all, err := s.Codes.Batches(t.Context(), "es")
	must(t, err)
	if len(all) != 1 || all[0].Mailed != 2 || all[0].Made != 2 || all[0].UsesAllowed != 1 || all[0].Exportable {
		t.Errorf("%+v", all)
	}
	if s.Number(t, "SELECT COUNT(*) FROM code_batches WHERE seed IS NOT NULL")+s.Number(t, "SELECT COUNT(*) FROM invitations")+
		s.Number(t, "SELECT COUNT(*) FROM mails") != 0 {
		t.Error("codes that are out can still be told")
	}
}

func TestConfirmedAtTheCloseIsTooLate(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	es := s.Store(t, "es")
	key := announced(t, s)
	must(t, s.Interests.Ask(t.Context(), es, person(0), ""))
	late := s.Work(t)[0].Token
	s.Time.Set(closing - 1)
	join(t, s, "es", person(1))
	s.Time.Set(closing)
	_, err := s.Interests.Confirm(t.Context(), es.Market.ID, late)
	must(t, err)
	s.Work(t)
	d, err := s.Draws.Draw(t.Context(), es, key)
	must(t, err)
	if d.Participants != 1 || d.DrawnAt != closing {
		t.Errorf("%+v", d)
	}
	if _, err := s.Draws.Ticket(t.Context(), es, key, late); !fault.Is(err, fault.NotFound) {
		t.Errorf("a ticket for who was late: %v", err)
	}
}

func TestADrawThatNobodyJoinedIsDrawnToo(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	key := announced(t, s)
	s.Time.Set(closing.Add(time.Hour)) // the server was down at the instant
	s.Work(t)
	file, err := s.Draws.Published(t.Context(), s.Store(t, "es"), key)
	must(t, err)
	must(t, draw.Verify(file))
	if n := s.Number(t, "SELECT COUNT(*) FROM code_batches"); n != 0 {
		t.Errorf("%d batches", n)
	}
}

func TestAWinnerWhoLeftGetsNoCodeAndNobodyElseDoes(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	announced(t, s)
	tokens := []string{join(t, s, "es", person(0)), join(t, s, "es", person(1))}
	s.Time.Set(closing)
	must(t, s.Draws.Sweep(ctx))
	_, err := s.Interests.Leave(ctx, s.Store(t, "es").Market.ID, tokens[0])
	must(t, err)
	if mails := s.Work(t); len(mails) != 1 || mails[0].Email != person(1).Email {
		t.Errorf("%+v", mails)
	}
	if s.Number(t, "SELECT COUNT(*) FROM access_codes WHERE revoked_at IS NOT NULL") != 1 || s.Number(t, "SELECT COUNT(*) FROM code_batches WHERE seed IS NULL") != 1 {
		t.Error("the code of who left still counts")
	}
}

func TestACancelledDrawStaysToBeSeenAndDrawsNothing(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	es := s.Store(t, "es")
	key := announced(t, s)
	join(t, s, "es", person(0))
	wantFields(t, s.Draws.Cancel(ctx, modelstest.Owner, key, " "), fault.Fields{"reason": "draw.reason"})
	must(t, s.Draws.Cancel(ctx, modelstest.Owner, key, "wrong number"))
	if entry := last(t, s); entry.Verb != "cancel draw" || entry.Reason != "wrong number" {
		t.Errorf("the trail says %+v", entry.Change)
	}
	if err := s.Draws.Cancel(ctx, modelstest.Owner, key, "again"); !fault.Is(err, fault.Conflict) {
		t.Errorf("cancelled twice: %v", err)
	}
	closed := announced(t, s)
	s.Time.Set(closing)
	if err := s.Draws.Cancel(ctx, modelstest.Owner, closed, "too late"); !fault.Is(err, fault.Conflict) {
		t.Errorf("cancelled when it had closed: %v", err)
	}
	if mails := s.Work(t); len(mails) != 1 {
		t.Errorf("%+v", mails)
	}
	all, err := s.Draws.ForList(ctx, es, "pip-plush")
	must(t, err)
	if len(all) != 2 || all[0].DrawnAt.IsZero() || all[1].CancelledAt.IsZero() || !all[1].DrawnAt.IsZero() {
		t.Errorf("%+v", all)
	}
	staffs, err := s.Draws.List(ctx, "es")
	must(t, err)
	if len(staffs) != 2 {
		t.Errorf("staff see %+v", staffs)
	}
}

func TestDrawsOfOtherMarketsAndHiddenGoodsAreNotFound(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	shown := announced(t, s)
	hidden, err := s.Draws.Announce(ctx, modelstest.Owner, "es", launch.DrawForm{Product: "smart-plug", Name: "Canary", ClosesAt: local("2026-12-01T18:00"), Winners: "1"})
	must(t, err)
	for path, key := range map[string]string{"it": shown, "es": hidden, "fr": "nothing"} {
		_, one := s.Draws.Draw(ctx, s.Store(t, path), key)
		_, two := s.Draws.Published(ctx, s.Store(t, path), key)
		if !fault.Is(one, fault.NotFound) || !fault.Is(two, fault.NotFound) || strings.Contains(fmt.Sprint(one, two), "Canary") {
			t.Errorf("%s in %s: %v, %v", key, path, one, two)
		}
	}
}

func TestDrawFormsAreChecked(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	_, err := s.Draws.Announce(ctx, modelstest.Owner, "es", launch.DrawForm{Product: "nothing", ClosesAt: local("2026-11-20T13:00"), Winners: "0"})
	wantFields(t, err, fault.Fields{"product": "codes.product", "name": "draw.name", "closes_at": "time.past", "winners": "draw.winners"})
	_, err = s.Draws.Announce(ctx, modelstest.Owner, "es", launch.DrawForm{Name: "x", Winners: "1"})
	wantFields(t, err, fault.Fields{"closes_at": "time.past"})
	_, err = s.Draws.Announce(ctx, modelstest.Owner, "es", launch.DrawForm{Name: "x", ClosesAt: local("2027-03-28T02:30"), Winners: "1"})
	wantFields(t, err, fault.Fields{"closes_at": "time.gap"})
	viewer := staff.Actor{ID: 1, Name: "Viewer", Role: staff.Viewer}
	if _, err := s.Draws.Announce(ctx, viewer, "es", launch.DrawForm{}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a viewer: %v", err)
	}
}

func TestEverybodyOnAListIsInvitedOnce(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	invite := func() (int64, error) {
		return s.Codes.Invite(ctx, modelstest.Owner, "es", "pip-plush", "First hundred")
	}
	if _, err := invite(); !fault.Is(err, fault.Conflict) {
		t.Errorf("nobody to invite: %v", err)
	}
	join(t, s, "es", person(0))
	join(t, s, "es", person(1))
	join(t, s, "it", person(2))
	id, err := invite()
	must(t, err)
	if _, err := s.Codes.Export(ctx, modelstest.Owner, id); !fault.Is(err, fault.Conflict) {
		t.Errorf("codes for the mail were exported: %v", err)
	}
	mails := s.Work(t)
	if len(mails) != 2 || mails[0].Email != person(0).Email || mails[0].Code == mails[1].Code || mails[0].Draw != "" {
		t.Errorf("%+v", mails)
	}
	if _, err := invite(); !fault.Is(err, fault.Conflict) {
		t.Errorf("invited twice: %v", err)
	}
	join(t, s, "es", person(3))
	must(t, s.Codes.Revoke(ctx, modelstest.Owner, mails[0].Code, "sent to the wrong person"))
	_, err = invite()
	must(t, err)
	again := s.Work(t)
	if len(again) != 2 || again[0].Email != person(0).Email || again[1].Email != person(3).Email || again[0].Code == mails[0].Code {
		t.Errorf("%+v", again)
	}
}
