// Package waiting keeps the waiting rooms that stand before the markets' checkouts when more people want in than the shop
// can serve. Its rules (queue.go, pace.go, plan.go) are pure: time is an argument and nothing is read or written. A room
// never opens a sale: what can be bought is decided by launch.Decide alone.
package waiting

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"softlaunch/models/clock"
)

// Ticket is a browser's place in a round of a market's waiting room. It says nothing about who that is.
type Ticket struct {
	Round  int64
	Number uint32
}

// Pass shows that a browser is inside and shopping. It belongs to one cart: a copy in another browser shares that cart.
type Pass struct {
	// Round is the one in which it was let in, or 0 when it began to shop while no room stood.
	Round int64
	Used  clock.Instant // by the machine's clock, renewed once in renewEvery
	Cart  CartID
	Goods []uint32 // what it put into its cart while no room stood, by goodsID
}

// CartID stands for a cart's token.
type CartID [8]byte

// IDOf is the id of a cart's token.
func IDOf(token string) (id CartID) {
	sum := sha256.Sum256([]byte(token))
	copy(id[:], sum[:])
	return id
}

// A pass lives for passLife after its last use; who shops renews it without noticing.
const (
	passLife   = time.Hour
	renewEvery = time.Minute
)

// maxGoods bounds a pass; a cart takes no more lines.
const maxGoods = 50

func goodsID(sku string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(sku))
	return h.Sum32()
}

// Covers reports whether all SKUs were put into the cart while no room stood.
func (p Pass) Covers(skus []string) bool {
	return !slices.ContainsFunc(skus, func(sku string) bool { return !slices.Contains(p.Goods, goodsID(sku)) })
}

func (p Pass) with(sku string) Pass {
	if id := goodsID(sku); !slices.Contains(p.Goods, id) && len(p.Goods) < maxGoods {
		p.Goods = append(slices.Clip(p.Goods), id)
	}
	return p
}

// fresh reports whether the pass has not run out.
func (p Pass) fresh(now clock.Instant) bool {
	return now.Sub(p.Used) < passLife && p.Used.Sub(now) < passLife
}

func (p Pass) stale(now clock.Instant) bool { return now.Sub(p.Used) >= renewEvery }

// signer writes tickets and passes so that nobody else can.
type signer struct{ key []byte }

// newSigner derives the key for tickets, so that the shop's secret itself signs nothing.
func newSigner(secret []byte) signer { return signer{sum(secret, "waiting room")} }

const sealSize = 16

func sum(key []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range parts {
		_ = binary.Write(h, binary.BigEndian, uint32(len(part)))
		h.Write([]byte(part))
	}
	return h.Sum(nil)
}

// seal signs content for a kind of cookie and a market.
func (s signer) seal(kind, code string, content []byte) string {
	return base64.RawURLEncoding.EncodeToString(append(content, sum(s.key, kind, code, string(content))[:sealSize]...))
}

func (s signer) open(kind, code, text string) (content []byte, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) < sealSize {
		return nil, false
	}
	content = raw[:len(raw)-sealSize]
	return content, hmac.Equal(raw[len(content):], sum(s.key, kind, code, string(content))[:sealSize])
}

func (s signer) writeTicket(code string, t Ticket) string {
	content := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(nil, uint64(t.Round)), t.Number)
	return s.seal("ticket", code, content)
}

// readTicket reads a market's ticket; ok is false for what this shop has not written.
func (s signer) readTicket(code, text string) (t Ticket, ok bool) {
	content, ok := s.open("ticket", code, text)
	if !ok || len(content) != 12 {
		return t, false
	}
	return Ticket{Round: int64(binary.BigEndian.Uint64(content)), Number: binary.BigEndian.Uint32(content[8:])}, true
}

func (s signer) writePass(code string, p Pass) string {
	content := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(p.Round)), uint64(p.Used))
	content = append(content, p.Cart[:]...)
	for _, good := range p.Goods {
		content = binary.BigEndian.AppendUint32(content, good)
	}
	return s.seal("pass", code, content)
}

func (s signer) readPass(code, text string) (p Pass, ok bool) {
	content, ok := s.open("pass", code, text)
	if !ok || len(content) < 24 || len(content)%4 != 0 {
		return p, false
	}
	p = Pass{Round: int64(binary.BigEndian.Uint64(content)), Used: clock.Instant(binary.BigEndian.Uint64(content[8:])), Cart: CartID(content[16:24])}
	for rest := content[24:]; len(rest) > 0; rest = rest[4:] {
		p.Goods = append(p.Goods, binary.BigEndian.Uint32(rest))
	}
	return p, true
}

// cartToken is the token of the cart that a ticket without one begins: always the same for a ticket, so that whoever did
// not get the answer is let in again, and a copied ticket shares the cart.
func (s signer) cartToken(code string, t Ticket) string {
	text := base32.StdEncoding.EncodeToString(sum(s.key, "cart", s.writeTicket(code, t)))
	return strings.ToUpper(text[:26])
}
