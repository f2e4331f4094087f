// Package market knows the countries the shop sells to: their schedule and phase, languages, taxes, delivery, addresses
// and the pages their law asks for.
package market

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// Market is a country (or group) the shop sells to. *Local fields keep what staff typed in the market's zone; *At are the
// instants they mean.
type Market struct {
	ID             int64
	Code           string
	Country        string // ISO 3166-1, two letters
	Currency       string // ISO 4217
	Zone           string // IANA
	TaxIncluded    bool
	ProductSafety  bool // goods need the fields of Regulation (EU) 2023/988 (GPSR): in the Union, and where Northern Ireland is served
	PostalPattern  string
	PostalExample  string
	RegionKind     string // none, state, province
	HoldMinutes    int
	TransferDays   int
	ReturnDays     int // after the last parcel, to withdraw or to ask to send back
	BankHolder     string
	BankAccount    string
	AnnouncedLocal string
	AnnouncedAt    clock.Instant
	TestLocal      string
	TestAt         clock.Instant
	LaunchLocal    string
	LaunchAt       clock.Instant
	Position       int
	Languages      []Language
	Pauses         []Pause
	Payments       []PaymentMethod
	Exclusions     []PostalExclusion
	Holidays       []Holiday
}

// Language is a language a market is shown in, with the exact words of its order button, which the law of some markets
// prescribes (Germany: § 312j BGB; France: art. L221-14 Code de la consommation).
type Language struct {
	MarketID    int64  `gorm:"primaryKey"`
	Language    string `gorm:"primaryKey"`
	Position    int
	OrderButton string
}

// TableName is where languages of markets are kept.
func (Language) TableName() string { return "market_languages" }

// Pause is an interval in which a market sells nothing; without an end it lasts until further notice.
type Pause struct {
	ID       int64
	MarketID int64
	FromAt   clock.Instant
	ToAt     clock.Instant
	Reason   string
}

// PaymentMethod is a way to pay in a market.
type PaymentMethod struct {
	MarketID int64  `gorm:"primaryKey"`
	Provider string `gorm:"primaryKey"` // sandbox, transfer, stripe
	InTest   bool
	Position int
}

// Schedule is when the market opens and pauses.
func (m Market) Schedule() Schedule {
	pauses := make([]Interval, len(m.Pauses))
	for i, p := range m.Pauses {
		pauses[i] = Interval{From: p.FromAt, To: p.ToAt}
	}
	return Schedule{AnnouncedAt: m.AnnouncedAt, TestAt: m.TestAt, LaunchAt: m.LaunchAt, Pauses: pauses}
}

// Phase is what the market is at an instant.
func (m Market) Phase(now clock.Instant) Phase { return m.Schedule().Phase(now) }

