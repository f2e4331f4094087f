// Package layouts holds what surrounds a page: head, header, footer, and the phase line above.
package layouts

import (
	"time"

	"softlaunch/models/clock"
	"softlaunch/views/components"
	"softlaunch/views/i18n"
)

// Frame is what surrounds a page. Its Locale writes the page's texts: p.T("cart.title").
type Frame struct {
	i18n.Locale
	Head   Head
	Store  *Store // nil outside a store: the chooser, an unknown address
	Stores []StoreLink
	Cart   int    // units in the visitor's cart
	Quiet  bool   // checkout: no categories and no search
	Query  string // what was searched for
	Now    clock.Instant
	// Renew is the instant at which the page shows something else by itself, zero when it knows none.
	Renew   clock.Instant
	Answer  bool     // the page answers a form, so it can't be asked for again
	Preview *Preview // nil outside of a preview
}

// Preview is what a member of staff looks at: the shop as it will be at an instant, to whom.
type Preview struct {
	At       clock.Instant
	WithCode bool
	By       string
}

// PreviewText says what is looked at, with the instant in the market's zone.
func (f Frame) PreviewText() string {
	when := f.DateTime(f.Preview.At, time.UTC)
	if f.Store != nil {
		when = f.DateTime(f.Preview.At, f.Store.Zone)
	}
	key := "preview.text"
	if f.Preview.WithCode {
		key = "preview.text_code"
	}
	return f.T(key, "When", when, "Name", f.Preview.By)
}

// RenewAt has the page ask again at the first of these instants that are known. A preview stands still.
func (f *Frame) RenewAt(instants ...clock.Instant) {
	if f.Preview == nil && !f.Answer {
		f.Renew = clock.Earliest(instants...)
	}
}

// Head says what the page is to browsers and search engines.
type Head struct {
	Title, Description string
	Canonical          string // absolute; empty keeps the page out of search results
	Alternates         []Alternate
	Faulty             bool   // a form was refused: the title says so first
	Data               any    // JSON-LD, nil for none
	Script             string // address of a script that only this page needs
	Refresh            string // how browsers without JavaScript ask again: "10;url=/us/waiting-room"
}

// Alternate is the same page in another store, for hreflang.
type Alternate struct{ Tag, URL string }

// Store is what header and footer say about the store.
type Store struct {
	Code       string // "de-en", the first part of every URL
	Market     string // "Germany"
	Phase      string // "announced", "test", "open", "paused"
	PhaseState string // the phase in one or two words
	PhaseLine  string // the quiet line above the header, with the instant and its zone
	Categories []components.Link
	Help       []components.Link
	Legal      []components.Link
	Privacy    components.Link // empty where the store has no such page
	Zone       *time.Location
	Withdrawal components.Link // the law wants it to stand out
	Waiting    components.Link // to the waiting room, empty while there is none
	Payments   []string
	Deliveries []string
}

// StoreLink leads to a store, in its own language.
type StoreLink struct {
	Market, Language string // "Deutschland", "Deutsch"
	Tag, URL         string
	Current          bool
}

// To is the address of a path in this store: To("/cart") is "/de/cart".
func (f Frame) To(path string) string {
	if f.Store == nil {
		return "/"
	}
	return "/" + f.Store.Code + path
}

func (f Frame) title() string {
	title := f.Head.Title
	if title == "" {
		title = f.T("shop.tagline")
	}
	if f.Head.Faulty {
		title = f.T("form.error_prefix") + " " + title
	}
	return title + " – " + f.T("shop.name")
}

func (f Frame) current() StoreLink {
	for _, store := range f.Stores {
		if store.Current {
			return store
		}
	}
	return StoreLink{}
}
