package handlers

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime"
	"strconv"
	"sync"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/models/waiting"
	"softlaunch/views/i18n"
	"softlaunch/views/layouts"
	view "softlaunch/views/shop"
)

// perCore is how many requests of shoppers are answered at once for each core. One takes a core for about a millisecond, so
// that the last of them is answered in some 130 ms: more would wait longer than people do, and take memory meanwhile. The
// waiting room, which begins at fewer, keeps shoppers from ever meeting this bound for long.
const perCore = 128

// inFlight is a place for each request that may be answered at once.
func (c Config) inFlight() chan struct{} {
	if c.InFlight > 0 {
		return make(chan struct{}, c.InFlight)
	}
	return make(chan struct{}, perCore*runtime.GOMAXPROCS(0))
}

// bound is middleware that answers so many shoppers at once and asks all others to come again. Files, kept pages, what
// machines ask and the back-office stand outside of it. A place is taken when a request has arrived whole, and is free again
// when its answer is ready to leave: a few hundred clients who send or read slowly would else keep everybody out.
func (s *server) bound(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := arrive(c.Request()); err != nil {
			return err
		}
		select {
		case s.flight <- struct{}{}:
			leave := sync.OnceFunc(func() { <-s.flight })
			defer leave()
			c.Response().Before(leave)
			return next(c)
		default:
			return s.tooMany(c)
		}
	}
}

// arrive waits for the rest of a request.
func arrive(r *http.Request) error {
	if r.Body == http.NoBody {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return err
	}
	if err != nil {
		return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

var errBusy = fault.New(fault.Busy, "fault.busy")

// tooMany asks a shopper to come again, in his language. It reads no database and waits for nothing. Shoppers are sent back
// at different times, so that they don't all return at once.
func (s *server) tooMany(c echo.Context) error {
	store, room, err := s.models.Rooms.Store(c.Param("store"))
	if err == nil {
		room.Begin()
		room.End(waiting.Outcome{Busy: true})
		if c.Request().Method == http.MethodPost {
			s.models.Refusals.Count(store.Market, "", errBusy)
		}
	}
	c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(1+rand.IntN(3)))
	slog.WarnContext(c.Request().Context(), "too many at once", "request", reference(c), "route", c.Path())
	frame := layouts.Frame{Locale: i18n.For(store.Language, store.Market.Country)}
	return respond.Page(c, http.StatusServiceUnavailable, view.Error(view.NewErrorPage(frame, http.StatusServiceUnavailable, "", reference(c))))
}
