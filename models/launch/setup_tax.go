package launch

import (
	"context"
	"strconv"

	"softlaunch/models/catalog"
	"softlaunch/models/db"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/staff"
)

// SetNexus says whether the seller has to collect tax in a region of a market.
func (s *Setup) SetNexus(ctx context.Context, by staff.Actor, code, region string, nexus bool) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		before, err := market.SetNexus(tx, m, region, nexus)
		return staff.Change{Verb: "set", Subject: "nexus", Name: code + " " + before.Code,
			Before: strconv.FormatBool(before.Nexus), After: strconv.FormatBool(nexus)}, err
	})
}

// ReadRates checks a file of rates and says what it would change.
func (s *Setup) ReadRates(ctx context.Context, by staff.Actor, code, file string) (market.RateImport, error) {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return market.RateImport{}, err
	}
	var found market.RateImport
	err := s.data.Read(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err == nil {
			found, err = market.ReadRates(tx, m, file)
		}
		return err
	})
	return found, err
}

// ImportRates sets all rates of a file, or none when one of its lines is wrong by then. The fault's field is file.
func (s *Setup) ImportRates(ctx context.Context, by staff.Actor, code, file string) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	return s.data.Write(ctx, func(tx db.Tx) error {
		m, err := market.ByCode(tx, code)
		if err != nil {
			return err
		}
		rates, err := market.ReadRates(tx, m, file)
		if err != nil {
			return err
		}
		if err := rates.Apply(tx); err != nil {
			return err
		}
		for _, r := range rates.Rates {
			change := staff.Change{Verb: "set", Subject: "rate", Name: rateName(code, r.After), Before: r.Before.String(), After: r.After.String(),
				Reason: "imported, line " + strconv.Itoa(r.Line)}
			if err := staff.Record(tx, by, change); err != nil {
				return err
			}
		}
		return nil
	})
}

// Exclude has a market not deliver to places of its country. See market.Exclude.
func (s *Setup) Exclude(ctx context.Context, by staff.Actor, code string, form market.ExclusionForm) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		e, err := market.Exclude(tx, m, form)
		return staff.Change{Verb: "exclude", Subject: "postcodes", Name: code, After: e.Pattern}, err
	})
}

// Include has a market deliver to excluded places again.
func (s *Setup) Include(ctx context.Context, by staff.Actor, code string, id int64) error {
	return s.settle(ctx, by, code, func(tx db.Tx, m market.Market) (staff.Change, error) {
		e, err := market.Include(tx, m, id)
		return staff.Change{Verb: "include", Subject: "postcodes", Name: code, Before: e.Pattern}, err
	})
}

// SetTaxClass adds a class of goods or gives one another name. See market.SetTaxClass.
func (s *Setup) SetTaxClass(ctx context.Context, by staff.Actor, class market.TaxClass) error {
	if err := by.Require(staff.ManageMarkets); err != nil {
		return err
	}
	return s.data.Write(ctx, func(tx db.Tx) error {
		before, after, err := market.SetTaxClass(tx, class)
		if err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "set", Subject: "tax class", Name: after.Code, Before: before.Name, After: after.Name})
	})
}

// TaxClasses are the classes of goods in their order.
func (s *Setup) TaxClasses(ctx context.Context) (classes []market.TaxClass, err error) {
	err = s.data.Read(ctx, func(tx db.Tx) error {
		classes, err = market.TaxClasses(tx)
		return err
	})
	return classes, err
}

// Classify gives a product a class for tax. The fault's field is tax_class.
func (s *Setup) Classify(ctx context.Context, by staff.Actor, slug, class string) error {
	if err := by.Require(staff.ManageProducts); err != nil {
		return err
	}
	return s.data.Write(ctx, func(tx db.Tx) error {
		product, err := catalog.BySlug(tx, slug, "en")
		if err != nil {
			return err
		}
		known, err := market.IsTaxClass(tx, class)
		if err != nil {
			return err
		}
		if !known {
			return fault.Fields{"tax_class": "rate.class"}.Err()
		}
		if _, err := tx.Exec("UPDATE products SET tax_class = ? WHERE id = ?", class, product.ID); err != nil {
			return err
		}
		return staff.Record(tx, by, staff.Change{Verb: "classify", Subject: "product", Name: slug, Before: product.TaxClass, After: class})
	})
}
