package admin

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
)

// sendCSV sends rows as a file of a name. A cell that a spreadsheet would take for a formula is made plain text.
func sendCSV(c echo.Context, name string, rows [][]string) error {
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	for _, row := range rows {
		plain := make([]string, len(row))
		for i, cell := range row {
			plain[i] = harmless(cell)
		}
		if err := w.Write(plain); err != nil {
			return err
		}
	}
	if w.Flush(); w.Error() != nil {
		return w.Error()
	}
	return respond.File(c, name, "text/csv; charset=utf-8", file.Bytes())
}

var belowZero = regexp.MustCompile(`^-\d+(\.\d+)?$`)

// harmless is a cell that begins no formula. A plain number below zero is none.
func harmless(cell string) string {
	if belowZero.MatchString(cell) {
		return cell
	}
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
