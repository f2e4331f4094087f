package admin

import (
	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/clock"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/views/admin"
)

type preview struct {
	Market   string `form:"market"`
	At       string `form:"at"`
	Fold     string `form:"at_fold"`
	WithCode string `form:"with_code"`
}

// StartPreview leads to a market's store as it will be at an instant.
func (p Pages) StartPreview(c echo.Context) error {
	var f preview
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	at := market.Moment{Local: f.At, Fold: market.Fold(f.Fold)}
	m, instant, err := p.previewed(c, f.Market, at)
	if wrong, status, again := refused(err); again {
		return p.showLaunches(c, status, admin.PreviewForm{Market: f.Market, At: at, WithCode: f.WithCode == "yes", Faults: wrong.Fields})
	}
	if err != nil {
		return err
	}
	if err := p.Sessions.StartPreview(c, session.Preview{At: instant, WithCode: f.WithCode == "yes"}); err != nil {
		return err
	}
	return respond.To(c, "/"+m.Stores()[0].Path()+"/")
}

// previewed is a market and the instant that was typed in its zone. The fault's fields are market and at; at an instant at
// which the market is a draft there is nothing to see.
func (p Pages) previewed(c echo.Context, code string, at market.Moment) (market.Market, clock.Instant, error) {
	wrong := fault.Fields{}
	m, err := p.Shop.Markets.Market(c.Request().Context(), code)
	if fault.Is(err, fault.NotFound) {
		wrong.Add("market", "fault.market")
		return m, 0, wrong.Err()
	}
	if err != nil {
		return m, 0, err
	}
	instant := m.Read(at, "at", wrong)
	switch {
	case len(wrong) > 0:
	case instant == 0:
		wrong.Add("at", "time.text")
	case m.Phase(instant) == market.Draft:
		wrong.Add("at", "preview.draft")
	}
	return m, instant, wrong.Err()
}
