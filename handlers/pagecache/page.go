package pagecache

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
)

// page is a finished page. Its packed forms are made when somebody first wants them.
type page struct {
	terms   Terms
	glance  launch.Glance // that it was read at
	version int64         // of the data before it was read: it has every change up to this one

	mime  []string
	forms [len(encodings)]form
}

// form is a page in one encoding, with the values of its headers as net/http holds them.
type form struct {
	once          sync.Once
	body          []byte
	etag, length  []string
	encoding      []string
	notWorthwhile bool
}

func newPage(sent *recorder, terms Terms, glance launch.Glance, version int64) *page {
	p := &page{terms: terms, glance: glance, version: version, mime: sent.header["Content-Type"]}
	sum := sha256.Sum256(sent.body.Bytes())
	p.forms[plain].be(sent.body.Bytes(), hex.EncodeToString(sum[:10]), plain)
	return p
}

func (f *form) be(body []byte, sum string, e encoding) {
	f.body = body
	f.etag = []string{`"` + sum + encodings[e].suffix + `"`}
	f.length = []string{strconv.Itoa(len(body))}
	if e != plain {
		f.encoding = []string{encodings[e].name}
	}
}

// overhead is what a page takes beside its bytes, at most.
const overhead = 2 << 10

// weight is the most that the page can come to take: a packed form is at most half the plain one's size each.
func (p *page) weight() uint32 {
	size := len(p.forms[plain].body)
	return uint32(size + p.glance.Size() + (len(encodings)-1)*size/worthwhile + overhead)
}

// since reports whether the page was read after the data had this version, and time alone has not changed it.
func (p *page) since(version int64, now clock.Instant) bool {
	return p.version >= version && now < p.glance.Until()
}

// in is the page in an encoding, or plain when packing it saves too little.
func (p *page) in(e encoding) *form {
	f := &p.forms[e]
	if e == plain {
		return f
	}
	f.once.Do(func() {
		body := encodings[e].pack(p.forms[plain].body)
		f.notWorthwhile = len(body) > len(p.forms[plain].body)/worthwhile
		if !f.notWorthwhile {
			f.be(body, strings.Trim(p.forms[plain].etag[0], `"`), e)
		}
	})
	if f.notWorthwhile {
		return &p.forms[plain]
	}
	return f
}

// Values of headers that all kept pages share. Whoever adds to a header copies its values first.
var (
	revalidate = []string{"no-cache"}
	varies     = []string{"Accept-Encoding, Cookie"}
)

// send answers with the page, or tells a visitor who has it that it still holds. One with a cart is to store nothing.
func (p *page) send(c echo.Context, now clock.Instant, who Visitor) error {
	header, w := c.Request().Header, c.Response()
	f := p.in(accepted(header.Get("Accept-Encoding")))
	h := w.Header()
	h["Vary"] = varies
	h["Server-Timing"] = []string{`clock;desc="` + strconv.FormatInt(int64(now), 10) + `"`}
	if !who.Known {
		h["Cache-Control"], h["Etag"] = revalidate, f.etag
		if matches(header["If-None-Match"], f.etag[0]) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	h["Content-Type"], h["Content-Length"] = p.mime, f.length
	if f.encoding != nil {
		h["Content-Encoding"] = f.encoding
	}
	w.WriteHeader(http.StatusOK)
	_, err := w.Write(f.body)
	return err
}

// matches reports whether one of the tags that a visitor has is the page's, by weak comparison (RFC 9110, 13.1.2).
func matches(lines []string, etag string) bool {
	for _, line := range lines {
		for tag := range strings.SplitSeq(line, ",") {
			tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
			if tag == etag || tag == "*" {
				return true
			}
		}
	}
	return false
}
