package admin

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

// Approval shows the form that refuses or withdraws an approval.
func (p Pages) Approval(c echo.Context) error { return p.showApproval(c, http.StatusOK, "", nil) }

func (p Pages) showApproval(c echo.Context, status int, typed string, faults map[string]string) error {
	if err := session.Actor(c).Require(staff.ManageMarkets); err != nil {
		return err
	}
	overview, err := p.Shop.Gate.Overview(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	for _, need := range overview.Needed {
		for _, grant := range need.Grants {
			if strconv.FormatInt(grant.ID, 10) == c.Param("approval") {
				frame := p.frame(c, "Approval", launchCrumbs(overview.Market.Code, "Approval")...)
				return respond.Page(c, status, admin.Forms(admin.NewApprovalPage(frame, overview.Market, need, grant, typed, faults)))
			}
		}
	}
	return fault.New(fault.NotFound, "approval.gone")
}

// RefuseApproval notes that an approval was not granted.
func (p Pages) RefuseApproval(c echo.Context) error {
	return p.reject(c, p.Shop.Gate.Refuse, "The approval is refused.")
}

// WithdrawApproval takes a granted approval back.
func (p Pages) WithdrawApproval(c echo.Context) error {
	return p.reject(c, p.Shop.Gate.Withdraw, "The approval is withdrawn.")
}

type rejection struct {
	Reason string `form:"reason"`
}

func (p Pages) reject(c echo.Context, verb func(context.Context, staff.Actor, string, int64, string) error, notice string) error {
	var f rejection
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	id, err := number(c, "approval")
	if err != nil {
		return err
	}
	err = verb(c.Request().Context(), session.Actor(c), c.Param("code"), id, f.Reason)
	if wrong, status, again := refused(err); again && len(wrong.Fields) > 0 {
		return p.showApproval(c, status, f.Reason, wrong.Fields)
	}
	if err != nil {
		return err
	}
	return p.done(c, launchPath(c), notice)
}
