package modelstest

import (
	"context"
	"testing"

	"softlaunch/models/discount"
)

// Discount makes a discount of a market. What the form leaves out of kind, value and names is ten per cent off, with a name.
func (s *Shop) Discount(t testing.TB, market string, form discount.Form) int64 {
	t.Helper()
	if form.Kind == "" {
		form.Kind, form.Value = string(discount.PercentOff), "10"
	}
	if form.Names == nil {
		form.Names = map[string]string{}
		for _, store := range s.Store(t, market).Market.Stores() {
			form.Names[store.Language] = "Thanks"
		}
	}
	id, err := s.Discounts.Create(context.Background(), Owner, market, form)
	if err != nil {
		t.Fatal(err)
	}
	return id
}
