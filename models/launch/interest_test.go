package launch_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/staff"
)

// ada waits for the plush fox, which Spain sells from its launch on.
var ada = launch.Wish{Product: "pip-plush", Email: "ada@example.com", TextVersion: "2026-11"}

// ask signs somebody up in a store and answers the mails that follow.
func ask(t *testing.T, s *modelstest.Shop, path string, wish launch.Wish) []launch.Notice {
	t.Helper()
	must(t, s.Interests.Ask(t.Context(), s.Store(t, path), wish, "192.0.2.1"))
	return s.Work(t)
}

// join signs somebody up and confirms.
func join(t *testing.T, s *modelstest.Shop, path string, wish launch.Wish) (token string) {
	t.Helper()
	store := s.Store(t, path)
	must(t, s.Interests.Ask(t.Context(), store, wish, wish.Email))
	for _, n := range s.Work(t) {
		if n.Kind == launch.MailConfirm && n.Email == wish.Email {
			token = n.Token
		}
	}
	if _, err := s.Interests.Confirm(t.Context(), store.Market.ID, token); err != nil {
		t.Fatal(err)
	}
	return token
}

func TestInterestCountsOnceItsAddressHasConfirmed(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	es := s.Store(t, "es").Market
	mails := ask(t, s, "es", ada)
	if len(mails) != 1 || mails[0].Kind != launch.MailConfirm || mails[0].Email != "ada@example.com" || mails[0].Product != "pip-plush" ||
		mails[0].Store.Path() != "es" || mails[0].Name == "" || mails[0].Code != "" {
		t.Fatalf("%+v", mails)
	}
	token := mails[0].Token
	if n := s.Number(t, "SELECT COUNT(*) FROM interests WHERE token IS NOT NULL") + s.Number(t, "SELECT COUNT(*) FROM mails"); n != 0 {
		t.Error("the link of a mail that is out is still there")
	}
	signups := func() launch.Signups {
		t.Helper()
		counts, err := s.Interests.Signups(ctx, "es")
		must(t, err)
		if len(counts) != 1 {
			t.Fatalf("%+v", counts)
		}
		return counts[0]
	}
	if got := signups(); got != (launch.Signups{Product: "pip-plush", Pending: 1}) {
		t.Errorf("before: %+v", got)
	}
	found, err := s.Interests.Find(ctx, es.ID, token)
	must(t, err)
	if !found.ConfirmedAt.IsZero() {
		t.Error("looking confirmed it")
	}
	s.Time.Advance(time.Hour)
	at := s.Time.Now()
	for range 2 {
		found, err = s.Interests.Confirm(ctx, es.ID, token)
		must(t, err)
		if found.ConfirmedAt != at || found.TextVersion != "2026-11" || found.Email != ada.Email || found.CreatedAt != modelstest.Start {
			t.Errorf("the proof is %+v", found)
		}
		s.Time.Advance(time.Hour)
	}
	if got := signups(); got != (launch.Signups{Product: "pip-plush", Confirmed: 1}) {
		t.Errorf("after: %+v", got)
	}
}

func TestOneMailWhenItOpensAndThenNothingIsLeft(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	join(t, s, "es", ada)
	join(t, s, "it", ada)
	join(t, s, "es", launch.Wish{Email: "bob@example.com", TextVersion: "1"})
	ask(t, s, "es", launch.Wish{Product: "pip-plush", Email: "never@example.com", TextVersion: "1"})
	opens := s.Store(t, "es").Market.LaunchAt
	s.Time.Set(opens - 1)
	if early := s.Work(t); len(early) != 0 {
		t.Errorf("a millisecond early: %+v", early)
	}
	s.Time.Set(opens)
	told := map[string]launch.Notice{}
	for _, n := range s.Work(t) {
		told[n.Email+" "+n.Store.Path()] = n
		if n.Kind != launch.MailOpened || n.Token != "" {
			t.Errorf("%+v", n)
		}
	}
	if len(told) != 3 || told["ada@example.com es"].Product != "pip-plush" || told["bob@example.com es"].Product != "" || told["ada@example.com it"].Name == "" {
		t.Errorf("told %+v", told)
	}
	if again := s.Work(t); len(again) != 0 {
		t.Errorf("told twice: %+v", again)
	}
	for _, table := range []string{"interests", "mails"} {
		if n := s.Number(t, "SELECT COUNT(*) FROM "+table); n != 0 {
			t.Errorf("%d rows left in %s", n, table)
		}
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM jobs WHERE last_error LIKE '%@%'"); n != 0 {
		t.Error("an address in the jobs")
	}
}

