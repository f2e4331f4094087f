package staff_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/staff"
)

const password = "correct horse battery"

// office is a desk over a fresh database, with a machine clock to move.
type office struct {
	*staff.Desk
	t    *testing.T
	data *db.DB
	now  clock.Instant
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, now: clock.Of(time.Date(2027, 6, 1, 9, 0, 0, 0, time.UTC))}
	data, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "shop.db"), func() clock.Instant { return o.now })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { data.Close() })
	o.data, o.Desk = data, staff.New(data, func() clock.Instant { return o.now })
	return o
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) hire(email string, role staff.Role) staff.Member {
	o.t.Helper()
	o.must(o.Create(o.t.Context(), staff.Console, staff.Newcomer{Email: email, Name: "Ada", Password: password, Role: role}))
	m, err := o.SignIn(o.t.Context(), email, password, "192.0.2.1")
	o.must(err)
	return m
}

func (o *office) last() staff.Entry {
	o.t.Helper()
	h, err := o.History(o.t.Context(), staff.Filter{})
	o.must(err)
	if len(h.Entries) == 0 {
		o.t.Fatal("the trail is empty")
	}
	return h.Entries[0]
}

func wantFields(t *testing.T, err error, want fault.Fields) {
	t.Helper()
	var got *fault.Error
	if !errors.As(err, &got) || got.Kind != fault.Invalid || len(got.Fields) != len(want) {
		t.Fatalf("got %v, want the fields %v", err, want)
	}
	for field, key := range want {
		if got.Fields[field] != key {
			t.Errorf("%s is %q, want %q", field, got.Fields[field], key)
		}
	}
}

func TestOnlyTheRightPasswordSignsIn(t *testing.T) {
	o := open(t)
	m := o.hire("ada@example.com", staff.Owner)
	if m.Role != staff.Owner || m.Name != "Ada" {
		t.Errorf("signed in as %+v", m)
	}
	if _, err := o.SignIn(t.Context(), " ADA@example.com ", password, "192.0.2.1"); err != nil {
		t.Errorf("another spelling of the address: %v", err)
	}
	for name, try := range map[string][2]string{
		"wrong password": {"ada@example.com", "correct horse"},
		"unknown":        {"eve@example.com", password},
		"empty":          {"", ""},
		"no address":     {"not an address", password},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := o.SignIn(t.Context(), try[0], try[1], "192.0.2.1")
			wantFields(t, err, fault.Fields{"email": "sign_in.wrong"})
		})
	}
}

func TestUnknownAddressesTakeAsLongAsKnownOnes(t *testing.T) {
	o := open(t)
	o.hire("ada@example.com", staff.Owner)
	fastest := map[string]time.Duration{"ada@example.com": time.Hour, "eve@example.com": time.Hour}
	for range 8 { // by turns, so that a busy machine slows both down
		for email, best := range fastest {
			start := time.Now()
			if _, err := o.SignIn(t.Context(), email, "wrong", "192.0.2.1"); !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			fastest[email] = min(best, time.Since(start))
			o.now = o.now.Add(time.Minute)
		}
	}
	// An address whose password were not hashed would be answered fifty times as fast.
	if known, unknown := fastest["ada@example.com"], fastest["eve@example.com"]; unknown < known/4 || known < unknown/4 {
		t.Errorf("known %v, unknown %v", known, unknown)
	}
}

func TestGuessingIsThrottledByAccountAndByPeer(t *testing.T) {
	o := open(t)
	o.hire("ada@example.com", staff.Owner)
	refused := func(email, peer string) bool {
		_, err := o.SignIn(t.Context(), email, "wrong", peer)
		if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooMany) {
			t.Fatal(err)
		}
		return fault.Is(err, fault.TooMany)
	}
	for i := range 10 {
		if refused("ada@example.com", string(rune('a'+i))) {
			t.Fatalf("try %d was refused", i+1)
		}
	}
	if !refused("ada@example.com", "192.0.2.9") {
		t.Error("the eleventh guess at one account is not refused")
	}
	if _, err := o.SignIn(t.Context(), "ada@example.com", password, "192.0.2.9"); !fault.Is(err, fault.TooMany) {
		t.Error("a throttled account can still be tried")
	}
	for i := range 10 {
		refused(string(rune('a'+i))+"@example.com", "2001:db8::"+string(rune('1'+i%9)))
	}
	if !refused("z@example.com", "2001:db8::ffff") {
		t.Error("the addresses of one customer are counted apart")
	}
	o.now = o.now.Add(time.Minute)
	if _, err := o.SignIn(t.Context(), "ada@example.com", password, "192.0.2.9"); err != nil {
		t.Errorf("after a minute: %v", err)
	}
}

