package command

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"softlaunch/handlers"
	"softlaunch/models/modelstest"
)

// midway is a shopper whose request has reached its handler and whose body has not all arrived.
type midway struct {
	conn   net.Conn
	reader *bufio.Reader
	rest   string
}

// begin sends half of a form, as soon as the shop asks for it.
func begin(t testing.TB, p *process) midway {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	const head = "POST /us/cart/items HTTP/1.1\r\nHost: shop\r\nSec-Fetch-Site: same-origin\r\nExpect: 100-continue\r\n" +
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 28\r\n\r\n"
	if _, err := io.WriteString(conn, head); err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(conn)
	for _, want := range []string{"HTTP/1.1 100 Continue\r\n", "\r\n"} {
		if line, err := reader.ReadString('\n'); err != nil || line != want {
			t.Fatalf("asked to go on with %q, %v", line, err)
		}
	}
	const form = "sku=MI-BAND-BLACK&quantity=1"
	if _, err := io.WriteString(conn, form[:10]); err != nil {
		t.Fatal(err)
	}
	return midway{conn, reader, form[10:]}
}

// finish sends the rest and reads the answer, which must be whole. It answers the cookie of the cart.
func (m midway) finish(t testing.TB) string {
	t.Helper()
	if _, err := io.WriteString(m.conn, m.rest); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(m.reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.ReadAll(response.Body); err != nil || response.StatusCode != http.StatusSeeOther {
		t.Errorf("a request on its way at SIGTERM got %d, %v", response.StatusCode, err)
	}
	return response.Header.Get("Set-Cookie")
}

// SIGTERM: who has begun gets a whole answer that is kept, nobody new gets in, and the program ends with success, its log
// moved into the database.
func TestWhatIsOnItsWayAtSIGTERMIsAnswered(t *testing.T) {
	t.Parallel()
	stopMidway(t, 8)
}

func TestTortureWhatIsOnItsWayAtSIGTERMIsAnswered(t *testing.T) {
	modelstest.Torture(t, 1, func(t *testing.T) { stopMidway(t, 50) })
}

func stopMidway(t *testing.T, shoppers int) {
	dir, kept := folder(t), newJournal(t)
	p := serve(t, dir)
	some := make([]midway, shoppers)
	for i := range some {
		some[i] = begin(t, p)
	}
	waiting := kept.atReview(t, p, shoppers)
	kept.lap(func(n int) {
		if n == shoppers/2 {
			p.terminate(t)
		}
	})
	pressTogether(waiting)
	within(t, "nobody new gets in", func() bool {
		conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
		if err == nil {
			conn.Close()
		}
		return err != nil
	})
	cookies := make([]string, shoppers)
	for i := range some {
		cookies[i] = some[i].finish(t)
	}
	p.ends(t)
	for status := range kept.answered() {
		if status != http.StatusSeeOther {
			t.Errorf("a button was answered %d", status)
		}
	}
	p = serve(t, dir)
	kept.compare(t, p)
	for _, cookie := range cookies {
		inCart(t, p, cookie)
	}
	audited(t, dir)
}

// pressTogether has all customers press the order button at once.
func pressTogether(customers []customer) {
	var all sync.WaitGroup
	for _, c := range customers {
		all.Go(func() { _, _ = c.Order(context.Background(), "us", c.form) })
	}
	all.Wait()
}

func inCart(t testing.TB, p *process, cookie string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, p.url+"/us/cart", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Cookie", cookie[:strings.Index(cookie+";", ";")])
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if page, err := io.ReadAll(response.Body); err != nil || !strings.Contains(string(page), "MI-BAND-BLACK") {
		t.Errorf("what was put into a cart at SIGTERM is not there: %v", err)
	}
}

// A request that hangs is cut off after ten seconds, and the program ends with success all the same. The seconds are those
// of a bubble, in which none has to be waited for.
func TestARequestThatHangsIsCutAfterTenSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
		begun := make(chan struct{})
		hanging := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			close(begun)
			<-r.Context().Done()
		})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- serveUntil(ctx, handlers.Server("", hanging), l) }()
		client, server := net.Pipe()
		l.conns <- server
		if _, err := io.WriteString(client, "GET / HTTP/1.1\r\nHost: shop\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		<-begun
		stopped := time.Now()
		stop()
		if answer, err := io.ReadAll(client); len(answer) > 0 || err != nil {
			t.Errorf("cut off with %q, %v", answer, err)
		}
		if err := <-ended; err != nil {
			t.Errorf("ended with %v", err)
		}
		if took := time.Since(stopped); took != 10*time.Second {
			t.Errorf("cut off after %s", took)
		}
	})
}

// pipes is a listener within the process.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes", Net: "unix"} }

// A shop that was served and stopped leaves nothing running. This test does not run beside others, whose work it would see.
func TestAShopThatHasStoppedLeavesNothingBehind(t *testing.T) {
	leavesNothing(t)
}

// This one does not go on for as long as it is told, because nothing can run beside it.
func TestTortureAShopThatHasStoppedLeavesNothingBehind(t *testing.T) {
	if os.Getenv("SHOP_TORTURE") == "" {
		t.Skip("SHOP_TORTURE is not set")
	}
	for range 50 {
		leavesNothing(t)
	}
}

func leavesNothing(t *testing.T) {
	t.Helper()
	log := divert(t)
	c := config{Env: "development", Addr: freeAddress(t), Database: filepath.Join(folder(t), "store.db"), now: time.Now}
	before := goleak.IgnoreCurrent()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- serveCommand{}.Run(ctx, &c) }()
	p, kept := &process{url: "http://" + c.Addr}, newJournal(t)
	within(t, "the shop answers", func() bool {
		conn, err := net.Dial("tcp", c.Addr)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	for _, err := range kept.buy(t.Context(), p, 5) {
		if err != nil {
			t.Error(err)
		}
	}
	kept.wire.CloseIdleConnections()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	goleak.VerifyNone(t, before)
	if text := log(); strings.Contains(text, `"level":"ERROR"`) {
		t.Errorf("it logged %s", text)
	}
}

// divert keeps this process's log in a file until the test ends. It answers what was logged.
func divert(t *testing.T) func() string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	normal := os.Stderr
	os.Stderr = file
	t.Cleanup(func() {
		os.Stderr = normal
		file.Close()
	})
	return func() string {
		text, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
}
