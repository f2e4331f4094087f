// Package webhook takes what payment providers tell the shop by themselves.
package webhook

import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/models"
	"softlaunch/models/payment"
	"softlaunch/models/payment/stripe"
)

// Stripe stores a signed message of Stripe's and answers 200; a job applies it. One that is not Stripe's for this shop, or is not
// of now, is answered 400 and changes nothing. Any other answer has Stripe send it again, for three days.
func Stripe(shop *models.Shop) echo.HandlerFunc {
	return func(c echo.Context) error {
		payload, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return err
		}
		err = shop.Orders.Hear(c.Request().Context(), stripe.Provider, payload, c.Request().Header.Get("Stripe-Signature"))
		if errors.Is(err, payment.ErrForeign) {
			return echo.NewHTTPError(http.StatusBadRequest)
		}
		if err != nil {
			return err
		}
		return c.NoContent(http.StatusOK)
	}
}
