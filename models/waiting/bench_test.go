package waiting_test

import (
	"testing"

	"softlaunch/models/modelstest"
	"softlaunch/models/waiting"
)

// BenchmarkAsk is one of 20,000 who wait asking for his place.
func BenchmarkAsk(b *testing.B) {
	s := modelstest.New(b)
	if err := s.Rooms.Open(b.Context(), modelstest.Owner, "es", waiting.Form{Most: "1"}); err != nil {
		b.Fatal(err)
	}
	store, room := s.Store(b, "es"), s.Rooms.Of("es")
	visitors := make([]waiting.Visitor, 20_000)
	for i := range visitors {
		a, err := room.Ask(b.Context(), store, waiting.Visitor{})
		if err != nil {
			b.Fatal(err)
		}
		visitors[i].Ticket = a.Ticket
	}
	for i := 0; b.Loop(); i++ {
		if _, err := room.Ask(b.Context(), store, visitors[1+i%(len(visitors)-1)]); err != nil {
			b.Fatal(err)
		}
	}
}
