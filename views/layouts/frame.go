// Package layouts holds what surrounds a page: head, header, footer, and the phase line above.
package layouts

import (
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
}

// Head says what the page is to browsers and search engines.
type Head struct {
	Title, Description string
	Canonical          string // absolute; empty keeps the page out of search results
	Alternates         []Alternate
	Faulty             bool // a form was refused: the title says so first
	Data               any  // JSON-LD, nil for none
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
	Withdrawal components.Link // the law wants it to stand out
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
