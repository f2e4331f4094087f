package modelstest

import (
	"sync"
	"testing"

	"softlaunch/models/db"
)

// Lock keeps everybody else from writing to the shop's database until free is called, which must happen before writers have
// waited for five seconds.
func (s *Shop) Lock(t testing.TB) (free func()) {
	t.Helper()
	locked, freed, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		s.Write(t, func(db.Tx) error {
			close(locked)
			<-freed
			return nil
		})
	}()
	<-locked
	free = sync.OnceFunc(func() {
		close(freed)
		<-done
	})
	t.Cleanup(free) // a test that fails must not wait for itself
	return free
}
