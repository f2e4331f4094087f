package admin

import "testing"

func TestNoCellBeginsAFormula(t *testing.T) {
	for _, cell := range []string{"=1+1", "+49 30", "-1+2", "-a", "--1", "@SUM(A1)", "\tx", "\r=1", "\n=1"} {
		if got := harmless(cell); got != "'"+cell {
			t.Errorf("%q stays %q", cell, got)
		}
	}
	for _, cell := range []string{"", "a=b", "ada@example.com", "K7QF-9M2X", "0", "-1", "-12.50"} {
		if got := harmless(cell); got != cell {
			t.Errorf("%q became %q", cell, got)
		}
	}
}
