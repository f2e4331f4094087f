package email

import (
	"net/url"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// Interest is the mail of a kind (launch.MailConfirm and its sisters) to somebody on a list of interest. now decides what is
// said of a schedule that changed.
func Interest(s Sender, n launch.Notice, now clock.Instant) Letter {
	l := s.letter()
	switch n.Kind {
	case launch.MailConfirm:
		l.confirm(s, n)
	case launch.MailOpened:
		l.opened(s, n)
	case launch.MailInvited:
		l.invited(s, n)
	case launch.MailMoved:
		l.moved(s, n, now)
	}
	l.Subject = l.Title
	return l
}

// about is a message about a product, or its sister about the market alone.
func (l *Letter) about(key string, s Sender, n launch.Notice) string {
	in := l.In(s.Store.Market.Country)
	if n.Name == "" {
		return l.T(key+"_market", "In", in)
	}
	return l.T(key, "Name", n.Name, "In", in)
}

// confirm asks for a confirmation and says nothing that advertises.
func (l *Letter) confirm(s Sender, n launch.Notice) {
	l.Title = l.T("mail.confirm.title")
	l.Text = []string{l.about("mail.confirm.text", s, n), l.T("mail.confirm.next")}
	l.Button = components.Link{Text: l.T("mail.button.confirm"), URL: s.to("/interest/" + n.Token + "/confirmation")}
}

func (l *Letter) opened(s Sender, n launch.Notice) {
	l.Title = l.about("mail.opened.title", s, n)
	text := "mail.opened.text"
	if n.Name == "" {
		text = "mail.opened.text_market"
	}
	l.Text = []string{l.T(text), l.T("mail.opened.next")}
	l.Button = l.toGoods(s, n)
}

// invited brings an access code. The link fills it in; only the shopper's press uses it.
func (l *Letter) invited(s Sender, n launch.Notice) {
	l.Title = l.about("mail.invited.title", s, n)
	if n.Draw != "" {
		l.Text = append(l.Text, l.T("mail.invited.draw", "Draw", n.Draw))
	}
	l.Text = append(l.Text, l.T("mail.invited.text"), l.T("mail.invited.next"))
	l.Box = Box{Rows: []components.Row{{Name: l.T("code.label"), Value: n.Code}}}
	page := "/cart"
	if n.Product != "" {
		page = "/products/" + n.Product
	}
	l.Button = components.Link{Text: l.T("mail.button.code"), URL: s.to(page) + "?code=" + url.QueryEscape(n.Code)}
	l.leave(s, n)
}

// moved tells the market's schedule as it is now.
func (l *Letter) moved(s Sender, n launch.Notice, now clock.Instant) {
	m, whole := s.Store.Market, launch.Notice{} // a schedule is the whole market's
	when := func(at clock.Instant) string { return l.DateTime(at, m.Location()) }
	schedule := m.Schedule()
	switch phase := schedule.Phase(now); {
	case phase == market.Paused && schedule.Next(now) != 0:
		l.Title, l.Text = l.about("mail.moved.paused", s, whole), []string{l.T("mail.moved.paused_until", "When", when(schedule.Next(now)))}
	case phase == market.Paused:
		l.Title, l.Text = l.about("mail.moved.paused", s, whole), []string{l.T("mail.moved.paused_open")}
	case m.LaunchAt > now && phase == market.Announced && m.TestAt > now:
		l.Title = l.about("mail.moved.title", s, whole)
		l.Text = []string{l.T("mail.moved.test", "When", when(m.TestAt)), l.T("mail.moved.launch", "When", when(m.LaunchAt))}
	case m.LaunchAt > now:
		l.Title, l.Text = l.about("mail.moved.title", s, whole), []string{l.T("mail.moved.launch", "When", when(m.LaunchAt))}
	default:
		l.Title, l.Text = l.about("mail.moved.title", s, whole), []string{l.T("mail.moved.undated")}
	}
	l.Text = append(l.Text, l.T("mail.moved.next"))
	l.Button = l.toGoods(s, n)
	l.leave(s, n)
}

// toGoods leads to the product that the mail is about, or to the shop.
func (l *Letter) toGoods(s Sender, n launch.Notice) components.Link {
	if n.Name == "" {
		return components.Link{Text: l.T("mail.button.shop"), URL: s.to("/")}
	}
	return components.Link{Text: l.T("mail.button.product", "Name", n.Name), URL: s.to("/products/" + n.Product)}
}

// leave leads off the list.
func (l *Letter) leave(s Sender, n launch.Notice) {
	l.LinksTitle = l.T("mail.leave")
	l.Links = []components.Link{{Text: l.T("interest.leave"), URL: s.to("/interest/" + n.Token + "/removal")}}
}
