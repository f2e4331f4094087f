package db_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

const nobody = 65534

// openAs opens a file on a thread that has a user's rights instead of root's; the thread ends with its goroutine.
func openAs(user int, path string) error {
	answer := make(chan error)
	go func() {
		runtime.LockOSThread()
		if os.Getuid() == 0 {
			if err := syscall.Setfsuid(user); err != nil {
				answer <- err
				return
			}
		}
		d, err := db.Open(context.Background(), path, clock.Machine(time.Now))
		if err == nil {
			err = d.Close()
		}
		answer <- err
	}()
	return <-answer
}

func TestAFileWithoutTheRightsIsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		file, folder os.FileMode // no file when 0
		want         error
	}{
		{"may not be read", 0o200, 0o755, db.ErrUnreadable},
		{"may not be written", 0o444, 0o755, db.ErrReadOnly},
		{"in a folder that may not be written", 0o666, 0o555, db.ErrReadOnly},
		{"missing in a folder that may not be written", 0, 0o555, db.ErrReadOnly},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			path := filepath.Join(folder, "shop.db")
			if err := os.Chmod(filepath.Dir(folder), 0o755); err != nil {
				t.Fatal(err)
			}
			if c.file != 0 {
				if err := openAt(t, path).Close(); err != nil {
					t.Fatal(err)
				}
				if err := os.Chmod(path, c.file); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chmod(folder, c.folder); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = os.Chmod(folder, 0o755) }()
			if err := openAs(nobody, path); !errors.Is(err, c.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// inChild marks the process in which a test may limit what the whole process can do.
const inChild = "SOFTLAUNCH_TEST_CHILD"

// TestACommitThatTheDiskRefusesIsBusy limits the size of files to that of the log, so that the commit's own writes fail,
// in a process of its own because the limit is the process's.
func TestACommitThatTheDiskRefusesIsBusy(t *testing.T) {
	if os.Getenv(inChild) == "" {
		t.Parallel()
		child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
		child.Env = append(os.Environ(), inChild+"=1")
		if out, err := child.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	path := filepath.Join(t.TempDir(), "shop.db")
	d := openAt(t, path)
	makeCounters(t, d)
	write(t, d, insert, "before", 1)
	log, err := os.Stat(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	limitFiles(t, uint64(log.Size()))
	after := false
	outcomes, front := behindFront(t, d, func(tx db.Tx) error {
		tx.After(func() { after = true })
		return change(insert, "a", 1)(tx)
	}, change(insert, "b", 1), func(db.Tx) error { return errNo })
	limitFiles(t, 1<<40)
	for i, err := range append(outcomes, front) {
		if !fault.Is(err, fault.Busy) || errors.Is(err, errNo) || !strings.Contains(err.Error(), "disk I/O error") {
			t.Errorf("function %d got %v", i, err)
		}
	}
	write(t, d, insert, "later", 1)
	if got := names(t, d); got != "before later" || after {
		t.Errorf("the database has %q; after ran: %v", got, after)
	}
}

func limitFiles(t *testing.T, size uint64) {
	t.Helper()
	var limit syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit)
	if err == nil {
		limit.Cur = min(size, limit.Max)
		err = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
	}
	if err != nil {
		t.Fatal(err)
	}
}
