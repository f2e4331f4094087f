package handlers_test

import (
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"softlaunch/handlers"
	"softlaunch/handlers/handlerstest"
	"softlaunch/models/example"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// ask sends a bare request and answers status, headers and body.
func ask(t *testing.T, shop *handlerstest.Shop, method, path, body string, header http.Header) (int, http.Header, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, shop.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if header != nil {
		request.Header = header
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(content)
}

var urlencoded = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}

func TestEveryAnswerHasTheHeaders(t *testing.T) {
	shop := handlerstest.New(t)
	for _, path := range []string{"/", "/us/", "/us/nothing", "/nowhere", "/admin", "/admin/session", "/admin/nothing", "/healthz", "/readyz", "/robots.txt",
		"/sitemap.xml", "/static/none.css", "/us/products?page=99", "/us/cart", "/%00", "/webhooks/none", "/" + strings.Repeat("a", 3000)} {
		status, header, _ := ask(t, shop, http.MethodGet, path, "", nil)
		for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "same-origin", "Permissions-Policy": "camera=()", "Cache-Control": "no-", "X-Request-Id": ""} {
			if got := header.Get(name); got == "" || !strings.Contains(got, want) {
				t.Errorf("%.40s (%d): %s is %q", path, status, name, got)
			}
		}
		if policy := header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%.40s: the policy is %q", path, policy)
		}
		if status >= 500 {
			t.Errorf("%.40s answers %d", path, status)
		}
	}
}

func TestOnlyProductionOverHTTPSPromisesIt(t *testing.T) {
	shop := handlerstest.New(t)
	if _, header, _ := ask(t, shop, http.MethodGet, "/healthz", "", nil); header.Get("Strict-Transport-Security") != "" {
		t.Error("development promises https")
	}
	visit := handlerstest.NewSecure(t).Visit(t)
	visit.Open("/healthz")
	if visit.Header.Get("Strict-Transport-Security") == "" {
		t.Error("production does not promise https")
	}
}

func TestMachinesGetTheirAnswers(t *testing.T) {
	shop := handlerstest.New(t)
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ready", "/robots.txt": "Disallow: /admin", "/sitemap.xml": shop.URL + "/us/products/mi-band"} {
		status, header, body := ask(t, shop, http.MethodGet, path, "", nil)
		if status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d, %q", path, status, body)
		}
		headStatus, headHeader, headBody := ask(t, shop, http.MethodHead, path, "", nil)
		if headStatus != 200 || headBody != "" || headHeader.Get("Content-Type") != header.Get("Content-Type") {
			t.Errorf("HEAD %s: %d, %q, %q", path, headStatus, headBody, headHeader.Get("Content-Type"))
		}
	}
}

func TestUnknownAddressesAndMethodsAreAnswered(t *testing.T) {
	shop := handlerstest.New(t)
	for _, test := range []struct {
		method, path string
		want         int
	}{
		{http.MethodGet, "/xx/", 404}, {http.MethodGet, "/us/none", 404}, {http.MethodGet, "/us/products/none", 404}, {http.MethodGet, "/admin/none/none", 404},
		{http.MethodPut, "/us/cart", 405}, {http.MethodDelete, "/us/cart/items/X", 405}, {http.MethodPost, "/healthz", 405}, {http.MethodPost, "/us/products", 405},
		{http.MethodGet, "/us", 301}, {http.MethodGet, "/us/products/?sort=price", 301}, {http.MethodGet, "//evil.example/a/", 404},
	} {
		status, header, _ := ask(t, shop, test.method, test.path, "", nil)
		if status != test.want {
			t.Errorf("%s %s is answered %d", test.method, test.path, status)
		}
		if location := header.Get("Location"); strings.Contains(location, "//") || strings.Contains(location, "\\") {
			t.Errorf("%s leads to %s", test.path, location)
		}
	}
	if _, header, _ := ask(t, shop, http.MethodGet, "/us/products/?sort=price", "", nil); header.Get("Location") != "/us/products?sort=price" {
		t.Errorf("the slash leads to %s", header.Get("Location"))
	}
}

