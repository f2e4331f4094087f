package admin_test

import (
	"strconv"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/models/market"
)

func phaseOf(t *testing.T, shop *handlerstest.Shop, code string) market.Phase {
	t.Helper()
	m, err := shop.Markets.Market(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	return m.Phase(shop.Time.Now())
}

// waveOf is the id of Spain's wave of a quantity.
func waveOf(t *testing.T, shop *handlerstest.Shop, quantity int) string {
	t.Helper()
	overview, err := shop.Gate.Overview(t.Context(), "es")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range overview.Goods {
		for _, w := range g.Waves {
			if w.Quantity == quantity {
				return strconv.FormatInt(w.ID, 10)
			}
		}
	}
	t.Fatalf("Spain has no wave of %d", quantity)
	return ""
}

// missingApproval is a product of a market and an approval that it lacks.
func missingApproval(t *testing.T, shop *handlerstest.Shop, code string) (product, kind string) {
	t.Helper()
	overview, err := shop.Gate.Overview(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range overview.Needed {
		if !n.Met {
			return n.Product.Slug, n.Kind
		}
	}
	t.Fatalf("%s misses no approval", code)
	return "", ""
}

// grantOf is the id of Germany's approval with this evidence.
func grantOf(t *testing.T, shop *handlerstest.Shop, code, evidence string) string {
	t.Helper()
	overview, err := shop.Gate.Overview(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range overview.Needed {
		for _, g := range n.Grants {
			if g.Evidence == evidence {
				return strconv.FormatInt(g.ID, 10)
			}
		}
	}
	t.Fatalf("%s has no approval with %q", code, evidence)
	return ""
}
