package order

import (
	"softlaunch/models/db"
	"softlaunch/models/discount"
	"softlaunch/models/launch"
)

// discounts are what was taken off the cart, as the order keeps it.
func (w weighed) discounts() []Discount {
	taken := w.view.Discount.Taken
	list := make([]Discount, len(taken))
	for i, t := range taken {
		list[i] = Discount{Position: i + 1, DiscountID: t.ID, Code: t.Code, Name: t.Name(w.view.Store), Amount: t.Off}
	}
	return list
}

// useDiscounts counts an order's discounts as used by its buyer.
func useDiscounts(tx db.Tx, o Order, buyer launch.Keys) error {
	for _, d := range o.Discounts {
		if err := discount.Take(tx, o.ID, buyer, d.DiscountID); err != nil {
			return err
		}
	}
	return nil
}

// limited are the ids of the discounts that the order would use and that can be used up.
func (w weighed) limited() []any {
	var ids []any
	for _, t := range w.view.Discount.Taken {
		if t.UsesAllowed > 0 || t.UsesBuyer > 0 {
			ids = append(ids, t.ID)
		}
	}
	return ids
}
