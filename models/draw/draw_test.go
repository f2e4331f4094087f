package draw

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The seed 00 01 02 … 1f and three tickets, computed with openssl: printf %s TICKET | openssl dgst -sha256 -mac HMAC
// -macopt hexkey:SEED.
func TestWinnersAreThoseOfAnotherProgram(t *testing.T) {
	t.Parallel()
	seed := make([]byte, SeedSize)
	for i := range seed {
		seed[i] = byte(i)
	}
	if Hash(seed) != "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd" {
		t.Errorf("the seed's hash is %s", Hash(seed))
	}
	tickets := []string{strings.Repeat("a", 32), strings.Repeat("b", 32), strings.Repeat("c", 32)}
	for i, want := range scores {
		if got := hex.EncodeToString(mac(seed, tickets[i])); got != want {
			t.Errorf("the score of %s is %s, not %s", tickets[i], got, want)
		}
	}
	byScore := slices.Clone(tickets)
	slices.SortFunc(byScore, func(a, b string) int {
		return strings.Compare(scores[slices.Index(tickets, a)], scores[slices.Index(tickets, b)])
	})
	if got := Winners(seed, tickets, 2); !slices.Equal(got, byScore[:2]) {
		t.Errorf("the winners are %v, not %v", got, byScore[:2])
	}
}

// people draws tickets of n people, in the order in which they signed up.
func people(n int) *rapid.Generator[[]string] {
	return rapid.Custom(func(t *rapid.T) []string {
		key := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
		tickets := make([]string, rapid.IntRange(0, n).Draw(t, "people"))
		for i := range tickets {
			tickets[i] = Ticket(key, strconv.Itoa(i))
		}
		return tickets
	})
}

var seeds = rapid.SliceOfN(rapid.Byte(), SeedSize, SeedSize)

func TestTheOrderOfSignUpChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seed, tickets := seeds.Draw(t, "seed"), people(50).Draw(t, "tickets")
		wanted := rapid.IntRange(1, 60).Draw(t, "wanted")
		winners := Winners(seed, tickets, wanted)
		shuffled := rapid.Permutation(tickets).Draw(t, "shuffled")
		if again := Winners(seed, shuffled, wanted); !slices.Equal(winners, again) {
			t.Fatalf("%v and %v", winners, again)
		}
		if len(winners) != min(wanted, len(tickets)) {
			t.Fatalf("%d of %d win, wanted %d", len(winners), len(tickets), wanted)
		}
		for i, w := range winners {
			if !slices.Contains(tickets, w) || slices.Contains(winners[:i], w) {
				t.Fatalf("winner %s", w)
			}
		}
	})
}

// Each of ten people, first to sign up or last, wins 3 of 10 draws: over 4,000 draws 1,200 times, with a standard
// deviation of 29. The random source is fixed, so this is no gamble.
func TestEverybodyHasTheSameChance(t *testing.T) {
	t.Parallel()
	source := rand.NewChaCha8([32]byte{1})
	won := make([]int, 10)
	for range 4000 {
		seed, key := make([]byte, SeedSize), make([]byte, SeedSize)
		_, _ = source.Read(seed)
		_, _ = source.Read(key)
		tickets := make([]string, len(won))
		for i := range tickets {
			tickets[i] = Ticket(key, strconv.Itoa(i+1))
		}
		for _, w := range Winners(seed, tickets, 3) {
			won[slices.Index(tickets, w)]++
		}
	}
	for i, n := range won {
		if math.Abs(float64(n)-1200) > 4*29 {
			t.Errorf("number %d won %d times of 4000, not about 1200", i+1, n)
		}
	}
}

var drawn = rapid.Custom(func(t *rapid.T) Published {
	p := Published{Name: rapid.String().Draw(t, "name"), Market: "pt", Product: rapid.SampledFrom([]string{"", "mi-band"}).Draw(t, "product"),
		ClosedAt: "2027-01-01T00:00:00Z", DrawnAt: "2027-01-01T00:00:01Z"}
	return p.Settle(seeds.Draw(t, "seed"), people(30).Draw(t, "tickets"), rapid.IntRange(1, 40).Draw(t, "wanted"))
})

func encode(t fails, p Published) []byte {
	text, err := p.Encode()
	if err != nil {
		t.Fatalf("%v", err)
	}
	return text
}

type fails interface {
	Fatalf(format string, args ...any)
}

func TestAnHonestDrawIsVerified(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := encode(t, drawn.Draw(t, "draw"))
		if err := Verify(text); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, text); err != nil || Verify(compact.Bytes()) != nil {
			t.Fatalf("without white space: %v", err)
		}
	})
}