func TestOversizedRequestsAreRefused(t *testing.T) {
	shop := handlerstest.New(t)
	many := http.Header{}
	for i := range 80 {
		many.Set(fmt.Sprintf("X-Number-%d", i), "1")
	}
	for name, test := range map[string]struct {
		method, path, body string
		header             http.Header
		want               int
	}{
		"address":       {http.MethodGet, "/us/products?q=" + strings.Repeat("a", 3000), "", nil, 414},
		"header lines":  {http.MethodGet, "/us/", "", many, 431},
		"header bytes":  {http.MethodGet, "/us/", "", http.Header{"X-Large": {strings.Repeat("a", 40<<10)}}, 431},
		"body":          {http.MethodPost, "/us/cart/items", "sku=" + strings.Repeat("a", 70<<10), urlencoded, 413},
		"fields":        {http.MethodPost, "/us/cart/items", strings.Repeat("a=1&", 500), urlencoded, 400},
		"encoding":      {http.MethodPost, "/us/cart/items", "sku=%zz", urlencoded, 400},
		"NUL":           {http.MethodPost, "/us/cart/items", "sku=a%00&quantity=1", urlencoded, 400},
		"repeated":      {http.MethodPost, "/us/cart/items", "sku=MI-BAND-BLACK&quantity=1&quantity=2", urlencoded, 400},
		"JSON":          {http.MethodPost, "/us/cart/items", `{"sku":"MI-BAND-BLACK"}`, http.Header{"Content-Type": {"application/json"}}, 415},
		"sign-in twice": {http.MethodPost, "/admin/session", "email=a&email=b&password=c", urlencoded, 400},
	} {
		t.Run(name, func(t *testing.T) {
			if status, _, _ := ask(t, shop, test.method, test.path, test.body, test.header); status != test.want {
				t.Errorf("answered %d, want %d", status, test.want)
			}
		})
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	visit.Foreign("/admin/markets/de/pauses", url.Values{"reason": {"attack"}})
	visit.Answered(403)
	visit.Foreign("/us/cart/items", url.Values{"sku": {"MI-BAND-BLACK"}, "quantity": {"1"}})
	visit.Answered(403)
	if _, found := visit.Cookies()["cart"]; found {
		t.Error("another site put something into a cart")
	}
	if paused(t, shop) {
		t.Error("another site paused a market")
	}
	status, _, _ := ask(t, shop, http.MethodPost, "/us/cart/items", "sku=MI-BAND-BLACK&quantity=1",
		http.Header{"Content-Type": urlencoded["Content-Type"], "Origin": {"https://evil.example"}})
	if status != 403 {
		t.Errorf("without Sec-Fetch-Site the foreign origin is answered %d", status)
	}
}

// paused reports whether Germany's sales have been stopped.
func paused(t *testing.T, shop *handlerstest.Shop) bool {
	t.Helper()
	m, err := shop.Markets.Market(t.Context(), "de")
	if err != nil {
		t.Fatal(err)
	}
	return m.Phase(shop.Time.Now()) == market.Paused
}

func TestWhoIsNotSignedInSeesNothing(t *testing.T) {
	shop := handlerstest.New(t)
	for _, path := range []string{"/admin", "/admin/orders", "/admin/orders?q=a", "/admin/staff", "/admin/trail", "/admin/mails/1/html", "/admin/markets/de/schedule"} {
		status, header, body := ask(t, shop, http.MethodGet, path, "", nil)
		if status != 303 || !strings.HasPrefix(header.Get("Location"), "/admin/session") || len(body) > 0 {
			t.Errorf("%s: %d to %q with %d bytes", path, status, header.Get("Location"), len(body))
		}
	}
	status, header, _ := ask(t, shop, http.MethodPost, "/admin/markets/de/pauses", "reason=anonymous", urlencoded)
	if status != 303 || header.Get("Location") != "/admin/session" || paused(t, shop) {
		t.Errorf("an anonymous pause: %d to %s", status, header.Get("Location"))
	}
}

func TestSignInLeadsBackWithinTheBackOffice(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	visit.Open("/admin/orders?state=paid")
	visit.Fill("E-mail address", example.Email)
	visit.Fill("Password", example.Password)
	visit.Press("Sign in")
	if visit.Path() != "/admin/orders?state=paid" {
		t.Errorf("led back to %s", visit.Path())
	}
	for _, next := range []string{"https://evil.example", "//evil.example", "/\\evil.example", "/us/", "/admin/session", "/administration", "javascript:alert(1)"} {
		visit := shop.Visit(t)
		visit.Post("/admin/session", url.Values{"email": {example.Email}, "password": {example.Password}, "next": {next}})
		visit.Answered(200)
		if visit.Path() != "/admin" {
			t.Errorf("%q led to %s", next, visit.Path())
		}
	}
}

func TestSignInChangesTheSessionAndSignOutEndsIt(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Visit(t)
	visit.Open("/admin/session")
	visit.Remember("staff", "A-TOKEN-CHOSEN-BY-AN-ATTACKER")
	visit.Post("/admin/session", url.Values{"email": {example.Email}, "password": {example.Password}})
	visit.See("Dashboard")
	first := visit.Cookies()["staff"]
	if first == "" || first == "A-TOKEN-CHOSEN-BY-AN-ATTACKER" {
		t.Fatalf("the session's token is %q", first)
	}
	visit.Post("/admin/session", url.Values{"email": {example.Email}, "password": {example.Password}})
	second := visit.Cookies()["staff"]
	if second == first {
		t.Error("signing in again keeps the token")
	}
	visit.Press("Sign out")
	visit.See("Sign in to the back-office")
	for _, token := range []string{first, second} {
		thief := shop.Visit(t)
		thief.Remember("staff", token)
		thief.Open("/admin/orders")
		thief.See("Sign in to the back-office")
	}
}

func TestASessionIsRenewedAndEndsByTheMachinesClock(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	token := visit.Cookies()["staff"]
	for range 3 {
		shop.Machine.Advance(30 * time.Minute)
		visit.Open("/admin/orders")
		visit.See("Orders")
	}
	if visit.Cookies()["staff"] == token {
		t.Error("the token is the same after an hour and a half")
	}
	shop.Time.Advance(48 * time.Hour)
	visit.Open("/admin/orders")
	visit.See("Orders")
	shop.Machine.Advance(staff.IdleTime)
	visit.Open("/admin/orders")
	visit.See("Sign in to the back-office")
}

func TestSignInIsThrottledWhateverTheHeadersSay(t *testing.T) {
	shop := handlerstest.New(t)
	refused := 0
	for i := range 100 {
		header := urlencoded.Clone()
		header.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i))
		header.Set("X-Real-Ip", fmt.Sprintf("203.0.113.%d", i))
		header.Set("Forwarded", fmt.Sprintf("for=203.0.113.%d", i))
		status, answer, _ := ask(t, shop, http.MethodPost, "/admin/session", fmt.Sprintf("email=guess%d%%40example.com&password=x", i), header)
		switch status {
		case 422:
		case 429:
			refused++
			if answer.Get("Retry-After") == "" {
				t.Fatal("429 without Retry-After")
			}
		default:
			t.Fatalf("try %d is answered %d", i+1, status)
		}
	}
	if refused != 90 {
		t.Errorf("%d of 100 were refused", refused)
	}
}

