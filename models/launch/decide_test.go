package launch

import (
	"slices"
	"testing"

	"softlaunch/models/clock"
	"softlaunch/models/market"
)

// The instants of the market that the tables below move through.
const (
	announcedAt clock.Instant = 10_000
	testAt      clock.Instant = 20_000
	secondAt    clock.Instant = 25_000
	launchAt    clock.Instant = 30_000
	releaseAt   clock.Instant = 40_000
	endsAt      clock.Instant = 50_000
	never       clock.Instant = 0
)

// base is a variant that is sold in test from one wave of 10 and in the open market from a stock of 100.
func base(changes ...func(*Facts)) Facts {
	f := Facts{
		Schedule: market.Schedule{AnnouncedAt: announcedAt, TestAt: testAt, LaunchAt: launchAt},
		Listed:   true,
		Waves:    []Wave{{OpensAt: testAt, Quantity: 10}},
		Free:     100,
	}
	for _, change := range changes {
		change(&f)
	}
	return f
}

func visible(at clock.Instant) func(*Facts)  { return func(f *Facts) { f.Listing.VisibleFrom = at } }
func released(at clock.Instant) func(*Facts) { return func(f *Facts) { f.Listing.OnSaleFrom = at } }
func ends(at clock.Instant) func(*Facts)     { return func(f *Facts) { f.Listing.EndsAt = at } }
func free(n int) func(*Facts)                { return func(f *Facts) { f.Free = n } }
func held(at clock.Instant) func(*Facts)     { return func(f *Facts) { f.HoldEnds = at } }
func incoming(at clock.Instant) func(*Facts) { return func(f *Facts) { f.Incoming = at } }
func unready(keys ...string) func(*Facts)    { return func(f *Facts) { f.Unready = keys } }
func inWaves(w ...Wave) func(*Facts)         { return func(f *Facts) { f.Waves = w } }
func buyer(b Buyer) func(*Facts)             { return func(f *Facts) { f.Buyer = b } }
func needing(a ...Approval) func(*Facts)     { return func(f *Facts) { f.Required = a } }
func took(public, code int) func(*Facts) {
	return func(f *Facts) { f.TakenPublic, f.TakenCode = public, code }
}
func paused(from, to clock.Instant) func(*Facts) {
	return func(f *Facts) { f.Schedule.Pauses = append(f.Schedule.Pauses, market.Interval{From: from, To: to}) }
}
func unlisted(f *Facts)   { f.Listed = false }
func noLaunch(f *Facts)   { f.Schedule.LaunchAt = 0 }
func noTest(f *Facts)     { f.Schedule.TestAt = 0 }
func noAnnounce(f *Facts) { f.Schedule.AnnouncedAt = 0 }
func draft(f *Facts)      { f.Schedule = market.Schedule{} }

// public and coded are waves for all and for holders of a code.
func public(at clock.Instant, n int) Wave { return Wave{OpensAt: at, Quantity: n} }
func coded(at clock.Instant, n int) Wave  { return Wave{OpensAt: at, Quantity: n, NeedsCode: true} }

// step is what Decide says at an instant. Rows of a case are read in time's order.
type step struct {
	now    clock.Instant
	state  State
	left   int
	next   clock.Instant
	reason string
}

