package market

// PostalPreset is a way to write postcodes that many countries share, for staff who don't write patterns.
type PostalPreset struct {
	Key, Pattern, Example string
}

// PostalPresets are ways to write postcodes (Universal Postal Union, postal addressing systems). Letters are in upper case,
// spaces and hyphens don't count.
var PostalPresets = []PostalPreset{
	{"digits4", `\d{4}`, "1010"},
	{"digits5", `\d{5}`, "10115"},
	{"digits6", `\d{6}`, "110001"},
	{"digits7", `\d{7}`, "1100-148"},
	{"digits32", `\d{5}`, "111 22"},
	{"digits23", `\d{5}`, "00-950"},
	{"dutch", `\d{4}[A-Z]{2}`, "1012 AB"},
	{"irish", `[A-Z]\d[\dW][A-Z\d]{4}`, "D02 AF30"},
	{"british", `[A-Z]{1,2}\d[A-Z\d]?\d[ABD-HJLN-UW-Z]{2}`, "SW1A 1AA"},
	{"canadian", `[ABCEGHJ-NPRSTVXY]\d[A-Z]\d[A-Z]\d`, "K1A 0B1"},
	{"american", `\d{5}(\d{4})?`, "94103"},
}
