package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
)

// statuses is the one table from kinds of fault to answers.
var statuses = map[fault.Kind]int{
	fault.NotFound:  http.StatusNotFound,
	fault.Invalid:   http.StatusUnprocessableEntity,
	fault.Conflict:  http.StatusConflict,
	fault.Forbidden: http.StatusForbidden,
	fault.NotOpen:   http.StatusConflict,
	fault.Busy:      http.StatusServiceUnavailable,
	fault.TooMany:   http.StatusTooManyRequests,
}

// fail answers a request whose handler returned an error. Only faults of ours are logged as errors.
func (s *server) fail(err error, c echo.Context) {
	if gone(c, err) {
		slog.InfoContext(c.Request().Context(), "left before the answer", "request", reference(c), "error", err)
		return
	}
	if c.Response().Committed {
		slog.ErrorContext(c.Request().Context(), "failed after answering", "request", reference(c), "error", err)
		return
	}
	p := problem(err)
	p.Reference = reference(c)
	if p.Status >= http.StatusInternalServerError {
		slog.ErrorContext(c.Request().Context(), "failed", "request", p.Reference, "route", c.Path(), "error", err)
	}
	if wait := patience(p); wait > 0 {
		c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(wait))
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	if err := s.explain(c, p); err != nil && !c.Response().Committed {
		slog.ErrorContext(c.Request().Context(), "error page failed", "request", p.Reference, "error", err)
		_ = p.Plain(c) // the connection is all that is left to fail
	}
}

// gone reports whether nobody is there any more to answer: the client has hung up, or was too slow to read and lost its
// connection. That is no fault of ours, and must not look like one in the log.
func gone(c echo.Context, err error) bool {
	var wire *net.OpError
	return errors.Is(c.Request().Context().Err(), context.Canceled) || (c.Response().Committed && errors.As(err, &wire))
}

// explain shows the problem in the look of the place where it happened.
func (s *server) explain(c echo.Context, p respond.Problem) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = errors.New("panic in the error page")
		}
	}()
	path := c.Request().URL.Path
	switch {
	case path == "/admin" || strings.HasPrefix(path, "/admin/"):
		return s.admin.Problem(c, p)
	case strings.HasPrefix(path, "/static/") || strings.HasPrefix(path, "/webhooks/"):
		return p.Plain(c)
	}
	return s.shop.Problem(c, p)
}

// problem is what an error means for whoever asked.
func problem(err error) respond.Problem {
	var f *fault.Error
	var refused *echo.HTTPError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &f):
		return respond.Problem{Status: statuses[f.Kind], Key: f.Key, Args: f.Args}
	case errors.As(err, &tooLarge):
		return respond.Problem{Status: http.StatusRequestEntityTooLarge}
	case errors.As(err, &refused):
		return respond.Problem{Status: refused.Code}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return respond.Problem{Status: http.StatusServiceUnavailable, Key: "fault.busy"}
	}
	return respond.Problem{Status: http.StatusInternalServerError}
}

// patience is after how many seconds it makes sense to try again, 0 when it makes none.
func patience(p respond.Problem) int {
	seconds, told := p.Args["Seconds"].(int)
	switch {
	case told:
		return seconds
	case p.Status == http.StatusServiceUnavailable || p.Status == http.StatusTooManyRequests:
		return 2
	}
	return 0
}
