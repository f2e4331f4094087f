package launch_test

import (
	"testing"

	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
)

func lane(t *testing.T, s *modelstest.Shop, code string) launch.Lane {
	t.Helper()
	lanes, at, err := s.Gate.Centre(t.Context())
	must(t, err)
	if at != s.Time.Now() {
		t.Errorf("read at %s", at)
	}
	for _, l := range lanes {
		if l.Market.Code == code {
			return l
		}
	}
	t.Fatalf("no lane of %s", code)
	return launch.Lane{}
}

func TestTheCentreShowsWhatIsPlannedAndLeft(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	before := lane(t, s, "es")
	if before.Published == 0 || before.Left != before.Published || len(before.Waves) == 0 || before.Ready() != len(before.Checklist) {
		t.Fatalf("Spain before: %d of %d left in %v, %d of %d ready", before.Left, before.Published, before.Waves, before.Ready(), len(before.Checklist))
	}
	units := 0
	for i, w := range before.Waves {
		units += w.Units
		if i > 0 && w.At < before.Waves[i-1].At {
			t.Errorf("waves out of order: %v", before.Waves)
		}
	}
	if units != before.Published {
		t.Errorf("waves have %d units, %d are published", units, before.Published)
	}
	s.Pay(t, s.Place(t, "es", modelstest.Buyer("es"), modelstest.Goods{"MI-BAND-BLACK": 1}))
	must(t, s.Gate.AddWave(t.Context(), merchandiser, "es", "MI-BAND-BLUE", launch.WaveForm{OpensAt: local("2027-01-01T00:00"), Quantity: "7", NeedsCode: true}))
	after := lane(t, s, "es")
	if after.Left != before.Left-1+7 || len(after.Waves) != len(before.Waves)+1 {
		t.Errorf("Spain after: %d left, waves %v", after.Left, after.Waves)
	}
	if len(after.Releases) == 0 {
		t.Error("no release after the launch")
	}
}
