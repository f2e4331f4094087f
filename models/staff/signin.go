package staff

import (
	"context"

	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/throttle"
)

// SignIn answers who has this e-mail address and password. An unknown address, a disabled member and a wrong password
// get the same fault (field email, sign_in.wrong) after the same time. peer is the network address of whoever asks; too
// many tries from it or for one account are a TooMany fault.
func (d *Desk) SignIn(ctx context.Context, email, password, peer string) (Member, error) {
	email, _ = address(email)
	keys := []string{throttle.Peer(peer), accountKey(email)}
	if err := d.throttle.Take(keys...); err != nil {
		return Member{}, err
	}
	m, err := d.byEmail(ctx, email)
	known := err == nil && !m.Disabled()
	if err != nil && !fault.Is(err, fault.NotFound) {
		return Member{}, err
	}
	hash := nobody
	if known {
		hash = m.PasswordHash
	}
	match, err := d.matches(ctx, password, hash)
	if err != nil {
		return Member{}, err
	}
	if !match || !known {
		return Member{}, fault.Fields{"email": "sign_in.wrong"}.Err()
	}
	d.throttle.Forgive(keys...)
	return m, nil
}

func (d *Desk) byEmail(ctx context.Context, email string) (Member, error) {
	var m Member
	err := d.data.Read(ctx, func(tx db.Tx) error {
		var err error
		m, err = one(tx, "email = ?", email)
		return err
	})
	return m, err
}
