package launch

import (
	"context"
	"net/url"
	"strings"

	"softlaunch/models/catalog"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Partner is somebody else who sells a product in a market, a carrier or a retailer: "where to buy". Note is in the
// reader's language, like "with contract".
type Partner struct {
	ID        int64
	MarketID  int64
	ProductID int64
	Name      string
	URL       string
	Position  int
	Note      string            `gorm:"->"`
	Notes     map[string]string `gorm:"-"` // by language, for staff
}

// PartnerForm is a partner as staff type it. URL is https; Notes are by language and may be missing.
type PartnerForm struct {
	Name, URL string
	Notes     map[string]string
}

// Partners are those of a product in a store, in their order.
func (g *Gate) Partners(ctx context.Context, store market.Store, productID int64) ([]Partner, error) {
	var partners []Partner
	err := g.data.Read(ctx, func(tx db.Tx) error {
		return tx.Gorm().Select("partners.*, COALESCE(n.note, '') AS note").
			Joins("LEFT JOIN partner_notes n ON n.partner_id = partners.id AND n.language = ?", store.Language).
			Where("partners.market_id = ? AND partners.product_id = ?", store.Market.ID, productID).
			Order("partners.position, partners.id").Find(&partners).Error
	})
	return partners, err
}

// AllPartners are those of a product in all markets, with their notes in every language, for staff.
func (s *Setup) AllPartners(ctx context.Context, slug string) ([]Partner, error) {
	var partners []Partner
	err := s.data.Read(ctx, func(tx db.Tx) error {
		product, err := catalog.BySlug(tx, slug, "en")
		if err != nil {
			return err
		}
		if err := tx.Gorm().Where("product_id = ?", product.ID).Order("market_id, position, id").Find(&partners).Error; err != nil {
			return err
		}
		for i := range partners {
			if partners[i].Notes, err = partnerNotes(tx, partners[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	return partners, err
}

// AddPartner names a partner of a product in a market, behind the others. The fault's fields are name, url and notes.
func (s *Setup) AddPartner(ctx context.Context, by staff.Actor, code, slug string, form PartnerForm) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		product, err := catalog.BySlug(tx, slug, "en")
		if err != nil {
			return staff.Change{}, err
		}
		p, err := form.read(m)
		if err != nil {
			return staff.Change{}, err
		}
		err = tx.QueryRow(`INSERT INTO partners (market_id, product_id, name, url, position) VALUES (?, ?, ?, ?,
			(SELECT COALESCE(MAX(position), 0) + 1 FROM partners WHERE market_id = ? AND product_id = ?)) RETURNING id`,
			m.ID, product.ID, p.Name, p.URL, m.ID, product.ID).Scan(&p.ID)
		if err != nil {
			return staff.Change{}, err
		}
		return staff.Change{Verb: "add", Subject: "partner", Name: code + " " + slug, After: p.String()}, p.writeNotes(tx)
	})
}

// ChangePartner changes a partner of a market. The fault's fields are those of AddPartner.
func (s *Setup) ChangePartner(ctx context.Context, by staff.Actor, code string, id int64, form PartnerForm) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		before, slug, err := partner(tx, m, id)
		if err != nil {
			return staff.Change{}, err
		}
		after, err := form.read(m)
		if err != nil {
			return staff.Change{}, err
		}
		if _, err := tx.Exec("UPDATE partners SET name = ?, url = ? WHERE id = ?", after.Name, after.URL, id); err != nil {
			return staff.Change{}, err
		}
		after.ID = id
		return staff.Change{Verb: "change", Subject: "partner", Name: code + " " + slug, Before: before.String(), After: after.String()}, after.writeNotes(tx)
	})
}

// RemovePartner takes a partner away.
func (s *Setup) RemovePartner(ctx context.Context, by staff.Actor, code string, id int64) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		before, slug, err := partner(tx, m, id)
		if err != nil {
			return staff.Change{}, err
		}
		if _, err = tx.Exec("DELETE FROM partner_notes WHERE partner_id = ?", id); err == nil {
			_, err = tx.Exec("DELETE FROM partners WHERE id = ?", id)
		}
		return staff.Change{Verb: "remove", Subject: "partner", Name: code + " " + slug, Before: before.String()}, err
	})
}

func (f PartnerForm) read(m market.Market) (Partner, error) {
	wrong := fault.Fields{}
	p := Partner{Name: strings.TrimSpace(f.Name), URL: strings.TrimSpace(f.URL), Notes: map[string]string{}}
	if p.Name == "" || len(p.Name) > 100 {
		wrong.Add("name", "partner.name")
	}
	address, err := url.Parse(p.URL)
	if err != nil || address.Scheme != "https" || address.Hostname() == "" || address.User != nil || len(p.URL) > 500 {
		wrong.Add("url", "partner.url")
	}
	for _, l := range m.Languages {
		note := strings.TrimSpace(f.Notes[l.Language])
		if len(note) > 200 {
			wrong.Add("notes", "partner.note")
		}
		if note != "" {
			p.Notes[l.Language] = note
		}
	}
	return p, wrong.Err()
}

// partner is one of a market's partners with the slug of its product.
func partner(tx db.Tx, m market.Market, id int64) (p Partner, slug string, err error) {
	err = tx.QueryRow(`SELECT r.id, r.name, r.url, d.slug FROM partners r JOIN products d ON d.id = r.product_id
		WHERE r.id = ? AND r.market_id = ?`, id, m.ID).Scan(&p.ID, &p.Name, &p.URL, &slug)
	if db.NotFound(err) {
		return p, "", fault.New(fault.NotFound, "partner.gone")
	}
	if err != nil {
		return p, "", err
	}
	p.Notes, err = partnerNotes(tx, id)
	return p, slug, err
}

func partnerNotes(tx db.Tx, id int64) (map[string]string, error) {
	rows, err := tx.Query("SELECT language, note FROM partner_notes WHERE partner_id = ?", id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	notes := map[string]string{}
	for rows.Next() {
		var language, note string
		if err := rows.Scan(&language, &note); err != nil {
			return nil, err
		}
		notes[language] = note
	}
	return notes, rows.Err()
}

// writeNotes replaces a partner's notes.
func (p Partner) writeNotes(tx db.Tx) error {
	if _, err := tx.Exec("DELETE FROM partner_notes WHERE partner_id = ?", p.ID); err != nil {
		return err
	}
	for language, note := range p.Notes {
		if _, err := tx.Exec("INSERT INTO partner_notes (partner_id, language, note) VALUES (?, ?, ?)", p.ID, language, note); err != nil {
			return err
		}
	}
	return nil
}

// String is the partner in words for the trail.
func (p Partner) String() string {
	text := p.Name + " " + p.URL
	for _, language := range market.Languages {
		if note := p.Notes[language]; note != "" {
			text += ", " + language + " \"" + note + "\""
		}
	}
	return text
}
