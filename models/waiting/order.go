package waiting

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"
)

// order is the numbers below n in the order that a secret decides: each number's score is the first eight bytes of the
// HMAC-SHA256 of its four, and the lowest score comes first. Nobody can know his place before the secret is used, and it
// is the same whenever it is asked for.
func order(secret []byte, n int) []uint32 {
	type scored struct {
		score  uint64
		number uint32
	}
	all := make([]scored, n)
	h := hmac.New(sha256.New, secret)
	var message [4]byte
	var digest [sha256.Size]byte
	for i := range all {
		binary.BigEndian.PutUint32(message[:], uint32(i))
		h.Reset()
		h.Write(message[:])
		all[i] = scored{binary.BigEndian.Uint64(h.Sum(digest[:0])), uint32(i)}
	}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.number, b.number))
	})
	numbers := make([]uint32, n)
	for i, s := range all {
		numbers[i] = s.number
	}
	return numbers
}
