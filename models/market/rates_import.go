package market

import (
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// RateImport is a file of rates that was read and checked, line by line, and changes nothing by itself.
type RateImport struct {
	Rates  []ImportedRate // those that would be set, in order of time
	Same   int            // lines that say what holds already
	Faults []LineFault    // what keeps the whole file from being applied
}

// ImportedRate is a line of a file: the rate that it sets and the one that this ends.
type ImportedRate struct {
	Line          int
	Before, After TaxRate
}

// LineFault is what is wrong in a line: a column, "" for the line as such, and a message key.
type LineFault struct {
	Line        int
	Column, Key string
}

// rateColumns are the columns of a file of rates, as its first line names them. valid_from is a day or a local time in the
// market's zone, empty for now; an empty region is the whole market.
var rateColumns = []string{"region", "class", "name", "percent", "valid_from"}

// MaxRateFile is how many bytes a file of rates may have: it travels through a form.
const MaxRateFile = 12_000

// ReadRates reads a file of rates: CSV as RFC 4180 writes it, in UTF-8, with commas or semicolons. Each line is checked like
// a RateForm, against the market's rates and the lines before it in time.
func ReadRates(tx db.Tx, m Market, file string) (RateImport, error) {
	var found RateImport
	known, err := AllRates(tx, m.ID)
	if err != nil {
		return found, err
	}
	lines, faults := parseRates(file)
	found.Faults = faults
	var rates []ImportedRate
	for _, l := range lines {
		rate, err := l.form.read(tx, m)
		if holds(known, rate, tx.Now()) {
			found.Same++
			continue
		}
		if err != nil {
			if !found.fail(l.number, err) {
				return found, err
			}
			continue
		}
		rates = append(rates, ImportedRate{Line: l.number, After: rate})
	}
	slices.SortStableFunc(rates, func(a, b ImportedRate) int { return cmp.Compare(a.After.ValidFrom, b.After.ValidFrom) })
	for _, r := range rates {
		found.add(r, &known)
	}
	slices.SortStableFunc(found.Faults, func(a, b LineFault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return found, nil
}

// add puts a rate behind those known, which it joins.
func (i *RateImport) add(r ImportedRate, known *[]TaxRate) {
	before, free := r.After.follows(*known)
	if !free {
		i.Faults = append(i.Faults, LineFault{r.Line, "valid_from", "rate.later"})
		return
	}
	for at := range *known {
		if before.Name != "" && (*known)[at] == before {
			(*known)[at].ValidTo = r.After.ValidFrom
		}
	}
	r.Before = before
	i.Rates, *known = append(i.Rates, r), append(*known, r.After)
}

// fail notes what is wrong with a line; an error that is no fault of the line is not.
func (i *RateImport) fail(line int, err error) bool {
	var wrong *fault.Error
	if !errors.As(err, &wrong) || wrong.Kind != fault.Invalid {
		return false
	}
	for column, key := range wrong.Fields {
		i.Faults = append(i.Faults, LineFault{line, strings.Replace(column, "tax_", "", 1), key})
	}
	return true
}

// holds reports whether a rate of the same goods, place, name and per cent begins at the instant that a line names, or holds
// now where that instant has passed.
func holds(known []TaxRate, r TaxRate, now clock.Instant) bool {
	return slices.ContainsFunc(known, func(k TaxRate) bool {
		same := k.Region == r.Region && k.TaxClass == r.TaxClass && k.Name == r.Name && k.RatePPM == r.RatePPM
		valid := Interval{From: k.ValidFrom, To: k.ValidTo}.Contains(now)
		return same && (k.ValidFrom == r.ValidFrom || (valid && r.ValidFrom <= now))
	})
}

type rateLine struct {
	number int
	form   RateForm
}

// parseRates takes a file apart; its faults are those of the form of the file.
func parseRates(file string) (lines []rateLine, faults []LineFault) {
	switch {
	case len(file) > MaxRateFile:
		return nil, []LineFault{{1, "", "import.large"}}
	case !utf8.ValidString(file) || strings.ContainsRune(file, 0):
		return nil, []LineFault{{1, "", "import.text"}}
	}
	text := strings.TrimPrefix(file, "\ufeff")
	reader := csv.NewReader(strings.NewReader(text))
	reader.TrimLeadingSpace, reader.FieldsPerRecord = true, -1
	if first, _, _ := strings.Cut(text, "\n"); strings.Count(first, ";") > strings.Count(first, ",") {
		reader.Comma = ';'
	}
	head, err := reader.Read()
	if err != nil || !slices.Equal(trimmed(head), rateColumns) {
		return nil, []LineFault{{1, "", "import.head"}}
	}
	for {
		record, err := reader.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return lines, faults
		case errors.As(err, &broken):
			return lines, append(faults, LineFault{broken.Line, "", "import.line"})
		}
		number, _ := reader.FieldPos(0)
		if len(record) != len(rateColumns) {
			faults = append(faults, LineFault{number, "", "import.columns"})
			continue
		}
		lines = append(lines, rateLine{number, rateForm(trimmed(record))})
	}
}

func rateForm(record []string) RateForm {
	form := RateForm{Region: record[0], Class: record[1], Name: record[2], Percent: strings.TrimSpace(strings.TrimSuffix(record[3], "%")),
		From: Moment{Local: record[4]}}
	if day := clock.Day(record[4]); day != "" && day.AddDays(0) == day {
		form.From.Local += "T00:00"
	}
	return form
}

func trimmed(record []string) []string {
	cells := make([]string, len(record))
	for i, cell := range record {
		cells[i] = strings.TrimSpace(cell)
	}
	return cells
}

// Apply sets all rates of a file, or none: a file with a fault is an Invalid fault of the field file.
func (i RateImport) Apply(tx db.Tx) error {
	if len(i.Faults) > 0 || len(i.Rates) == 0 {
		return fault.Fields{"file": "import.faulty"}.Err()
	}
	written := map[TaxRate]int64{}
	for _, r := range i.Rates {
		if r.Before.ID == 0 {
			r.Before.ID = written[r.Before]
		}
		after := r.After
		if err := after.begin(tx, r.Before); err != nil {
			return err
		}
		written[r.After] = after.ID
	}
	return nil
}
