package market_test

import (
	"errors"
	"maps"
	"testing"

	"softlaunch/models/fault"
	"softlaunch/models/market"
)

func form() market.Form {
	return market.Form{Code: "pt", Country: "pt", Currency: "eur", Zone: "Europe/Lisbon", TaxIncluded: true,
		PostalPattern: `\d{7}`, PostalExample: "1100-148", RegionKind: "none", HoldMinutes: "15", TransferDays: "7", ReturnDays: "14",
		Languages: []market.LanguageForm{{Language: "en", OrderButton: " Order "}, {Language: "es"}}, Payments: []market.PaymentForm{{Provider: "sandbox", InTest: true}}}
}

func TestAFormIsAMarket(t *testing.T) {
	t.Parallel()
	m, err := form().Read()
	if err != nil {
		t.Fatal(err)
	}
	if m.Country != "PT" || m.Currency != "EUR" || m.HoldMinutes != 15 || m.Languages[0].OrderButton != "Order" || m.Languages[1].Position != 2 || !m.Payments[0].InTest {
		t.Errorf("%+v", m)
	}
	again, err := m.FormOf().Read()
	if err != nil || again.Code != m.Code || len(again.Languages) != 2 || again.PostalPattern != m.PostalPattern {
		t.Errorf("typed again: %+v, %v", again, err)
	}
}

func TestAFormRefusesWhatNoMarketHas(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(f *market.Form)
		want   fault.Fields
	}{
		"no code":            {func(f *market.Form) { f.Code = "" }, fault.Fields{"code": "market.code"}},
		"a code with dash":   {func(f *market.Form) { f.Code = "pt-x" }, fault.Fields{"code": "market.code"}},
		"upper case":         {func(f *market.Form) { f.Code = "PT" }, fault.Fields{"code": "market.code"}},
		"our own address":    {func(f *market.Form) { f.Code = "admin" }, fault.Fields{"code": "market.code"}},
		"no country":         {func(f *market.Form) { f.Country = "ZZ" }, fault.Fields{"country": "market.country"}},
		"a continent":        {func(f *market.Form) { f.Country = "150" }, fault.Fields{"country": "market.country"}},
		"no currency":        {func(f *market.Form) { f.Currency = "EURO" }, fault.Fields{"currency": "market.currency"}},
		"no zone":            {func(f *market.Form) { f.Zone = "Lisbon" }, fault.Fields{"zone": "time.zone"}},
		"no kind of region":  {func(f *market.Form) { f.RegionKind = "canton" }, fault.Fields{"region_kind": "market.region_kind"}},
		"no minutes":         {func(f *market.Form) { f.HoldMinutes = "0" }, fault.Fields{"hold_minutes": "form.number"}},
		"too long to return": {func(f *market.Form) { f.ReturnDays = "366" }, fault.Fields{"return_days": "form.number"}},
		"half a day":         {func(f *market.Form) { f.TransferDays = "0.5" }, fault.Fields{"transfer_days": "form.number"}},
		"no pattern":         {func(f *market.Form) { f.PostalPattern = "" }, fault.Fields{"postal_pattern": "market.pattern"}},
		"a broken pattern":   {func(f *market.Form) { f.PostalPattern = `\d{` + "(" }, fault.Fields{"postal_pattern": "market.pattern"}},
		"wrong example":      {func(f *market.Form) { f.PostalExample = "9000-01" }, fault.Fields{"postal_example": "market.postal_example"}},
		"no language":        {func(f *market.Form) { f.Languages = nil }, fault.Fields{"languages": "market.languages"}},
		"a language twice":   {func(f *market.Form) { f.Languages[1] = f.Languages[0] }, fault.Fields{"languages": "market.languages"}},
		"no pages in it":     {func(f *market.Form) { f.Languages[0].Language = "pt" }, fault.Fields{"languages": "market.languages"}},
		"no such provider":   {func(f *market.Form) { f.Payments[0].Provider = "cash" }, fault.Fields{"payments": "market.payments"}},
		"a broken line":      {func(f *market.Form) { f.BankAccount = "a\nb" }, fault.Fields{"bank_account": "form.too_long"}},
		"everything": {func(f *market.Form) { *f = market.Form{} }, fault.Fields{"code": "market.code", "country": "market.country", "currency": "market.currency",
			"zone": "time.zone", "region_kind": "market.region_kind", "hold_minutes": "form.number", "transfer_days": "form.number", "return_days": "form.number",
			"postal_pattern": "market.pattern", "languages": "market.languages"}},
	} {
		f := form()
		c.change(&f)
		_, err := f.Read()
		var got *fault.Error
		if !errors.As(err, &got) || !maps.Equal(got.Fields, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