// Location is the market's time zone. A zone that can't be loaded is refused when it is typed, so UTC never shows here.
func (m Market) Location() *time.Location {
	zone, err := Zone(m.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// PaymentMethods are the ways to pay at an instant: the test phase may have fewer.
func (m Market) PaymentMethods(now clock.Instant) []string {
	test := m.Schedule().Underlying(now) == Test
	var providers []string
	for _, p := range m.Payments {
		if !test || p.InTest {
			providers = append(providers, p.Provider)
		}
	}
	return providers
}

// HoldTime is how long goods are set aside for an unpaid order that is paid this way.
func (m Market) HoldTime(provider string) time.Duration {
	if provider == "transfer" {
		return time.Duration(m.TransferDays) * 24 * time.Hour
	}
	return time.Duration(m.HoldMinutes) * time.Minute
}

// Stores are the market's stores, one a language, the main one first.
func (m Market) Stores() []Store {
	stores := make([]Store, len(m.Languages))
	for i, l := range m.Languages {
		stores[i] = Store{Market: m, Language: l.Language}
	}
	return stores
}

// Store is a market in one language: the first part of every shop address.
type Store struct {
	Market   Market
	Language string
}

// Path is the store's part of an address: "de" for a market's main language, "de-en" for another.
func (s Store) Path() string {
	if len(s.Market.Languages) > 0 && s.Market.Languages[0].Language == s.Language {
		return s.Market.Code
	}
	return s.Market.Code + "-" + s.Language
}

// Tag is the store's language tag: de-DE, en-GB. English shown outside English-speaking markets is British.
func (s Store) Tag() string {
	if s.Language == "en" && s.Market.Country != "US" {
		return "en-GB"
	}
	return s.Language + "-" + s.Market.Country
}

// Hreflang is the store's audience for search engines: the language and the market's country (RFC 5646).
func (s Store) Hreflang() string { return s.Language + "-" + s.Market.Country }

// OrderButton is what the button that places the order says.
func (s Store) OrderButton() string {
	for _, l := range s.Market.Languages {
		if l.Language == s.Language {
			return l.OrderButton
		}
	}
	return ""
}

// Markets reads the shop's markets.
type Markets struct{ data *db.DB }

// New reads markets from a database.
func New(data *db.DB) *Markets { return &Markets{data: data} }

// All are the shop's markets in their order, drafts included.
func (s *Markets) All(ctx context.Context) ([]Market, error) {
	var markets []Market
	err := s.data.Read(ctx, func(tx db.Tx) error {
		var err error
		markets, err = All(tx)
		return err
	})
	return markets, err
}

// Visible are the markets the public may know of.
func (s *Markets) Visible(ctx context.Context) ([]Market, error) {
	var markets []Market
	err := s.data.Read(ctx, func(tx db.Tx) error {
		all, err := All(tx)
		markets = slices.DeleteFunc(all, func(m Market) bool { return m.Phase(tx.Now()) == Draft })
		return err
	})
	return markets, err
}

// Store finds a store by its path. An unknown store and one of a draft market are not found alike.
func (s *Markets) Store(ctx context.Context, path string) (Store, error) {
	return s.store(ctx, path, func(p Phase) bool { return p != Draft })
}

// AnyStore is Store for staff, who see drafts too.
func (s *Markets) AnyStore(ctx context.Context, path string) (Store, error) {
	return s.store(ctx, path, func(Phase) bool { return true })
}

func (s *Markets) store(ctx context.Context, path string, shown func(Phase) bool) (Store, error) {
	var store Store
	err := s.data.Read(ctx, func(tx db.Tx) error {
		code, _, _ := strings.Cut(path, "-")
		m, err := ByCode(tx, code)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		stores := m.Stores()
		at := slices.IndexFunc(stores, func(one Store) bool { return one.Path() == path })
		if at < 0 || !shown(m.Phase(tx.Now())) {
			return fault.New(fault.NotFound, "fault.store")
		}
		store = stores[at]
		return nil
	})
	return store, err
}

// Market finds a market by its code, drafts included, for staff.
func (s *Markets) Market(ctx context.Context, code string) (Market, error) {
	var m Market
	err := s.data.Read(ctx, func(tx db.Tx) error {
		var err error
		m, err = ByCode(tx, code)
		return err
	})
	return m, err
}

// All are the markets in their order.
func All(tx db.Tx) ([]Market, error) {
	markets, err := kept(tx)
	return slices.Clone(markets), err
}

// ByCode is one market.
func ByCode(tx db.Tx, code string) (Market, error) {
	return one(tx, func(m Market) bool { return m.Code == code })
}

// ByID is one market.
func ByID(tx db.Tx, id int64) (Market, error) {
	return one(tx, func(m Market) bool { return m.ID == id })
}

func one(tx db.Tx, fits func(Market) bool) (Market, error) {
	markets, err := kept(tx)
	if err != nil {
		return Market{}, err
	}
	at := slices.IndexFunc(markets, fits)
	if at < 0 {
		return Market{}, fault.New(fault.NotFound, "fault.market")
	}
	return markets[at], nil
}

type keptMarkets struct{}

func kept(tx db.Tx) ([]Market, error) {
	return db.Keep(tx, keptMarkets{}, func() (markets []Market, err error) {
		return markets, whole(tx).Order("position, id").Find(&markets).Error
	})
}

// whole is a query for markets with all that decides their phase.
func whole(tx db.Tx) *gorm.DB {
	return tx.Gorm().
		Preload("Languages", func(q *gorm.DB) *gorm.DB { return q.Order("position") }).
		Preload("Pauses", func(q *gorm.DB) *gorm.DB { return q.Order("from_at") }).
		Preload("Payments", func(q *gorm.DB) *gorm.DB { return q.Order("position") }).
		Preload("Exclusions", func(q *gorm.DB) *gorm.DB { return q.Order("id") }).Preload("Exclusions.Texts").
		Preload("Holidays", func(q *gorm.DB) *gorm.DB { return q.Order("day") })
}