func TestAWaveForAllTellsWhoWaitsAndACodeWaveDoesNot(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	join(t, s, "es", ada)
	must(t, s.Gate.AddWave(ctx, modelstest.Owner, "es", "PIP-PLUSH-FOX", launch.WaveForm{Quantity: "5", NeedsCode: true}))
	if told := s.Work(t); len(told) != 0 {
		t.Errorf("told of a wave for others: %+v", told)
	}
	must(t, s.Gate.AddWave(ctx, modelstest.Owner, "es", "PIP-PLUSH-FOX", launch.WaveForm{OpensAt: local("2026-12-01T10:00"), Quantity: "5"}))
	s.Time.Set(modelstest.At("2026-12-01T08:59:59.999Z"))
	if told := s.Work(t); len(told) != 0 {
		t.Errorf("a millisecond early: %+v", told)
	}
	s.Time.Set(modelstest.At("2026-12-01T09:00:00Z"))
	if told := s.Work(t); len(told) != 1 || told[0].Kind != launch.MailOpened {
		t.Errorf("told %+v", told)
	}
}

func TestKnownAndUnknownAddressesGetTheSameAnswer(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	es := s.Store(t, "es").Market
	first := ask(t, s, "es", ada)[0].Token
	for _, email := range []string{"ada@example.com", "ADA+fox@Example.com"} {
		again := ada
		again.Email = email
		if mails := ask(t, s, "es", again); len(mails) != 0 {
			t.Errorf("%s was mailed again at once: %+v", email, mails)
		}
	}
	s.Time.Advance(time.Hour)
	mails := ask(t, s, "es", ada)
	if len(mails) != 1 || mails[0].Token == first {
		t.Fatalf("an hour later: %+v", mails)
	}
	if _, err := s.Interests.Confirm(t.Context(), es.ID, first); !fault.Is(err, fault.NotFound) {
		t.Errorf("the older mail's link: %v", err)
	}
	if _, err := s.Interests.Confirm(t.Context(), s.Store(t, "it").Market.ID, mails[0].Token); !fault.Is(err, fault.NotFound) {
		t.Errorf("the link in another market: %v", err)
	}
	_, err := s.Interests.Confirm(t.Context(), es.ID, mails[0].Token)
	must(t, err)
	s.Time.Advance(time.Hour)
	if mails := ask(t, s, "es", ada); len(mails) != 0 {
		t.Errorf("who has confirmed was mailed: %+v", mails)
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM interests"); n != 1 {
		t.Errorf("%d entries", n)
	}
}

func TestASecondTryOfAMailHasTheSameLink(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	must(t, s.Interests.Ask(ctx, s.Store(t, "es"), ada, ""))
	j := s.Job(t, launch.MailConfirm)
	first, found, err := s.Interests.Notice(ctx, j)
	must(t, err)
	second, _, err := s.Interests.Notice(ctx, j)
	must(t, err)
	if !found || first.Token == "" || first.Token != second.Token {
		t.Errorf("%+v, then %+v", first, second)
	}
	if mails := s.Work(t); len(mails) != 1 || mails[0].Token != first.Token {
		t.Errorf("then %+v", mails)
	}
}

func TestWithoutAMailServerTheMailStaysToBeRead(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	must(t, s.Interests.Ask(ctx, s.Store(t, "es"), ada, ""))
	j := s.Job(t, launch.MailConfirm)
	n, _, err := s.Interests.Notice(ctx, j)
	must(t, err)
	_, err = s.Orders.KeepMail(ctx, order.Mail{JobID: j.ID, Kind: n.Kind, Recipient: n.Email, Plain: n.Token})
	must(t, err)
	must(t, s.Interests.Mailed(ctx, j, false))
	if s.Number(t, "SELECT COUNT(*) FROM mails WHERE sent_at IS NULL") != 1 || s.Number(t, "SELECT COUNT(*) FROM jobs WHERE done_at IS NULL AND kind = ?", j.Kind) != 0 {
		t.Error("the mail is gone or its job waits")
	}
	entry, err := s.Interests.Confirm(ctx, s.Store(t, "es").Market.ID, n.Token)
	must(t, err)
	_, err = s.Interests.Leave(ctx, entry.MarketID, n.Token)
	must(t, err)
	if s.Number(t, "SELECT COUNT(*) FROM mails")+s.Number(t, "SELECT COUNT(*) FROM interests") != 0 {
		t.Error("who left is not forgotten")
	}
	if _, err := s.Interests.Find(ctx, entry.MarketID, n.Token); !fault.Is(err, fault.NotFound) {
		t.Errorf("who left: %v", err)
	}
}

func TestWhoLeavesBeforeHisMailGetsNone(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	token := join(t, s, "es", ada)
	s.Time.Set(s.Store(t, "es").Market.LaunchAt)
	must(t, s.Interests.Sweep(t.Context()))
	_, err := s.Interests.Leave(t.Context(), s.Store(t, "es").Market.ID, token)
	must(t, err)
	if mails := s.Work(t); len(mails) != 0 {
		t.Errorf("%+v", mails)
	}
	if n := s.Number(t, "SELECT COUNT(*) FROM jobs WHERE done_at IS NULL AND kind LIKE 'interest.%'"); n != 0 {
		t.Errorf("%d jobs wait", n)
	}
}

