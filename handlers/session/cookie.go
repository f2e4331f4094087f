package session

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// cookie is one of the shop's cookies. Its age is told as Max-Age only: a date would depend on the browser's clock.
// SameSite is Lax because a link in a mail must find its reader signed in.
type cookie struct {
	name   string
	secure bool
	age    time.Duration
}

// named is a cookie of this name, with the prefix that binds it to host and https where there is https (RFC 6265bis,
// 4.1.3.2).
func named(name string, secure bool, age time.Duration) cookie {
	if secure {
		name = "__Host-" + name
	}
	return cookie{name: name, secure: secure, age: age}
}

// read is the cookie's value. When a browser sends several of this name none of them counts.
func (k cookie) read(c echo.Context) string {
	sent := c.Request().CookiesNamed(k.name)
	if len(sent) != 1 {
		return ""
	}
	return sent[0].Value
}

func (k cookie) write(c echo.Context, value string) { k.set(c, value, int(k.age.Seconds())) }

func (k cookie) clear(c echo.Context) { k.set(c, "", -1) }

func (k cookie) set(c echo.Context, value string, maxAge int) {
	c.SetCookie(&http.Cookie{Name: k.name, Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: k.secure,
		SameSite: http.SameSiteLaxMode})
}
