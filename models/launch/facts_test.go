package launch

import (
	"encoding/binary"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/clock"
	"softlaunch/models/market"
)

// The table of DESIGN §2 once more, in plain words and without a thought for speed, to hold Decide against.
var table = []struct {
	row   string
	state State
	fits  func(f Facts, now clock.Instant) bool
}{
	{"1", Hidden, func(f Facts, now clock.Instant) bool {
		s := f.Schedule
		begun := passed(s.AnnouncedAt, now) || passed(s.TestAt, now) || passed(s.LaunchAt, now)
		return !begun || !f.Listed || ahead(f.Listing.VisibleFrom, now)
	}},
	{"2", Ended, func(f Facts, now clock.Instant) bool { return passed(f.Listing.EndsAt, now) }},
	{"3", Blocked, func(f Facts, now clock.Instant) bool { return len(f.Unready) > 0 || len(unmet(f, now)) > 0 }},
	{"4", Paused, inPause},
	{"5", Announced, func(f Facts, now clock.Instant) bool { return !inTestTime(f, now) && !passed(f.Schedule.LaunchAt, now) }},
	{"6", Announced, func(f Facts, now clock.Instant) bool {
		begun, later := wavesAt(f, now)
		return inTestTime(f, now) && len(begun)+len(later) == 0
	}},
	{"7", Announced, func(f Facts, now clock.Instant) bool {
		begun, _ := wavesAt(f, now)
		return inTestTime(f, now) && len(begun) == 0
	}},
	{"8", SoldOut, func(f Facts, now clock.Instant) bool { return inTestTime(f, now) && leftFor(f, now, true) <= 0 }},
	{"9", Code, func(f Facts, now clock.Instant) bool {
		return inTestTime(f, now) && leftFor(f, now, f.Buyer.HasCode) <= 0
	}},
	{"10", Test, inTestTime},
	{"11", Announced, func(f Facts, now clock.Instant) bool { return ahead(f.Listing.OnSaleFrom, now) }},
	{"12", SoldOut, func(f Facts, _ clock.Instant) bool { return f.Free <= 0 }},
	{"13", OnSale, func(Facts, clock.Instant) bool { return true }},
}

func passed(at, now clock.Instant) bool { return at != 0 && now >= at }
func ahead(at, now clock.Instant) bool  { return at != 0 && now < at }

func inTestTime(f Facts, now clock.Instant) bool {
	return passed(f.Schedule.TestAt, now) && !passed(f.Schedule.LaunchAt, now)
}

func inPause(f Facts, now clock.Instant) bool {
	for _, p := range f.Schedule.Pauses {
		if !ahead(p.From, now) && !passed(p.To, now) {
			return true
		}
	}
	return false
}

// unmet is the required kinds without an entry that is granted and valid.
func unmet(f Facts, now clock.Instant) map[string]bool {
	kinds := map[string]bool{}
	for _, a := range f.Required {
		kinds[a.Kind] = true
	}
	for _, a := range f.Required {
		if a.Granted && !ahead(a.From, now) && !passed(a.To, now) {
			delete(kinds, a.Kind)
		}
	}
	return kinds
}

// wavesAt is the waves that have begun and those that will before the launch.
func wavesAt(f Facts, now clock.Instant) (begun, later []Wave) {
	for _, w := range f.Waves {
		switch {
		case w.OpensAt == 0 || w.Quantity <= 0 || passed(f.Schedule.LaunchAt, w.OpensAt):
		case passed(w.OpensAt, now):
			begun = append(begun, w)
		default:
			later = append(later, w)
		}
	}
	return begun, later
}

// leftFor hands out the units taken one by one: those of buyers without a code from public waves, those of buyers with
// one from code waves while they last and then from public ones. What remains is for the buyer who asks.
func leftFor(f Facts, now clock.Instant, hasCode bool) int {
	var open, coded int
	begun, _ := wavesAt(f, now)
	for _, w := range begun {
		if w.NeedsCode {
			coded += w.Quantity
		} else {
			open += w.Quantity
		}
	}
	open -= f.TakenPublic
	for range f.TakenCode {
		if coded > 0 {
			coded--
		} else {
			open--
		}
	}
	all := min(open+coded, f.Free)
	if hasCode {
		return max(0, all)
	}
	return max(0, min(open, all))
}

