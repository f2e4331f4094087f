// Package respond sends whole answers: a page is rendered before its first byte leaves, and a redirect stays in the shop.
package respond

import (
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

const html = "text/html; charset=utf-8"

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxKept keeps a single huge page from holding its memory for ever.
const maxKept = 256 << 10

// Page renders a page and sends it with a status. When it can't be rendered nothing has been sent.
func Page(c echo.Context, status int, page templ.Component) error {
	buffer := buffers.Get().(*bytes.Buffer)
	buffer.Reset()
	defer func() {
		if buffer.Cap() <= maxKept {
			buffers.Put(buffer)
		}
	}()
	if err := page.Render(c.Request().Context(), buffer); err != nil {
		return err
	}
	return Bytes(c, status, html, buffer.Bytes())
}

// Bytes sends content of a type with a status.
func Bytes(c echo.Context, status int, media string, content []byte) error {
	c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(len(content)))
	return c.Blob(status, media, content)
}

// To redirects to an address within the shop with 303, so that the browser asks for it with GET. Any other address is
// replaced by the start page.
func To(c echo.Context, target string) error {
	return c.Redirect(http.StatusSeeOther, Local(target, "/"))
}

// Leave is To for an address that may also lie at one of these origins, scheme and host, outside the shop.
func Leave(c echo.Context, target string, origins []string) error {
	for _, origin := range origins {
		if strings.HasPrefix(target, origin+"/") {
			return c.Redirect(http.StatusSeeOther, target)
		}
	}
	return To(c, target)
}

// Local is target when it is a path of this shop, otherwise the fallback. Browsers read "//host", "/\host" and paths with
// tabs or line breaks as other sites.
func Local(target, fallback string) string {
	if !strings.HasPrefix(target, "/") || strings.HasPrefix(target, "//") || strings.ContainsAny(target, "\\\t\r\n\x00") {
		return fallback
	}
	address, err := url.Parse(target)
	if err != nil || address.IsAbs() || address.Host != "" {
		return fallback
	}
	return target
}

// Revalidate lets browsers keep a page without personal content if they ask each time whether it still holds. Without it
// an answer is not stored anywhere.
func Revalidate(c echo.Context) {
	c.Response().Header().Set(echo.HeaderCacheControl, "private, no-cache")
	c.Response().Header().Add(echo.HeaderVary, "Cookie")
}

// File sends content to be saved under a name, never shown.
func File(c echo.Context, name, media string, content []byte) error {
	c.Response().Header().Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return Bytes(c, http.StatusOK, media, content)
}

// PDF sends a document to be saved under a name.
func PDF(c echo.Context, name string, content []byte) error {
	return File(c, name+".pdf", "application/pdf", content)
}
