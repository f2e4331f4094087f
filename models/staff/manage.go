package staff

import (
	"context"
	"slices"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// Console is whoever works on the machine itself, with the program's commands.
var Console = Actor{Name: "console", Role: Owner}

// Roles are all roles, from all rights to none.
var Roles = []Role{Owner, Merchandiser, Support, Viewer}

// Newcomer is what is asked of somebody who joins the staff. Password is the first one, which the newcomer changes.
type Newcomer struct {
	Email, Name, Password string
	Role                  Role
}

// Create lets somebody new work in the back-office. The faults' fields are email, name, role and password.
func (d *Desk) Create(ctx context.Context, by Actor, n Newcomer) error {
	if err := by.Require(ManageStaff); err != nil {
		return err
	}
	email, fields := n.check()
	if err := fields.Err(); err != nil {
		return err
	}
	hash, err := d.hash(ctx, n.Password)
	if err != nil {
		return err
	}
	err = d.data.Write(ctx, func(tx db.Tx) error {
		_, err := tx.Exec("INSERT INTO staff (email, name, role, password_hash, created_at) VALUES (?, ?, ?, ?, ?)",
			email, strings.TrimSpace(n.Name), string(n.Role), hash, tx.Now())
		if err != nil {
			return err
		}
		return Record(tx, by, Change{Verb: "create", Subject: "staff", Name: email, After: string(n.Role)})
	})
	if db.IsUnique(err) {
		return fault.Fields{"email": "staff.email_taken"}.Err()
	}
	return err
}

func (n Newcomer) check() (email string, fields fault.Fields) {
	fields = fault.Fields{}
	email, valid := address(n.Email)
	if !valid {
		fields.Add("email", "staff.email")
	}
	if name := strings.TrimSpace(n.Name); name == "" || len(name) > 100 {
		fields.Add("name", "staff.name")
	}
	if !slices.Contains(Roles, n.Role) {
		fields.Add("role", "staff.role")
	}
	if !longEnough(n.Password) {
		fields.Add("password", "staff.password")
	}
	return email, fields
}

// ChangeRole gives a member another role, from the next request on.
func (d *Desk) ChangeRole(ctx context.Context, by Actor, id int64, role Role) error {
	if !slices.Contains(Roles, role) {
		return fault.Fields{"role": "staff.role"}.Err()
	}
	return d.change(ctx, by, id, func(tx db.Tx, m Member) (Change, error) {
		_, err := tx.Exec("UPDATE staff SET role = ? WHERE id = ?", string(role), id)
		return Change{Verb: "role", Before: string(m.Role), After: string(role)}, err
	})
}

// Disable keeps a member from signing in and ends the member's sessions.
func (d *Desk) Disable(ctx context.Context, by Actor, id int64) error {
	return d.change(ctx, by, id, func(tx db.Tx, _ Member) (Change, error) {
		if _, err := tx.Exec("UPDATE staff SET disabled_at = ? WHERE id = ?", tx.Now(), id); err != nil {
			return Change{}, err
		}
		return Change{Verb: "disable", Before: "active", After: "disabled"}, endSessions(tx, id)
	})
}

// Enable lets a member who was disabled sign in again.
func (d *Desk) Enable(ctx context.Context, by Actor, id int64) error {
	return d.change(ctx, by, id, func(tx db.Tx, m Member) (Change, error) {
		_, err := tx.Exec("UPDATE staff SET disabled_at = NULL WHERE id = ?", id)
		return Change{Verb: "enable", Before: status(m), After: "active"}, err
	})
}

// EndSessions signs a member out everywhere.
func (d *Desk) EndSessions(ctx context.Context, by Actor, id int64) error {
	return d.change(ctx, by, id, func(tx db.Tx, _ Member) (Change, error) {
		return Change{Verb: "sign out"}, endSessions(tx, id)
	})
}

func status(m Member) string {
	if m.Disabled() {
		return "disabled"
	}
	return "active"
}

// change does something to a member, notes it in the trail and refuses what would leave the shop without an owner.
func (d *Desk) change(ctx context.Context, by Actor, id int64, do func(db.Tx, Member) (Change, error)) error {
	if err := by.Require(ManageStaff); err != nil {
		return err
	}
	return d.data.Write(ctx, func(tx db.Tx) error {
		m, err := one(tx, "id = ?", id)
		if err != nil {
			return err
		}
		c, err := do(tx, m)
		if err != nil {
			return err
		}
		var owners int
		if err := tx.QueryRow("SELECT count(*) FROM staff WHERE role = ? AND disabled_at IS NULL", string(Owner)).Scan(&owners); err != nil {
			return err
		}
		if owners == 0 {
			return fault.New(fault.Conflict, "staff.last_owner")
		}
		c.Subject, c.Name = "staff", m.Email
		return Record(tx, by, c)
	})
}
