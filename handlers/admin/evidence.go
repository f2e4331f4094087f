package admin

import (
	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/staff"
)

// AttachFile keeps a file that proves an approval. Who may not do it is told before the file is read.
func (p Pages) AttachFile(c echo.Context) error {
	if err := session.Actor(c).Require(staff.ManageMarkets); err != nil {
		return err
	}
	id, err := number(c, "approval")
	if err != nil {
		return err
	}
	file, err := form.Upload(c, "file")
	if err != nil {
		return err
	}
	err = p.Shop.Gate.Attach(c.Request().Context(), session.Actor(c), c.Param("code"), id, file.Name, file.Content)
	return p.finish(c, err, func(status int, faults map[string]string) error { return p.showApproval(c, status, "", faults) },
		launchPath(c)+"/approvals/"+c.Param("approval"), "The file is kept.")
}

// EvidenceFile sends a file that proves an approval, to be saved and never shown.
func (p Pages) EvidenceFile(c echo.Context) error {
	id, err := number(c, "file")
	if err != nil {
		return err
	}
	file, content, err := p.Shop.Gate.File(c.Request().Context(), c.Param("code"), id)
	if err != nil {
		return err
	}
	return respond.File(c, file.Name, file.Media, content)
}
