package example

import (
	"slices"

	"softlaunch/models/market"
)

// away are the places that each market does not deliver to, with the reason in its languages. Those of the Union lie outside
// its VAT area or its customs union (Directive 2006/112/EC, article 6).
var away = map[string][]market.PostalExclusion{
	"us": {
		place(`(008\d{2}|969\d{2}|96799)(\d{4})?`, reason{"en", "We ship to the 50 states, D.C., Puerto Rico and military addresses. The other territories have customs of their own."}),
	},
	"uk": {
		place(`(JE|GY)\d.*`, reason{"en", "We deliver within the United Kingdom. The Channel Islands are outside its VAT area."}),
		place(`IM\d.*`, reason{"en", "We deliver within the United Kingdom. The Isle of Man has consumer law of its own."}),
	},
	"de": {
		place(`27498`, reason{"de", "Nach Helgoland liefern wir nicht: Die Insel gehört nicht zum Steuer- und Zollgebiet der EU."},
			reason{"en", "We don’t deliver to Heligoland: the island is outside the EU’s VAT area and customs union."}),
		place(`78266`, reason{"de", "Nach Büsingen liefern wir nicht: Der Ort gehört zum Schweizer Zollgebiet."},
			reason{"en", "We don’t deliver to Büsingen: the town belongs to the Swiss customs area."}),
	},
	"fr": {
		place(`980\d{2}`, reason{"fr", "Nous livrons en France métropolitaine et en Corse ; Monaco n’en fait pas partie."}),
		place(`97\d{3}|98[1-9]\d{2}`, reason{"fr", "Nous livrons en France métropolitaine et en Corse. L’outre-mer ne fait pas partie du territoire de la TVA européenne."}),
	},
	"es": {
		place(`(35|38)\d{3}`, reason{"es", "Enviamos a la Península y a Baleares. En Canarias no se aplica el IVA, sino el IGIC."}),
		place(`(51|52)\d{3}`, reason{"es", "Enviamos a la Península y a Baleares. En Ceuta y Melilla no se aplica el IVA, sino el IPSI."}),
	},
	"it": {
		place(`23041`, reason{"it", "Non consegniamo a Livigno: è fuori dal territorio doganale e dell’IVA dell’Unione."}),
		place(`22061`, reason{"it", "Non consegniamo a Campione d’Italia: è fuori dal territorio dell’IVA."}),
	},
}

// reason is why a place is not delivered to, in a language.
type reason struct{ language, text string }

func place(pattern string, reasons ...reason) market.PostalExclusion {
	e := market.PostalExclusion{Pattern: pattern}
	for _, r := range reasons {
		e.Texts = append(e.Texts, market.ExclusionText{Language: r.language, Reason: r.text})
	}
	return e
}

// cloned keeps what a database gives ids away from the lists above.
func cloned(exclusions []market.PostalExclusion) []market.PostalExclusion {
	all := slices.Clone(exclusions)
	for i := range all {
		all[i].Texts = slices.Clone(all[i].Texts)
	}
	return all
}
