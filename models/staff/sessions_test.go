package staff_test

import (
	"strconv"
	"testing"
	"time"

	"softlaunch/models/db"
	"softlaunch/models/staff"
)

// session is the data of a session that a member begins now.
func (o *office) session(member int64) []byte {
	o.t.Helper()
	data, err := o.Sessions().Encode(time.Time{}, map[string]any{
		staff.SessionMember: strconv.FormatInt(member, 10),
		staff.SessionSince:  strconv.FormatInt(int64(o.now), 10),
	})
	o.must(err)
	return data
}

func (o *office) found(token string) bool {
	o.t.Helper()
	_, found, err := o.Sessions().Find(token)
	o.must(err)
	return found
}

func TestASessionEndsWhenIdleAndAfterItsLifetime(t *testing.T) {
	o := open(t)
	m := o.hire("ada@example.com", staff.Owner)
	o.must(o.Sessions().Commit("token", o.session(m.ID), time.Time{}))
	o.now = o.now.Add(staff.IdleTime - time.Millisecond)
	if !o.found("token") || o.found("another") {
		t.Error("within the idle time the session is not found, or another one is")
	}
	o.now = o.now.Add(time.Millisecond)
	if o.found("token") {
		t.Error("an idle session lives on")
	}

	begun := o.now
	o.must(o.Sessions().Commit("busy", o.session(m.ID), time.Time{}))
	for o.now.Add(30*time.Minute) < begun.Add(staff.Lifetime) {
		o.now = o.now.Add(30 * time.Minute)
		data, found, err := o.Sessions().Find("busy")
		o.must(err)
		if !found {
			t.Fatalf("gone after %v of work", o.now.Sub(begun))
		}
		o.must(o.Sessions().Commit("busy", data, time.Time{}))
	}
	o.now = begun.Add(staff.Lifetime)
	if o.found("busy") {
		t.Error("a session outlives its lifetime")
	}
}

func TestNoSessionOutlivesAClockThatJumpsBack(t *testing.T) {
	o := open(t)
	m := o.hire("ada@example.com", staff.Owner)
	o.must(o.Sessions().Commit("idle", o.session(m.ID), time.Time{}))
	o.must(o.Sessions().Commit("busy", o.session(m.ID), time.Time{}))
	o.now = o.now.Add(-10 * time.Minute)
	if !o.found("idle") || !o.found("busy") {
		t.Error("a clock that is set right by minutes ends sessions")
	}
	back := o.now
	for range 30 {
		if data, found, err := o.Sessions().Find("busy"); err == nil && found {
			o.must(o.Sessions().Commit("busy", data, time.Time{}))
		}
		o.now = o.now.Add(30 * time.Minute)
		if o.found("busy") != (o.now < back.Add(staff.Lifetime)) {
			t.Errorf("%v after the jump the session that is used is there: %v", o.now.Sub(back), o.found("busy"))
		}
	}
	o.must(o.Sessions().Commit("forgotten", o.session(m.ID), time.Time{}))
	o.now = o.now.Add(-365 * 24 * time.Hour)
	if o.found("forgotten") || o.found("idle") {
		t.Error("a session lives for a year more")
	}
}

func TestAnEndedSessionIsNotBroughtBack(t *testing.T) {
	o := open(t)
	m := o.hire("ada@example.com", staff.Owner)
	o.must(o.Sessions().Commit("token", o.session(m.ID), time.Time{}))
	data, _, err := o.Sessions().Find("token")
	o.must(err)
	o.must(o.Sessions().Delete("token"))
	o.must(o.Sessions().Commit("token", data, time.Time{}))
	if o.found("token") {
		t.Error("a request that was under way brought the session back")
	}
}

func TestDisablingEndsAllSessionsOfTheMemberOnly(t *testing.T) {
	o := open(t)
	owner, other := o.hire("ada@example.com", staff.Owner), o.hire("bob@example.com", staff.Support)
	o.must(o.Sessions().Commit("owner", o.session(owner.ID), time.Time{}))
	o.must(o.Sessions().Commit("phone", o.session(other.ID), time.Time{}))
	o.must(o.Sessions().Commit("desk", o.session(other.ID), time.Time{}))
	o.must(o.Disable(t.Context(), owner.Actor(), other.ID))
	if !o.found("owner") || o.found("phone") || o.found("desk") {
		t.Error("the wrong sessions ended")
	}
	if _, err := o.SignIn(t.Context(), "bob@example.com", password, "192.0.2.1"); err == nil {
		t.Error("a disabled member signs in")
	}
	if _, err := o.Member(t.Context(), other.ID); err == nil {
		t.Error("a disabled member is found")
	}
}

func TestTheDatabaseHoldsNoTokenAndNoPassword(t *testing.T) {
	o := open(t)
	m := o.hire("ada@example.com", staff.Owner)
	o.must(o.Sessions().Commit("canary-token", o.session(m.ID), time.Time{}))
	err := o.data.Read(t.Context(), func(tx db.Tx) error {
		var found int
		if err := tx.QueryRow(`SELECT count(*) FROM sessions, staff WHERE token_hash LIKE '%canary%'
			OR CAST(data AS TEXT) LIKE '%canary%' OR password_hash LIKE '%horse%'`).Scan(&found); err != nil {
			return err
		}
		if found != 0 {
			t.Error("a secret stands in the database")
		}
		return nil
	})
	o.must(err)
}

func TestTheTrailIsReadPageByPage(t *testing.T) {
	o := open(t)
	err := o.data.Write(t.Context(), func(tx db.Tx) error {
		for i := range staff.TrailPageSize + 3 {
			if err := staff.Record(tx, staff.Shop, staff.Change{Verb: "price", Subject: "product", Name: strconv.Itoa(i)}); err != nil {
				return err
			}
		}
		return staff.Record(tx, staff.Console, staff.Change{Verb: "pause", Subject: "market", Name: "de"})
	})
	o.must(err)
	first, err := o.History(t.Context(), staff.Filter{Subject: "product"})
	o.must(err)
	if len(first.Entries) != staff.TrailPageSize || first.Entries[0].Name != "52" || first.Older == 0 {
		t.Fatalf("the first page has %d lines from %s on", len(first.Entries), first.Entries[0].Name)
	}
	second, err := o.History(t.Context(), staff.Filter{Subject: "product", Before: first.Older})
	o.must(err)
	if len(second.Entries) != 3 || second.Entries[0].Name != "2" || second.Older != 0 {
		t.Errorf("the second page is %+v", second)
	}
	for name, f := range map[string]staff.Filter{"name": {Name: "de"}, "actor": {Actor: "console"}} {
		if h, err := o.History(t.Context(), f); err != nil || len(h.Entries) != 1 || h.Entries[0].Subject != "market" {
			t.Errorf("by %s: %+v, %v", name, h.Entries, err)
		}
	}
}
