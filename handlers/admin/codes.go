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
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// Codes shows a market's batches of access codes.
func (p Pages) Codes(c echo.Context) error {
	return p.showCodes(c, http.StatusOK, admin.CodesForm{Make: launch.CodeForm{Uses: "1"}})
}

func (p Pages) showCodes(c echo.Context, status int, f admin.CodesForm) error {
	ctx, code := c.Request().Context(), c.Param("code")
	goods, err := p.Shop.Catalog.Range(ctx, code)
	if err != nil {
		return err
	}
	batches, err := p.Shop.Codes.Batches(ctx, code)
	if err != nil {
		return err
	}
	page := admin.NewCodesPage(p.ofMarket(c, goods.Market, "Codes"), goods, batches, f, session.Actor(c).May(staff.ManageProducts))
	return respond.Page(c, status, admin.Sections(page))
}

type newCodes struct {
	Product  string `form:"product"`
	Label    string `form:"label"`
	Quantity string `form:"quantity"`
	Uses     string `form:"uses"`
}

// MakeCodes has a batch of codes made.
func (p Pages) MakeCodes(c echo.Context) error {
	var f newCodes
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := launch.CodeForm(f)
	id, err := p.Shop.Codes.Make(c.Request().Context(), session.Actor(c), c.Param("code"), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showCodes(c, status, admin.CodesForm{Make: entered, MakeFaults: faults})
	}, codesPath(c)+"/"+strconv.FormatInt(id, 10), "The codes are being made.")
}

func codesPath(c echo.Context) string { return marketPath(c) + "/codes" }

type invitation struct {
	Product string `form:"product"`
	Label   string `form:"label"`
}

// Invite sends a code to everybody who waits.
func (p Pages) Invite(c echo.Context) error {
	var f invitation
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	id, err := p.Shop.Codes.Invite(c.Request().Context(), session.Actor(c), c.Param("code"), f.Product, f.Label)
	if wrong, status, again := refused(err); again {
		shown := admin.CodesForm{Make: launch.CodeForm{Uses: "1"}, Product: f.Product, Label: f.Label, InviteFaults: wrong.Fields}
		if len(wrong.Fields) == 0 {
			shown.InviteError = admin.Explain(wrong)
		}
		return p.showCodes(c, status, shown)
	}
	if err != nil {
		return err
	}
	return p.done(c, codesPath(c)+"/"+strconv.FormatInt(id, 10), "The codes are being made and go out by mail.")
}

type revocation struct {
	Code   string `form:"code"`
	Reason string `form:"reason"`
}

// RevokeCode makes one code worthless.
func (p Pages) RevokeCode(c echo.Context) error {
	var f revocation
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	err := p.Shop.Codes.Revoke(c.Request().Context(), session.Actor(c), f.Code, f.Reason)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showCodes(c, status, admin.CodesForm{Make: launch.CodeForm{Uses: "1"}, Code: f.Code, Reason: f.Reason, OneFaults: faults})
	}, codesPath(c), "The code is revoked.")
}

// Batch shows how far a batch of codes is. While codes are being made the page asks again by itself.
func (p Pages) Batch(c echo.Context) error { return p.showBatch(c, http.StatusOK, "", nil) }

// refreshSeconds is how often a page asks how far codes are.
const refreshSeconds = "3"

func (p Pages) showBatch(c echo.Context, status int, reason string, faults map[string]string) error {
	m, batch, err := p.batch(c)
	if err != nil {
		return err
	}
	if batch.Making() {
		c.Response().Header().Set("Refresh", refreshSeconds)
	}
	frame := p.ofMarket(c, m, batch.Label, components.Link{Text: "Codes", URL: codesPath(c)})
	page := admin.NewBatchPage(frame, m, batch, reason, faults, session.Actor(c).May(staff.ManageProducts))
	return respond.Page(c, status, admin.Sections(page))
}

// batch is the batch of the address, which must be of the address's market.
func (p Pages) batch(c echo.Context) (m market.Market, b launch.CodeBatch, err error) {
	ctx := c.Request().Context()
	id, err := number(c, "batch")
	if err != nil {
		return m, b, err
	}
	if m, err = p.Shop.Markets.Market(ctx, c.Param("code")); err != nil {
		return m, b, err
	}
	if b, err = p.Shop.Codes.Batch(ctx, id); err == nil && b.MarketID != m.ID {
		err = fault.New(fault.NotFound, "codes.gone")
	}
	return m, b, err
}

// ExportCodes sends all codes of a batch, once.
func (p Pages) ExportCodes(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	m, batch, err := p.batch(c)
	if err != nil {
		return err
	}
	codes, err := p.Shop.Codes.Export(c.Request().Context(), session.Actor(c), batch.ID)
	if err != nil {
		return err
	}
	rows := [][]string{{"code", "market", "product", "uses", "label"}}
	for _, code := range codes {
		rows = append(rows, []string{code, m.Code, batch.Product, strconv.Itoa(batch.UsesAllowed), batch.Label})
	}
	return sendCSV(c, "codes-"+m.Code+"-"+strconv.FormatInt(batch.ID, 10)+".csv", rows)
}

// RevokeBatch makes all codes of a batch worthless.
func (p Pages) RevokeBatch(c echo.Context) error {
	var f rejection
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	_, batch, err := p.batch(c)
	if err != nil {
		return err
	}
	err = p.Shop.Codes.RevokeBatch(c.Request().Context(), session.Actor(c), batch.ID, f.Reason)
	return p.finish(c, err, func(status int, faults map[string]string) error { return p.showBatch(c, status, f.Reason, faults) },
		codesPath(c)+"/"+c.Param("batch"), "The codes are revoked.")
}
