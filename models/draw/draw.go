// Package draw picks winners so that anybody can check it: a seed is committed to by its hash before sign-up closes and
// published afterwards, and the rest is arithmetic. docs/fair-draw.md tells the same in words. It knows no database.
package draw

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Algorithm names how winners follow from seed and tickets: each ticket's score is HMAC-SHA256 with the seed's 32 bytes
// as key and the ticket's text as message; the tickets with the lowest scores win, scores compared as bytes.
const Algorithm = "hmac-sha256-v1"

// SeedSize is the length of a seed in bytes: 256 bits.
const SeedSize = sha256.Size

// ticketSize is the length of a ticket in bytes; as text it is twice as long.
const ticketSize = 16

// Hash commits to a seed: its SHA-256 in lower-case hexadecimal.
func Hash(seed []byte) string {
	sum := sha256.Sum256(seed)
	return hex.EncodeToString(sum[:])
}

// Ticket is the number under which a participant takes part, in lower-case hexadecimal. It says nothing about who that is
// to anybody without the key, and depends on nothing but key and participant.
func Ticket(key []byte, participant string) string {
	return hex.EncodeToString(mac(key, participant)[:ticketSize])
}

// Winners are the tickets that win, the best first: as many as wanted, or all when there are fewer. The order in which
// tickets are given changes nothing.
func Winners(seed []byte, tickets []string, wanted int) []string {
	type scored struct {
		ticket string
		score  []byte
	}
	ranking := make([]scored, len(tickets))
	for i, ticket := range tickets {
		ranking[i] = scored{ticket, mac(seed, ticket)}
	}
	slices.SortFunc(ranking, func(a, b scored) int {
		return cmp.Or(bytes.Compare(a.score, b.score), cmp.Compare(a.ticket, b.ticket))
	})
	winners := make([]string, min(wanted, len(ranking)))
	for i := range winners {
		winners[i] = ranking[i].ticket
	}
	return winners
}

func mac(key []byte, message string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(message))
	return h.Sum(nil)
}
