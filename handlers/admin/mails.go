package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/order"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

const mailsPerPage = 50

// mayRead lets everybody on the staff read mails while the shop is being made. In production they hold real people's names
// and the secret addresses of their orders, so they are for whoever works on orders.
func (p Pages) mayRead(c echo.Context) error {
	if !p.Production {
		return nil
	}
	return session.Actor(c).Require(staff.ManageOrders)
}

// Mails lists the outbox.
func (p Pages) Mails(c echo.Context) error {
	if err := p.mayRead(c); err != nil {
		return err
	}
	mails, err := p.Shop.Orders.Mails(c.Request().Context(), older(c), mailsPerPage+1)
	if err != nil {
		return err
	}
	more := len(mails) > mailsPerPage
	page := admin.NewMailsPage(p.frame(c, "Mails"), mails[:min(len(mails), mailsPerPage)], more)
	return respond.Page(c, http.StatusOK, admin.Mails(page))
}

// Mail shows one mail as text.
func (p Pages) Mail(c echo.Context) error {
	m, err := p.mail(c)
	if err != nil {
		return err
	}
	frame := p.frame(c, "Mail", components.Link{Text: "Mails", URL: "/admin/mails"}, components.Link{Text: "Mail", Current: true})
	return respond.Page(c, http.StatusOK, admin.Mail(admin.NewMailPage(frame, m)))
}

// mailPolicy lets a mail be styled as mails are, and nothing else: no script, no form, no request.
const mailPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// MailHTML shows one mail as a mail program does.
func (p Pages) MailHTML(c echo.Context) error {
	m, err := p.mail(c)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentSecurityPolicy, mailPolicy)
	return respond.Bytes(c, http.StatusOK, echo.MIMETextHTMLCharsetUTF8, []byte(m.HTML))
}

func (p Pages) mail(c echo.Context) (order.Mail, error) {
	if err := p.mayRead(c); err != nil {
		return order.Mail{}, err
	}
	id, err := number(c, "mail")
	if err != nil {
		return order.Mail{}, err
	}
	return p.Shop.Orders.Mail(c.Request().Context(), id)
}
