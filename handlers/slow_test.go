package handlers_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/modelstest"
)

// Clients that send or read too slowly, or stop in the middle, lose their connection; meanwhile others buy as ever.
func TestSlowClientsLoseTheirConnectionAndOthersDontNotice(t *testing.T) {
	t.Parallel()
	slow(t, handlerstest.NewImpatient(t), 3)
}

func TestTortureSlowClientsLoseTheirConnectionAndOthersDontNotice(t *testing.T) {
	// The real server: with less time a busy machine makes honest clients slow too.
	modelstest.Torture(t, 1, func(t *testing.T) { slow(t, handlerstest.New(t), 100) })
}

// dawdlers are what slow clients do with a connection, until it ends.
var dawdlers = map[string]func(conn net.Conn) error{
	"says nothing":           silent(""),
	"stops in the headers":   silent("GET /us/ HTTP/1.1\r\nHost: shop\r\nX-Slow: "),
	"stops in the body":      silent(slowForm),
	"drips headers":          drip("GET /us/ HTTP/1.1\r\nHost: shop\r\nX-Slow: "),
	"drips a body":           drip(slowForm),
	"drips a chunk":          drip("POST /us/cart/items HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n4000\r\n"),
	"reads nothing":          readNothing,
	"rests between requests": silent("GET /healthz HTTP/1.1\r\nHost: shop\r\n\r\n"),
}

const slowForm = "POST /us/cart/items HTTP/1.1\r\nHost: shop\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nsku="

// silent sends a beginning and then nothing more.
func silent(beginning string) func(net.Conn) error {
	return func(conn net.Conn) error {
		_, err := io.WriteString(conn, beginning)
		return err
	}
}

// drip sends a beginning and then a byte now and then, as long as somebody takes them. The sleep is the client's.
func drip(beginning string) func(net.Conn) error {
	return func(conn net.Conn) error {
		_, err := io.WriteString(conn, beginning)
		for err == nil {
			time.Sleep(50 * time.Millisecond)
			_, err = conn.Write([]byte("a"))
		}
		return nil
	}
}

// readNothing asks for more than fits into any buffer on the way and does not read it until the server has given up, which
// shows when it takes no more.
func readNothing(conn net.Conn) error {
	if err := conn.(*net.TCPConn).SetReadBuffer(1 << 10); err != nil {
		return err
	}
	for {
		if _, err := io.WriteString(conn, "GET /us/products HTTP/1.1\r\nHost: shop\r\n\r\n"); err != nil {
			return nil
		}
	}
}

func slow(t *testing.T, shop *handlerstest.Shop, ofEach int) {
	var dawdling sync.WaitGroup
	for name, dawdle := range dawdlers {
		for range ofEach {
			conn, err := net.Dial("tcp", strings.TrimPrefix(shop.URL, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			// Far beyond what the server allows: it must be the server that ends it.
			if err := conn.SetDeadline(time.Now().Add(5 * time.Minute)); err != nil {
				t.Fatal(err)
			}
			dawdling.Go(func() {
				defer conn.Close()
				err := dawdle(conn)
				if err == nil {
					_, err = io.Copy(io.Discard, conn)
				}
				if errors.Is(err, os.ErrDeadlineExceeded) {
					t.Errorf("who %s keeps the connection", name)
				}
			})
		}
	}
	ended := make(chan struct{})
	go func() {
		dawdling.Wait()
		close(ended)
	}()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	for others := true; others; {
		if _, err := handlerstest.NewShopper(shop.URL, transport).Buy(t.Context(), band()); err != nil {
			t.Fatalf("somebody else noticed: %v", err)
		}
		select {
		case <-ended:
			others = false
		default:
		}
	}
}

func band() handlerstest.Wish {
	return handlerstest.Wish{Store: "us", Slug: "mi-band", SKU: "MI-BAND-BLACK", Details: modelstest.Buyer("us")}
}
