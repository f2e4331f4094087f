package command

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

// disk is where a shop's files lie; it can be filled up and freed again while the shop runs.
type disk struct {
	dir   string
	start func(t testing.TB) *process
	fill  func(t testing.TB, p *process)
	free  func(t testing.TB, p *process)
}

// Nothing is left on the disk: the checkout answers 503 and the catalogue stays up. Once there is room again the same
// forms make orders, without a restart.
func TestAFullDiskStopsOrdersAndNothingElse(t *testing.T) {
	t.Parallel()
	for name, make := range disks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if d, err := make(t); err == nil {
				fullDisk(t, d, 5, false)
			} else {
				t.Logf("%v; the other disk of this test fills up without the right to mount", err)
			}
		})
	}
}

func TestTortureAFullDiskStopsOrdersAndNothingElse(t *testing.T) {
	modelstest.Torture(t, 1, func(t *testing.T) {
		for _, make := range disks {
			if d, err := make(t); err == nil {
				fullDisk(t, d, 100, rand.N(2) == 0)
			}
		}
	})
}

var disks = map[string]func(testing.TB) (disk, error){"a small disk": smallDisk, "a limit on files": limitedFiles}

// smallDisk is a file system of its own in memory. Only root may have one, and not everywhere.
func smallDisk(t testing.TB) (disk, error) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=24m"); err != nil {
		return disk{}, errors.Join(errors.New("no small disk can be mounted"), err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	furnish(t, dir)
	ballast := filepath.Join(dir, "ballast")
	return disk{dir: dir,
		start: func(t testing.TB) *process { return serve(t, dir) },
		fill:  func(t testing.TB, _ *process) { fillUp(t, ballast) },
		free: func(t testing.TB, _ *process) {
			if err := os.Remove(ballast); err != nil {
				t.Error(err)
			}
		},
	}, nil
}

func fillUp(t testing.TB, path string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for block := make([]byte, 4096); err == nil; {
		_, err = file.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}

// limitedFiles is a process that may write nothing to any file (setrlimit(2), RLIMIT_FSIZE) from SIGUSR1 to SIGUSR2.
func limitedFiles(t testing.TB) (disk, error) {
	dir := folder(t)
	tell := func(s syscall.Signal) func(testing.TB, *process) {
		return func(t testing.TB, p *process) {
			if err := p.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
				t.Error(err)
			}
		}
	}
	return disk{dir: dir, fill: tell(syscall.SIGUSR1), free: tell(syscall.SIGUSR2),
		start: func(t testing.TB) *process {
			command := prepare(t, dir, nil, limited+"=1")
			command.Path = os.Args[0]
			return start(t, freeAddress(t), command)
		}}, nil
}

// limited marks a process of this test that shall be the program. The program itself dies when it reaches such a limit,
// because Go makes that of the signal; that is as good for what is on disk, but not what is looked for here.
const limited = "SOFTLAUNCH_TEST_LIMITED"

func init() {
	if os.Getenv(limited) == "" {
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	orders := make(chan os.Signal, 1)
	signal.Notify(orders, syscall.SIGUSR1, syscall.SIGUSR2)
	go func() {
		for order := range orders {
			var limit syscall.Rlimit
			if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
				panic(err)
			}
			if limit.Cur = 0; order == syscall.SIGUSR2 {
				limit.Cur = limit.Max
			}
			if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
				panic(err)
			}
		}
	}()
	os.Exit(Main(time.Now))
}

// fullDisk fills the disk under a shop in which some customers order at once, may kill the shop then, and frees the disk.
func fullDisk(t *testing.T, d disk, customers int, kill bool) {
	kept := newJournal(t)
	p := d.start(t)
	if answers := kept.pressAll(kept.atReview(t, p, customers)); answers[http.StatusSeeOther] != 2*customers {
		t.Fatalf("with room on the disk: %v", answers)
	}
	waiting := kept.atReview(t, p, customers)
	d.fill(t, p)
	refused(t, p, kept, waiting)
	if kill {
		p.kill()
	}
	d.free(t, p)
	if kill {
		p = d.start(t)
		waiting = kept.atReview(t, p, customers)
	}
	within(t, "the same forms make orders again", func() bool {
		answers := kept.pressAll(waiting)
		return answers[http.StatusSeeOther] >= customers && len(answers) == 1
	})
	kept.compare(t, p)
	p.terminate(t)
	p.ends(t)
	audited(t, d.dir)
}

// refused waits until the disk is found full: then orders are refused with 503, and who only looks notices nothing.
func refused(t *testing.T, p *process, kept *journal, waiting []customer) {
	t.Helper()
	within(t, "nothing is put into a cart", func() bool {
		_, err := handlerstest.NewShopper(p.url, kept).Ready(t.Context(), band())
		return err != nil && strings.Contains(err.Error(), "add: answered 503")
	})
	if answers := kept.pressAll(waiting); answers[http.StatusServiceUnavailable] != len(waiting) || len(answers) > 1 {
		t.Errorf("on a full disk: %v", answers)
	}
	for _, page := range []string{"/", "/us/", "/us/products", "/us/products/mi-band", "/es/products/mi-headphones", "/us/cart", "/healthz", "/readyz"} {
		if got := status(t, http.DefaultClient, p.url+page); got != http.StatusOK {
			t.Errorf("%s answers %d on a full disk", page, got)
		}
	}
}
