package example

import (
	"softlaunch/models/discount"
	"softlaunch/models/market"
)

// welcome are the codes of each market's welcome discount, invented like the discounts.
var welcome = map[string]string{"us": "WELCOME10", "uk": "WELCOME10", "de": "WILLKOMMEN10", "fr": "BIENVENUE10", "es": "BIENVENIDA10", "it": "BENVENUTO10"}

// discounts writes a discount that applies by itself to a larger order of headphones, and one for who types its code, once.
func (w *writer) discounts(_ country, m market.Market) error {
	for _, d := range []struct {
		name string
		discount.Discount
	}{
		{"headphones", discount.Discount{PPM: 100_000, Minimum: 15_000, Categories: []int64{w.categories["audio"]}}},
		{"welcome", discount.Discount{PPM: 100_000, Minimum: 2000, Code: welcome[m.Code], UsesBuyer: 1}},
	} {
		d.MarketID, d.Kind, d.BeginsAt, d.Combinable, d.Names = m.ID, discount.PercentOff, written, true, map[string]string{}
		for _, l := range m.Languages {
			d.Names[l.Language] = w.words[l.Language].Discounts[d.name]
		}
		if _, err := discount.Insert(w.tx, d.Discount); err != nil {
			return err
		}
	}
	return nil
}
