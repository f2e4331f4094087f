package email

import (
	"fmt"
	"strings"

	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/i18n"
)

// checkLines name the lines of a checklist to staff, who are written to in English.
var checkLines = map[string]string{
	launch.LineRange: "the range", launch.LinePrices: "prices", launch.LineTexts: "texts", launch.LinePages: "legal pages",
	launch.LineTaxes: "tax rates", launch.LineDelivery: "delivery", launch.LinePayment: "payment", launch.LineStock: "stock",
	launch.LineApprovals: "approvals", launch.LineSafety: "product safety", launch.LineOrderButton: "the order button",
	launch.LineWaves: "waves",
}

// mostGaps is how many gaps a mail names; the page that it leads to has them all.
const mostGaps = 12

// Alarm warns staff of something that stops sales at an instant if they leave it. url is the shop's public address.
func Alarm(w launch.Warning, url string) Letter {
	s := Sender{Store: market.Store{Market: w.Market, Language: "en"}, URL: url}
	l := s.letter()
	l.Locale = i18n.For("en", "")
	place := l.T("place." + w.Market.Country)
	if !l.Has("place." + w.Market.Country) {
		place = w.Market.Country
	}
	l.Reference = place
	when := l.DateTime(w.At, w.Market.Location())
	if w.Kind == launch.AlarmChecklist {
		l.redLine(w, place, when)
	} else {
		l.ending(w, place, when)
	}
	l.Subject = l.Title
	l.Button = components.Link{Text: "Mend it in the back-office", URL: url + w.Link}
	return l
}

func (l *Letter) redLine(w launch.Warning, place, when string) {
	name := checkLines[w.Line.Key]
	l.Title = fmt.Sprintf("%s opens soon, and something is missing: %s", place, name)
	l.Text = []string{fmt.Sprintf("%s opens on %s, whatever is missing then. What is not ready will not be sold.", place, when)}
	missing := Part{Title: "Missing: " + name}
	for i, gap := range w.Line.Missing {
		if i == mostGaps {
			missing.Text = append(missing.Text, fmt.Sprintf("and %d more", len(w.Line.Missing)-mostGaps))
			break
		}
		missing.Text = append(missing.Text, gap.What)
	}
	l.Parts = []Part{missing}
}

func (l *Letter) ending(w launch.Warning, place, when string) {
	l.Title = fmt.Sprintf("An approval ends within %d days: %s, %s", w.Approval.Days, strings.ReplaceAll(w.Approval.Grant.Kind, "_", " "), place)
	l.Text = []string{fmt.Sprintf("It ends on %s, and nothing follows it. At that instant the sale of these products stops in %s by itself.", when, place)}
	l.Parts = []Part{{Title: "Products", Text: w.Approval.Products}}
}
