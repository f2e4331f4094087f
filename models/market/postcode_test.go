package market_test

import (
	"testing"

	"softlaunch/models/market"
	"softlaunch/models/modelstest"
)

// postcodes are typed postcodes of the example's markets and what becomes of them: "" is no postcode of the market, "-" a
// good one of a place that is not delivered to.
var postcodes = map[string]map[string]string{
	"us": {
		"94103": "94103", " 94103 ": "94103", "94103-1234": "94103-1234", "941031234": "94103-1234", "94103 1234": "94103-1234",
		"94103\u20131234": "94103-1234", "94103\u00a01234": "94103-1234", "9-4-1-0-3": "94103", "00501": "00501", "99501": "99501",
		"9410": "", "941033": "", "94103-123": "", "94103-12345": "", "9410A": "", "": "", "-": "", "٩٤١٠٣": "", "９４１０３": "",
		"94103\n94103": "", "94103;": "", "94103.1234": "",
	},
	"uk": {
		"SW1A 1AA": "SW1A 1AA", "sw1a1aa": "SW1A 1AA", "Sw1A-1aA": "SW1A 1AA", "s w 1 a 1 a a": "SW1A 1AA", "M1 1AE": "M1 1AE",
		"B33 8TH": "B33 8TH", "cr26xh": "CR2 6XH", "DN55 1PT": "DN55 1PT", "ec1a1bb": "EC1A 1BB", "W1A 0AX": "W1A 0AX",
		"BT1 1AA": "BT1 1AA", "bt711aa": "BT71 1AA", "ZE1 0AA": "ZE1 0AA",
		"JE2 3AB": "-", "je23ab": "-", "GY1-1AA": "-", "gy101sb": "-", "IM1 1AA": "-", "im86ab": "-",
		"SW1A": "", "1AA SW1A": "", "SW1A 1A": "", "SW1A 1AAA": "", "SWA1 1AA": "", "SW1A 1CA": "", "SW1A 1AV": "", "JE": "", "94103": "", "": "",
	},
	"de": {
		"10115": "10115", " 10115": "10115", "1 0 1 1 5": "10115", "101-15": "10115", "01067": "01067", "99998": "99998",
		"78266": "-", "782 66": "-", "78-266": "-", "27498": "-",
		"78265": "78265", "78267": "78267", "27497": "27497", "178266": "", "D-10115": "", "1011": "", "101155": "", "1011S": "", "": "",
	},
	"fr": {
		"75011": "75011", "75 011": "75011", "20000": "20000", "2A004": "", "06000": "06000", "96000": "96000", "99000": "99000",
		"97100": "-", "97 200": "-", "97-300": "-", "97400": "-", "97500": "-", "97600": "-", "98000": "-", "98800": "-",
		"F-75011": "", "7501": "", "750111": "", "": "",
	},
	"es": {
		"28013": "28013", "28 013": "28013", "01001": "01001", "07001": "07001", "34001": "34001", "36001": "36001", "50001": "50001",
		"35001": "-", "35-600": "-", "38001": "-", "38 900": "-", "51001": "-", "52001": "-",
		"2801": "", "280133": "", "ES28013": "", "": "",
	},
	"it": {
		"20121": "20121", "00118": "00118", "I 20121": "", "20 121": "20121", "23040": "23040", "22060": "22060",
		"23041": "-", "23 041": "-", "22061": "-",
		"2012": "", "201211": "", "": "",
	},
}

func TestPostcodesOfEveryMarket(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for code, typed := range postcodes {
		m, err := s.Markets.Market(t.Context(), code)
		if err != nil {
			t.Fatal(err)
		}
		for text, want := range typed {
			judge(t, m, text, want)
		}
		judge(t, m, m.PostalExample, m.PostalExample)
	}
}

func judge(t *testing.T, m market.Market, text, want string) {
	t.Helper()
	got, valid, served := m.PostalCode(text)
	wantCode := want
	if want == "-" {
		wantCode = ""
	}
	if got != wantCode || valid != (want != "") || served != (wantCode != "") {
		t.Errorf("%s %q: %q, valid %v, served %v", m.Code, text, got, valid, served)
	}
}

func TestWrittenPostcodesReadAsTheyAre(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for code, typed := range postcodes {
		m, err := s.Markets.Market(t.Context(), code)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range typed {
			if want != "" && want != "-" {
				judge(t, m, want, want)
			}
		}
	}
}

func TestAPatternThatStaffMistypedRefusesAndDoesNotPanic(t *testing.T) {
	t.Parallel()
	m := market.Market{PostalPattern: `\d{5`}
	if _, valid, served := m.PostalCode("10115"); valid || served {
		t.Error("a broken pattern lets postcodes pass")
	}
	m = market.Market{PostalPattern: `\d{5}|\d{4}`}
	if _, valid, _ := m.PostalCode("123456"); valid {
		t.Error("an alternative is not held to the whole postcode")
	}
}

func TestRegionsByCodeOrName(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for _, row := range []struct{ market, typed, want string }{
		{"us", "CA", "CA"}, {"us", "ca", "CA"}, {"us", " California ", "CA"}, {"us", "NEW YORK", "NY"}, {"us", "dc", "DC"},
		{"us", "Puerto Rico", "PR"}, {"us", "ap", "AP"}, {"us", "Cal", ""}, {"us", "", ""}, {"us", " ", ""}, {"us", "XX", ""}, {"us", "C", ""},
		{"es", "M", "M"}, {"es", "madrid", "M"}, {"it", "mi", "MI"}, {"it", "Milano", "MI"},
		{"de", "Berlin", ""}, {"uk", "England", ""}, {"fr", "75", ""},
	} {
		m, err := s.Markets.Market(t.Context(), row.market)
		if err != nil {
			t.Fatal(err)
		}
		regions, err := s.Markets.Regions(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		if got, known := market.FindRegion(regions, row.typed); got.Code != row.want || known != (row.want != "") {
			t.Errorf("%s %q: %q, %v", row.market, row.typed, got.Code, known)
		}
	}
}
