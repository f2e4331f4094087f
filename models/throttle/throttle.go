// Package throttle limits how often somebody may try: sign-ins, access codes, mails that strangers have sent to others.
package throttle

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
)

// Rule is how often a key may try: Burst times at once, then once every Pause. Message is the key of the refusal's words.
type Rule struct {
	Burst   int
	Pause   time.Duration
	Message string
}

// maxBuckets bounds a throttle's memory to about a megabyte.
const maxBuckets = 8192

// Throttle limits tries by key. It lives in memory: a restart forgives everybody, which gains a guesser one burst.
type Throttle struct {
	machine clock.Clock
	rule    Rule
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
}

// New limits tries by a rule; machine is the machine's clock.
func New(machine clock.Clock, rule Rule) *Throttle {
	return &Throttle{machine: machine, rule: rule, buckets: map[string]*rate.Limiter{}}
}

// Take counts a try for every key and refuses it as TooMany when one of them has none left. Seconds of the fault is how
// long to wait.
func (t *Throttle) Take(keys ...string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.machine().Time()
	allowed := true
	for _, key := range keys {
		allowed = t.bucket(key, now).AllowN(now, 1) && allowed
	}
	if allowed {
		return nil
	}
	return fault.New(fault.TooMany, t.rule.Message).With("Seconds", int(t.rule.Pause.Seconds()))
}

// Return gives each key the one try back that it took: only failures shall count, and many honest people may share a key.
func (t *Throttle) Return(keys ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.machine().Time()
	for _, key := range keys {
		t.bucket(key, now).AllowN(now, -1)
	}
}

// Forgive gives keys all their tries back.
func (t *Throttle) Forgive(keys ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, key := range keys {
		delete(t.buckets, key)
	}
}

func (t *Throttle) bucket(key string, now time.Time) *rate.Limiter {
	if known := t.buckets[key]; known != nil {
		return known
	}
	t.makeRoom(now)
	fresh := rate.NewLimiter(rate.Every(t.rule.Pause), t.rule.Burst)
	t.buckets[key] = fresh
	return fresh
}

// makeRoom drops the buckets that are full again, which are as good as new ones, and then arbitrary ones until an eighth is
// free: to look at all of them for each new key would be work that a stranger could cause.
func (t *Throttle) makeRoom(now time.Time) {
	if len(t.buckets) < maxBuckets {
		return
	}
	for key, bucket := range t.buckets {
		if bucket.TokensAt(now) >= float64(t.rule.Burst) {
			delete(t.buckets, key)
		}
	}
	for key := range t.buckets {
		if len(t.buckets) <= maxBuckets-maxBuckets/8 {
			return
		}
		delete(t.buckets, key)
	}
}

// Peer is the key of a network address. Of an IPv6 address it takes the half that a provider gives to one customer.
func Peer(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "peer " + address
	}
	if ip = ip.Unmap(); ip.Is6() {
		prefix, _ := ip.WithZone("").Prefix(64)
		return "peer " + prefix.String()
	}
	return "peer " + ip.String()
}