// fails is what testing and rapid have in common.
type fails interface {
	Helper()
	Fatalf(format string, args ...any)
}

// holds checks what must be true of every offer; probes pick instants between now and Until.
func holds(t fails, f Facts, now clock.Instant, probes ...uint64) {
	t.Helper()
	o := Decide(f, now)
	for _, row := range table {
		if row.fits(f, now) {
			if o.State != row.state {
				t.Fatalf("row %s fits, which is %s, but the offer is %s", row.row, row.state, o.State)
			}
			break
		}
	}
	neverEarly(t, f, o, now)
	bounded(t, f, o, now)
	instantsAhead(t, f, o, now)
	for _, p := range append(probes, 0, 1<<62) {
		at := between(now, o.Until, p)
		if later := Decide(f, at); !reflect.DeepEqual(later, o) {
			t.Fatalf("offer of %d holds until %d, but at %d it is\n%+v, was\n%+v", now, o.Until, at, later, o)
		}
	}
}

// neverEarly is the promise that matters most, said directly: nothing sells before any instant that forbids it.
func neverEarly(t fails, f Facts, o Offer, now clock.Instant) {
	t.Helper()
	if o.State != Test && o.State != OnSale && o.State != Code {
		return
	}
	l := f.Listing
	if !f.Listed || ahead(l.VisibleFrom, now) || passed(l.EndsAt, now) || inPause(f, now) || len(unmet(f, now)) > 0 || len(f.Unready) > 0 {
		t.Fatalf("%s though it is forbidden", o.State)
	}
	if o.State == OnSale && (ahead(l.OnSaleFrom, now) || !passed(f.Schedule.LaunchAt, now)) {
		t.Fatalf("on sale before the launch or its release")
	}
	if o.State != OnSale && (!inTestTime(f, now) || o.Published == 0) {
		t.Fatalf("%s outside of the test or before its first wave", o.State)
	}
}

func bounded(t fails, f Facts, o Offer, now clock.Instant) {
	t.Helper()
	perOrder, perBuyer, his := f.Listing.LimitOrder, f.Listing.LimitBuyer, f.Buyer.Units
	stock := f.Free
	if o.State == Test || o.State == Code {
		perOrder, perBuyer, his = f.Listing.TestLimitOrder, f.Listing.TestLimitBuyer, f.Buyer.TestUnits
		stock = leftFor(f, now, f.Buyer.HasCode)
	}
	want := 0
	if o.State == Test || o.State == OnSale {
		want = stock
		if perOrder != 0 {
			want = min(want, perOrder)
		}
		if perBuyer != 0 {
			want = min(want, max(0, perBuyer-his))
		}
	}
	switch {
	case o.Most != want:
		t.Fatalf("most %d, want %d", o.Most, want)
	case o.Most < 0 || o.Most > o.Left || o.Left > max(0, f.Free):
		t.Fatalf("most %d, left %d, free %d", o.Most, o.Left, f.Free)
	case o.Published > 0 && o.Left > max(0, o.Published-f.TakenPublic-f.TakenCode):
		t.Fatalf("left %d of %d published", o.Left, o.Published)
	case (o.MostReason != "") != (want < o.Left && o.State != Code):
		t.Fatalf("most %d of %d left because %q", o.Most, o.Left, o.MostReason)
	case o.Buyable() != (want > 0):
		t.Fatalf("buyable %v with most %d", o.Buyable(), want)
	}
}

func instantsAhead(t fails, f Facts, o Offer, now clock.Instant) {
	t.Helper()
	switch {
	case !strings.HasPrefix(o.Reason, "offer.reason."+string(o.State)) || !strings.HasPrefix(o.StaffReason, "offer.staff."):
		t.Fatalf("%s explained by %q and %q", o.State, o.Reason, o.StaffReason)
	case (o.State == Blocked) != (len(o.Missing) > 0):
		t.Fatalf("%s misses %v", o.State, o.Missing)
	case o.Until != 0 && o.Until <= now:
		t.Fatalf("holds until %d, before %d", o.Until, now)
	case o.Next == 0:
		return
	case o.Next <= now || o.Until == 0 || o.Until > o.Next:
		t.Fatalf("next %d, now %d, until %d", o.Next, now, o.Until)
	}
	// What the schedule itself brings must come; goods, holds and other buyers are beyond the facts.
	switch o.State {
	case Hidden, Blocked, Paused, Test, OnSale:
		if Decide(f, o.Next).State == o.State {
			t.Fatalf("still %s at its next instant %d", o.State, o.Next)
		}
	}
}

