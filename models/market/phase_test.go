package market

import "testing"

// The words are in the database's checks, in <html data-phase> and in style sheets.
func TestPhasesKeepTheirWords(t *testing.T) {
	for phase, word := range map[Phase]string{
		Draft: "draft", Announced: "announced", Test: "test", Open: "open", Paused: "paused",
	} {
		if string(phase) != word {
			t.Errorf("%q, want %q", phase, word)
		}
	}
}
