package shop

import (
	"cmp"
	"slices"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// HomePage is a store's front page; what leads it depends on the market's phase.
type HomePage struct {
	layouts.Frame
	Hero     Hero
	Interest *InterestForm // nil where the market is open
	Fresh    Shelf         // releases of the last weeks
	Featured Shelf
	Families []Family
	Coming   Shelf
	Opening  []Stop
	Promises []Promise
}

// Hero is what the page says first. In test Figures tells what is on sale and how many.
type Hero struct {
	State     components.State
	Title     string
	Text      string
	When      string // the launch instant with its zone; empty when it is not the point
	Large     bool   // launch week: the instant is the headline's equal
	Countdown *components.Countdown
	Figures   []Figure
	Again     components.Again
	Actions   []components.Link // the first is the button
	Picture   components.Picture
}

// Figure is a number of goods: "300", "Mi Band", "212 left".
type Figure struct{ Number, Name, Left, URL string }

// Shelf is a row of goods under a title.
type Shelf struct {
	Title, Text string
	More        components.Link
	Cards       []components.Card
}

// Family is a category as a wide panel.
type Family struct {
	Name, Line, URL, Tint string
	Picture               components.Picture
}

// Stop is a market on the line of when each opens.
type Stop struct {
	Name, When, URL string
	State           components.State
	Here            bool
}

// Promise is something the shop does for every buyer.
type Promise struct{ Icon, Title, Text string }

// NewHomePage is a store's front page: the goods are the first page of its list, markets all that the public may know.
func NewHomePage(f layouts.Frame, m market.Market, goods []launch.Item, markets []market.Market, now clock.Instant) HomePage {
	f.RenewAt(append(nexts(goods), m.Schedule().After(now))...)
	p := HomePage{Frame: f}
	p.Head.Description = f.T("shop.tagline")
	sold, coming := split(goods)
	p.Hero = newHero(f, m, now)
	if underlying := m.Schedule().Underlying(now); underlying == market.Announced || underlying == market.Test {
		p.Interest = newInterestForm(f, Awaited{Market: m})
	}
	p.Fresh, sold = freshOf(f, m, sold)
	if m.Phase(now) == market.Test {
		p.Hero.Figures = figuresOf(f, goods)
	}
	p.Featured = Shelf{Title: f.T("home.featured"), More: components.Link{Text: f.T("nav.all"), URL: f.To("/products")},
		Cards: cards(f, m, sold[:min(8, len(sold))])}
	p.Coming = Shelf{Title: f.T("home.coming"), Text: f.T("home.coming_text", "In", f.In(m)), Cards: cards(f, m, coming[:min(8, len(coming))])}
	p.Families = familiesOf(f, goods)
	p.Opening = stopsOf(f, m, markets, now)
	for _, promise := range promiseIcons {
		key := "home.promise." + promise[0]
		p.Promises = append(p.Promises, Promise{Icon: promise[1], Title: f.T(key), Text: f.T(key + "_text")})
	}
	return p
}

// aRow is how many cards make a row of their own.
const aRow = 3

// freshOf parts the releases of the last weeks from the rest when there are enough for a row; fewer only come first.
func freshOf(f layouts.Frame, m market.Market, sold []launch.Item) (fresh Shelf, rest []launch.Item) {
	var news []launch.Item
	for _, item := range sold {
		if item.New(f.Now) {
			news = append(news, item)
		} else {
			rest = append(rest, item)
		}
	}
	slices.SortStableFunc(news, func(a, b launch.Item) int { return cmp.Compare(b.Sale().Released, a.Sale().Released) })
	if len(news) < aRow {
		return Shelf{}, append(news, rest...)
	}
	return Shelf{Title: f.T("home.fresh"), More: components.Link{Text: f.T("home.fresh_all"), URL: f.To("/products?sort=new")},
		Cards: cards(f, m, news[:min(4, len(news))])}, rest
}

// promiseIcons are what the shop does for every buyer, with the icon of each.
var promiseIcons = [][2]string{{"date", "calendar"}, {"total", "document"}, {"guest", "lock"}, {"count", "box"}}

// split parts the goods that are sold, or were until they sold out, from those that are still to come.
func split(goods []launch.Item) (sold, coming []launch.Item) {
	for _, item := range goods {
		switch item.Sale().Offer.State {
		case launch.Announced, launch.Blocked:
			coming = append(coming, item)
		case launch.Ended:
		default:
			sold = append(sold, item)
		}
	}
	return sold, coming
}

func newHero(f layouts.Frame, m market.Market, now clock.Instant) Hero {
	phase := m.Phase(now)
	kind := string(phase)
	soon := (phase == market.Test || phase == market.Announced) && m.LaunchAt > now && m.LaunchAt.Sub(now) <= market.LaunchWeek
	if soon {
		kind = "week"
	}
	h := Hero{State: components.State{Kind: string(phase), Words: f.Store.PhaseState}, Large: soon, Picture: scene("home-scene.svg")}
	h.Title = f.T("home."+kind+".title", "In", f.In(m), "Date", f.Date(m.LaunchAt, m.Location()))
	if phase == market.Test && m.LaunchAt == 0 {
		h.Title = f.T("home.test.title_undated", "In", f.In(m))
	}
	h.Text = f.T("home."+kind+".text", "In", f.In(m))
	h.Actions = []components.Link{{Text: f.T("home.see_goods"), URL: f.To("/products")}}
	if phase == market.Test {
		h.Picture = scene("home-scene-test.svg")
		h.Actions[0].Text = f.T("home.see_test")
	}
	if phase != market.Open && phase != market.Paused && m.LaunchAt > now {
		h.When = f.DateTime(m.LaunchAt, m.Location())
		h.Countdown = countdown(f, m.LaunchAt, soon)
		h.Again = again(f)
	}
	return h
}

func countdown(f layouts.Frame, until clock.Instant, large bool) *components.Countdown {
	return &components.Countdown{Until: int64(until), Large: large, Days: f.T("countdown.days"), Hours: f.T("countdown.hours"),
		Minutes: f.T("countdown.minutes"), Seconds: f.T("countdown.seconds"), Over: f.T("countdown.over")}
}

// figuresOf tell what the test sells and how many.
func figuresOf(f layouts.Frame, goods []launch.Item) []Figure {
	var figures []Figure
	for _, item := range goods {
		left, published := batch(item)
		if published == 0 {
			continue
		}
		figure := Figure{Number: f.Number(int64(published)), Name: item.Product.Text.Name,
			Left: f.T("home.batch_left", "Left", left), URL: f.To("/products/" + item.Product.Slug)}
		if left == 0 {
			figure.Left = f.T("offer.words.sold_out")
		}
		figures = append(figures, figure)
	}
	return figures
}

// familiesOf are the categories of the goods, each with the picture of its first.
func familiesOf(f layouts.Frame, goods []launch.Item) []Family {
	var families []Family
	seen := map[int64]bool{}
	for _, item := range goods {
		c := item.Product.Category
		if seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		families = append(families, Family{Name: c.Name, Line: c.Line, URL: f.To("/products?category=" + c.Slug), Tint: c.Tint,
			Picture: drawing(item, len(item.Product.Variants)-1)})
	}
	return families
}

// stopsOf put the markets on the line of when each opens; those without a date come last.
func stopsOf(f layouts.Frame, here market.Market, markets []market.Market, now clock.Instant) []Stop {
	markets = slices.Clone(markets)
	slices.SortStableFunc(markets, func(a, b market.Market) int {
		return cmp.Or(cmp.Compare(undated(a), undated(b)), cmp.Compare(a.LaunchAt, b.LaunchAt))
	})
	var stops []Stop
	for _, m := range markets {
		phase := string(m.Phase(now))
		stop := Stop{Name: f.Place(m), URL: "/" + m.Stores()[0].Path() + "/", Here: m.ID == here.ID,
			State: components.State{Kind: phase, Words: f.T("phase." + phase)}}
		if m.LaunchAt != 0 {
			stop.When = f.Date(m.LaunchAt, m.Location())
		}
		stops = append(stops, stop)
	}
	return stops
}

func undated(m market.Market) int {
	if m.LaunchAt == 0 {
		return 1
	}
	return 0
}