// between is an instant in [now, until), or after now when there is no until.
func between(now, until clock.Instant, pick uint64) clock.Instant {
	span := uint64(1 << 40)
	if until != 0 {
		span = uint64(until - now)
	}
	if pick == 1<<62 {
		return now + clock.Instant(span-1)
	}
	return now + clock.Instant(pick%span)
}

// Small numbers make instants meet and limits bind.
func anyFacts() *rapid.Generator[Facts] {
	instant := rapid.Map(rapid.IntRange(0, 40), func(i int) clock.Instant { return clock.Instant(i) })
	count, taken := rapid.IntRange(-1, 9), rapid.IntRange(0, 9)
	kind := rapid.SampledFrom([]string{"radio", "carrier"})
	return rapid.Custom(func(t *rapid.T) Facts {
		approval := rapid.Custom(func(t *rapid.T) Approval {
			granted := rapid.IntRange(0, 4).Draw(t, "granted") > 0
			return Approval{Kind: kind.Draw(t, "kind"), Granted: granted, From: instant.Draw(t, "from"), To: instant.Draw(t, "to")}
		})
		wave := rapid.Custom(func(t *rapid.T) Wave {
			return Wave{OpensAt: instant.Draw(t, "opens"), Quantity: count.Draw(t, "quantity"), NeedsCode: rapid.Bool().Draw(t, "code")}
		})
		pause := rapid.Custom(func(t *rapid.T) market.Interval {
			return market.Interval{From: instant.Draw(t, "from"), To: instant.Draw(t, "to")}
		})
		seldom := func(label string) clock.Instant {
			if rapid.IntRange(0, 2).Draw(t, label+" set") > 0 {
				return 0
			}
			return instant.Draw(t, label)
		}
		f := Facts{
			Schedule: market.Schedule{AnnouncedAt: instant.Draw(t, "announced"), TestAt: instant.Draw(t, "test"),
				LaunchAt: instant.Draw(t, "launch"), Pauses: rapid.SliceOfN(pause, 0, 2).Draw(t, "pauses")},
			Listed:      rapid.IntRange(0, 9).Draw(t, "listed") > 0,
			Required:    rapid.SliceOfN(approval, 0, 3).Draw(t, "required"),
			Waves:       rapid.SliceOfN(wave, 0, 4).Draw(t, "waves"),
			TakenPublic: taken.Draw(t, "taken public"), TakenCode: taken.Draw(t, "taken code"),
			Free: count.Draw(t, "free"), HoldEnds: seldom("hold ends"), Incoming: seldom("incoming"), FreshUntil: seldom("fresh"),
			Buyer: Buyer{HasCode: rapid.Bool().Draw(t, "has code"), TestUnits: count.Draw(t, "test units"), Units: count.Draw(t, "units")},
		}
		f.Listing.VisibleFrom, f.Listing.OnSaleFrom, f.Listing.EndsAt = seldom("visible"), seldom("release"), seldom("ends")
		limit := rapid.IntRange(0, 4)
		f.Listing.LimitOrder, f.Listing.LimitBuyer = limit.Draw(t, "order"), limit.Draw(t, "buyer")
		f.Listing.TestLimitOrder, f.Listing.TestLimitBuyer = limit.Draw(t, "test order"), limit.Draw(t, "test buyer")
		if rapid.IntRange(0, 9).Draw(t, "unready") == 0 {
			f.Unready = []string{"price"}
		}
		return f
	})
}

func TestDecideHoldsItsPromisesAtEveryInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts().Draw(t, "facts")
		probes := rapid.SliceOfN(rapid.Uint64(), 4, 4).Draw(t, "probes")
		for now := clock.Instant(1); now <= 42; now++ {
			holds(t, f, now, probes...)
		}
	})
}

// tape reads facts from the fuzzer's bytes; past its end all is zero.
type tape struct{ rest []byte }

func (t *tape) next() byte {
	if len(t.rest) == 0 {
		return 0
	}
	b := t.rest[0]
	t.rest = t.rest[1:]
	return b
}

