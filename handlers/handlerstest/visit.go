package handlerstest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Visit is a browser at a page. A method that can't do its work ends the test.
type Visit struct {
	Status int
	Header http.Header
	Body   string

	// Extra is sent with every request.
	Extra http.Header

	t      testing.TB
	client *http.Client
	at     *url.URL
	page   *html.Node
}

// maxRedirects is how many redirects a browser follows before it gives up.
const maxRedirects = 10

// Visit begins with no cookies at the chooser, which is not opened yet.
func (s *Shop) Visit(t testing.TB) *Visit {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(s.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	client := *s.client
	client.Jar = jar
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Visit{t: t, client: &client, at: at, Extra: http.Header{}}
}

// Open types an address into the browser and follows redirects.
func (v *Visit) Open(path string) {
	v.t.Helper()
	v.load(http.MethodGet, path, nil, "none")
}

// Post sends a form that is on no page, as a link made by hand or an attacker with the visitor's own browser would.
func (v *Visit) Post(path string, fields url.Values) {
	v.t.Helper()
	v.load(http.MethodPost, path, fields, "same-origin")
}

// Foreign sends a form from another site.
func (v *Visit) Foreign(path string, fields url.Values) {
	v.t.Helper()
	v.load(http.MethodPost, path, fields, "cross-site")
}

// Path is the address of the page, without scheme and host.
func (v *Visit) Path() string { return v.at.RequestURI() }

// Cookies are what the browser would send with the next request, by name.
func (v *Visit) Cookies() map[string]string {
	cookies := map[string]string{}
	for _, c := range v.client.Jar.Cookies(v.at) {
		cookies[c.Name] = c.Value
	}
	return cookies
}

// Forget drops all cookies.
func (v *Visit) Forget() {
	for _, c := range v.client.Jar.Cookies(v.at) {
		v.client.Jar.SetCookies(v.at, []*http.Cookie{{Name: c.Name, Path: "/", MaxAge: -1}})
	}
}

// Remember sets a cookie.
func (v *Visit) Remember(name, value string) {
	v.client.Jar.SetCookies(v.at, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// load asks for a page and follows redirects, as GET from the second request on.
func (v *Visit) load(method, target string, fields url.Values, site string) {
	v.t.Helper()
	for range maxRedirects {
		v.send(method, target, fields, site)
		location := v.Header.Get("Location")
		if v.Status < 300 || v.Status > 399 || location == "" {
			return
		}
		if method != http.MethodGet && v.Status != http.StatusSeeOther {
			v.t.Fatalf("%s %s is redirected with %d", method, target, v.Status)
		}
		method, target, fields = http.MethodGet, location, nil
	}
	v.t.Fatalf("%s: redirected for ever", target)
}

// send makes one request and keeps its answer.
func (v *Visit) send(method, target string, fields url.Values, site string) {
	v.t.Helper()
	address, err := v.at.Parse(target)
	if err != nil {
		v.t.Fatal(err)
	}
	if address.Host != v.at.Host {
		v.t.Fatalf("led away from the shop to %s", address)
	}
	request, err := http.NewRequestWithContext(v.t.Context(), method, address.String(), strings.NewReader(fields.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	request.Header = v.Extra.Clone()
	request.Header.Set("Sec-Fetch-Site", site)
	if method != http.MethodGet {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Origin", origin(address, site))
	}
	response, err := v.client.Do(request)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	v.keep(address, response)
}

func origin(address *url.URL, site string) string {
	if site == "cross-site" {
		return "https://evil.example"
	}
	return address.Scheme + "://" + address.Host
}

func (v *Visit) keep(address *url.URL, response *http.Response) {
	v.t.Helper()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	page, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	v.at, v.Status, v.Header, v.Body, v.page = address, response.StatusCode, response.Header, string(body), page
}
