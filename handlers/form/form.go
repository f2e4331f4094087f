// Package form reads what a browser sent with a form: from the body only, never from the address, into typed structs.
package form

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	playground "github.com/go-playground/form/v4"
	"github.com/labstack/echo/v4"

	"softlaunch/models/fault"
)

// MaxBytes is the largest body of a form.
const MaxBytes = 64 << 10

// The most fields a form has, and the most bytes of one.
const (
	maxFields = 200
	maxLength = 16 << 10
)

var decoder = newDecoder()

func newDecoder() *playground.Decoder {
	d := playground.NewDecoder()
	d.SetTagName("form")
	d.SetMode(playground.ModeExplicit)
	return d
}

// Decode reads a form into a pointer to a struct whose fields are strings or slices of strings with a tag: `form:"email"`.
// Spaces around a value stay. Fields that the struct does not name are ignored. A malformed form, and one that repeats a
// field which is no slice, is answered 400, another type of content 415, too much of it 413.
func Decode(c echo.Context, into any) error {
	sent, err := read(c.Request())
	if err != nil {
		return err
	}
	known := url.Values{}
	target := reflect.TypeOf(into).Elem()
	for i := range target.NumField() {
		field := target.Field(i)
		values := sent[field.Tag.Get("form")]
		if field.Type.Kind() != reflect.Slice && len(values) > 1 {
			return bad("the field %q is there more than once", field.Tag.Get("form"))
		}
		if len(values) > 0 {
			known[field.Tag.Get("form")] = values
		}
	}
	if err := decoder.Decode(into, known); err != nil {
		return fmt.Errorf("form: %T can't be filled: %w", into, err)
	}
	return nil
}

// Empty reads a form that has no fields of its own, like a button; what is sent with it must still be a form.
func Empty(c echo.Context) error {
	_, err := read(c.Request())
	return err
}

func read(r *http.Request) (url.Values, error) {
	body, err := io.ReadAll(r.Body)
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return nil, echo.NewHTTPError(http.StatusRequestEntityTooLarge).SetInternal(err)
	}
	if err != nil {
		return nil, bad("the body ended early")
	}
	if len(body) == 0 {
		return nil, nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType)); err != nil || kind != echo.MIMEApplicationForm {
		return nil, echo.NewHTTPError(http.StatusUnsupportedMediaType)
	}
	return parse(string(body))
}

func parse(body string) (url.Values, error) {
	if strings.Count(body, "&") >= maxFields {
		return nil, bad("more than %d fields", maxFields)
	}
	sent, err := url.ParseQuery(body)
	if err != nil {
		return nil, bad("the encoding is broken")
	}
	for name, values := range sent {
		for _, text := range append(values, name) {
			if len(text) > maxLength || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				return nil, bad("a field is too long or no text")
			}
		}
	}
	return sent, nil
}

func bad(reason string, args ...any) error {
	return echo.NewHTTPError(http.StatusBadRequest).SetInternal(fmt.Errorf("form: "+reason, args...))
}

// Quantity reads one to four ASCII digits that come to at least least, 0 or 1. The fault's field is quantity.
func Quantity(text string, least int) (int, error) {
	wrong := fault.Fields{"quantity": "form.quantity"}.Err()
	if len(text) < 1 || len(text) > 4 || strings.Trim(text, "0123456789") != "" {
		return 0, wrong
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least {
		return 0, wrong
	}
	return n, nil
}
