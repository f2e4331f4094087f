package admin

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/draw"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

type newDraw struct {
	Product  string `form:"product"`
	Name     string `form:"name"`
	ClosesAt string `form:"closes_at"`
	Fold     string `form:"closes_at_fold"`
	Winners  string `form:"winners"`
}

// AnnounceDraw begins a draw, which draws by itself when it closes.
func (p Pages) AnnounceDraw(c echo.Context) error {
	var f newDraw
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := launch.DrawForm{Product: f.Product, Name: f.Name, Winners: f.Winners, ClosesAt: market.Moment{Local: f.ClosesAt, Fold: market.Fold(f.Fold)}}
	key, err := p.Shop.Draws.Announce(c.Request().Context(), session.Actor(c), c.Param("code"), entered)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showInterest(c, status, admin.InterestForm{Draw: entered, DrawFaults: faults})
	}, marketPath(c)+"/draws/"+key, "The draw is announced. Its seed is fixed from now on.")
}

// Draw shows a draw and, when it is drawn, its result.
func (p Pages) Draw(c echo.Context) error { return p.showDraw(c, http.StatusOK, "", nil) }

func (p Pages) showDraw(c echo.Context, status int, reason string, faults map[string]string) error {
	found, err := p.draw(c)
	if err != nil {
		return err
	}
	goods, err := p.Shop.Catalog.Range(c.Request().Context(), c.Param("code"))
	if err != nil {
		return err
	}
	var result admin.DrawResult
	if !found.DrawnAt.IsZero() {
		file, err := p.Shop.Draws.File(c.Request().Context(), found.ID)
		if err != nil {
			return err
		}
		published, err := draw.Read(file)
		if err != nil {
			return err
		}
		result = admin.DrawResult{Seed: published.Seed, Winners: len(published.Winners)}
	}
	frame := p.ofMarket(c, goods.Market, found.Name, components.Link{Text: "Interest", URL: interestPath(c)})
	page := admin.NewDrawPage(frame, goods, found, result, p.Shop.Clock(), reason, faults, session.Actor(c).May(staff.ManageProducts))
	return respond.Page(c, status, admin.Sections(page))
}

// draw is the draw of the address, which must be of the address's market.
func (p Pages) draw(c echo.Context) (launch.Draw, error) {
	draws, err := p.Shop.Draws.List(c.Request().Context(), c.Param("code"))
	if err != nil {
		return launch.Draw{}, err
	}
	at := slices.IndexFunc(draws, func(d launch.Draw) bool { return d.Key == c.Param("draw") })
	if at < 0 {
		return launch.Draw{}, fault.New(fault.NotFound, "draw.gone")
	}
	return draws[at], nil
}

// DrawFile sends what a draw published.
func (p Pages) DrawFile(c echo.Context) error {
	found, err := p.draw(c)
	if err != nil {
		return err
	}
	file, err := p.Shop.Draws.File(c.Request().Context(), found.ID)
	if err != nil {
		return err
	}
	return respond.File(c, "draw-"+found.Key+".json", echo.MIMEApplicationJSON, file)
}

// CancelDraw ends a draw that has not closed.
func (p Pages) CancelDraw(c echo.Context) error {
	var f rejection
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	found, err := p.draw(c)
	if err != nil {
		return err
	}
	err = p.Shop.Draws.Cancel(c.Request().Context(), session.Actor(c), found.Key, f.Reason)
	return p.finish(c, err, func(status int, faults map[string]string) error { return p.showDraw(c, status, f.Reason, faults) },
		marketPath(c)+"/draws/"+found.Key, "The draw is cancelled.")
}
