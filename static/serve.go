package static

import (
	"net/http"
	"strconv"
	"strings"
)

// Handler serves the files under Prefix. Every address carries the hash of its content, so answers may be kept for a
// year and never asked for again.
func Handler() http.Handler {
	lib := loaded()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := lib.byURL[r.URL.Path]
		if a == nil {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		a.serve(w, r)
	})
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	body, encoding := a.pick(r.Header.Get("Accept-Encoding"))
	tag := `"` + a.tag + `"`
	header := w.Header()
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
		tag = `"` + a.tag + "-" + encoding + `"`
	}
	header.Set("Content-Type", a.mime)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Vary", "Accept-Encoding")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("ETag", tag)
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // a browser that went away is nobody's fault
	}
}

// pick is the smallest form that the browser takes: brotli, gzip, or as it is (also while compression is under way).
func (a *asset) pick(accepted string) (body []byte, encoding string) {
	smaller := a.smaller.Load()
	switch {
	case smaller == nil:
		return a.body, ""
	case smaller.brotli != nil && accepts(accepted, "br"):
		return smaller.brotli, "br"
	case smaller.gzip != nil && accepts(accepted, "gzip"):
		return smaller.gzip, "gzip"
	}
	return a.body, ""
}

// accepts reports whether an Accept-Encoding header names the coding with a weight above zero (RFC 9110, 12.5.3).
func accepts(header, coding string) bool {
	for item := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(item, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		value, found := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
		q, err := strconv.ParseFloat(value, 64)
		return !found || (err == nil && q > 0)
	}
	return false
}
