package market_test

import (
	"testing"

	"softlaunch/models/market"
)

func TestEachPostalPresetTakesItsExample(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range market.PostalPresets {
		m := market.Market{PostalPattern: p.Pattern}
		if _, valid, served := m.PostalCode(p.Example); !valid || !served || seen[p.Key] {
			t.Errorf("%s does not take %q, or is there twice", p.Key, p.Example)
		}
		if _, valid, _ := m.PostalCode("?" + p.Example); valid {
			t.Errorf("%s takes anything", p.Key)
		}
		seen[p.Key] = true
	}
}
