package waiting

import (
	"slices"
	"strings"

	"softlaunch/models/fault"
	"softlaunch/models/market"
)

// Store finds a store and the room before it by the store's path, from memory: a room's page asks every few seconds. An
// unknown store and one of a draft market are not found.
func (s *Rooms) Store(path string) (market.Store, *Room, error) {
	code, _, _ := strings.Cut(path, "-")
	unknown := fault.New(fault.NotFound, "fault.store")
	room := s.Of(code)
	if room == nil {
		return market.Store{}, nil, unknown
	}
	room.mu.Lock()
	m := room.market
	room.mu.Unlock()
	stores := m.Stores()
	at := slices.IndexFunc(stores, func(one market.Store) bool { return one.Path() == path })
	if at < 0 || m.Phase(s.clock()) == market.Draft {
		return market.Store{}, nil, unknown
	}
	return stores[at], room, nil
}

// Announced reports whether pages tell that there is a waiting room before a market.
func (s *Rooms) Announced(code string) bool {
	room := s.Of(code)
	if room == nil {
		return false
	}
	room.mu.Lock()
	defer room.mu.Unlock()
	return room.plan.State != Closed
}
