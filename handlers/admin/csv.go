package admin

import (
	"bytes"
	"encoding/csv"
	"mime"
	"net/http"
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
	return sendFile(c, name, "text/csv; charset=utf-8", file.Bytes())
}

// harmless is a cell that begins no formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// sendFile sends content to be saved under a name, never shown.
func sendFile(c echo.Context, name, media string, content []byte) error {
	c.Response().Header().Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return respond.Bytes(c, http.StatusOK, media, content)
}
