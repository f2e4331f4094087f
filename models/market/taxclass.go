package market

import (
	"strings"

	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// TaxClass is a class of goods that a law taxes alike. Every product has one, and each market a rate for each. Delivery is
// a class that no product has.
type TaxClass struct {
	Code     string `gorm:"primaryKey"`
	Name     string // for staff
	Position int
}

// DeliveryClass is the class of delivery itself.
const DeliveryClass = "delivery"

// TaxClasses are the classes of goods in their order.
func TaxClasses(tx db.Tx) ([]TaxClass, error) {
	return db.Keep(tx, keptClasses{}, func() (classes []TaxClass, err error) {
		return classes, tx.Gorm().Order("position, code").Find(&classes).Error
	})
}

type keptClasses struct{}

// IsTaxClass reports whether goods may have a class.
func IsTaxClass(tx db.Tx, code string) (bool, error) {
	classes, err := TaxClasses(tx)
	for _, c := range classes {
		if c.Code == code {
			return true, err
		}
	}
	return false, err
}

// SetTaxClass adds a class of goods behind the others, or gives the one of its code another name. The fault's fields are
// code and name.
func SetTaxClass(tx db.Tx, class TaxClass) (before, after TaxClass, err error) {
	after = TaxClass{Code: strings.TrimSpace(class.Code), Name: strings.TrimSpace(class.Name)}
	wrong := fault.Fields{}
	if !isSlug(after.Code) || after.Code == DeliveryClass {
		wrong.Add("code", "tax_class.code")
	}
	if after.Name == "" || len(after.Name) > 60 {
		wrong.Add("name", "tax_class.name")
	}
	if err := wrong.Err(); err != nil {
		return before, after, err
	}
	classes, err := TaxClasses(tx)
	if err != nil {
		return before, after, err
	}
	for _, c := range classes {
		after.Position = max(after.Position, c.Position+1)
		if c.Code == after.Code {
			before = c
		}
	}
	_, err = tx.Exec(`INSERT INTO tax_classes (code, name, position) VALUES (?, ?, ?)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name`, after.Code, after.Name, after.Position)
	return before, after, err
}
