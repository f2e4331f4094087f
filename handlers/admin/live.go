package admin

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/views/admin"
)

// Live shows what goes on now.
func (p Pages) Live(c echo.Context) error {
	figures, err := p.figures(c.Request().Context())
	if err != nil {
		return err
	}
	return respond.Page(c, http.StatusOK, admin.Live(admin.NewLivePage(p.frame(c, "Live"), figures)))
}

func (p Pages) figures(ctx context.Context) (admin.LiveFigures, error) {
	markets, err := p.Shop.Markets.All(ctx)
	if err != nil {
		return admin.LiveFigures{}, err
	}
	live := make([]admin.LiveMarket, len(markets))
	for i, m := range markets {
		live[i] = admin.LiveMarket{Room: p.Shop.Rooms.Status(m.Code), Traffic: p.Shop.Meter.Traffic(m.Code)}
		live[i].Room.Market = m
		if live[i].Left, err = p.Shop.Gate.Left(ctx, m.Stores()[0]); err != nil {
			return admin.LiveFigures{}, err
		}
		if live[i].Reasons, err = p.Shop.Refusals.Recent(ctx, m.ID); err != nil {
			return admin.LiveFigures{}, err
		}
	}
	return admin.NewLiveFigures(p.Shop.Clock(), live, p.Shop.Meter.Traffic(""), p.Shop.Writing()), nil
}

// A stream tells the figures once in streamEvery. It ends after streamLife, when the browser asks again and has to be
// signed in still. No more than maxStreams are told at once.
const (
	streamEvery = 2 * time.Second
	streamLife  = 5 * time.Minute
	streamWrite = 10 * time.Second
	maxStreams  = 20
)

// Streams are the live views that are being told. They end when Stop is closed, so that the server can.
type Streams struct {
	Stop  <-chan struct{}
	taken chan struct{}
}

// NewStreams has room for as many as are told at once.
func NewStreams(stop <-chan struct{}) *Streams {
	return &Streams{Stop: stop, taken: make(chan struct{}, maxStreams)}
}

// LiveEvents tells the figures as server-sent events (HTML, 9.2).
func (p Pages) LiveEvents(c echo.Context) error {
	select {
	case p.Streams.taken <- struct{}{}:
		defer func() { <-p.Streams.taken }()
	default:
		return fault.New(fault.Busy, "fault.busy")
	}
	// The server's own times are for answers that end. A stream has a time for each event instead.
	connection := http.NewResponseController(c.Response().Writer)
	_, _ = connection.SetReadDeadline(time.Time{}), connection.SetWriteDeadline(time.Time{})
	c.Response().Header().Set(echo.HeaderContentType, "text/event-stream")
	c.Response().Header().Set("X-Accel-Buffering", "no") // proxies that keep answers back would keep all of it
	c.Response().WriteHeader(http.StatusOK)
	over := time.NewTimer(streamLife)
	defer over.Stop()
	next := time.NewTicker(streamEvery)
	defer next.Stop()
	for {
		if err := p.tell(c, connection); err != nil {
			return err
		}
		select {
		case <-c.Request().Context().Done():
			return nil
		case <-p.Streams.Stop:
			return nil
		case <-over.C:
			return nil
		case <-next.C:
		}
	}
}

// tell sends one event. A browser that takes none for streamWrite is given up.
func (p Pages) tell(c echo.Context, connection *http.ResponseController) error {
	figures, err := p.figures(c.Request().Context())
	if c.Request().Context().Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := admin.Figures(figures).Render(c.Request().Context(), &page); err != nil {
		return err
	}
	stuck := time.AfterFunc(streamWrite, func() { _ = connection.SetWriteDeadline(time.Unix(1, 0)) })
	defer stuck.Stop()
	event := "event: figures\ndata: " + strings.ReplaceAll(page.String(), "\n", "\ndata: ") + "\n\n"
	if _, err := c.Response().Write([]byte(event)); err != nil {
		return nil // the browser has gone
	}
	_ = connection.Flush()
	return nil
}
