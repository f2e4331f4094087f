package staff

import (
	"context"
	"net/mail"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/throttle"
)

// Member is somebody who works in the back-office. Example members come with the example shop and are refused in
// production.
type Member struct {
	ID           int64
	Email        string
	Name         string
	Role         Role
	PasswordHash string
	Example      bool
	CreatedAt    clock.Instant
	DisabledAt   clock.Instant
}

// TableName is where members are kept.
func (Member) TableName() string { return "staff" }

// Actor is the member as the one who changes something.
func (m Member) Actor() Actor { return Actor{ID: m.ID, Name: m.Name, Role: m.Role} }

// Disabled reports whether the member may no longer sign in.
func (m Member) Disabled() bool { return !m.DisabledAt.IsZero() }

// Desk is where staff sign in and are managed.
type Desk struct {
	data     *db.DB
	machine  clock.Clock
	throttle *throttle.Throttle
	hashing  chan struct{}
}

// New is the desk of a database. machine ages throttles and sessions.
func New(data *db.DB, machine clock.Clock) *Desk {
	return &Desk{data: data, machine: machine, throttle: throttle.New(machine, signIns), hashing: make(chan struct{}, hashesAtOnce)}
}

// Members are all staff by name, those who were disabled last.
func (d *Desk) Members(ctx context.Context) ([]Member, error) {
	var members []Member
	err := d.data.Read(ctx, func(tx db.Tx) error {
		return tx.Gorm().Order("disabled_at IS NOT NULL, name, id").Find(&members).Error
	})
	return members, err
}

// Member is one of the staff; somebody who was disabled is not found.
func (d *Desk) Member(ctx context.Context, id int64) (Member, error) {
	var m Member
	err := d.data.Read(ctx, func(tx db.Tx) error {
		var err error
		m, err = one(tx, "id = ? AND disabled_at IS NULL", id)
		return err
	})
	return m, err
}

// HasExamples reports whether somebody can sign in with the published password of the example shop.
func (d *Desk) HasExamples(ctx context.Context) (bool, error) {
	var count int64
	err := d.data.Read(ctx, func(tx db.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM staff WHERE example = 1 AND disabled_at IS NULL").Scan(&count)
	})
	return count > 0, err
}

func one(tx db.Tx, condition string, value any) (Member, error) {
	var members []Member
	if err := tx.Gorm().Where(condition, value).Limit(1).Find(&members).Error; err != nil {
		return Member{}, err
	}
	if len(members) == 0 {
		return Member{}, fault.New(fault.NotFound, "fault.staff")
	}
	return members[0], nil
}

// address is an e-mail address as members are known by; valid is false for what can't be one.
func address(typed string) (email string, valid bool) {
	email = strings.ToLower(strings.TrimSpace(typed))
	parsed, err := mail.ParseAddress(email)
	return email, err == nil && parsed.Address == email && len(email) <= 254
}
