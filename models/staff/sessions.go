package staff

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// A session ends when nobody used it for IdleTime and at the latest after Lifetime, by the machine's clock.
const (
	IdleTime = time.Hour
	Lifetime = 12 * time.Hour
)

// The values of a session that the store itself reads: the member's id and when the member signed in, as decimal
// milliseconds.
const (
	SessionMember = "member"
	SessionSince  = "since"
)

// sessionKept is the value under which a session remembers the key it was last kept under.
const sessionKept = "kept"

// Sessions keeps the sessions of staff under a hash of their token, so that a copy of the database opens none. It is a
// store and a codec for the session manager; values are strings.
type Sessions struct {
	data    *db.DB
	machine clock.Clock
}

// Sessions is the store of the desk's sessions.
func (d *Desk) Sessions() Sessions { return Sessions{data: d.data, machine: d.machine} }

// Now is the machine's time, by which sessions age.
func (s Sessions) Now() clock.Instant { return s.machine() }

// Find is the data of a session that has not ended. One that would end later than a session can has seen the machine's
// clock jump back, and is over.
func (s Sessions) Find(token string) (data []byte, found bool, err error) {
	err = s.data.Read(context.Background(), func(tx db.Tx) error {
		now := s.machine()
		return tx.QueryRow("SELECT data FROM sessions WHERE token_hash = ? AND expires_at > ? AND expires_at <= ?",
			hashed(token), now, now.Add(Lifetime)).Scan(&data)
	})
	if db.NotFound(err) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// Commit keeps the data of a session. Its end follows from the times above; the manager's own reckoning is not used,
// because it can't be given a clock. A session that was kept before and has been ended since stays ended: a request that
// was under way during sign-out doesn't bring it back.
func (s Sessions) Commit(token string, data []byte, _ time.Time) error {
	deadline, values, err := s.Decode(data)
	if err != nil {
		return err
	}
	key, again := hashed(token), values[sessionKept] == hashed(token)
	values[sessionKept] = key
	member, expires := s.owner(values), s.expiry(values)
	if data, err = s.Encode(deadline, values); err != nil {
		return err
	}
	return s.data.Write(context.Background(), func(tx db.Tx) error {
		if again {
			_, err := tx.Exec("UPDATE sessions SET staff_id = ?, data = ?, expires_at = ? WHERE token_hash = ?", member, data, expires, key)
			return err
		}
		if _, err := tx.Exec("DELETE FROM sessions WHERE expires_at <= ? OR expires_at > ?", s.machine(), s.machine().Add(Lifetime)); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO sessions (token_hash, staff_id, data, expires_at) VALUES (?, ?, ?, ?)", key, member, data, expires)
		return err
	})
}

// Delete ends a session.
func (s Sessions) Delete(token string) error {
	return s.data.Write(context.Background(), func(tx db.Tx) error {
		_, err := tx.Exec("DELETE FROM sessions WHERE token_hash = ?", hashed(token))
		return err
	})
}

func (s Sessions) owner(values map[string]any) *int64 {
	text, _ := values[SessionMember].(string)
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil
	}
	return &id
}

// expiry is when a session ends that is used now. When it began before the machine's clock jumped back, it counts from now.
func (s Sessions) expiry(values map[string]any) clock.Instant {
	now := s.machine()
	text, _ := values[SessionSince].(string)
	since, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return now.Add(IdleTime)
	}
	begun := min(clock.Instant(since), now)
	values[SessionSince] = strconv.FormatInt(int64(begun), 10)
	return min(now.Add(IdleTime), begun.Add(Lifetime))
}

// endSessions ends all sessions of a member.
func endSessions(tx db.Tx, id int64) error {
	_, err := tx.Exec("DELETE FROM sessions WHERE staff_id = ?", id)
	return err
}

// content is a session as it is stored.
type content struct {
	Deadline time.Time         `json:"deadline"`
	Values   map[string]string `json:"values"`
}

// Encode writes a session's values, which must be strings.
func (Sessions) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	c := content{Deadline: deadline, Values: make(map[string]string, len(values))}
	for name, value := range values {
		text, ok := value.(string)
		if !ok {
			return nil, fmt.Errorf("staff: session value %q is a %T, not a string", name, value)
		}
		c.Values[name] = text
	}
	return json.Marshal(c)
}

// Decode reads what Encode wrote.
func (Sessions) Decode(data []byte) (deadline time.Time, values map[string]any, err error) {
	var c content
	if err := json.Unmarshal(data, &c); err != nil {
		return time.Time{}, nil, errors.Join(errors.New("staff: session data is damaged"), err)
	}
	values = make(map[string]any, len(c.Values))
	for name, text := range c.Values {
		values[name] = text
	}
	return c.Deadline, values, nil
}

func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
