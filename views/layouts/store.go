package layouts

import (
	"slices"

	"softlaunch/models/catalog"
	"softlaunch/models/clock"
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/i18n"
)

// Surroundings are what header and footer of a store are made of.
type Surroundings struct {
	Store      market.Store
	Markets    []market.Market // those the public may know of
	Categories []catalog.Category
	Pages      []market.Page
	Delivery   []market.DeliveryMethod
	Payments   []string // providers
	Cart       int
	Now        clock.Instant
	URL        string // the shop's public address without a slash at its end
	Path       string // of the page within the store, "/products"
	Shown      []int64
	Answer     bool     // the page answers a form
	Preview    *Preview // nil outside of a preview
	Waiting    bool     // there is a waiting room
	Private    bool     // the page belongs to one visitor: search engines are told of no other address
}

// NewFrame surrounds a page of a store.
func NewFrame(s Surroundings) Frame {
	m := s.Store.Market
	f := Frame{Locale: i18n.For(s.Store.Language, m.Country), Cart: s.Cart, Now: s.Now, Answer: s.Answer, Preview: s.Preview}
	f.Store = &Store{Code: s.Store.Path(), Market: f.Place(m), Zone: m.Location()}
	f.Store.Phase, f.Store.PhaseState, f.Store.PhaseLine = f.phase(m, s.Now)
	for _, c := range s.Categories {
		f.Store.Categories = append(f.Store.Categories, components.Link{Text: c.Name, URL: f.To("/products?category=" + c.Slug)})
	}
	f.Store.Help = []components.Link{{Text: f.T("footer.orders"), URL: f.To("/orders")}}
	for _, page := range s.Pages {
		f.addPage(page)
	}
	for _, method := range s.Delivery {
		f.Store.Deliveries = append(f.Store.Deliveries, method.Name)
	}
	f.Store.Withdrawal = components.Link{Text: f.T("footer.withdrawal"), URL: f.To("/withdrawal")}
	if s.Waiting {
		f.Store.Waiting = components.Link{Text: f.T("waiting.line_link"), URL: f.To("/waiting-room")}
	}
	for _, provider := range s.Payments {
		f.Store.Payments = append(f.Store.Payments, f.T("payment."+provider))
	}
	f.Stores = storeLinks(s.Markets, s.Store, s.path)
	if !s.Private {
		f.Head.Canonical = s.URL + f.To(s.Path)
		f.Head.Alternates = s.alternates()
	}
	return f
}

// helpPages are the pages that help with an order; the others are the law's.
var helpPages = []string{"delivery", "guarantee", "accessibility"}

func (f Frame) addPage(page market.Page) {
	link := components.Link{Text: page.Title, URL: f.To("/pages/" + page.Slug)}
	if page.Slug == "privacy" {
		f.Store.Privacy = link
	}
	if slices.Contains(helpPages, page.Slug) {
		f.Store.Help = append(f.Store.Help, link)
	} else {
		f.Store.Legal = append(f.Store.Legal, link)
	}
}

// path is where the same page is in a market's stores; the front page where the market does not have it.
func (s Surroundings) path(m market.Market) string {
	if s.Shown != nil && !slices.Contains(s.Shown, m.ID) {
		return "/"
	}
	return s.Path
}

// alternates are the same page in every store that has it, and the chooser for everybody else.
func (s Surroundings) alternates() []Alternate {
	alternates := []Alternate{{Tag: "x-default", URL: s.URL + "/"}}
	for _, m := range s.Markets {
		if s.path(m) != s.Path {
			continue
		}
		for _, store := range m.Stores() {
			alternates = append(alternates, Alternate{Tag: store.Hreflang(), URL: s.URL + "/" + store.Path() + s.Path})
		}
	}
	return alternates
}

// storeLinks lead to every store, each named in its own language.
func storeLinks(markets []market.Market, here market.Store, path func(market.Market) string) []StoreLink {
	var links []StoreLink
	for _, m := range markets {
		for _, store := range m.Stores() {
			links = append(links, NewStoreLink(store, path(m), store.Path() == here.Path()))
		}
	}
	return links
}

// NewStoreLink leads to a path in a store.
func NewStoreLink(store market.Store, path string, current bool) StoreLink {
	f := Frame{Locale: i18n.For(store.Language, store.Market.Country)}
	return StoreLink{Market: f.Place(store.Market), Language: i18n.Name(store.Language), Tag: store.Hreflang(),
		URL: "/" + store.Path() + path, Current: current}
}

// Place is a market's name.
func (f Frame) Place(m market.Market) string { return f.Locale.Place(m.Country) }

// In is a market's name as it follows a verb: "in Germany", "aux États-Unis".
func (f Frame) In(m market.Market) string { return f.Locale.In(m.Country) }

// phase names a market's phase and says what it means, with the instant in the market's zone. A draft that still has orders
// says of itself, and of its plans, no more than a market that is paused.
func (f Frame) phase(m market.Market, now clock.Instant) (phase, state, line string) {
	phase = string(m.Phase(now))
	if phase == string(market.Draft) && f.Preview == nil {
		return string(market.Paused), f.T("phase.paused"), f.T("phase_line.paused")
	}
	return phase, f.T("phase." + phase), f.phaseLine(m, now)
}

func (f Frame) phaseLine(m market.Market, now clock.Instant) string {
	when := func(at clock.Instant) string { return f.DateTime(at, m.Location()) }
	switch phase := m.Phase(now); {
	case phase == market.Draft:
		return f.T("phase_line.draft")
	case phase == market.Open:
		return f.T("phase_line.open", "In", f.In(m), "Date", f.Date(m.LaunchAt, m.Location()))
	case phase == market.Test && m.LaunchAt != 0:
		return f.T("phase_line.test", "When", when(m.LaunchAt))
	case phase == market.Test:
		return f.T("phase_line.test_undated")
	case phase == market.Announced && m.TestAt > now:
		return f.T("phase_line.announced_test", "When", when(m.TestAt))
	case phase == market.Announced && m.LaunchAt > now:
		return f.T("phase_line.announced_launch", "When", when(m.LaunchAt))
	case phase == market.Announced:
		return f.T("phase_line.announced")
	case m.Schedule().Next(now) != 0:
		return f.T("phase_line.paused_until", "When", when(m.Schedule().Next(now)))
	}
	return f.T("phase_line.paused")
}
