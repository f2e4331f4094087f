package admin

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
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

// Mails lists the mails that fit the filters of the address.
func (p Pages) Mails(c echo.Context) error {
	if err := p.mayRead(c); err != nil {
		return err
	}
	filter := order.MailFilter{Kind: c.QueryParam("kind"), State: order.MailState(c.QueryParam("state")), Text: c.QueryParam("q"), Before: older(c)}
	mails, more, err := p.Shop.Orders.Outgoing(c.Request().Context(), filter, mailsPerPage)
	if err != nil {
		return err
	}
	page := admin.NewMailsPage(p.frame(c, "Mails"), filter, mails, more, session.Actor(c).May(staff.ManageOrders))
	return respond.Page(c, http.StatusOK, admin.Mails(page))
}

// Mail shows one mail, as a mail program does and as text, with how it went out.
func (p Pages) Mail(c echo.Context) error {
	m, err := p.mail(c)
	if err != nil {
		return err
	}
	ways, err := p.Shop.Orders.Sendings(c.Request().Context(), m.ID)
	if err != nil {
		return err
	}
	frame := p.frame(c, m.Subject, components.Link{Text: "Mails", URL: "/admin/mails"}, components.Link{Text: "Mail", Current: true})
	letFrame(c)
	page := admin.NewMailPage(frame, m, ways, session.Actor(c).May(staff.ManageOrders))
	return respond.Page(c, http.StatusOK, admin.Sections(page))
}

// letFrame lets a page show another one of the shop within it.
func letFrame(c echo.Context) {
	h := c.Response().Header()
	h.Set(echo.HeaderContentSecurityPolicy, h.Get(echo.HeaderContentSecurityPolicy)+"; frame-src 'self'")
}

// mailPolicy lets a mail be styled as mails are, and nothing else: no script, no form, no request. Our own pages may frame it.
const mailPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// MailHTML shows one mail as a mail program does.
func (p Pages) MailHTML(c echo.Context) error {
	m, err := p.mail(c)
	if err != nil {
		return err
	}
	return sendMail(c, m.HTML)
}

func sendMail(c echo.Context, html string) error {
	c.Response().Header().Set(echo.HeaderContentSecurityPolicy, mailPolicy)
	return respond.Bytes(c, http.StatusOK, echo.MIMETextHTMLCharsetUTF8, []byte(html))
}

// MailAttachment sends a file that went out with a mail.
func (p Pages) MailAttachment(c echo.Context) error {
	m, err := p.mail(c)
	if err != nil {
		return err
	}
	id, err := number(c, "attachment")
	if err != nil {
		return err
	}
	for _, a := range m.Attachments {
		if a.ID == id {
			return respond.File(c, a.Name, a.ContentType, a.Content)
		}
	}
	return fault.New(fault.NotFound, "fault.mail")
}

type sending struct {
	Seen string `form:"seen"`
}

// SendMail has a mail sent once more.
func (p Pages) SendMail(c echo.Context) error {
	var f sending
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	id, err := number(c, "mail")
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(f.Seen)
	if err != nil {
		return fault.New(fault.Invalid, "fault.invalid")
	}
	if err := p.Shop.Orders.SendAgain(c.Request().Context(), session.Actor(c), id, seen); err != nil {
		return err
	}
	return p.done(c, "/admin/mails/"+c.Param("mail"), "The mail goes out again.")
}

// TryJob has a job tried again that gave up.
func (p Pages) TryJob(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	id, err := number(c, "job")
	if err != nil {
		return err
	}
	if err := p.Shop.Orders.TryAgain(c.Request().Context(), session.Actor(c), id); err != nil {
		return err
	}
	return p.done(c, "/admin/mails", "It is tried again, from the beginning.")
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
