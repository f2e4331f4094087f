package respond_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
)

func TestOnlyPathsOfTheShopAreRedirectTargets(t *testing.T) {
	for _, target := range []string{"/", "/us/cart", "/us/products?page=2#top", "/de/orders/ABC"} {
		if got := respond.Local(target, "/fallback"); got != target {
			t.Errorf("%q became %q", target, got)
		}
	}
	for _, target := range []string{"", "us", "//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example",
		"/\t/evil.example", "/us\r\nSet-Cookie: a=b", "javascript:alert(1)", "/%zz", "/\x00"} {
		if got := respond.Local(target, "/fallback"); got != "/fallback" {
			t.Errorf("%q was let through as %q", target, got)
		}
	}
}

func TestNothingIsSentOfAPageThatFails(t *testing.T) {
	recorder := httptest.NewRecorder()
	c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), recorder)
	half := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<p>the first half")
		return errors.Join(err, errors.New("and no more"))
	})
	if err := respond.Page(c, http.StatusOK, half); err == nil || recorder.Body.Len() > 0 || c.Response().Committed {
		t.Errorf("sent %q, error %v", recorder.Body, err)
	}
}
