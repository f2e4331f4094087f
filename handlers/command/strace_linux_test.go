package command

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"softlaunch/models/modelstest"
)

const withoutStrace = "strace can't be used (install it, and let it trace): the tests with a failing disk are left out."

// findStrace is the path of strace, or empty when it is missing or may not trace.
var findStrace = sync.OnceValue(func() string {
	path, err := exec.LookPath("strace")
	if err == nil {
		err = exec.Command(path, "-D", "-qq", "-o", os.DevNull, "-e", "inject=fsync:error=EIO", "true").Run()
	}
	if err != nil {
		return ""
	}
	return path
})

// needStrace ends the test when there is no strace: as a failure where CI=true promised one, else as skipped.
func needStrace(t testing.TB) {
	t.Helper()
	switch {
	case findStrace() != "":
	case os.Getenv("CI") == "true":
		t.Fatal("strace can't be used, and with CI=true the tests with a failing disk must run")
	default:
		t.Skip(withoutStrace)
	}
}

// failing starts the shop at an address on a disk whose calls fail as told (strace(1), inject).
func failing(t testing.TB, dir, address, calls, fault string) *process {
	t.Helper()
	needStrace(t)
	command := prepare(t, dir, nil)
	// -D makes the program our own child, so that a kill is of the program; -I1 lets strace itself be ended.
	command.Args = []string{"strace", "-D", "-I1", "-f", "-qq", "-o", os.DevNull,
		"-e", "trace=" + calls, "-e", "inject=" + calls + ":" + fault, command.Path}
	command.Path = findStrace()
	return start(t, address, command)
}

// mend ends what makes the disk fail; the program goes on.
func (p *process) mend(t testing.TB) {
	t.Helper()
	tracer := func() int {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
		if err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(string(text), "TracerPid:")
		pid, err := strconv.Atoi(strings.Fields(after)[0])
		if err != nil {
			t.Fatal(err)
		}
		return pid
	}
	pid := tracer()
	if pid == 0 {
		t.Fatal("nobody made the disk fail")
	}
	if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	within(t, "the disk is sound again", func() bool { return tracer() == 0 })
}

const syncs, writes = "fsync,fdatasync", "pwrite64"

// Nothing can be made safe on this disk, so nothing is acknowledged; who only looks notices nothing. When it is sound again
// the same forms make orders, without a restart.
func TestADiskThatCantSyncAcknowledgesNothing(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"error=EIO", "error=ENOSPC"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			cantSync(t, fault)
		})
	}
}

func cantSync(t *testing.T, fault string) {
	needStrace(t)
	dir, address, kept := folder(t), freeAddress(t), newJournal(t)
	p := start(t, address, prepare(t, dir, nil))
	waiting := kept.atReview(t, p, 5)
	p.terminate(t)
	p.ends(t)
	p = failing(t, dir, address, syncs, fault)
	if answers := kept.pressAll(waiting); answers[http.StatusServiceUnavailable] != len(waiting) || len(answers) > 1 {
		t.Errorf("where nothing can be made safe: %v", answers)
	}
	if got := status(t, http.DefaultClient, p.url+"/us/products/mi-band"); got != http.StatusOK {
		t.Errorf("a page answers %d", got)
	}
	p.mend(t)
	if answers := kept.pressAll(waiting); answers[http.StatusSeeOther] != 2*len(waiting) || len(answers) > 1 {
		t.Errorf("the disk is sound again: %v", answers)
	}
	p.kill()
	kept.compare(t, serve(t, dir))
	audited(t, dir)
}

// Some writes and syncs fail, and then the program is killed: what was answered is there, the rest may be tried again.
func TestNoAnsweredOrderIsLostToADiskThatFails(t *testing.T) {
	t.Parallel()
	disturbed(t, folder(t), syncs, "error=EIO:when=2+3", 10)
	disturbed(t, folder(t), writes, "error=ENOSPC:when=30+17", 10)
}

func TestTortureNoAnsweredOrderIsLostToADiskThatFails(t *testing.T) {
	// Calls are counted in each thread, so what fails is never the same. The first writes are those of the start.
	disturbances := []func() (calls, fault string){
		func() (string, string) { return syncs, fmt.Sprintf("when=%d+%d", 1+rand.N(3), 1+rand.N(10)) },
		func() (string, string) { return writes, fmt.Sprintf("when=%d+%d", 20+rand.N(20), 1+rand.N(50)) },
	}
	modelstest.Torture(t, 1, func(t *testing.T) {
		dir := folder(t)
		for range 10 {
			calls, when := disturbances[rand.N(len(disturbances))]()
			disturbed(t, dir, calls, "error="+[]string{"EIO", "ENOSPC"}[rand.N(2)]+":"+when, 40)
		}
	})
}

// disturbed has customers buy on a disk that fails at times until one of them has met that, kills the program, and compares.
func disturbed(t *testing.T, dir, calls, fault string, customers int) {
	t.Helper()
	kept := newJournal(t)
	p := failing(t, dir, freeAddress(t), calls, fault)
	within(t, "the disk fails", func() bool {
		kept.lap(nil)
		_ = kept.buy(t.Context(), p, customers)
		answers := kept.answered()
		if sum(answers) != answers[http.StatusServiceUnavailable]+answers[http.StatusSeeOther] {
			t.Fatalf("%s %s: %v", calls, fault, answers)
		}
		log := p.log.String()
		return strings.Contains(log, "disk I/O error") || strings.Contains(log, "disk is full")
	})
	p.kill()
	p = serve(t, dir)
	kept.compare(t, p)
	if answers := kept.pressAll(kept.atReview(t, p, 2)); answers[http.StatusSeeOther] != 4 {
		t.Errorf("on a sound disk: %v", answers)
	}
	p.kill()
	audited(t, dir)
}