func TestWhatNobodyConfirmedIsDeleted(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ask(t, s, "es", ada)
	left := func() int64 {
		must(t, s.Interests.Sweep(t.Context()))
		return s.Number(t, "SELECT COUNT(*) FROM interests")
	}
	s.Time.Advance(14*24*time.Hour - time.Millisecond)
	if left() != 1 {
		t.Error("deleted a millisecond early")
	}
	s.Time.Advance(time.Millisecond)
	if left() != 0 {
		t.Error("not deleted")
	}
}

func TestInterestIsRefusedWhereItMakesNoSense(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	for _, c := range []struct {
		path, product, email string
		kind                 fault.Kind
	}{
		{"es", "pip-plush", "no address", fault.Invalid}, {"es", "pip-plush", "a@b\r\nBcc: c@d.example", fault.Invalid},
		{"es", "smart-plug", "ada@example.com", fault.NotFound}, // hidden until the launch
		{"es", "nothing", "ada@example.com", fault.NotFound},
		{"es", "mi-band", "ada@example.com", fault.Conflict}, // in test, with units left
		{"de", "mi-band", "ada@example.com", fault.Conflict},
		{"de", "", "ada@example.com", fault.Conflict},
	} {
		err := s.Interests.Ask(ctx, s.Store(t, c.path), launch.Wish{Product: c.product, Email: c.email, TextVersion: "1"}, c.product)
		if !fault.Is(err, c.kind) {
			t.Errorf("%s %s %q: %v", c.path, c.product, c.email, err)
		}
	}
	must(t, s.Interests.Ask(ctx, s.Store(t, "de"), launch.Wish{Product: "mi-note", Email: "bob@example.com", TextVersion: "1"}, "blocked"))
	if n := s.Number(t, "SELECT COUNT(*) FROM interests"); n != 1 {
		t.Errorf("%d entries", n)
	}
}

func TestMailsToStrangersAreThrottled(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	es := s.Store(t, "es")
	wish := func(email, peer string) error {
		return s.Interests.Ask(ctx, es, launch.Wish{Email: email, TextVersion: "1"}, peer)
	}
	for i := range 5 {
		must(t, wish("victim@example.com", fmt.Sprintf("192.0.2.%d", i)))
	}
	if err := wish("Victim+x@example.com", "192.0.2.9"); !fault.Is(err, fault.TooMany) {
		t.Errorf("a sixth request for one address: %v", err)
	}
	s.Machine.Advance(10 * time.Minute)
	must(t, wish("victim@example.com", "192.0.2.9"))
	for i := range 30 {
		must(t, wish(fmt.Sprintf("person%d@example.com", i), "198.51.100.1"))
	}
	if err := wish("person30@example.com", "198.51.100.1"); !fault.Is(err, fault.TooMany) {
		t.Errorf("a 31st request from one network: %v", err)
	}
}

func TestStaffTakeOutAndForgetEntriesWithATrace(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	ctx := t.Context()
	join(t, s, "es", ada)
	join(t, s, "it", ada)
	ask(t, s, "es", launch.Wish{Product: "pip-plush", Email: "pending@example.com", TextVersion: "1"})
	entries, err := s.Interests.Export(ctx, modelstest.Owner, "es", "pip-plush")
	must(t, err)
	if len(entries) != 1 || entries[0].Email != "ada@example.com" || entries[0].Language != "es" {
		t.Errorf("%+v", entries)
	}
	if entry := last(t, s); entry.Verb != "export interest" || entry.After != "1 entries" {
		t.Errorf("the trail says %+v", entry.Change)
	}
	n, err := s.Interests.Forget(ctx, modelstest.Owner, " Ada+x@example.com")
	must(t, err)
	if n != 2 || s.Number(t, "SELECT COUNT(*) FROM interests WHERE email LIKE 'ada%'") != 0 {
		t.Errorf("%d forgotten", n)
	}
	if entry := last(t, s); entry.Verb != "forget" || strings.Contains(fmt.Sprint(entry), "ada") {
		t.Errorf("the trail says %+v", entry.Change)
	}
	viewer := staff.Actor{ID: 1, Name: "Viewer", Role: staff.Viewer}
	_, exporting := s.Interests.Export(ctx, viewer, "es", "")
	_, forgetting := s.Interests.Forget(ctx, viewer, "a@example.com")
	if !fault.Is(exporting, fault.Forbidden) || !fault.Is(forgetting, fault.Forbidden) {
		t.Errorf("a viewer: %v, %v", exporting, forgetting)
	}
}
