package example_test

import (
	"context"
	"testing"

	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
)

// The shop as DESIGN §7 describes it, seen from the test's noon of 20 November 2026.
func TestTheExampleIsAsDescribed(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	states := map[string]map[string]launch.State{
		"us": {"mi-band": launch.OnSale, "piston-in-ear": launch.OnSale, "smart-plug": launch.OnSale, "mi-note": launch.Blocked, "mi-pad": launch.Blocked},
		"es": {"mi-band": launch.Test, "power-bank-5000": launch.Test, "mi-headphones": launch.Test, "piston-in-ear": launch.Announced, "mi-note": launch.Blocked},
	}
	for path, want := range states {
		for slug, state := range want {
			item, err := s.Gate.Item(context.Background(), s.Store(t, path), slug)
			if err != nil {
				t.Errorf("%s/%s: %v", path, slug, err)
				continue
			}
			if got := item.Sale().Offer.State; got != state {
				t.Errorf("%s/%s is %s, not %s", path, slug, got, state)
			}
		}
	}
	band, err := s.Gate.Item(context.Background(), s.Store(t, "it"), "mi-band")
	if err != nil || band.Sale().Offer.Left != 300 || band.Sale().Offer.Most != 1 {
		t.Errorf("Italy's band has %d left, at most %d, %v", band.Sale().Offer.Left, band.Sale().Offer.Most, err)
	}
}

func TestSmartHomeGoodsAreHiddenUntilTheLaunch(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	if _, err := s.Gate.Item(context.Background(), s.Store(t, "es"), "smart-plug"); err == nil {
		t.Error("Spain shows the plug in its test phase")
	}
	s.Time.Set(modelstest.At("2027-06-01T00:00:00+02:00"))
	item, err := s.Gate.Item(context.Background(), s.Store(t, "es"), "smart-plug")
	if err != nil || item.Sale().Offer.State != launch.Announced {
		t.Errorf("after the launch: %s, %v", item.Sale().Offer.State, err)
	}
}
