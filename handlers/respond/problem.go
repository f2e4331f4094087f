package respond

import (
	"fmt"
	"html/template"
	"net/http"

	"github.com/labstack/echo/v4"
)

// Problem is why a request did not get what it asked for. Key and Args are the message of a fault, empty when the status
// says all; Reference finds the request in the logs.
type Problem struct {
	Status    int
	Key       string
	Args      map[string]any
	Reference string
}

// Plain sends the problem as a page that needs nothing: no database, no message file, no style sheet.
func (p Problem) Plain(c echo.Context) error {
	const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>%[1]s</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>%[1]s</h1><p>%[2]s</p><p><a href="/">To the start page</a></p><p>Reference: %[3]s</p></main></body></html>`
	text := http.StatusText(p.Status)
	content := fmt.Sprintf(page, template.HTMLEscapeString(text), advice(p.Status), template.HTMLEscapeString(p.Reference))
	return Bytes(c, p.Status, html, []byte(content))
}

func advice(status int) string {
	if status >= http.StatusInternalServerError {
		return "The fault is ours. Nothing was changed; please try again in a moment."
	}
	return "Please go back, check the address or what you entered, and try again."
}
