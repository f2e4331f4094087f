package launch

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var readable = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$`)

func TestCodesAreReadableAndAllDifferent(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for number := range 20_000 {
		code := codeText([]byte("a seed"), number)
		if !readable.MatchString(code) {
			t.Fatalf("code %q", code)
		}
		if seen[code] {
			t.Fatalf("%s twice", code)
		}
		seen[code] = true
	}
	if !seen[codeText([]byte("a seed"), 1)] || seen[codeText([]byte("another"), 1)] {
		t.Error("a code doesn't follow from seed and number")
	}
}

func TestACodeIsReadHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	want := codeHash("K1QF-9M0X-4TRW-H3ND")
	for _, typed := range []string{"k1qf9m0x4trwh3nd", " K1QF 9M0X\t4TRW h3nd ", "KIQF-9MOX-4TRW-H3ND", "klqf_9mox.4trw/h3nd", "K1QF\u20119M0X\u20134TRW\u00a0H3ND"} {
		if codeHash(typed) != want {
			t.Errorf("%q is another code", typed)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		code := codeText(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"), rapid.IntRange(1, maxCodes).Draw(t, "number"))
		gap := rapid.SampledFrom([]string{"", " ", "-", "–", ".", "\n"}).Draw(t, "gap")
		typed := strings.NewReplacer("-", gap, "0", rapid.SampledFrom([]string{"0", "o", "O"}).Draw(t, "zero"),
			"1", rapid.SampledFrom([]string{"1", "i", "L"}).Draw(t, "one")).Replace(strings.ToLower(code))
		if codeHash(typed) != codeHash(code) {
			t.Fatalf("%q is not %q", typed, code)
		}
		if other := strings.Replace(code, code[:1], string(symbols[(strings.IndexByte(symbols, code[0])+1)%len(symbols)]), 1); codeHash(other) == codeHash(code) {
			t.Fatalf("%q is %q", other, code)
		}
	})
}
