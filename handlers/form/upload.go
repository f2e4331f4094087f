package form

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/labstack/echo/v4"
)

// uploadMargin is how much a form with a file is larger than its file: boundaries, names, headers.
const uploadMargin = 16 << 10

// MaxUpload is the largest body of a form with a file of at most file bytes.
func MaxUpload(file int64) int64 { return file + uploadMargin }

// File is a file that a form sent. Its name is what the browser says and its content may be anything.
type File struct {
	Name    string
	Content []byte
}

// Upload reads the file of a field from a form with files (multipart/form-data, RFC 7578). Other fields are left aside.
// Without a file its name and content are empty. A malformed form is answered 400, another type of content 415, too much
// of it 413.
func Upload(c echo.Context, field string) (File, error) {
	r := c.Request()
	if kind, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType)); err != nil || kind != echo.MIMEMultipartForm {
		return File{}, echo.NewHTTPError(http.StatusUnsupportedMediaType)
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return File{}, bad("the form has no parts: %w", err)
	}
	for seen := 0; seen < maxFields; seen++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return File{}, nil
		}
		if err != nil {
			return File{}, broken(err)
		}
		if part.FormName() != field {
			continue
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return File{}, broken(err)
		}
		return File{Name: part.FileName(), Content: content}, nil
	}
	return File{}, bad("more than %d parts", maxFields)
}

func broken(err error) error {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return echo.NewHTTPError(http.StatusRequestEntityTooLarge).SetInternal(err)
	}
	return bad("a part is broken: %w", err)
}
