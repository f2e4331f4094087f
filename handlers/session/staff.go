// Package session knows who is asking by the cookies of a request: a member of staff, or the owner of a cart.
package session

import (
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/staff"
)

// What a session holds beside what its store reads: when it was last used and last got a new token, and a notice for the
// next page.
const (
	seen    = "seen"
	renewed = "renewed"
	notice  = "notice"
)

// A session notes its use once in noteEvery, which spares a write at each page, and gets a new token once in renewEvery.
const (
	noteEvery  = time.Minute
	renewEvery = time.Hour
)

const memberKey = "member"

// Staff keeps the sessions of staff in a cookie.
type Staff struct {
	manager *scs.SessionManager
	desk    *staff.Desk
	store   staff.Sessions
	cookie  cookie

	previews previews
}

// NewStaff keeps sessions at a desk; secure says that the shop is reached over https only, secret signs previews.
func NewStaff(desk *staff.Desk, secure bool, secret string) *Staff {
	// Not scs.New, which begins with a store in memory whose goroutine nobody ends.
	store := desk.Sessions()
	manager := &scs.SessionManager{Store: store, Codec: store, Lifetime: staff.Lifetime}
	return &Staff{manager: manager, desk: desk, store: store, cookie: named("staff", secure, staff.Lifetime), previews: newPreviews(secure, secret)}
}

// Load is middleware that finds the session of a request and writes it back before the answer's header leaves.
func (s *Staff) Load(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, err := s.manager.Load(c.Request().Context(), s.cookie.read(c))
		if err != nil {
			return err
		}
		c.SetRequest(c.Request().WithContext(ctx))
		if err := s.recognise(c); err != nil {
			return err
		}
		c.Response().Before(func() { s.save(c) })
		return next(c)
	}
}

// recognise finds the session's member. One who was disabled has no session any more.
func (s *Staff) recognise(c echo.Context) error {
	ctx := c.Request().Context()
	id, err := strconv.ParseInt(s.manager.GetString(ctx, staff.SessionMember), 10, 64)
	if err != nil {
		return nil
	}
	member, err := s.desk.Member(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return s.manager.Destroy(ctx)
	}
	if err != nil {
		return err
	}
	c.Set(memberKey, member)
	return s.age(c)
}

// age notes that the session is in use. A new token is only given to a page that is asked for: a form that is under way
// with the old one would be lost.
func (s *Staff) age(c echo.Context) error {
	ctx := c.Request().Context()
	if s.passed(c, renewed, renewEvery) && c.Request().Method == http.MethodGet {
		if err := s.manager.RenewToken(ctx); err != nil {
			return err
		}
		s.manager.Put(ctx, renewed, s.now())
	}
	if s.passed(c, seen, noteEvery) {
		s.manager.Put(ctx, seen, s.now())
	}
	return nil
}

// passed reports whether a pause has passed since something was noted, or the machine's clock has jumped back behind that:
// else a session would not age until the clock has caught up.
func (s *Staff) passed(c echo.Context, name string, pause time.Duration) bool {
	at, _ := strconv.ParseInt(s.manager.GetString(c.Request().Context(), name), 10, 64)
	since := s.store.Now().Sub(clock.Instant(at))
	return since >= pause || since < 0
}

func (s *Staff) now() string { return strconv.FormatInt(int64(s.store.Now()), 10) }

// save writes a changed session and its cookie. It runs when the answer is about to leave, too late to change it, so what
// can't be kept is logged.
func (s *Staff) save(c echo.Context) {
	ctx := c.Request().Context()
	switch s.manager.Status(ctx) {
	case scs.Modified:
		token, _, err := s.manager.Commit(ctx)
		if err != nil {
			slog.ErrorContext(ctx, "session can't be kept", "error", err)
			return
		}
		s.cookie.write(c, token)
	case scs.Destroyed:
		s.cookie.clear(c)
	}
}

// Begin signs a member in, under a new token.
func (s *Staff) Begin(c echo.Context, member staff.Member) error {
	ctx := c.Request().Context()
	if err := s.manager.Clear(ctx); err != nil {
		return err
	}
	if err := s.manager.RenewToken(ctx); err != nil {
		return err
	}
	s.manager.Put(ctx, staff.SessionMember, strconv.FormatInt(member.ID, 10))
	for _, name := range []string{staff.SessionSince, seen, renewed} {
		s.manager.Put(ctx, name, s.now())
	}
	c.Set(memberKey, member)
	return nil
}

// End signs out.
func (s *Staff) End(c echo.Context) error { return s.manager.Destroy(c.Request().Context()) }

// Notify keeps a text for the next page that is shown.
func (s *Staff) Notify(c echo.Context, text string) {
	s.manager.Put(c.Request().Context(), notice, text)
}

// Notice is the text that was kept for this page, once.
func (s *Staff) Notice(c echo.Context) string {
	return s.manager.PopString(c.Request().Context(), notice)
}

// Member is who is signed in.
func Member(c echo.Context) (staff.Member, bool) {
	member, ok := c.Get(memberKey).(staff.Member)
	return member, ok
}

// Actor is who changes something; without a session it is somebody without any right.
func Actor(c echo.Context) staff.Actor {
	member, _ := Member(c)
	return member.Actor()
}