// Each case is named by its row in DESIGN §2 and looks at both sides of each edge.
func TestDecideFollowsTheTable(t *testing.T) {
	for _, c := range []struct {
		name  string
		facts Facts
		steps []step
	}{
		{"row 1: draft, and no date", base(draft), []step{{1, Hidden, 0, never, "hidden"}, {1 << 40, Hidden, 0, never, "hidden"}}},
		{"row 1: draft until announced", base(), []step{
			{announcedAt - 1, Hidden, 0, announcedAt, "hidden"},
			{announcedAt, Announced, 0, testAt, "announced_wave"},
			{announcedAt + 1, Announced, 0, testAt, "announced_wave"}}},
		{"row 1: no listing", base(unlisted), []step{{testAt, Hidden, 0, never, "hidden"}, {launchAt, Hidden, 0, never, "hidden"}}},
		{"row 1: before visible from", base(visible(35_000)), []step{
			{announcedAt - 1, Hidden, 0, 35_000, "hidden"},
			{testAt, Hidden, 0, 35_000, "hidden"},
			{34_999, Hidden, 0, 35_000, "hidden"},
			{35_000, OnSale, 100, never, "on_sale"},
			{35_001, OnSale, 100, never, "on_sale"}}},
		{"row 1: draft after visible from", base(visible(5_000)), []step{
			{4_999, Hidden, 0, announcedAt, "hidden"}, {5_000, Hidden, 0, announcedAt, "hidden"}}},
		{"row 1: visible from a date, draft without one", base(draft, visible(5_000)), []step{{4_999, Hidden, 0, never, "hidden"}}},
		{"row 1 before row 2: hidden though ended", base(unlisted, ends(1)), []step{{testAt, Hidden, 0, never, "hidden"}}},
		{"row 1 before row 4: a pause reveals no draft", base(paused(1, never)), []step{
			{announcedAt - 1, Hidden, 0, announcedAt, "hidden"}, {announcedAt, Paused, 0, never, "paused"}}},

		{"row 2: ends at", base(ends(endsAt)), []step{
			{endsAt - 1, OnSale, 100, endsAt, "on_sale"},
			{endsAt, Ended, 0, never, "ended"},
			{endsAt + 1, Ended, 0, never, "ended"}}},
		{"row 2: ends in test", base(ends(25_000)), []step{
			{announcedAt, Announced, 0, testAt, "announced_wave"},
			{24_999, Test, 10, 25_000, "test"},
			{25_000, Ended, 0, never, "ended"},
			{launchAt, Ended, 0, never, "ended"}}},
		{"row 2: ends before it is ever sold", base(ends(15_000)), []step{
			{14_999, Announced, 0, never, "announced"}, {15_000, Ended, 0, never, "ended"}}},
		{"row 2 before row 3: ended though blocked", base(ends(1), unready("price")), []step{{testAt, Ended, 0, never, "ended"}}},

		{"row 3: never applied for", base(needing(Approval{Kind: "radio"})), []step{
			{announcedAt, Blocked, 0, never, "blocked"}, {testAt, Blocked, 0, never, "blocked"}, {launchAt, Blocked, 0, never, "blocked"}}},
		{"row 3: refused though dated", base(needing(Approval{Kind: "radio", From: 1, To: 90_000})), []step{{testAt, Blocked, 0, never, "blocked"}}},
		{"row 3: granted ahead", base(needing(Approval{Kind: "radio", Granted: true, From: 33_000})), []step{
			{announcedAt, Blocked, 0, 33_000, "blocked_until"},
			{32_999, Blocked, 0, 33_000, "blocked_until"},
			{33_000, OnSale, 100, never, "on_sale"},
			{33_001, OnSale, 100, never, "on_sale"}}},
		{"row 3: granted since ever", base(needing(Approval{Kind: "radio", Granted: true})), []step{{launchAt, OnSale, 100, never, "on_sale"}}},
		{"row 3: an approval ends", base(needing(Approval{Kind: "radio", Granted: true, From: 1, To: 45_000})), []step{
			{44_999, OnSale, 100, 45_000, "on_sale"},
			{45_000, Blocked, 0, never, "blocked"},
			{45_001, Blocked, 0, never, "blocked"}}},
		{"row 3: a renewal after a gap", base(needing(
			Approval{Kind: "radio", Granted: true, To: 45_000}, Approval{Kind: "radio", Granted: true, From: 46_000})), []step{
			{44_999, OnSale, 100, 45_000, "on_sale"},
			{45_000, Blocked, 0, 46_000, "blocked_until"},
			{45_999, Blocked, 0, 46_000, "blocked_until"},
			{46_000, OnSale, 100, never, "on_sale"}}},
		{"row 3: a renewal in time is no change", base(needing(
			Approval{Kind: "radio", Granted: true, To: 45_000}, Approval{Kind: "radio", Granted: true, From: 44_000, To: 48_000})), []step{
			{44_999, OnSale, 100, 48_000, "on_sale"}, {45_000, OnSale, 100, 48_000, "on_sale"}, {48_000, Blocked, 0, never, "blocked"}}},
		{"row 3: a renewal that was refused doesn't count", base(needing(
			Approval{Kind: "radio", Granted: true, To: 45_000}, Approval{Kind: "radio", From: 44_000})), []step{{45_000, Blocked, 0, never, "blocked"}}},
		{"row 3: all kinds at once", base(needing(
			Approval{Kind: "radio", Granted: true, From: 33_000, To: 35_000}, Approval{Kind: "radio", Granted: true, From: 38_000},
			Approval{Kind: "safety", Granted: true, From: 36_000})), []step{
			{launchAt, Blocked, 0, 38_000, "blocked_until"}, {37_999, Blocked, 0, 38_000, "blocked_until"}, {38_000, OnSale, 100, never, "on_sale"}}},
		{"row 3: one kind granted, one never", base(needing(
			Approval{Kind: "radio", Granted: true, From: 33_000}, Approval{Kind: "safety"})), []step{{launchAt, Blocked, 0, never, "blocked"}}},
		{"row 3: valid only after the end", base(ends(endsAt), needing(Approval{Kind: "radio", Granted: true, From: endsAt})), []step{
			{launchAt, Blocked, 0, never, "blocked"}, {endsAt, Ended, 0, never, "ended"}}},
		{"row 3: unready", base(unready("price")), []step{{testAt, Blocked, 0, never, "blocked"}, {launchAt, Blocked, 0, never, "blocked"}}},
		{"row 3: unready, and an approval ahead", base(unready("price"), needing(Approval{Kind: "radio", Granted: true, From: 33_000})),
			[]step{{launchAt, Blocked, 0, never, "blocked"}}},
		{"row 3 before row 4: blocked though paused", base(unready("price"), paused(1, never)), []step{{testAt, Blocked, 0, never, "blocked"}}},

		{"row 4: paused while announced", base(paused(12_000, 13_000)), []step{
			{11_999, Announced, 0, testAt, "announced_wave"},
			{12_000, Paused, 0, 13_000, "paused_until"},
			{12_999, Paused, 0, 13_000, "paused_until"},
			{13_000, Announced, 0, testAt, "announced_wave"}}},
		{"row 4: paused in test", base(paused(22_000, 23_000)), []step{
			{21_999, Test, 10, launchAt, "test"},
			{22_000, Paused, 0, 23_000, "paused_until"},
			{22_999, Paused, 0, 23_000, "paused_until"},
			{23_000, Test, 10, launchAt, "test"}}},
		{"row 4: paused over the launch", base(paused(29_000, 31_000)), []step{
			{29_000, Paused, 0, 31_000, "paused_until"},
			{launchAt, Paused, 0, 31_000, "paused_until"},
			{30_999, Paused, 0, 31_000, "paused_until"},
			{31_000, OnSale, 100, never, "on_sale"}}},
		{"row 4: paused when open, until further notice", base(paused(35_000, never)), []step{
			{34_999, OnSale, 100, never, "on_sale"},
			{35_000, Paused, 0, never, "paused"},
			{1 << 40, Paused, 0, never, "paused"}}},
		{"row 4: pauses that touch are one", base(paused(35_000, 36_000), paused(36_000, 37_000), paused(36_500, 36_600)), []step{
			{35_000, Paused, 0, 37_000, "paused_until"}, {36_000, Paused, 0, 37_000, "paused_until"}, {37_000, OnSale, 100, never, "on_sale"}}},
		{"row 4: resumes after the end", base(ends(endsAt), paused(49_000, 51_000)), []step{
			{49_000, Paused, 0, never, "paused"}, {endsAt, Ended, 0, never, "ended"}}},

		{"row 5: announced, first wave", base(inWaves(public(secondAt, 5), coded(22_000, 5))), []step{
			{announcedAt, Announced, 0, 22_000, "announced_wave"}, {testAt - 1, Announced, 0, 22_000, "announced_wave"}}},
		{"row 5: a wave waits for the test", base(inWaves(public(15_000, 5))), []step{
			{announcedAt, Announced, 0, testAt, "announced_wave"},
			{15_000, Announced, 0, testAt, "announced_wave"},
			{testAt - 1, Announced, 0, testAt, "announced_wave"},
			{testAt, Test, 5, launchAt, "test"}}},
		{"row 5: no wave, launch", base(inWaves()), []step{{announcedAt, Announced, 0, launchAt, "announced_launch"}}},
		{"row 5: no wave, released later", base(inWaves(), released(releaseAt)), []step{{announcedAt, Announced, 0, releaseAt, "announced_release"}}},
		{"row 5: no wave, released before the launch", base(inWaves(), released(15_000)), []step{
			{announcedAt, Announced, 0, launchAt, "announced_launch"}, {15_000, Announced, 0, launchAt, "announced_launch"}}},
		{"row 5: no launch date", base(inWaves(), noLaunch, released(releaseAt)), []step{{announcedAt, Announced, 0, never, "announced"}}},
		{"row 5: no launch date, but a wave", base(noLaunch), []step{{announcedAt, Announced, 0, testAt, "announced_wave"}}},
		{"row 5: no test, straight to open", base(noTest), []step{
			{announcedAt, Announced, 0, launchAt, "announced_launch"},
			{launchAt - 1, Announced, 0, launchAt, "announced_launch"},
			{launchAt, OnSale, 100, never, "on_sale"}}},
		{"row 5: left out, straight to the test", base(noAnnounce), []step{
			{testAt - 1, Hidden, 0, testAt, "hidden"}, {testAt, Test, 10, launchAt, "test"}}},

		{"row 6: no wave", base(inWaves()), []step{
			{testAt, Announced, 0, launchAt, "announced_launch"},
			{launchAt - 1, Announced, 0, launchAt, "announced_launch"},
			{launchAt, OnSale, 100, never, "on_sale"},
			{launchAt + 1, OnSale, 100, never, "on_sale"}}},
		{"row 6: no wave, released later", base(inWaves(), released(releaseAt)), []step{{testAt, Announced, 0, releaseAt, "announced_release"}}},
		{"row 6: no launch date", base(inWaves(), noLaunch), []step{{testAt, Announced, 0, never, "announced"}}},
		{"row 6: a wave without units is none", base(inWaves(public(testAt, 0))), []step{{testAt, Announced, 0, launchAt, "announced_launch"}}},
		{"row 6: a wave at the launch is none", base(inWaves(public(launchAt, 5))), []step{{testAt, Announced, 0, launchAt, "announced_launch"}}},
		{"row 6: a wave without an instant is none", base(inWaves(public(never, 5))), []step{{testAt, Announced, 0, launchAt, "announced_launch"}}},

		{"row 7: before the first wave", base(inWaves(public(secondAt, 10))), []step{
			{testAt, Announced, 0, secondAt, "announced_wave"},
			{secondAt - 1, Announced, 0, secondAt, "announced_wave"},
			{secondAt, Test, 10, launchAt, "test"},
			{secondAt + 1, Test, 10, launchAt, "test"}}},
		{"row 7: not sold out before the start", base(inWaves(public(secondAt, 10)), free(0)), []step{
			{secondAt - 1, Announced, 0, secondAt, "announced_wave"}, {secondAt, SoldOut, 0, launchAt, "sold_out_launch"}}},
		{"row 7: before a code wave", base(inWaves(coded(secondAt, 10))), []step{
			{secondAt - 1, Announced, 0, secondAt, "announced_wave"}, {secondAt, Code, 10, launchAt, "code_launch"}}},

		{"row 8: sold out until the next wave", base(inWaves(public(testAt, 10), public(secondAt, 7)), took(10, 0)), []step{
			{testAt, SoldOut, 0, secondAt, "sold_out_wave"},
			{secondAt - 1, SoldOut, 0, secondAt, "sold_out_wave"},
			{secondAt, Test, 7, launchAt, "test"},
			{secondAt + 1, Test, 7, launchAt, "test"}}},
		{"row 8: sold out, and a code wave is next", base(inWaves(public(testAt, 10), coded(secondAt, 7)), took(10, 0)), []step{
			{testAt, SoldOut, 0, secondAt, "sold_out_wave"}, {secondAt, Code, 7, launchAt, "code_launch"}}},
		{"row 8: sold out until the launch", base(took(10, 0)), []step{
			{testAt, SoldOut, 0, launchAt, "sold_out_launch"},
			{launchAt - 1, SoldOut, 0, launchAt, "sold_out_launch"},
			{launchAt, OnSale, 100, never, "on_sale"}}},
		{"row 8: sold out without a launch date", base(took(10, 0), noLaunch), []step{{testAt, SoldOut, 0, never, "sold_out"}}},
		{"row 8: oversold is sold out", base(took(12, 0)), []step{{testAt, SoldOut, 0, launchAt, "sold_out_launch"}}},
		{"row 8: no stock behind the wave", base(free(0)), []step{{testAt, SoldOut, 0, launchAt, "sold_out_launch"}}},
		{"row 8: a hold ends first", base(took(10, 0), held(22_000)), []step{
			{21_999, SoldOut, 0, 22_000, "sold_out_held"}, {22_000, SoldOut, 0, launchAt, "sold_out_launch"}}},
		{"row 8: the next wave comes before a hold ends", base(inWaves(public(testAt, 10), public(secondAt, 7)), took(10, 0), held(26_000)),
			[]step{{testAt, SoldOut, 0, secondAt, "sold_out_wave"}}},
		{"row 8: the listing ends before the launch", base(took(10, 0), ends(launchAt)), []step{{testAt, SoldOut, 0, never, "sold_out"}}},

		{"row 9: code until a wave for all", base(inWaves(coded(testAt, 5), public(secondAt, 7))), []step{
			{testAt - 1, Announced, 0, testAt, "announced_wave"},
			{testAt, Code, 5, secondAt, "code_wave"},
			{secondAt - 1, Code, 5, secondAt, "code_wave"},
			{secondAt, Test, 12, launchAt, "test"}}},
		{"row 9: code, and another code wave before all", base(inWaves(coded(testAt, 5), coded(22_000, 5), public(secondAt, 7))), []step{
			{testAt, Code, 5, secondAt, "code_wave"}, {22_000, Code, 10, secondAt, "code_wave"}}},
		{"row 9: code until the launch", base(inWaves(coded(testAt, 5))), []step{
			{launchAt - 1, Code, 5, launchAt, "code_launch"}, {launchAt, OnSale, 100, never, "on_sale"}}},
		{"row 9: code without a launch date", base(inWaves(coded(testAt, 5)), noLaunch), []step{{testAt, Code, 5, never, "code"}}},
		{"row 9: public units are gone", base(inWaves(coded(testAt, 5), public(testAt, 7)), took(7, 1)), []step{{testAt, Code, 4, launchAt, "code_launch"}}},
		{"row 9: a code's holder buys", base(inWaves(coded(testAt, 5)), buyer(Buyer{HasCode: true})), []step{{testAt, Test, 5, launchAt, "test"}}},
		{"row 9: a code wave sold is sold out", base(inWaves(coded(testAt, 5)), took(0, 5)), []step{{testAt, SoldOut, 0, launchAt, "sold_out_launch"}}},

		{"row 10: test until the launch", base(took(3, 0)), []step{
			{testAt - 1, Announced, 0, testAt, "announced_wave"},
			{testAt, Test, 7, launchAt, "test"},
			{testAt + 1, Test, 7, launchAt, "test"},
			{launchAt - 1, Test, 7, launchAt, "test"},
			{launchAt, OnSale, 100, never, "on_sale"}}},
		{"row 10: unsold units roll on", base(inWaves(public(testAt, 10), public(secondAt, 7)), took(3, 0)), []step{
			{secondAt - 1, Test, 7, launchAt, "test"}, {secondAt, Test, 14, launchAt, "test"}, {launchAt, OnSale, 100, never, "on_sale"}}},
		{"row 10: the smaller of wave and stock", base(free(4)), []step{{testAt, Test, 4, launchAt, "test"}}},
		{"row 10: without a launch date", base(noLaunch), []step{{testAt, Test, 10, never, "test"}}},
		{"row 10: release is for the open market", base(released(releaseAt)), []step{
			{testAt, Test, 10, launchAt, "test"}, {launchAt, Announced, 0, releaseAt, "announced_release"}}},

		{"row 11: before on sale from", base(released(releaseAt)), []step{
			{releaseAt - 1, Announced, 0, releaseAt, "announced_release"},
			{releaseAt, OnSale, 100, never, "on_sale"},
			{releaseAt + 1, OnSale, 100, never, "on_sale"}}},
		{"row 11: not sold out before the start", base(released(releaseAt), free(0)), []step{
			{releaseAt - 1, Announced, 0, releaseAt, "announced_release"}, {releaseAt, SoldOut, 0, never, "sold_out"}}},
		{"row 11: ends before it is released", base(released(releaseAt), ends(releaseAt)), []step{{launchAt, Announced, 0, never, "announced"}}},

		{"row 12: sold out", base(free(0)), []step{{launchAt, SoldOut, 0, never, "sold_out"}}},
		{"row 12: less than nothing", base(free(-3)), []step{{launchAt, SoldOut, 0, never, "sold_out"}}},
		{"row 12: goods are coming", base(free(0), incoming(35_000)), []step{
			{34_999, SoldOut, 0, 35_000, "sold_out_incoming"}, {35_000, SoldOut, 0, never, "sold_out"}, {35_001, SoldOut, 0, never, "sold_out"}}},
		{"row 12: a hold ends first", base(free(0), incoming(35_000), held(34_000)), []step{
			{33_999, SoldOut, 0, 34_000, "sold_out_held"}, {34_000, SoldOut, 0, 35_000, "sold_out_incoming"}}},
		{"row 12: goods come after the end", base(free(0), incoming(endsAt), ends(endsAt)), []step{{launchAt, SoldOut, 0, never, "sold_out"}}},

		{"row 13: on sale at the launch", base(), []step{
			{launchAt - 1, Test, 10, launchAt, "test"}, {launchAt, OnSale, 100, never, "on_sale"}, {launchAt + 1, OnSale, 100, never, "on_sale"}}},
		{"row 13: test units don't count against stock", base(took(10, 10), free(3)), []step{{launchAt, OnSale, 3, never, "on_sale"}}},
		{"row 13: the end or an approval's, the earlier", base(ends(endsAt), needing(Approval{Kind: "radio", Granted: true, To: 45_000})), []step{
			{launchAt, OnSale, 100, 45_000, "on_sale"}, {45_000, Blocked, 0, never, "blocked"}, {endsAt, Ended, 0, never, "ended"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, s := range c.steps {
				o := Decide(c.facts, s.now)
				got := step{s.now, o.State, o.Left, o.Next, o.Reason}
				s.reason = "offer.reason." + s.reason
				if got != s {
					t.Errorf("got %+v\nwant %+v", got, s)
				}
			}
		})
	}
}

// A buyer with and one without a code, against every way the units can have gone.
func TestCodeHoldersTakeFromCodeWavesFirst(t *testing.T) {
	for _, c := range []struct {
		name                         string
		free, takenPublic, takenCode int
		left, without                int // of 6 public and 4 code units: for a holder of a code, for others
		state                        State
	}{
		{"nothing taken", 100, 0, 0, 10, 6, Test},
		{"public units taken", 100, 2, 0, 8, 4, Test},
		{"code units taken", 100, 0, 4, 6, 6, Test},
		{"code buyers took public units", 100, 0, 7, 3, 3, Test},
		{"both", 100, 2, 5, 3, 3, Test},
		{"public ones are gone", 100, 6, 1, 3, 0, Code},
		{"public ones went to code buyers too", 100, 3, 7, 0, 0, SoldOut},
		{"all gone", 100, 6, 4, 0, 0, SoldOut},
		{"little stock", 3, 0, 0, 3, 3, Test},
		{"little stock and few public ones", 3, 5, 0, 3, 1, Test},
		{"no stock", 0, 0, 0, 0, 0, SoldOut},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := base(inWaves(public(testAt, 6), coded(testAt, 4)), free(c.free), took(c.takenPublic, c.takenCode))
			without := Decide(f, testAt)
			if without.State != c.state || without.Left != c.left || without.Most != c.without || without.Published != 10 {
				t.Errorf("without a code: %+v", without)
			}
			f.Buyer.HasCode = true
			with := Decide(f, testAt)
			if with.Left != c.left || with.Most != c.left || with.Buyable() != (c.left > 0) {
				t.Errorf("with a code: %+v", with)
			}
		})
	}
}

