package chrome_test

import (
	"fmt"
	"html"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"softlaunch/handlers/handlerstest/chrome"
)

func TestMain(m *testing.M) { os.Exit(chrome.Main(m)) }

const form = `<form method="post" action="/greeting">
<p><label for="name">Your name</label> <input id="name" name="name" required></p>
<p><label>Born on <input type="date" name="born"></label></p>
<p><label>Country <select name="country"><option value="de">Germany<option value="fr">France</select></label></p>
<p><label><input type="radio" name="way" value="post">Post</label><label><input type="radio" name="way" value="van">Van</label></p>
<p><input id="terms" type="checkbox" name="terms"><label for="terms">I agree to <a href="/faulty">the terms</a></label></p>
<button>Send it</button></form>`

const page = `<!doctype html><html lang="en"><head><title>A page</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/style.css"><script src="/script.js"></script></head><body><main><h1>A page</h1>%s</main></body></html>`

// site is a small site under a strict content security policy.
func site(t *testing.T) string {
	t.Helper()
	show := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, page, body) }
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		fmt.Fprint(w, "body{background:#fff;color:#000} #terms{position:absolute;clip-path:inset(50%);width:1px}")
	})
	mux.HandleFunc("GET /script.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `addEventListener("submit", (e) => {
			if (e.target.dataset.stay) { e.preventDefault(); document.querySelector("h1").textContent = "Stayed here"; }
		})`)
	})
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /form", show(form))
	mux.HandleFunc("GET /stay", show(`<form data-stay="yes" action="/greeting" method="post"><button>Send it</button></form>`))
	mux.HandleFunc("POST /greeting", greet)
	mux.HandleFunc("GET /faulty", show(`<img src="/style.css"><button></button>`))
	mux.HandleFunc("GET /inline", show(`<p style="color:red">Red</p>`))
	mux.HandleFunc("GET /tall", show(`<p>Price: 14,99&nbsp;€</p>`+strings.Repeat("<p>and on it goes</p>", 200)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// greet answers a form that is complete with its content, another with 422.
func greet(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("terms") == "" {
		w.WriteHeader(http.StatusUnprocessableEntity)
		fmt.Fprintf(w, page, "<p>Please agree</p>"+form)
		return
	}
	fmt.Fprintf(w, page, html.EscapeString(fmt.Sprintf("Hello %s from %s, born on %s, by %s",
		r.FormValue("name"), r.FormValue("country"), r.FormValue("born"), r.FormValue("way"))))
}

func TestAFormIsFilledInAndSentWithAndWithoutScript(t *testing.T) {
	url := site(t)
	for name, options := range map[string][]chrome.Option{
		"script, desktop":    nil,
		"script, phone":      {chrome.Phone},
		"no script, desktop": {chrome.WithoutScript},
		"no script, phone":   {chrome.WithoutScript, chrome.Phone, chrome.Dark},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab := chrome.Start(t, options...)
			tab.Open(url + "/form")
			tab.See("A page")
			tab.Fill("Your name", "wrong")
			tab.Fill("Your name", "Zoë")
			tab.Press("Send it")
			tab.See("Please agree")
			tab.Fill("name", "Zoë <3")
			tab.Fill("Born on", "2015-06-01")
			tab.Fill("Country", "France")
			tab.Choose("way", "van")
			tab.Tick("I agree to the terms")
			tab.Press("button")
			tab.See("Hello Zoë <3 from fr, born on 2015-06-01, by van")
			tab.NotSee("Please agree")
			if got := tab.URL(); got != url+"/greeting" {
				t.Errorf("the form led to %s", got)
			}
		})
	}
}

func TestAScriptMayKeepTheFormOnItsPage(t *testing.T) {
	url := site(t)
	tab := chrome.Start(t)
	tab.Open(url + "/stay")
	tab.Press("Send it")
	tab.See("Stayed here")

	tab = chrome.Start(t, chrome.WithoutScript)
	tab.Open(url + "/stay")
	tab.Press("Send it")
	tab.See("Please agree")
}

func TestAxeFindsPlantedFaultsUnderAStrictPolicy(t *testing.T) {
	tab := chrome.Start(t)
	url := site(t)
	tab.Open(url + "/faulty")
	found := map[string]bool{}
	for _, violation := range tab.Axe() {
		found[violation.ID] = true
		if text := violation.String(); !strings.Contains(text, violation.ID) || len(violation.Nodes) == 0 {
			t.Errorf("a violation that says little: %s", text)
		}
	}
	if !found["image-alt"] || !found["button-name"] {
		t.Errorf("axe found %v, want image-alt and button-name", found)
	}
	tab.Open(url + "/tall")
	for _, violation := range tab.Axe() {
		t.Errorf("axe found a fault on a page without: %s", violation)
	}
}

func TestAViolatedPolicyIsNoticed(t *testing.T) {
	tab := chrome.Start(t)
	tab.Open(site(t) + "/inline")
	tab.Expect("Content Security Policy")
}

func TestWhatTheBrowserComplainsOfFailsTheTest(t *testing.T) {
	for what, script := range map[string]string{
		"console":   `void console.error("an error was written")`,
		"exception": `void Promise.reject(new Error("an error was written"))`,
		"request":   `fetch("/an error was written").then(() => {})`,
	} {
		t.Run(what, func(t *testing.T) {
			watched := &watched{TB: t}
			tab := chrome.Start(watched)
			tab.Open(site(t) + "/tall")
			chrome.Eval[any](tab, script)
			watched.end()
			if got := strings.Join(watched.errors, "\n"); !strings.Contains(strings.ReplaceAll(got, "%20", " "), "an error was written") {
				t.Errorf("the tab failed its test with %q", got)
			}
		})
	}
}

// watched is a test whose errors are looked at and fail nothing.
type watched struct {
	testing.TB
	errors   []string
	cleanups []func()
}

func (w *watched) Errorf(format string, args ...any) {
	w.errors = append(w.errors, fmt.Sprintf(format, args...))
}
func (w *watched) Cleanup(f func()) { w.cleanups = append(w.cleanups, f) }
func (w *watched) end() {
	for i := len(w.cleanups) - 1; i >= 0; i-- {
		w.cleanups[i]()
	}
}

func TestScreenshotsShowTheWindowAndTheWholePage(t *testing.T) {
	tab := chrome.Start(t, chrome.Phone)
	tab.Open(site(t) + "/tall")
	tab.See("Price: 14,99 €")
	dir := t.TempDir()
	window, whole := filepath.Join(dir, "deep", "window.png"), filepath.Join(dir, "whole.png")
	tab.Screenshot(window)
	tab.WholeScreenshot(whole)
	if w, h := size(t, window); w != 720 || h != 1600 {
		t.Errorf("the window is %dx%d pixels", w, h)
	}
	if w, h := size(t, whole); w != 720 || h < 8000 {
		t.Errorf("the whole page is %dx%d pixels", w, h)
	}
}

func size(t *testing.T, path string) (width, height int) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	config, err := png.DecodeConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	return config.Width, config.Height
}
