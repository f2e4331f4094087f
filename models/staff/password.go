package staff

import (
	"context"

	"github.com/alexedwards/argon2id"

	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// cost is what OWASP's Password Storage Cheat Sheet asks of Argon2id: 19 MiB, 2 passes, 1 lane.
var cost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashesAtOnce bounds the memory and processors that sign-ins can take.
const hashesAtOnce = 2

// nobody's hash is compared when there is no such member, so that the answer takes the same time. It was made with cost
// from random bytes that were not kept.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$qgAHnj+kS5Rl59y8CirZ1A$SVY7wR7Kj2C/gQvhDMybefr9LgZIDHz9/0v4HetVv7s"

// Passwords have at least 12 characters, as NIST SP 800-63B-4 asks in spirit (15 alone, 8 with a second factor), and no
// other rule; the upper bound only bounds work.
func longEnough(password string) bool {
	length := len([]rune(password))
	return length >= 12 && length <= 200
}

// Hash is how a password is kept, for the commands that write an example shop.
func Hash(password string) (string, error) { return argon2id.CreateHash(password, cost) }

func (d *Desk) hash(ctx context.Context, password string) (hash string, err error) {
	err = d.inTurn(ctx, func() error {
		hash, err = Hash(password)
		return err
	})
	return hash, err
}

func (d *Desk) matches(ctx context.Context, password, hash string) (match bool, err error) {
	err = d.inTurn(ctx, func() error {
		match, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	})
	return match, err
}

// inTurn waits for one of the few places at which passwords are hashed.
func (d *Desk) inTurn(ctx context.Context, work func() error) error {
	select {
	case d.hashing <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-d.hashing }()
	return work()
}

// ChangePassword replaces the member's own password and ends all sessions of the member. The faults' fields are current
// and password. Wrong current passwords are throttled like sign-ins.
func (d *Desk) ChangePassword(ctx context.Context, by Actor, current, password string) error {
	m, err := d.Member(ctx, by.ID)
	if err != nil {
		return err
	}
	if !longEnough(password) {
		return fault.Fields{"password": "staff.password"}.Err()
	}
	if err := d.throttle.Take(accountKey(m.Email)); err != nil {
		return err
	}
	match, err := d.matches(ctx, current, m.PasswordHash)
	if err != nil {
		return err
	}
	if !match {
		return fault.Fields{"current": "staff.current_wrong"}.Err()
	}
	d.throttle.Forgive(accountKey(m.Email))
	return d.setPassword(ctx, by, m, password)
}

// ResetPassword gives a member a new first password and ends all sessions of the member. The fault's field is password.
func (d *Desk) ResetPassword(ctx context.Context, by Actor, id int64, password string) error {
	if err := by.Require(ManageStaff); err != nil {
		return err
	}
	if !longEnough(password) {
		return fault.Fields{"password": "staff.password"}.Err()
	}
	m, err := d.Member(ctx, id)
	if err != nil {
		return err
	}
	return d.setPassword(ctx, by, m, password)
}

func (d *Desk) setPassword(ctx context.Context, by Actor, m Member, password string) error {
	hash, err := d.hash(ctx, password)
	if err != nil {
		return err
	}
	return d.data.Write(ctx, func(tx db.Tx) error {
		if _, err := tx.Exec("UPDATE staff SET password_hash = ?, example = 0 WHERE id = ?", hash, m.ID); err != nil {
			return err
		}
		if err := endSessions(tx, m.ID); err != nil {
			return err
		}
		return Record(tx, by, Change{Verb: "password", Subject: "staff", Name: m.Email})
	})
}
