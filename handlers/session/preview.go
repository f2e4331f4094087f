package session

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
)

// Preview is the shop as a member of staff looks at it: as it will be at an instant, to any shopper or to one with an access
// code for everything. Goods are what lies in the preview's own cart, units by SKU: the shop's carts are not written.
type Preview struct {
	At       clock.Instant  `json:"at"`
	WithCode bool           `json:"code,omitempty"`
	Goods    map[string]int `json:"goods,omitempty"`
	By       string         `json:"-"` // who looks
}

// previewAge is how long a preview lasts after it was last changed.
const previewAge = 2 * time.Hour

// maxGoods bounds a preview's cart, so that its cookie stays small.
const maxGoods = 20

const previewKey = "preview"

// ticket is what a preview's cookie holds, signed: it serves the member it was given to, for a while.
type ticket struct {
	Preview
	Member int64         `json:"member"`
	Until  clock.Instant `json:"until"`
}

// previews signs tickets. Without a secret the key is this process's own.
type previews struct {
	cookie cookie
	key    []byte
}

func newPreviews(secure bool, secret string) previews {
	p := previews{cookie: named("preview", secure, previewAge), key: make([]byte, sha256.Size)}
	if secret == "" {
		_, _ = rand.Read(p.key) // never fails, says its documentation
		return p
	}
	sum := sha256.Sum256([]byte("preview " + secret))
	p.key = sum[:]
	return p
}

func (p previews) sign(text string) string {
	mac := hmac.New(sha256.New, p.key)
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (p previews) seal(t ticket) (string, error) {
	content, err := json.Marshal(t)
	text := base64.RawURLEncoding.EncodeToString(content)
	return text + "." + p.sign(text), err
}

// open reads a ticket. What was not signed by this shop is none.
func (p previews) open(sealed string) (t ticket, genuine bool) {
	text, mac, _ := strings.Cut(sealed, ".")
	if !hmac.Equal([]byte(mac), []byte(p.sign(text))) {
		return t, false
	}
	content, err := base64.RawURLEncoding.DecodeString(text)
	return t, err == nil && json.Unmarshal(content, &t) == nil
}

// StartPreview has the member who is signed in see the shop as a preview from the next page on, or changes what is seen. It
// is Forbidden to everybody else.
func (s *Staff) StartPreview(c echo.Context, p Preview) error {
	member, signedIn := Member(c)
	if !signedIn {
		return fault.New(fault.Forbidden, "fault.right")
	}
	sealed, err := s.previews.seal(ticket{Preview: p, Member: member.ID, Until: s.store.Now().Add(previewAge)})
	if err != nil {
		return err
	}
	s.previews.cookie.write(c, sealed)
	return nil
}

// EndPreview shows the shop as it is again.
func (s *Staff) EndPreview(c echo.Context) { s.previews.cookie.clear(c) }

// Previewing is middleware that finds a request's preview. It counts only in the session of the member it was started in,
// who is read only when there is one, so that shoppers pay nothing for it.
func (s *Staff) Previewing(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		sealed := s.previews.cookie.read(c)
		if sealed == "" {
			return next(c)
		}
		return s.Load(func(c echo.Context) error {
			member, signedIn := Member(c)
			t, genuine := s.previews.open(sealed)
			if genuine && signedIn && t.Member == member.ID && s.store.Now() < t.Until {
				t.By = member.Name
				c.Set(previewKey, t.Preview)
			}
			return next(c)
		})(c)
	}
}

// PreviewOf is the preview that a request looks at the shop through.
func PreviewOf(c echo.Context) (Preview, bool) {
	p, found := c.Get(previewKey).(Preview)
	return p, found
}

// With is the preview with so many units of a SKU in its cart; 0 takes the line out. A full cart stays as it is.
func (p Preview) With(sku string, quantity int) Preview {
	goods := map[string]int{}
	for had, units := range p.Goods {
		goods[had] = units
	}
	switch _, had := goods[sku]; {
	case quantity == 0:
		delete(goods, sku)
	case had || len(goods) < maxGoods:
		goods[sku] = quantity
	}
	p.Goods = goods
	return p
}
