package launch

import (
	"context"
	"strconv"
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// Setup is where staff make markets and settle their rules: a new market needs nothing but these verbs, Gate's and the
// catalogue's. Each is in the trail.
type Setup struct{ data *db.DB }

// NewSetup settles the markets of a database.
func NewSetup(data *db.DB) *Setup { return &Setup{data: data} }

// CreateMarket makes a draft, which only staff know of. It requires the pages and approvals of the market whose code is
// like, or the default pages when like is empty. The fault's fields are those of market.Form.Read and like.
func (s *Setup) CreateMarket(ctx context.Context, by staff.Actor, form market.Form, like string) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	m, err := form.Read()
	if err != nil {
		return err
	}
	return s.data.Write(ctx, func(tx db.Tx) error {
		created, err := market.Create(tx, m, like)
		if err != nil {
			return err
		}
		after := settings(created)
		if like != "" {
			after += ", required like " + like
		}
		return staff.Record(tx, by, staff.Change{Verb: "create", Subject: "market", Name: m.Code, After: after})
	})
}

// ChangeMarket gives a market other settings; the form's code is left aside. The fault's fields are those of
// market.Form.Read and market.Change.
func (s *Setup) ChangeMarket(ctx context.Context, by staff.Actor, code string, form market.Form) error {
	form.Code = code
	after, err := form.Read()
	if err != nil {
		return err
	}
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		return staff.Change{Verb: "change", Subject: "market", Name: code, Before: settings(m), After: settings(after)}, market.Change(tx, m, after)
	})
}

// SetRegions replaces the states or provinces of a market's addresses. The fault's field is regions.
func (s *Setup) SetRegions(ctx context.Context, by staff.Actor, code string, regions []market.Region) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		before, err := market.Regions(tx, m.ID)
		if err != nil {
			return staff.Change{}, err
		}
		regions := append([]market.Region(nil), regions...)
		err = market.SetRegions(tx, m, regions)
		return staff.Change{Verb: "set", Subject: "regions", Name: code, Before: regionCodes(before), After: regionCodes(regions)}, err
	})
}

// SetRate gives a region and class of goods a rate of tax. See market.SetRate.
func (s *Setup) SetRate(ctx context.Context, by staff.Actor, code string, form market.RateForm) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		before, after, err := market.SetRate(tx, m, form)
		return staff.Change{Verb: "set", Subject: "rate", Name: rateName(code, after), Before: before.String(), After: after.String()}, err
	})
}

// RemoveRate takes back a rate that has not begun.
func (s *Setup) RemoveRate(ctx context.Context, by staff.Actor, code string, id int64) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		before, err := market.RemoveRate(tx, m, id)
		return staff.Change{Verb: "remove", Subject: "rate", Name: rateName(code, before), Before: before.String()}, err
	})
}

// SetDelivery adds a delivery method or changes the one of its code. See market.SetDelivery.
func (s *Setup) SetDelivery(ctx context.Context, by staff.Actor, code string, form market.DeliveryForm) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		before, after, err := market.SetDelivery(tx, m, form)
		return staff.Change{Verb: "set", Subject: "delivery", Name: code + " " + after.Code, Before: before.String(), After: after.String()}, err
	})
}

// SetHolidays replaces the days on which nothing is delivered in a market. The fault's field is holidays.
func (s *Setup) SetHolidays(ctx context.Context, by staff.Actor, code string, holidays []market.Holiday) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		err := market.SetHolidays(tx, m, holidays)
		return staff.Change{Verb: "set", Subject: "holidays", Name: code, Before: dayWords(m.Holidays), After: dayWords(holidays)}, err
	})
}

func dayWords(holidays []market.Holiday) string {
	days := make([]string, len(holidays))
	for i, h := range holidays {
		days[i] = string(h.Day)
	}
	return strings.Join(days, " ")
}

// RemoveDelivery takes a delivery method out of a market.
func (s *Setup) RemoveDelivery(ctx context.Context, by staff.Actor, code, method string) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		before, err := market.RemoveDelivery(tx, m, method)
		return staff.Change{Verb: "remove", Subject: "delivery", Name: code + " " + method, Before: before.String()}, err
	})
}

// SetSeller says who sells in a market. See market.SetSeller.
func (s *Setup) SetSeller(ctx context.Context, by staff.Actor, code string, form market.SellerForm) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		before, after, err := market.SetSeller(tx, m, form)
		return staff.Change{Verb: "set", Subject: "seller", Name: code, Before: before.String(), After: after.String()}, err
	})
}

// WritePage writes a page of one of a market's stores. See market.WritePage; the trail keeps its title and length.
func (s *Setup) WritePage(ctx context.Context, by staff.Actor, code string, page market.Page) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		after := page.Title + ", " + strconv.Itoa(len(page.Body)) + " bytes"
		return staff.Change{Verb: "write", Subject: "page", Name: code + " " + page.Language + " " + page.Slug, After: after}, market.WritePage(tx, m, page)
	})
}

// RequirePages replaces the slugs of the pages that a market can't launch without. The fault's field is slugs.
func (s *Setup) RequirePages(ctx context.Context, by staff.Actor, code string, slugs []string) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		before, err := market.RequiredPages(tx, m.ID)
		if err != nil {
			return staff.Change{}, err
		}
		return staff.Change{Verb: "require", Subject: "pages", Name: code, Before: strings.Join(before, " "), After: strings.Join(slugs, " ")},
			market.RequirePages(tx, m.ID, slugs)
	})
}

// settle changes a market's settings and writes the trail.
func (s *Setup) settle(ctx context.Context, by staff.Actor, code string, do func(db.Tx, market.Market) (staff.Change, error)) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	return s.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		change, err := do(tx, m)
		if err != nil {
			return err
		}
		return staff.Record(tx, by, change)
	})
}

// settings are a market's settings in words for the trail.
func settings(m market.Market) string {
	words := []string{m.Country, m.Currency, m.Zone, "tax on top", "no product safety", "postcodes " + m.PostalPattern, m.RegionKind,
		"holds " + strconv.Itoa(m.HoldMinutes) + " min", "transfers " + strconv.Itoa(m.TransferDays) + " days", "returns " + strconv.Itoa(m.ReturnDays) + " days"}
	if m.TaxIncluded {
		words[3] = "tax included"
	}
	if m.ProductSafety {
		words[4] = "product safety"
	}
	if m.BankAccount != "" {
		words = append(words, "bank "+m.BankHolder+" "+m.BankAccount)
	}
	for _, l := range m.Languages {
		words = append(words, l.Language+" \""+l.OrderButton+"\"")
	}
	for _, p := range m.Payments {
		word := p.Provider
		if p.InTest {
			word += " in test too"
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

func regionCodes(regions []market.Region) string {
	codes := make([]string, len(regions))
	for i, r := range regions {
		codes[i] = r.Code
	}
	return strings.Join(codes, " ")
}

func rateName(code string, r market.TaxRate) string {
	return strings.TrimSpace(code + " " + r.TaxClass + " " + r.Region)
}
