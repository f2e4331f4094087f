package launch_test

import (
	"testing"

	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
)

func TestTheExampleIsReady(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for _, code := range []string{"us", "uk", "de", "fr", "es", "it"} {
		list, err := s.Gate.Checklist(t.Context(), code)
		must(t, err)
		for _, l := range launch.Red(list) {
			t.Errorf("%s: %s: %v", code, l.Key, l.Missing)
		}
		approvals := list[8]
		if approvals.Key != launch.LineApprovals || len(approvals.Notes) == 0 {
			t.Errorf("%s: phones wait for nothing: %+v", code, approvals)
		}
	}
}
