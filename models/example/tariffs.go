package example

import (
	"softlaunch/models/clock"
	"softlaunch/models/market"
)

// with gives the first method, which goes to the door, steps and zones.
func with(methods []market.DeliveryMethod, steps []market.DeliveryStep, zones ...market.DeliveryZone) []market.DeliveryMethod {
	methods[0].Steps, methods[0].Zones = steps, zones
	return methods
}

func steps(all ...market.DeliveryStep) []market.DeliveryStep { return all }

// heavy is a price from a weight in grams on, worth one from a value of goods on.
func heavy(grams, amount int64) market.DeliveryStep {
	return market.DeliveryStep{Measure: market.ByWeight, AtLeast: grams, Amount: amount}
}

func worth(value, amount int64) market.DeliveryStep {
	return market.DeliveryStep{Measure: market.ByValue, AtLeast: value, Amount: amount}
}

// holidays are days of the whole country on which nothing is delivered, for 2026 from the end of November on and for 2027.
var holidays = map[string][]market.Holiday{
	"us": {{Day: "2026-11-26", Name: "Thanksgiving"}, {Day: "2026-12-25", Name: "Christmas Day"}, {Day: "2027-01-01", Name: "New Year's Day"},
		{Day: "2027-01-18", Name: "Martin Luther King Jr. Day"}, {Day: "2027-02-15", Name: "Presidents' Day"}, {Day: "2027-05-31", Name: "Memorial Day"},
		{Day: "2027-06-18", Name: "Juneteenth"}, {Day: "2027-07-05", Name: "Independence Day"}, {Day: "2027-09-06", Name: "Labor Day"},
		{Day: "2027-11-25", Name: "Thanksgiving"}, {Day: "2027-12-24", Name: "Christmas Day"}},
	"uk": {{Day: "2026-12-25", Name: "Christmas Day"}, {Day: "2026-12-28", Name: "Boxing Day"}, {Day: "2027-01-01", Name: "New Year's Day"},
		{Day: "2027-03-26", Name: "Good Friday"}, {Day: "2027-03-29", Name: "Easter Monday"}, {Day: "2027-05-03", Name: "Early May bank holiday"},
		{Day: "2027-05-31", Name: "Spring bank holiday"}, {Day: "2027-08-30", Name: "Summer bank holiday"}, {Day: "2027-12-27", Name: "Christmas Day"}, {Day: "2027-12-28", Name: "Boxing Day"}},
	"de": append(common("Erster Weihnachtstag", "Neujahr"), named("2027-03-26", "Karfreitag"), named("2027-03-29", "Ostermontag"),
		named("2027-05-06", "Christi Himmelfahrt"), named("2027-05-17", "Pfingstmontag")),
	"fr": append(common("Noël", "Jour de l’an"), named("2027-03-29", "Lundi de Pâques"), named("2027-05-06", "Ascension"),
		named("2027-05-17", "Lundi de Pentecôte"), named("2027-07-14", "Fête nationale"), named("2027-11-01", "Toussaint"), named("2027-11-11", "Armistice")),
	"es": append(common("Navidad", "Año Nuevo"), named("2026-12-08", "Inmaculada Concepción"), named("2027-01-06", "Epifanía"),
		named("2027-03-26", "Viernes Santo"), named("2027-10-12", "Fiesta Nacional"), named("2027-11-01", "Todos los Santos"), named("2027-12-06", "Día de la Constitución"), named("2027-12-08", "Inmaculada Concepción")),
	"it": append(common("Natale", "Capodanno"), named("2026-12-08", "Immacolata Concezione"), named("2027-01-06", "Epifania"),
		named("2027-03-29", "Lunedì dell’Angelo"), named("2027-06-02", "Festa della Repubblica"), named("2027-11-01", "Ognissanti"), named("2027-12-08", "Immacolata Concezione")),
}

// common are the holidays of all the Union's markets of the example that fall on a Monday to Friday.
func common(christmas, newYear string) []market.Holiday {
	return []market.Holiday{named("2026-12-25", christmas), named("2027-01-01", newYear)}
}

func named(day clock.Day, name string) market.Holiday { return market.Holiday{Day: day, Name: name} }
