package throttle

import (
	"fmt"
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/fault"
)

const start = clock.Instant(1_800_000_000_000)

func still(t *testing.T) (*Throttle, *clock.Instant) {
	t.Helper()
	now := start
	return New(func() clock.Instant { return now }, Rule{Burst: 3, Pause: 10 * time.Second, Message: "slow.down"}), &now
}

func TestABurstThenOneEachPause(t *testing.T) {
	t.Parallel()
	throttle, now := still(t)
	tries := func(want int) {
		t.Helper()
		for i := range want {
			if err := throttle.Take("a"); err != nil {
				t.Fatalf("try %d of %d: %v", i+1, want, err)
			}
		}
		if err := throttle.Take("a"); !fault.Is(err, fault.TooMany) || err.Error() != "too many: slow.down" {
			t.Fatalf("one more than %d: %v", want, err)
		}
	}
	tries(3)
	if err := throttle.Take("b"); err != nil {
		t.Errorf("another key: %v", err)
	}
	*now = now.Add(10*time.Second - time.Millisecond)
	tries(0)
	*now = now.Add(time.Millisecond)
	tries(1)
	*now = now.Add(time.Hour)
	tries(3)
}

func TestOneEmptyKeyRefusesAll(t *testing.T) {
	t.Parallel()
	throttle, _ := still(t)
	for i := range 3 {
		if err := throttle.Take("peer", fmt.Sprint("cart ", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := throttle.Take("peer", "cart 3"); !fault.Is(err, fault.TooMany) {
		t.Errorf("a fresh cart at an address that used up its tries: %v", err)
	}
}

func TestWhatIsReturnedDoesNotCount(t *testing.T) {
	t.Parallel()
	throttle, _ := still(t)
	for range 50 {
		if err := throttle.Take("a"); err != nil {
			t.Fatal(err)
		}
		throttle.Return("a")
	}
	for i := range 3 {
		if err := throttle.Take("a"); err != nil {
			t.Fatalf("try %d: %v", i+1, err)
		}
	}
	if err := throttle.Take("a"); err == nil {
		t.Error("returning gained a try")
	}
	throttle.Return("a")
	if throttle.Take("a") != nil || throttle.Take("a") == nil {
		t.Error("one try was returned, not exactly one could be taken")
	}
}

func TestReturningToAFullBucketGainsNothing(t *testing.T) {
	t.Parallel()
	throttle, _ := still(t)
	for range 5 {
		throttle.Return("a")
	}
	allowed := 0
	for range 10 {
		if throttle.Take("a") == nil {
			allowed++
		}
	}
	if allowed != 3 {
		t.Errorf("%d tries at once", allowed)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	throttle, _ := still(t)
	for i := range 3 * maxBuckets {
		_ = throttle.Take(fmt.Sprint(i))
	}
	if n := len(throttle.buckets); n > maxBuckets {
		t.Errorf("%d buckets", n)
	}
}

func TestAPeerIsACustomerOfItsProvider(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"192.0.2.1":                "peer 192.0.2.1",
		"::ffff:192.0.2.1":         "peer 192.0.2.1",
		"2001:db8:1:2:3:4:5:6":     "peer 2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::%eth0": "peer 2001:db8:1:2::/64",
		"a unix socket":            "peer a unix socket",
	} {
		if got := Peer(address); got != want {
			t.Errorf("%s is %q, not %q", address, got, want)
		}
	}
}
