package static

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func ask(method, url string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w
}

func body(t *testing.T, from io.Reader) string {
	t.Helper()
	text, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestFilesAreNamedByContentAndKeptForEver(t *testing.T) {
	url := URL("css/shop.css")
	if !regexp.MustCompile(`^/static/css/shop\.[0-9a-f]{16}\.css$`).MatchString(url) {
		t.Fatalf("address is %s", url)
	}
	answer := ask("GET", url)
	if answer.Code != 200 || answer.Header().Get("Content-Type") != "text/css; charset=utf-8" ||
		answer.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" {
		t.Errorf("answer is %d with %v", answer.Code, answer.Header())
	}
	again := ask("GET", url, "If-None-Match", answer.Header().Get("ETag"))
	if again.Code != 304 || body(t, again.Body) != "" {
		t.Errorf("asked again: %d", again.Code)
	}
}

// A product that may not be seen yet must not be seen by its picture: neither its name nor the file itself leads there.
func TestPicturesHaveAddressesThatNobodyCanGuess(t *testing.T) {
	url := URL("pictures/mi-band-black-1.svg")
	if !regexp.MustCompile(`^/static/pictures/[0-9a-f]{32}\.svg$`).MatchString(url) || ask("GET", url).Code != 200 {
		t.Fatalf("address is %s", url)
	}
	content, err := files.ReadFile("pictures/mi-band-black-1.svg")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	for _, guess := range []string{"mi-band-black-1.svg", "mi-band-black-1." + hex.EncodeToString(sum[:8]) + ".svg",
		hex.EncodeToString(sum[:16]) + ".svg", ""} {
		if answer := ask("GET", Prefix+"pictures/"+guess); answer.Code != 404 {
			t.Errorf("%s: %d", guess, answer.Code)
		}
	}
}

func TestASecretNamesPicturesTheSameInEachProcess(t *testing.T) {
	name := func(key string) string {
		lib := &library{key: []byte(key)}
		return lib.sealed("pictures/a.svg", []byte("content"))
	}
	first, again := name("one"), name("one")
	if first != again || first == name("another") {
		t.Error("the name does not follow from the secret")
	}
}

func TestOnlyExactAddressesAreServed(t *testing.T) {
	for _, url := range []string{"/static/css/shop.css", "/static/", "/static/css/", "/static/static.go", "/static/js/../js/shop.js", "/static/css/shop.0000000000000000.css"} {
		if answer := ask("GET", url); answer.Code != 404 {
			t.Errorf("%s: %d", url, answer.Code)
		}
	}
	if answer := ask("POST", URL("js/shop.js")); answer.Code != 405 {
		t.Errorf("POST: %d", answer.Code)
	}
}

func TestSmallerFormsHoldTheSame(t *testing.T) {
	url := URL("js/shop.js")
	plain := body(t, ask("GET", url, "Accept-Encoding", "identity").Body)
	Compress(context.Background())
	packed := ask("GET", url, "Accept-Encoding", "gzip, deflate, br")
	if packed.Header().Get("Content-Encoding") != "br" || body(t, brotli.NewReader(packed.Body)) != plain {
		t.Errorf("brotli differs: %v", packed.Header())
	}
	zipped := ask("GET", url, "Accept-Encoding", "gzip, br;q=0")
	reader, err := gzip.NewReader(zipped.Body)
	if err != nil || body(t, reader) != plain {
		t.Errorf("gzip differs: %v, %v", zipped.Header(), err)
	}
	if last := ask("GET", url, "Accept-Encoding", "identity"); last.Header().Get("Content-Encoding") != "" || body(t, last.Body) != plain {
		t.Errorf("plain differs: %v", last.Header())
	}
}

// uses are the places where views and style sheets name a file.
var uses = regexp.MustCompile(`static\.URL\("([^"]+)"\)`)

func TestEveryFileThatViewsNameIsThere(t *testing.T) {
	err := filepath.WalkDir("../views", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || (!strings.HasSuffix(path, ".templ") && !strings.HasSuffix(path, ".go")) {
			return err
		}
		text, err := os.ReadFile(path)
		for _, found := range uses.FindAllSubmatch(text, -1) {
			if !Has(string(found[1])) {
				t.Errorf("%s names %s", path, found[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The policy allows no inline style or script, so markup that holds any would be broken in a browser only.
func TestMarkupHasNoInlineStyleOrScript(t *testing.T) {
	inline := regexp.MustCompile(`\sstyle=|<style|\son[a-z]+=["{]|<script>`)
	err := filepath.WalkDir("../views", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".templ") || strings.Contains(path, "email") {
			return err
		}
		text, err := os.ReadFile(path)
		if found := inline.Find(text); found != nil {
			t.Errorf("%s has %q", path, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
