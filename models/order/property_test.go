package order_test

import (
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// torture checks a property again and again, from other seeds, for as long as SHOP_TORTURE says.
func torture(t *testing.T, property func(t *testing.T, r *rapid.T)) {
	t.Helper()
	text := os.Getenv("SHOP_TORTURE")
	if text == "" {
		t.Skip("SHOP_TORTURE is not set")
	}
	long, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	t.Parallel()
	for end := time.Now().Add(long); time.Now().Before(end) && !t.Failed(); {
		t.Run("", func(t *testing.T) { rapid.Check(t, func(r *rapid.T) { property(t, r) }) })
	}
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