func TestMostIsTheLeastOfLimitsAndUnitsLeft(t *testing.T) {
	order := func(test, open int) func(*Facts) {
		return func(f *Facts) { f.Listing.TestLimitOrder, f.Listing.LimitOrder = test, open }
	}
	each := func(test, open int) func(*Facts) {
		return func(f *Facts) { f.Listing.TestLimitBuyer, f.Listing.LimitBuyer = test, open }
	}
	for _, c := range []struct {
		name   string
		facts  Facts
		now    clock.Instant
		most   int
		reason string
		limit  int
	}{
		{"no limits in test", base(), testAt, 10, "", 0},
		{"no limits when open", base(), launchAt, 100, "", 0},
		{"order limit in test", base(order(2, 5)), testAt, 2, "offer.limit_order", 2},
		{"order limit when open", base(order(2, 5)), launchAt, 5, "offer.limit_order", 5},
		{"the last millisecond of the test", base(order(2, 5)), launchAt - 1, 2, "offer.limit_order", 2},
		{"ordinary limits don't hold in test", base(order(0, 5)), testAt, 10, "", 0},
		{"test limits don't hold when open", base(order(2, 0), each(1, 0)), launchAt, 100, "", 0},
		{"buyer's cap in test", base(each(3, 0)), testAt, 3, "offer.limit_buyer", 3},
		{"buyer's cap less his units", base(each(3, 0), buyer(Buyer{TestUnits: 1})), testAt, 2, "offer.limit_buyer", 3},
		{"buyer's cap used up", base(each(3, 0), buyer(Buyer{TestUnits: 3})), testAt, 0, "offer.limit_buyer", 3},
		{"buyer's cap lowered below his units", base(each(3, 0), buyer(Buyer{TestUnits: 5})), testAt, 0, "offer.limit_buyer", 3},
		{"units of the open market don't count in test", base(each(3, 0), buyer(Buyer{Units: 3})), testAt, 3, "offer.limit_buyer", 3},
		{"test units don't count when open", base(each(3, 3), buyer(Buyer{TestUnits: 3})), launchAt, 3, "offer.limit_buyer", 3},
		{"buyer's cap when open", base(each(0, 4), buyer(Buyer{Units: 3})), launchAt, 1, "offer.limit_buyer", 4},
		{"buyer's cap used up when open", base(each(0, 4), buyer(Buyer{Units: 4})), launchAt, 0, "offer.limit_buyer", 4},
		{"the order limit is less", base(order(2, 0), each(3, 0)), testAt, 2, "offer.limit_order", 2},
		{"the buyer's cap is less", base(order(2, 0), each(3, 0), buyer(Buyer{TestUnits: 2})), testAt, 1, "offer.limit_buyer", 3},
		{"fewer left than the limits", base(order(2, 0), each(3, 0), took(9, 0)), testAt, 1, "", 0},
		{"as many left as the limit", base(order(2, 0), took(8, 0)), testAt, 2, "", 0},
		{"units for codes only", base(inWaves(public(testAt, 2), coded(testAt, 5))), testAt, 2, "offer.limit_code", 2},
		{"units for codes only, and a lower limit", base(inWaves(public(testAt, 2), coded(testAt, 5)), order(1, 0)), testAt, 1, "offer.limit_order", 1},
		{"a code lifts no limit", base(inWaves(coded(testAt, 5)), order(1, 0), buyer(Buyer{HasCode: true})), testAt, 1, "offer.limit_order", 1},
		{"a negative limit sells nothing", base(order(-1, -1)), launchAt, 0, "offer.limit_order", -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := Decide(c.facts, c.now)
			if o.Most != c.most || o.MostReason != c.reason || o.Limit != c.limit {
				t.Errorf("got most %d %q %d, want %d %q %d", o.Most, o.MostReason, o.Limit, c.most, c.reason, c.limit)
			}
			if want := phaseState(c.now); o.State != want || o.Buyable() != (c.most > 0) {
				t.Errorf("a limit is not a state: %s, buyable %v", o.State, o.Buyable())
			}
		})
	}
}

