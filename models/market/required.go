package market

import (
	"regexp"
	"slices"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// DefaultPages are the pages that a new market requires unless it takes over another market's: who sells, on what terms,
// how to withdraw and what happens to personal data. Staff may require others.
var DefaultPages = []string{"imprint", "terms", "withdrawal", "privacy"}

// RequiredPages are the slugs of the pages that a market's law asks for, in alphabetical order.
func RequiredPages(tx db.Tx, marketID int64) ([]string, error) {
	return texts(tx, "SELECT slug FROM market_required_pages WHERE market_id = ? ORDER BY slug", marketID)
}

// RequirePages replaces the slugs of the pages that a market's law asks for. The fault's field is slugs.
func RequirePages(tx db.Tx, marketID int64, slugs []string) error {
	if slices.ContainsFunc(slugs, func(s string) bool { return !isSlug(s) }) {
		return fault.Fields{"slugs": "page.slug"}.Err()
	}
	if _, err := tx.Exec("DELETE FROM market_required_pages WHERE market_id = ?", marketID); err != nil {
		return err
	}
	for _, slug := range slugs {
		if _, err := tx.Exec("INSERT INTO market_required_pages (market_id, slug) VALUES (?, ?) ON CONFLICT DO NOTHING", marketID, slug); err != nil {
			return err
		}
	}
	return nil
}

// The longest title and body of a page, in bytes.
const (
	maxTitle = 200
	maxBody  = 200_000
)

// WritePage writes a page of one of a market's stores, in place of what it said. Its position is that of the same page in
// another language, or behind the last. The fault's fields are language, slug, title and body.
func WritePage(tx db.Tx, m Market, p Page) error {
	p.Title, p.Body = strings.TrimSpace(p.Title), strings.TrimSpace(p.Body)
	wrong := fault.Fields{}
	if !slices.ContainsFunc(m.Languages, func(l Language) bool { return l.Language == p.Language }) {
		wrong.Add("language", "page.language")
	}
	if !isSlug(p.Slug) {
		wrong.Add("slug", "page.slug")
	}
	if p.Title == "" || len(p.Title) > maxTitle {
		wrong.Add("title", "page.title")
	}
	if p.Body == "" || len(p.Body) > maxBody {
		wrong.Add("body", "page.body")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO pages (market_id, language, slug, title, body, position) VALUES (?, ?, ?, ?, ?,
			COALESCE((SELECT MIN(position) FROM pages WHERE market_id = ? AND slug = ?),
				(SELECT COALESCE(MAX(position), 0) + 1 FROM pages WHERE market_id = ?)))
		ON CONFLICT (market_id, language, slug) DO UPDATE SET title = excluded.title, body = excluded.body`,
		m.ID, p.Language, p.Slug, p.Title, p.Body, m.ID, p.Slug, m.ID)
	return err
}

// AllPages are a market's pages in every language, bodies included, for staff.
func AllPages(tx db.Tx, marketID int64) ([]Page, error) {
	var pages []Page
	err := tx.Gorm().Where("market_id = ?", marketID).Order("position, slug, language").Find(&pages).Error
	return pages, err
}

var slugPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func isSlug(text string) bool { return len(text) <= 60 && slugPattern.MatchString(text) }

// texts are the rows of a query of one text.
func texts(tx db.Tx, query string, args ...any) ([]string, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		found = append(found, text)
	}
	return found, rows.Err()
}