func TestStaffAreManagedByOwnersAndInTheTrail(t *testing.T) {
	o := open(t)
	owner := o.hire("ada@example.com", staff.Owner)
	other := o.hire("bob@example.com", staff.Viewer)
	if got := o.last(); got.Verb != "create" || got.Subject != "staff" || got.Name != "bob@example.com" || got.After != "viewer" || got.Actor != "console" {
		t.Errorf("creating is kept as %+v", got)
	}
	by := owner.Actor()
	steps := []struct {
		name string
		do   func() error
		want staff.Change
	}{
		{"role", func() error { return o.ChangeRole(t.Context(), by, other.ID, staff.Support) }, staff.Change{Verb: "role", Before: "viewer", After: "support"}},
		{"disable", func() error { return o.Disable(t.Context(), by, other.ID) }, staff.Change{Verb: "disable", Before: "active", After: "disabled"}},
		{"enable", func() error { return o.Enable(t.Context(), by, other.ID) }, staff.Change{Verb: "enable", Before: "disabled", After: "active"}},
		{"sign out", func() error { return o.EndSessions(t.Context(), by, other.ID) }, staff.Change{Verb: "sign out"}},
		{"password", func() error { return o.ResetPassword(t.Context(), by, other.ID, "another good one") }, staff.Change{Verb: "password"}},
	}
	for _, step := range steps {
		o.must(step.do())
		step.want.Subject, step.want.Name = "staff", "bob@example.com"
		if got := o.last(); got.Change != step.want || got.StaffID == nil || *got.StaffID != owner.ID {
			t.Errorf("%s is kept as %+v", step.name, got)
		}
	}
	if err := o.Disable(t.Context(), other.Actor(), owner.ID); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a viewer disables an owner: %v", err)
	}
	if err := o.ChangeRole(t.Context(), by, 4711, staff.Viewer); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody changes role: %v", err)
	}
}

func TestTheLastOwnerStays(t *testing.T) {
	o := open(t)
	owner := o.hire("ada@example.com", staff.Owner)
	for name, err := range map[string]error{
		"disable": o.Disable(t.Context(), owner.Actor(), owner.ID),
		"role":    o.ChangeRole(t.Context(), owner.Actor(), owner.ID, staff.Viewer),
	} {
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := o.Member(t.Context(), owner.ID); err != nil {
		t.Errorf("the owner is gone: %v", err)
	}
}

func TestNewcomersAreChecked(t *testing.T) {
	o := open(t)
	o.hire("ada@example.com", staff.Owner)
	good := staff.Newcomer{Email: "bob@example.com", Name: "Bob", Password: password, Role: staff.Viewer}
	for name, test := range map[string]struct {
		change func(*staff.Newcomer)
		want   fault.Fields
	}{
		"address":        {func(n *staff.Newcomer) { n.Email = "Bob <bob@example.com>" }, fault.Fields{"email": "staff.email"}},
		"taken address":  {func(n *staff.Newcomer) { n.Email = "ADA@example.com" }, fault.Fields{"email": "staff.email_taken"}},
		"name":           {func(n *staff.Newcomer) { n.Name = " " }, fault.Fields{"name": "staff.name"}},
		"role":           {func(n *staff.Newcomer) { n.Role = "king" }, fault.Fields{"role": "staff.role"}},
		"short password": {func(n *staff.Newcomer) { n.Password = "elevenchars" }, fault.Fields{"password": "staff.password"}},
		"all": {func(n *staff.Newcomer) { *n = staff.Newcomer{} }, fault.Fields{"email": "staff.email", "name": "staff.name",
			"role": "staff.role", "password": "staff.password"}},
	} {
		t.Run(name, func(t *testing.T) {
			n := good
			test.change(&n)
			wantFields(t, o.Create(t.Context(), staff.Console, n), test.want)
		})
	}
}

func TestANewPasswordReplacesTheOldOne(t *testing.T) {
	o := open(t)
	m := o.hire("ada@example.com", staff.Owner)
	wantFields(t, o.ChangePassword(t.Context(), m.Actor(), "wrong", "another good one"), fault.Fields{"current": "staff.current_wrong"})
	wantFields(t, o.ChangePassword(t.Context(), m.Actor(), password, "short"), fault.Fields{"password": "staff.password"})
	o.must(o.Sessions().Commit("token", o.session(m.ID), time.Time{}))
	o.must(o.ChangePassword(t.Context(), m.Actor(), password, "another good one"))
	if got := o.last(); got.Verb != "password" || got.Name != "ada@example.com" || got.Before+got.After != "" {
		t.Errorf("kept as %+v", got)
	}
	if _, found, err := o.Sessions().Find("token"); found || err != nil {
		t.Errorf("the old session is found: %v", err)
	}
	if _, err := o.SignIn(t.Context(), m.Email, password, "192.0.2.1"); !fault.Is(err, fault.Invalid) {
		t.Errorf("the old password: %v", err)
	}
	if _, err := o.SignIn(t.Context(), m.Email, "another good one", "192.0.2.1"); err != nil {
		t.Errorf("the new password: %v", err)
	}
}