func phaseState(now clock.Instant) State {
	if now < launchAt {
		return Test
	}
	return OnSale
}

func TestStaffAreToldTheExactCause(t *testing.T) {
	for _, c := range []struct {
		name  string
		facts Facts
		now   clock.Instant
		staff string
	}{
		{"draft", base(draft), testAt, "draft"},
		{"no listing", base(unlisted), testAt, "unlisted"},
		{"no listing in a draft", base(unlisted, draft), testAt, "unlisted"},
		{"not visible", base(visible(releaseAt)), testAt, "not_visible"},
		{"ended", base(ends(1)), testAt, "ended"},
		{"blocked", base(unready("price")), testAt, "blocked"},
		{"paused", base(paused(1, never)), testAt, "paused"},
		{"announced", base(), announcedAt, "before_test"},
		{"no wave", base(inWaves()), testAt, "no_wave"},
		{"before its wave", base(inWaves(public(secondAt, 1))), testAt, "before_wave"},
		{"waves sold", base(took(10, 0)), testAt, "waves_sold"},
		{"waves sold and no stock", base(took(10, 0), free(0)), testAt, "waves_sold"},
		{"no stock for the wave", base(free(0)), testAt, "no_stock"},
		{"code", base(inWaves(coded(testAt, 1))), testAt, "code"},
		{"test", base(), testAt, "test"},
		{"not released", base(released(releaseAt)), launchAt, "before_release"},
		{"no stock", base(free(0)), launchAt, "no_stock"},
		{"on sale", base(), launchAt, "on_sale"},
	} {
		if got := Decide(c.facts, c.now).StaffReason; got != "offer.staff."+c.staff {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestBlockedNamesAllThatIsMissingOnce(t *testing.T) {
	f := base(unready("price", "safety"), needing(
		Approval{Kind: "radio", Granted: true, To: testAt}, Approval{Kind: "radio", Granted: true, From: launchAt},
		Approval{Kind: "carrier"}, Approval{Kind: "service", Granted: true}))
	if got, want := Decide(f, testAt).Missing, []string{"radio", "carrier", "price", "safety"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := Decide(f, testAt-1).Missing, []string{"carrier", "price", "safety"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !slices.Equal(f.Unready, []string{"price", "safety"}) {
		t.Errorf("facts were changed: %v", f.Unready)
	}
}

func TestUntilIsTheNextInstantInTheFacts(t *testing.T) {
	f := base(visible(11_000), released(releaseAt), ends(endsAt), held(21_000), incoming(33_000), paused(26_000, 27_000),
		inWaves(public(testAt, 1), coded(secondAt, 1)),
		needing(Approval{Kind: "radio", Granted: true, From: 12_000, To: 48_000}))
	f.FreshUntil = 34_000
	now := clock.Instant(1)
	for _, want := range []clock.Instant{announcedAt, 11_000, 12_000, testAt, 21_000, secondAt, 26_000, 27_000, launchAt,
		33_000, 34_000, releaseAt, 48_000, endsAt, never} {
		for _, at := range []clock.Instant{now, now + 1, want - 1} {
			if got := Decide(f, at).Until; at >= now && got != want {
				t.Errorf("at %d until %d, want %d", at, got, want)
			}
		}
		now = want
	}
}
