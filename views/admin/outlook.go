package admin

import (
	"softlaunch/models/catalog"
	"softlaunch/models/launch"
	"softlaunch/views/components"
)

// outlook shows what shoppers see of a product's prices from now on, with the price that was typed when that was asked for.
func outlook(s Standing, f ListingForm) Section {
	section := Section{Title: "What shoppers see", Empty: "They see no price.",
		Notes: []string{"The comparison is computed from the prices above. Only a price with an end is told to be reduced."}}
	coming := s.Coming
	if f.Prospects != nil {
		coming = f.Prospects
		section.Title = "What shoppers would see"
		section.Notes = []string{"With the price that was typed. It is not set yet."}
	}
	table := &Table{Label: section.Title, Heads: heads("Variant", "From", "Until", "Price>", "Beside it")}
	for _, v := range s.Product.Variants {
		for _, p := range coming[v.ID] {
			row := cells(v.SKU, when(p.From, s.In.Market), endWords(p.To, s.In.Market), sum(p.Amount, p.Currency), besideWords(p))
			if p.ID == catalog.Planned {
				row[0].State = components.State{Kind: "test", Words: "new"}
			}
			table.Rows = append(table.Rows, row)
		}
	}
	section.Table = table
	return section
}

func besideWords(p launch.Prospect) string {
	switch {
	case p.Told.Lowest != 0:
		return english.T("price.lowest", "Price", sum(p.Told.Lowest, p.Currency)) + ", " + count(p.Told.Percent) + " % less"
	case p.EndsAt != 0:
		return "Nothing: goods were not sold above this price through all of the 30 days before"
	}
	return ""
}
