package handlerstest

import (
	"net/http/httptest"
	"testing"
	"time"
)

// NewImpatient is a shop whose server gives slow clients a quarter of the time that the real one does, and idle ones a tenth.
func NewImpatient(t testing.TB) *Shop {
	t.Helper()
	return start(t, "http", func(s *httptest.Server) {
		c := s.Config
		for limit, part := range map[*time.Duration]time.Duration{&c.ReadHeaderTimeout: 4, &c.ReadTimeout: 4, &c.WriteTimeout: 4, &c.IdleTimeout: 10} {
			if *limit <= 0 {
				t.Fatal("the server waits for ever")
			}
			*limit /= part
		}
		s.Start()
	}, nil, nil)
}
