package admin

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
)

// Wave shows the form that changes a wave.
func (p Pages) Wave(c echo.Context) error { return p.showWave(c, http.StatusOK, nil, nil) }

// showWave shows a wave as it is, or as it was typed.
func (p Pages) showWave(c echo.Context, status int, typed *launch.WaveForm, faults map[string]string) error {
	if err := session.Actor(c).Require(staff.ManageProducts); err != nil {
		return err
	}
	overview, err := p.Shop.Gate.Overview(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	for _, goods := range overview.Goods {
		for _, w := range goods.Waves {
			if strconv.FormatInt(w.ID, 10) != c.Param("wave") {
				continue
			}
			if typed == nil {
				typed = &launch.WaveForm{OpensAt: overview.Market.Moment(w.OpensAt), Quantity: strconv.Itoa(w.Quantity), NeedsCode: w.NeedsCode}
			}
			frame := p.frame(c, "Wave", launchCrumbs(overview.Market.Code, "Wave")...)
			return respond.Page(c, status, admin.Forms(admin.NewWavePage(frame, overview.Market, goods, w, *typed, faults)))
		}
	}
	return fault.New(fault.NotFound, "wave.gone")
}

// ChangeWave changes a wave that has not begun.
func (p Pages) ChangeWave(c echo.Context) error {
	var f wave
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	id, err := number(c, "wave")
	if err != nil {
		return err
	}
	typed := f.form()
	err = p.Shop.Gate.ChangeWave(c.Request().Context(), session.Actor(c), c.Param("code"), id, typed)
	if wrong, status, again := refused(err); again && len(wrong.Fields) > 0 {
		return p.showWave(c, status, &typed, wrong.Fields)
	}
	if err != nil {
		return err
	}
	return p.done(c, launchPath(c), "The wave is changed.")
}

// RemoveWave takes a wave that has not begun out of its batch.
func (p Pages) RemoveWave(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	id, err := number(c, "wave")
	if err != nil {
		return err
	}
	if err := p.Shop.Gate.RemoveWave(c.Request().Context(), session.Actor(c), c.Param("code"), id); err != nil {
		return err
	}
	return p.done(c, launchPath(c), "The wave is removed.")
}