// tampering is every way to bend a draw that leaves a well-formed file.
var tampering = map[string]func(*rapid.T, *Published){
	"another seed": func(t *rapid.T, p *Published) { p.Seed = hex.EncodeToString(seeds.Draw(t, "other")) },
	"another seed with its hash": func(t *rapid.T, p *Published) {
		other := seeds.Draw(t, "other")
		p.Seed, p.SeedHash = hex.EncodeToString(other), Hash(other)
	},
	"another hash":      func(_ *rapid.T, p *Published) { p.SeedHash = Hash([]byte(p.SeedHash)) },
	"another algorithm": func(_ *rapid.T, p *Published) { p.Algorithm += "-x" },
	"more winners":      func(_ *rapid.T, p *Published) { p.Wanted++ },
	"fewer winners":     func(_ *rapid.T, p *Published) { p.Wanted-- },
	"a loser wins": func(_ *rapid.T, p *Published) {
		for _, ticket := range p.Tickets {
			if !slices.Contains(p.Winners, ticket) {
				p.Winners[0] = ticket
			}
		}
	},
	"winners in another order": func(_ *rapid.T, p *Published) { slices.Reverse(p.Winners) },
	"a winner is left out":     func(_ *rapid.T, p *Published) { p.Winners = p.Winners[1:] },
	"a winner never took part": func(_ *rapid.T, p *Published) {
		p.Tickets = slices.DeleteFunc(p.Tickets, func(ticket string) bool { return ticket == p.Winners[0] })
	},
	"somebody is there twice": func(_ *rapid.T, p *Published) { p.Tickets = slices.Insert(p.Tickets, 0, p.Tickets[0]) },
	"tickets out of order":    func(_ *rapid.T, p *Published) { slices.Reverse(p.Tickets) },
	"a ticket in capitals":    func(_ *rapid.T, p *Published) { p.Tickets[0] = strings.Repeat("A", 32) },
}

func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	for name, tamper := range tampering {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			p := drawn.Filter(func(p Published) bool { return len(p.Winners) > 1 && len(p.Tickets) > len(p.Winners) }).Draw(t, "draw")
			honest := encode(t, p)
			tamper(t, &p)
			bent := encode(t, p)
			changed, err := Read(bent)
			if err != nil {
				t.Fatalf("the bent file can't be read: %v", err)
			}
			// Another seed may by chance give the same winners; then nobody was cheated, but the hash tells all the same.
			if !bytes.Equal(honest, bent) && Verify(bent) == nil && changed.SeedHash == mustRead(t, honest).SeedHash {
				t.Fatalf("not found:\n%s", bent)
			}
		}))
	}
}

func mustRead(t fails, text []byte) Published {
	p, err := Read(text)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return p
}

func TestAFileThatTwoReadersSeeDifferentlyIsRefused(t *testing.T) {
	t.Parallel()
	p := Published{Name: "Draw", Market: "pt", ClosedAt: "2027-01-01T00:00:00Z", DrawnAt: "2027-01-01T00:00:01Z"}
	text := string(encode(t, p.Settle(make([]byte, SeedSize), []string{strings.Repeat("a", 32)}, 1)))
	for name, bent := range map[string]string{
		"nothing":         "",
		"no object":       "[]",
		"null":            "null",
		"half":            text[:len(text)/2],
		"two":             text + text,
		"a field more":    strings.Replace(text, "{", `{"note": "x",`, 1),
		"a seed twice":    strings.Replace(text, `"seed":`, `"seed": "00", "seed":`, 1),
		"another case":    strings.Replace(text, `"seed":`, `"Seed":`, 1),
		"a broken ending": text + "x",
	} {
		if err := Verify([]byte(bent)); err == nil {
			t.Errorf("%s: verified", name)
		}
	}
	if err := Verify([]byte(text)); err != nil {
		t.Errorf("as it was published: %v", err)
	}
}

func FuzzVerifyNeverPanics(f *testing.F) {
	p := Published{Name: "Draw", Market: "pt"}.Settle(make([]byte, SeedSize), []string{strings.Repeat("a", 32)}, 1)
	text, err := p.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(_ *testing.T, text []byte) { _ = fmt.Sprint(Verify(text)) })
}

// scores of the tickets aaa…, bbb… and ccc….
var scores = []string{
	"d503e21e439d43fe469893023433480dfd073307fbb38ac21399b4285f16b0e0",
	"52f422e8a51032345e083dcf7743aabecf52d0f3170365ba5ea8a79752d20f6d",
	"d0d3bcbc263e9fbe802da18e54ceb7a7934efe5f50e3335c341b59a73fcc4903",
}