// instant is a small one in one byte, so that instants meet, or after 255 any other in eight.
func (t *tape) instant() clock.Instant {
	b := t.next()
	if b < 255 {
		return clock.Instant(b)
	}
	var wide [8]byte
	for i := range wide {
		wide[i] = t.next()
	}
	return clock.Instant(binary.LittleEndian.Uint64(wide[:]) >> 2)
}

// count is from -16 to 239.
func (t *tape) count() int { return int(t.next()) - 16 }

// limit is from 0 to 255.
func (t *tape) limit() int { return int(t.next()) }

func (t *tape) facts() Facts {
	flags := t.next()
	f := Facts{
		Schedule: market.Schedule{AnnouncedAt: t.instant(), TestAt: t.instant(), LaunchAt: t.instant()},
		Listed:   flags&1 == 0, Buyer: Buyer{HasCode: flags&2 != 0},
		Free: t.count(), TakenPublic: t.limit(), TakenCode: t.limit(),
	}
	if flags&4 != 0 {
		f.Unready = []string{"safety"}
	}
	for range t.next() % 4 {
		f.Waves = append(f.Waves, Wave{OpensAt: t.instant(), Quantity: t.count(), NeedsCode: t.next()&1 != 0})
	}
	l := &f.Listing
	l.VisibleFrom, l.OnSaleFrom, l.EndsAt = t.instant(), t.instant(), t.instant()
	l.LimitOrder, l.LimitBuyer, l.TestLimitOrder, l.TestLimitBuyer = t.limit(), t.limit(), t.limit(), t.limit()
	f.Buyer.TestUnits, f.Buyer.Units = t.limit(), t.limit()
	f.HoldEnds, f.Incoming, f.FreshUntil = t.instant(), t.instant(), t.instant()
	for range t.next() % 4 {
		f.Schedule.Pauses = append(f.Schedule.Pauses, market.Interval{From: t.instant(), To: t.instant()})
	}
	for range t.next() % 4 {
		b := t.next()
		f.Required = append(f.Required, Approval{Kind: string('a' + rune(b%3)), Granted: b&8 == 0, From: t.instant(), To: t.instant()})
	}
	return f
}

// FuzzDecide reads a now, two probes and facts from its bytes.
func FuzzDecide(f *testing.F) {
	// Flags, announced, test, launch, free, taken without and with a code, waves (instant, quantity, code).
	f.Add(int64(20), uint64(1), []byte{0, 10, 20, 30, 116, 0, 0, 1, 20, 26, 0})
	f.Add(int64(30), uint64(1), []byte{0, 10, 20, 30, 116, 0, 0, 1, 20, 26, 0})
	f.Add(int64(25), uint64(3), []byte{0, 10, 20, 30, 116, 10, 0, 2, 20, 26, 0, 25, 22, 1})
	f.Add(int64(25), uint64(3), []byte{2, 10, 20, 30, 116, 9, 8, 2, 20, 26, 0, 25, 22, 1})
	f.Add(int64(25), uint64(3), []byte{4, 10, 20, 30, 116})
	f.Add(int64(9), uint64(3), []byte{1, 10, 20, 30, 0})
	// And listing (3 instants, 4 limits), buyer's units, hold, incoming, fresh; then pauses; then approvals.
	f.Add(int64(35), uint64(7), []byte{0, 10, 20, 30, 116, 0, 0, 0, 5, 35, 50, 3, 4, 1, 1, 0, 2, 33, 34, 36, 1, 40, 41})
	f.Add(int64(40), uint64(7), []byte{0, 10, 20, 30, 116, 0, 0, 0, 5, 35, 50, 3, 4, 1, 1, 0, 2, 33, 34, 36, 1, 40, 0, 2, 0, 0, 45, 1, 38, 0})
	f.Add(int64(1)<<61, uint64(9), []byte{0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 10, 20})
	f.Fuzz(func(t *testing.T, now int64, probe uint64, data []byte) {
		if now <= 0 || now > 1<<62 {
			t.Skip("the shop's clock stands between 1970 and the end of what can be added to")
		}
		reel := tape{data}
		holds(t, reel.facts(), clock.Instant(now), probe, probe>>7)
	})
}
