package market

import (
	"context"

	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// Page is a text of a store that staff write: terms, privacy, company details. Body is Markdown.
type Page struct {
	ID       int64
	MarketID int64
	Language string
	Slug     string
	Title    string
	Body     string
	Position int
}

// Page is one of a store's pages.
func (s *Markets) Page(ctx context.Context, store Store, slug string) (Page, error) {
	var pages []Page
	err := s.data.Read(ctx, func(tx db.Tx) error {
		return tx.Gorm().Where("market_id = ? AND language = ? AND slug = ?", store.Market.ID, store.Language, slug).
			Limit(1).Find(&pages).Error
	})
	if err != nil {
		return Page{}, err
	}
	if len(pages) == 0 {
		return Page{}, fault.New(fault.NotFound, "fault.page")
	}
	return pages[0], nil
}

// Pages are a store's pages without their bodies, for the footer.
func (s *Markets) Pages(ctx context.Context, store Store) ([]Page, error) {
	var pages []Page
	err := s.data.Read(ctx, func(tx db.Tx) (err error) {
		pages, err = Pages(tx, store)
		return err
	})
	return pages, err
}

// Pages are a store's pages without their bodies, in their order.
func Pages(tx db.Tx, store Store) ([]Page, error) {
	return db.Keep(tx, keptPages{store.Market.ID, store.Language}, func() (pages []Page, err error) {
		return pages, tx.Gorm().Select("id, market_id, language, slug, title, position").
			Where("market_id = ? AND language = ?", store.Market.ID, store.Language).
			Order("position, id").Find(&pages).Error
	})
}

type keptPages struct {
	marketID int64
	language string
}
