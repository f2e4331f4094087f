package admin

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/jobs"
	"softlaunch/handlers/respond"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/views/admin"
	"softlaunch/views/components"
	"softlaunch/views/email"
)

// MailKind shows what a mail of a kind looks like in a store, before one is ever sent. Without a store it is the first one.
func (p Pages) MailKind(c echo.Context) error {
	kind := c.Param("kind")
	if !slices.Contains(order.AllMailKinds, kind) {
		return fault.New(fault.NotFound, "fault.mail")
	}
	stores, err := p.stores(c)
	if err != nil {
		return err
	}
	store := stores[0].Path()
	if typed := c.QueryParam("store"); typed != "" {
		store = typed
	}
	written, err := p.exampleMail(c, kind, store)
	f, _, none := refused(err)
	if err != nil && !none {
		return err
	}
	problem := ""
	if none {
		problem = admin.Explain(f)
	}
	frame := p.frame(c, "What is mailed", components.Link{Text: "Mails", URL: "/admin/mails"}, components.Link{Text: "What is mailed", Current: true})
	letFrame(c)
	return respond.Page(c, http.StatusOK, admin.MailKind(admin.NewMailKindPage(frame, kind, store, stores, written, problem)))
}

// MailKindHTML is that mail as a mail program shows it.
func (p Pages) MailKindHTML(c echo.Context) error {
	written, err := p.exampleMail(c, c.Param("kind"), c.QueryParam("store"))
	if err != nil {
		return err
	}
	return sendMail(c, written.HTML)
}

func (p Pages) exampleMail(c echo.Context, kind, path string) (email.Message, error) {
	store, err := p.Shop.Markets.AnyStore(c.Request().Context(), path)
	if err != nil {
		return email.Message{}, err
	}
	return jobs.Example(c.Request().Context(), p.Shop, p.URL, kind, store)
}

// stores are those of all markets, drafts too.
func (p Pages) stores(c echo.Context) ([]market.Store, error) {
	markets, err := p.Shop.Markets.All(c.Request().Context())
	if err != nil {
		return nil, err
	}
	var stores []market.Store
	for _, m := range markets {
		stores = append(stores, m.Stores()...)
	}
	if len(stores) == 0 {
		return nil, fault.New(fault.NotFound, "fault.market")
	}
	return stores, nil
}
