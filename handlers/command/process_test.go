package command

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/models/example"
)

// program builds the whole program once.
var program = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "softlaunch")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "softlaunch")
	out, err := exec.Command("go", "build", "-o", path, "softlaunch").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, out)
	}
	return path, err
})

func TestMain(m *testing.M) {
	code := chrome.Main(m)
	if path, err := program(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// process is the program running on a database of its own.
type process struct {
	*exec.Cmd
	folder string
	url    string
	log    *record
}

// record is what a program writes, to be read while it does.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(text []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(text)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

// folder has an example database, as a fresh clone after its first start.
func folder(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	furnish(t, dir)
	return dir
}

// furnish writes an example database into a folder.
func furnish(t testing.TB, dir string) {
	t.Helper()
	if err := example.Write(t.Context(), filepath.Join(dir, "store.db")); err != nil {
		t.Fatal(err)
	}
}

func prepare(t testing.TB, dir string, arguments []string, environment ...string) *exec.Cmd {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(path, arguments...)
	command.Dir = dir
	command.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir}, environment...)
	return command
}

// serve starts the shop and waits until it has said where it is.
func serve(t testing.TB, dir string, environment ...string) *process {
	t.Helper()
	return start(t, freeAddress(t), prepare(t, dir, nil, environment...))
}

// start starts the shop at an address, by a command that may be more than the program alone.
func start(t testing.TB, address string, command *exec.Cmd) *process {
	t.Helper()
	p := &process{Cmd: command, folder: command.Dir, url: "http://" + address, log: &record{}}
	p.Env = append(p.Env, "SHOP_ADDR="+address)
	p.Stderr = p.log
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.Contains(line, p.url) {
		t.Fatalf("it said %q, %v, %s", line, err, p.log)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return p
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// fails runs the program to its end, which must be a failure told in one line that contains each of the texts.
func fails(t *testing.T, command *exec.Cmd, says ...string) {
	t.Helper()
	out, err := command.CombinedOutput()
	if err == nil {
		t.Fatalf("it succeeded: %s", out)
	}
	text := strings.TrimSpace(string(out))
	if strings.Count(text, "\n") > 0 {
		t.Errorf("it said more than a sentence: %s", text)
	}
	for _, said := range says {
		if !strings.Contains(text, said) {
			t.Errorf("%q does not say %q", text, said)
		}
	}
}

func TestItStartsAndAnswers(t *testing.T) {
	t.Parallel()
	p := serve(t, folder(t))
	for path, status := range map[string]int{"/": 200, "/us/": 200, "/healthz": 200, "/readyz": 200, "/nowhere/": 404} {
		response, err := http.Get(p.url + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != status {
			t.Errorf("%s answers %d", path, response.StatusCode)
		}
	}
}

func TestTheFirstStartCopiesTheExample(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	if err := os.Rename(filepath.Join(dir, "store.db"), filepath.Join(dir, "store.db.example")); err != nil {
		t.Fatal(err)
	}
	serve(t, dir)
	if _, err := os.Stat(filepath.Join(dir, "store.db")); err != nil {
		t.Error(err)
	}
}

func TestWhatKeepsItFromStartingIsOneSentence(t *testing.T) {
	t.Parallel()
	t.Run("a busy port", func(t *testing.T) {
		t.Parallel()
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		fails(t, prepare(t, folder(t), nil, "SHOP_ADDR="+l.Addr().String()), l.Addr().String(), "SHOP_ADDR")
	})
	t.Run("no database", func(t *testing.T) {
		t.Parallel()
		fails(t, prepare(t, t.TempDir(), nil, "SHOP_ADDR="+freeAddress(t)), "store.db.example")
	})
	t.Run("not a database", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "store.db"), []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
			t.Fatal(err)
		}
		fails(t, prepare(t, dir, nil, "SHOP_ADDR="+freeAddress(t)), "store.db", "not a database")
	})
	t.Run("example staff in production", func(t *testing.T) {
		t.Parallel()
		fails(t, prepare(t, folder(t), nil, "SHOP_ENV=production", "SHOP_ADDR="+freeAddress(t), "SHOP_URL=https://shop.example.com",
			"SHOP_SECRET="+strings.Repeat("x", 32)), "example's staff")
	})
}

func TestAnAuditOfTheExampleIsClean(t *testing.T) {
	t.Parallel()
	audited(t, folder(t))
}

func audited(t testing.TB, dir string) {
	t.Helper()
	if out, err := prepare(t, dir, []string{"audit"}).CombinedOutput(); err != nil {
		t.Errorf("the audit found something: %s", out)
	}
}

// SIGTERM lets what runs come to its end and then stops with success.
func TestItStopsWhenToldTo(t *testing.T) {
	t.Parallel()
	p := serve(t, folder(t))
	p.terminate(t)
	p.ends(t)
}

// within asks again and again until something is so, for two minutes at most.
func within(t testing.TB, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it never came about that %s", what)
		}
	}
}

// kill ends the program with nothing said to it, which may have ended already.
func (p *process) kill() {
	_ = p.Process.Kill()
	_ = p.Wait()
}

// terminate tells the program to stop.
func (p *process) terminate(t testing.TB) {
	t.Helper()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
}

// succeeds waits until the program has stopped, which it must do with success.
func (p *process) succeeds(t testing.TB) {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- p.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ended with %v: %s", err, p.log)
		}
	case <-time.After(15 * time.Second):
		t.Error("it did not stop")
	}
}

// ends is succeeds for the last program at its database, whose log it has moved into that.
func (p *process) ends(t testing.TB) {
	t.Helper()
	p.succeeds(t)
	for _, suffix := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(filepath.Join(p.folder, "store.db"+suffix)); err == nil {
			t.Errorf("store.db%s is left behind", suffix)
		}
	}
}
