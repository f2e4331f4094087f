package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/views/admin"
)

// Password shows the form that changes one's own password.
func (p Pages) Password(c echo.Context) error { return p.showPassword(c, http.StatusOK, nil) }

func (p Pages) showPassword(c echo.Context, status int, faults map[string]string) error {
	return respond.Page(c, status, admin.Forms(admin.NewPasswordPage(p.frame(c, "Password"), faults)))
}

type passwords struct {
	Current  string `form:"current"`
	Password string `form:"password"`
}

// ChangePassword replaces one's own password. All sessions end, and this one goes on under a new token.
func (p Pages) ChangePassword(c echo.Context) error {
	var f passwords
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	err := p.Shop.Staff.ChangePassword(c.Request().Context(), session.Actor(c), f.Current, f.Password)
	if wrong, status, again := refused(err); again && len(wrong.Fields) > 0 {
		return p.showPassword(c, status, wrong.Fields)
	}
	if err != nil {
		return err
	}
	member, _ := session.Member(c)
	if err := p.Sessions.Begin(c, member); err != nil {
		return err
	}
	return p.done(c, "/admin", "Your password is changed.")
}
