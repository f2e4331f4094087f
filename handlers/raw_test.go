package handlers_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers/handlerstest"
)

// answer is what came back, and whether the connection ended with it.
type answer struct {
	status int
	header http.Header
	closed bool
	body   string
}

// raw sends bytes as they are and reads one answer.
func raw(t *testing.T, shop *handlerstest.Shop, text string) answer {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(shop.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.WriteString(conn, text) }() // the answer may come before the end of the question
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, response.Close, string(body)}
}

// What no browser sends is refused with a status that says why. What net/http itself refuses, before any handler of ours, is
// a bare line of text without our headers (docs/faults.md); all else has them.
func TestWhatNoBrowserSendsIsRefused(t *testing.T) {
	t.Parallel()
	shop := handlerstest.New(t)
	get := func(path, more string) string { return "GET " + path + " HTTP/1.1\r\nHost: shop\r\n" + more + "\r\n" }
	post := func(headers, body string) string {
		return "POST /us/cart/items HTTP/1.1\r\nHost: shop\r\nContent-Type: application/x-www-form-urlencoded\r\n" + headers + "\r\n" + body
	}
	long := strings.Repeat("a", 20<<10)
	for name, test := range map[string]struct {
		text string
		want int
		bare bool // net/http answers
	}{
		"a long header":          {get("/us/", "X-Long: "+long+"\r\n"), 431, true},
		"a long address":         {get("/us/products?q="+long, ""), 431, true},
		"an address too long":    {get("/us/products?q="+long[:4000], ""), 414, false},
		"many headers":           {get("/us/", strings.Repeat("X-Many: 1\r\n", 100)), 431, false},
		"many cookies":           {get("/us/cart", "Cookie: "+strings.Repeat("cart=a; ", 500)+"\r\n"), 200, false},
		"a large body":           {post("Content-Length: 70000\r\n", strings.Repeat("a", 70000)), 413, false},
		"a huge body":            {post("Content-Length: 9223372036854775807\r\n", ""), 413, false},
		"a large chunked body":   {post("Transfer-Encoding: chunked\r\n", "11170\r\n"+strings.Repeat("a", 70000)+"\r\n0\r\n\r\n"), 413, false},
		"a length of no number":  {post("Content-Length: many\r\n", ""), 400, true},
		"a negative length":      {post("Content-Length: -1\r\n", ""), 400, true},
		"two lengths":            {post("Content-Length: 5\r\nContent-Length: 6\r\n", "sku=a"), 400, true},
		"a body that ends early": {post("Transfer-Encoding: chunked\r\n", "5\r\nsku=a\r\nzz\r\n"), 400, false},
		"an unknown encoding":    {post("Transfer-Encoding: gzip\r\n", "sku=a"), 501, true},
		"a packed body":          {post("Content-Encoding: gzip\r\nContent-Length: 4\r\n", "\x1f\x8b\x08\x00"), 400, false},
		"a broken percent":       {post("Content-Length: 7\r\n", "sku=%zz"), 400, false},
		"no UTF-8":               {post("Content-Length: 10\r\n", "sku=%F0%28"), 400, false},
		"a deep name":            {post("Content-Length: 11999\r\n", "sku"+strings.Repeat("[a]", 3998)+"=b"), 422, false},
		"a deeply escaped path":  {get("/us/products/%25252525252525252e%25252525252525252e", ""), 404, false},
		"a path upwards":         {get("/us/../../etc/passwd", ""), 404, false},
		"an escaped NUL":         {get("/us/%00", ""), 400, false},
		"a broken path":          {get("/us/%zz", ""), 400, true},
		"no host":                {"GET /us/ HTTP/1.1\r\n\r\n", 400, true},
		"two hosts":              {get("/us/", "Host: evil.example\r\n"), 400, true},
		"a host that is none":    {"GET /us/ HTTP/1.1\r\nHost: a b\r\n\r\n", 400, true},
		"a NUL in a header":      {get("/us/", "X-Nul: a\x00b\r\n"), 400, true},
		"no HTTP":                {"hello, is this the shop?\r\n\r\n", 400, true},
		"another's address":      {"GET http://evil.example/nowhere/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", 404, false},
		"a tunnel":               {"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", 404, false},
		"a trace":                {"TRACE /us/ HTTP/1.1\r\nHost: shop\r\nX-Secret: canary\r\n\r\n", 405, false},
		"options of all":         {"OPTIONS * HTTP/1.1\r\nHost: shop\r\n\r\n", 404, false},
	} {
		t.Run(name, func(t *testing.T) {
			got := raw(t, shop, test.text)
			if got.status != test.want {
				t.Errorf("answered %d, want %d", got.status, test.want)
			}
			if strings.Contains(got.body, "evil.example") || strings.Contains(got.body, "canary") {
				t.Errorf("the answer repeats what was sent: %.300s", got.body)
			}
			protected := got.header.Get("Content-Security-Policy") != "" && got.header.Get("X-Content-Type-Options") == "nosniff"
			if protected == test.bare {
				t.Errorf("it has our headers: %v", protected)
			}
			if test.bare && (!strings.HasPrefix(got.header.Get("Content-Type"), "text/plain") || !got.closed || strings.Contains(got.body, "<")) {
				t.Errorf("a bare answer with %v: %q", got.header, got.body)
			}
		})
	}
}
