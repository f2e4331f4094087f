package shop

import (
	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
)

// Problem says why a request did not get what it asked for.
func (p Pages) Problem(c echo.Context, problem respond.Problem) error {
	return problem.Plain(c)
}
