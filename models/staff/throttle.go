package staff

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
)

// Ten tries at once, then one every six seconds: a person who mistypes doesn't notice, a program that guesses does.
const (
	burst = 10
	pause = 6 * time.Second
)

// maxBuckets bounds the throttle's memory to about a megabyte.
const maxBuckets = 8192

// throttle limits tries by key. It lives in memory: a restart forgives everybody, which gains a guesser ten tries.
type throttle struct {
	machine clock.Clock
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
}

func newThrottle(machine clock.Clock) *throttle {
	return &throttle{machine: machine, buckets: map[string]*rate.Limiter{}}
}

// take counts a try for every key and refuses it when one of them has none left. Seconds of the fault is how long to wait.
func (t *throttle) take(keys ...string) error {
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
	return fault.New(fault.TooMany, "sign_in.throttled").With("Seconds", int(pause.Seconds()))
}

// forgive gives keys all their tries back, after a success.
func (t *throttle) forgive(keys ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, key := range keys {
		delete(t.buckets, key)
	}
}

func (t *throttle) bucket(key string, now time.Time) *rate.Limiter {
	if known := t.buckets[key]; known != nil {
		return known
	}
	t.makeRoom(now)
	fresh := rate.NewLimiter(rate.Every(pause), burst)
	t.buckets[key] = fresh
	return fresh
}

// makeRoom drops the buckets that are full again, which are as good as new ones, and when there are none an arbitrary one.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.buckets) < maxBuckets {
		return
	}
	for key, bucket := range t.buckets {
		if bucket.TokensAt(now) >= burst {
			delete(t.buckets, key)
		}
	}
	for key := range t.buckets {
		if len(t.buckets) < maxBuckets {
			return
		}
		delete(t.buckets, key)
	}
}

func accountKey(email string) string { return "account " + email }

// peerKey takes the half of an IPv6 address that a provider gives to one customer.
func peerKey(peer string) string {
	ip, err := netip.ParseAddr(peer)
	if err != nil {
		return "peer " + peer
	}
	if ip = ip.Unmap(); ip.Is6() {
		prefix, _ := ip.WithZone("").Prefix(64)
		return "peer " + prefix.String()
	}
	return "peer " + ip.String()
}