func TestAProxyOfOursTellsWhoAsks(t *testing.T) {
	shop := handlerstest.New(t, func(c *handlers.Config) {
		c.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	})
	try := func(client string, i int) int {
		header := urlencoded.Clone()
		header.Set("X-Forwarded-For", "198.51.100.7, "+client)
		status, _, _ := ask(t, shop, http.MethodPost, "/admin/session", fmt.Sprintf("email=guess%d%%40example.com&password=x", i), header)
		return status
	}
	for i := range 10 {
		try("203.0.113.1", i)
	}
	if got := try("203.0.113.1", 10); got != 429 {
		t.Errorf("the eleventh try of one client: %d", got)
	}
	if got := try("203.0.113.2", 11); got != 422 {
		t.Errorf("the first try of another client: %d", got)
	}
}

func TestKnownAndUnknownAddressesGetTheSamePage(t *testing.T) {
	shop := handlerstest.New(t)
	page := func(email string) string {
		_, _, body := ask(t, shop, http.MethodPost, "/admin/session", "email="+url.QueryEscape(email)+"&password=wrong", urlencoded)
		return strings.ReplaceAll(body, email, "")
	}
	if known, unknown := page(example.Email), page("nobody@example.com"); known != unknown {
		t.Errorf("the pages differ:\n%s\n%s", known, unknown)
	}
}

func TestCookiesAreBoundToTheHostOverHTTPS(t *testing.T) {
	shop := handlerstest.NewSecure(t)
	visit := shop.Visit(t)
	visit.Post("/admin/session", url.Values{"email": {example.Email}, "password": {example.Password}})
	visit.See("Dashboard")
	if _, found := visit.Cookies()["__Host-staff"]; !found {
		t.Errorf("the cookies are %v", visit.Cookies())
	}
}

func TestMarkupInASearchIsShownAsText(t *testing.T) {
	shop := handlerstest.New(t)
	visit := shop.Owner(t)
	for _, path := range []string{"/admin/orders?q=", "/admin/products?q=", "/admin/stock?q=", "/admin/trail?q="} {
		visit.Open(path + url.QueryEscape(`"><script>alert(1)</script>`))
		visit.Answered(200)
		visit.NotSee("<script>alert")
	}
}
