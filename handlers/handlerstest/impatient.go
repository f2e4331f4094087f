package handlerstest

import (
	"net/http/httptest"
	"testing"
	"time"
)

// NewImpatient is a shop whose server gives slow clients a tenth of the time that the real one does.
func NewImpatient(t testing.TB) *Shop {
	t.Helper()
	return start(t, "http", func(s *httptest.Server) {
		for _, limit := range []*time.Duration{&s.Config.ReadHeaderTimeout, &s.Config.ReadTimeout, &s.Config.WriteTimeout, &s.Config.IdleTimeout} {
			if *limit <= 0 {
				t.Fatal("the server waits for ever")
			}
			*limit /= 10
		}
		s.Start()
	}, nil)
}
