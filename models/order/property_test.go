package order_test

import (
	"os"
	"testing"

	"pgregory.net/rapid"

	"softlaunch/models/modelstest"
)

// torture checks a property again and again, from other seeds.
func torture(t *testing.T, property func(t *testing.T, r *rapid.T)) {
	t.Helper()
	modelstest.Torture(t, 1, func(t *testing.T) { rapid.Check(t, func(r *rapid.T) { property(t, r) }) })
}

// within lets what a test builds live as long as one run of a property. A failure there ends the run, also one that is
// found when things are put away, because rapid looks at nothing later.
type within struct {
	testing.TB
	run *rapid.T
}

func (w within) Cleanup(f func())                  { w.run.Cleanup(f) }
func (w within) Error(args ...any)                 { w.run.Fatal(args...) }
func (w within) Errorf(format string, args ...any) { w.run.Fatalf(format, args...) }
func (w within) Fatal(args ...any)                 { w.run.Fatal(args...) }
func (w within) Fatalf(format string, args ...any) { w.run.Fatalf(format, args...) }

func (w within) TempDir() string {
	folder, err := os.MkdirTemp("", "softlaunch")
	if err != nil {
		w.run.Fatal(err)
	}
	w.run.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			w.run.Error(err)
		}
	})
	return folder
}
