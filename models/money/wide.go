package money

import (
	"math/bits"
	"sync"

	"github.com/bojanz/currency"
)

// mul and div carry products past 64 bits so that sharing out a large sum can't overflow.
func mul(a, b int64) (hi, lo uint64) { return bits.Mul64(uint64(a), uint64(b)) }

func div(hi, lo uint64, by int64) (quotient, remainder int64) {
	q, r := bits.Div64(hi, lo, uint64(by))
	return int64(q), int64(r)
}

var formatters sync.Map // locale -> *currency.Formatter

// formatter keeps one formatter a locale: building one parses CLDR patterns.
func formatter(locale string) *currency.Formatter {
	if kept, ok := formatters.Load(locale); ok {
		return kept.(*currency.Formatter)
	}
	made, _ := formatters.LoadOrStore(locale, currency.NewFormatter(currency.NewLocale(locale)))
	return made.(*currency.Formatter)
}
