package admin

import (
	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/views/admin"
)

// Problem says why a request did not get what it asked for.
func (p Pages) Problem(c echo.Context, problem respond.Problem) error {
	text := ""
	if problem.Key != "" {
		text = admin.Explain(&fault.Error{Key: problem.Key, Args: problem.Args})
	}
	var frame admin.Frame
	if member, signedIn := session.Member(c); signedIn {
		frame = admin.NewFrame(member, c.Request().URL.Path, "", "")
	}
	return respond.Page(c, problem.Status, admin.Problem(admin.NewProblemPage(frame, problem.Status, text, problem.Reference)))
}
