package db

import (
	"sync"
	"sync/atomic"
)

// memory keeps what Keep has loaded. Its size is bounded by the number of keys, which name things like "the products in
// German" and never come from a request.
type memory struct {
	entries   sync.Map
	committed atomic.Int64 // a revision that some reader has seen
}

// entry is a value with the revision of the settings that it was loaded at.
type entry struct {
	revision int64
	value    any
}

// Keep loads a value that depends on the shop's settings alone (catalogue, markets, schedules, waves, approvals: the
// tables whose triggers move the revision) and keeps it until one of them changes, in this process or another. The value
// is shared: nobody may change it. It must not depend on tx.Now or on stock, orders and holds. A change's own function
// sees its own changes and leaves nothing behind.
func Keep[V any](tx Tx, key any, load func() (V, error)) (V, error) {
	for {
		revision, certain, err := tx.scope.settings()
		if err != nil {
			var none V
			return none, err
		}
		if found, ok := tx.scope.engine.memory.entries.Load(key); ok {
			if k := found.(entry); k.revision == revision {
				return k.value.(V), nil
			}
		}
		if !certain {
			tx.scope.seen.Store(0)
			tx.scope.surely = true
			continue
		}
		value, err := load()
		if err == nil && tx.scope.sound(revision) {
			tx.scope.engine.memory.entries.Store(key, entry{revision, value})
		}
		return value, err
	}
}

// sound reports whether what this transaction sees of the settings at a revision is committed. A reader sees nothing else.
// A change may stand behind another of its group that is not committed yet and has moved the revision; where a reader has
// seen the same revision, nothing has moved it since.
func (s *scope) sound(revision int64) bool {
	if !s.writes {
		s.engine.memory.committed.Store(revision)
		return true
	}
	return s.engine.memory.committed.Load() == revision
}

// settings is the revision of the settings that this transaction sees. Within a change it is asked for again after each
// statement that may have moved it. A view takes the one that was last asked for while nothing has been committed since, and
// its later transactions the one that its first has seen; neither is certain to be theirs: what is kept at it may be used,
// and nothing may be kept.
func (s *scope) settings() (revision int64, certain bool, err error) {
	if s.revision != 0 {
		return s.revision, true, nil
	}
	if s.seen == nil {
		return s.ask()
	}
	if seen := s.seen.Load(); seen != 0 {
		return seen, false, nil
	}
	version, err := s.engine.commits.look()
	if err != nil {
		return 0, false, err
	}
	if known := s.engine.commits.revisions.Load(); known != nil && known.version == version && !s.surely {
		s.seen.Store(known.revision)
		return known.revision, false, nil
	}
	if revision, certain, err = s.ask(); err != nil {
		return revision, certain, err
	}
	s.seen.Store(revision)
	return revision, certain, s.engine.commits.learn(version, revision)
}

// ask asks the database for the revision.
func (s *scope) ask() (revision int64, certain bool, err error) {
	err = s.QueryRowContext(s.ctx, "SELECT n FROM revision").Scan(&s.revision)
	return s.revision, true, err
}
