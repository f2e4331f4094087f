package session

import (
	"crypto/rand"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// cartAge is how long a browser keeps its cart.
const cartAge = 90 * 24 * time.Hour

// Cart is the cookie that names a shopper's cart by a random token.
type Cart struct{ cookie cookie }

// NewCart is the cart's cookie; secure says that the shop is reached over https only.
func NewCart(secure bool) Cart { return Cart{cookie: named("cart", secure, cartAge)} }

// Token is the token of the request's cart, or empty when there is none. What can't be a token counts as none.
func (k Cart) Token(c echo.Context) string {
	token := k.cookie.read(c)
	if len(token) != len(rand.Text()) || strings.Trim(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return ""
	}
	return token
}

// Alone is the token of the request's cart when the request has no other cookie: then nothing more is known of its visitor.
func (k Cart) Alone(c echo.Context) string {
	lines := c.Request().Header["Cookie"]
	if len(lines) != 1 || strings.Contains(lines[0], ";") {
		return ""
	}
	return k.Token(c)
}

// Fresh is a token for a new cart: 128 random bits or more. Keep it when something is in that cart.
func (k Cart) Fresh() string { return rand.Text() }

// Keep has the browser remember a cart.
func (k Cart) Keep(c echo.Context, token string) { k.cookie.write(c, token) }
