package pagecache

import (
	"bytes"
	"context"
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"
)

// recorder takes a handler's answer instead of the connection.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) { r.status = status }

func (r *recorder) Write(content []byte) (int, error) { return r.body.Write(content) }

// record runs a handler to its end, even if its visitor leaves, because others may wait for the same page, and without the
// visitor's cookies. Nothing has been sent when it returns.
func record(c echo.Context, next echo.HandlerFunc, who Visitor) (*recorder, error) {
	request, response := c.Request(), c.Response()
	r := &recorder{header: response.Header().Clone()}
	defer func() {
		c.SetRequest(request)
		c.SetResponse(response)
	}()
	stranger := request.WithContext(context.WithoutCancel(request.Context()))
	if who.Known {
		stranger.Header = request.Header.Clone()
		stranger.Header.Del("Cookie")
	}
	c.SetRequest(stranger)
	c.SetResponse(echo.NewResponse(r, c.Echo()))
	c.Set(unitsKey, who.Units)
	err := next(c)
	if who.Known {
		r.header.Set(echo.HeaderCacheControl, "no-store")
	}
	return r, err
}

// replay sends the answer as it was made.
func (r *recorder) replay(c echo.Context) error {
	w := c.Response()
	maps.Copy(w.Header(), r.header)
	w.WriteHeader(r.status)
	_, err := w.Write(r.body.Bytes())
	return err
}
