package admin

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/views/admin"
)

type signIn struct {
	Email    string `form:"email"`
	Password string `form:"password"`
	Next     string `form:"next"`
}

// SignIn asks who it is.
func (p Pages) SignIn(c echo.Context) error {
	next := within(c.QueryParam("next"))
	if _, signedIn := session.Member(c); signedIn {
		return respond.To(c, next)
	}
	return respond.Page(c, http.StatusOK, admin.SignIn(admin.NewSignInPage(next, "", "")))
}

// StartSession signs in.
func (p Pages) StartSession(c echo.Context) error {
	var f signIn
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	member, err := p.Shop.Staff.SignIn(c.Request().Context(), f.Email, f.Password, c.RealIP())
	if err != nil {
		return refuseSignIn(c, f, err)
	}
	if err := p.Sessions.Begin(c, member); err != nil {
		return err
	}
	return respond.To(c, within(f.Next))
}

// refuseSignIn asks again and keeps the address that was typed.
func refuseSignIn(c echo.Context, f signIn, err error) error {
	var wrong *fault.Error
	if !errors.As(err, &wrong) || wrong.Kind != fault.Invalid {
		return err
	}
	page := admin.NewSignInPage(within(f.Next), f.Email, wrong.Fields["email"])
	return respond.Page(c, http.StatusUnprocessableEntity, admin.SignIn(page))
}

// EndSession signs out.
func (p Pages) EndSession(c echo.Context) error {
	if err := p.Sessions.End(c); err != nil {
		return err
	}
	return respond.To(c, "/admin/session")
}

// within is an address of the back-office, or its start page.
func within(next string) string {
	if next = respond.Local(next, "/admin"); strings.HasPrefix(next, "/admin/") && !strings.HasPrefix(next, "/admin/session") {
		return next
	}
	return "/admin"
}
