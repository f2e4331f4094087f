package draw

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Published is what a draw publishes when it is over: all that is needed to do it again. Tickets are in ascending order,
// Winners in the order in which they won. Times are RFC 3339 in UTC; Product is empty for a draw for a whole market.
type Published struct {
	Name      string   `json:"name"`
	Market    string   `json:"market"`
	Product   string   `json:"product,omitempty"`
	ClosedAt  string   `json:"closed_at"`
	DrawnAt   string   `json:"drawn_at"`
	Algorithm string   `json:"algorithm"`
	SeedHash  string   `json:"seed_hash"`
	Seed      string   `json:"seed"`
	Wanted    int      `json:"wanted"`
	Tickets   []string `json:"tickets"`
	Winners   []string `json:"winners"`
}

// Settle draws: it fills in algorithm, seed, tickets and winners.
func (p Published) Settle(seed []byte, tickets []string, wanted int) Published {
	p.Algorithm, p.SeedHash, p.Seed, p.Wanted = Algorithm, Hash(seed), hex.EncodeToString(seed), wanted
	p.Tickets = slices.AppendSeq([]string{}, slices.Values(tickets))
	slices.Sort(p.Tickets)
	p.Winners = Winners(seed, tickets, wanted)
	return p
}

// Encode is the published file.
func (p Published) Encode() ([]byte, error) {
	text, err := json.MarshalIndent(p, "", "  ")
	return append(text, '\n'), err
}

// Read reads a published file. White space is free, and nothing else: a field that is unknown, there twice or out of its
// order is refused, because two readers might see two draws in it.
func Read(published []byte) (Published, error) {
	var p Published
	if err := json.Unmarshal(published, &p); err != nil {
		return p, fmt.Errorf("this is not a published draw: %w", err)
	}
	canonical, err := json.Marshal(p)
	if err != nil {
		return p, err
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, published); err != nil {
		return p, err
	}
	if !bytes.Equal(compact.Bytes(), canonical) {
		return p, errors.New("this is not a draw as it was published: fields were added, doubled, moved or written otherwise")
	}
	return p, nil
}

// Verify does a published draw again and says what is wrong with it, or nil. That the file is the draw that was announced
// is for the reader to see: its SeedHash must be the one shown before sign-up closed.
func Verify(published []byte) error {
	p, err := Read(published)
	if err != nil {
		return err
	}
	return p.verify()
}

func (p Published) verify() error {
	if p.Algorithm != Algorithm {
		return fmt.Errorf("the algorithm is %q; this program knows %q", p.Algorithm, Algorithm)
	}
	seed, err := hex.DecodeString(p.Seed)
	switch {
	case err != nil || len(seed) != SeedSize || hex.EncodeToString(seed) != p.Seed:
		return fmt.Errorf("the seed is not %d lower-case hexadecimal digits", 2*SeedSize)
	case Hash(seed) != p.SeedHash:
		return errors.New("the seed is not the one that was committed to: its hash is " + Hash(seed))
	case p.Wanted < 1:
		return fmt.Errorf("%d winners are wanted", p.Wanted)
	}
	for i, ticket := range p.Tickets {
		if raw, err := hex.DecodeString(ticket); err != nil || len(raw) != ticketSize || hex.EncodeToString(raw) != ticket {
			return fmt.Errorf("ticket %q is not %d lower-case hexadecimal digits", ticket, 2*ticketSize)
		}
		if i > 0 && p.Tickets[i-1] >= ticket {
			return fmt.Errorf("ticket %s is there twice or out of order", ticket)
		}
	}
	return p.compare(Winners(seed, p.Tickets, p.Wanted))
}

// compare says where the published winners leave the ones that follow from the seed.
func (p Published) compare(winners []string) error {
	if len(winners) != len(p.Winners) {
		return fmt.Errorf("%d winners are published, but %d follow from the seed", len(p.Winners), len(winners))
	}
	for i, ticket := range winners {
		if p.Winners[i] != ticket {
			return fmt.Errorf("winner %d is published as %s, but %s follows from the seed", i+1, p.Winners[i], ticket)
		}
	}
	return nil
}
