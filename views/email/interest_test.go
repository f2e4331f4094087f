package email_test

import (
	"strings"
	"testing"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/modelstest"
	"softlaunch/views/email"
)

// notices are every mail to somebody on a list in a store, about a product and about the market alone, by name.
func notices(from email.Sender, now clock.Instant) map[string]email.Letter {
	letters := map[string]email.Letter{}
	for _, kind := range launch.NoticeKinds {
		n := launch.Notice{Kind: kind, Email: "ada@example.com", Store: from.Store, Token: "TOKEN", Code: "K7QF-9M2X-4TRW-H3ND", Draw: "Fox draw"}
		letters[kind+" market"] = email.Interest(from, n, now)
		n.Product, n.Name = "pip-plush", "Pip <b>plush</b>"
		letters[kind+" product"] = email.Interest(from, n, now)
	}
	return letters
}

func TestEveryNoticeIsWholeInEveryLanguage(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for _, path := range stores {
		from := sender(t, s, path)
		for name, letter := range notices(from, s.Time.Now()) {
			m := write(t, letter)
			preview(t, path+"-"+name, m)
			for part, text := range map[string]string{"subject": m.Subject, "plain": m.Plain, "HTML": m.HTML} {
				if key := unresolved.FindString(text); key != "" || text == "" {
					t.Errorf("%s %s: the %s has %q", path, name, part, key)
				}
			}
			if strings.Contains(m.HTML, "<b>plush") || !strings.Contains(m.Plain, public+"/"+path+"/") {
				t.Errorf("%s %s:\n%s", path, name, m.Plain)
			}
		}
	}
}

// A request to confirm is no advertisement: it leads nowhere but to the confirmation.
func TestAConfirmationAdvertisesNothing(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	for _, path := range stores {
		m := write(t, notices(sender(t, s, path), s.Time.Now())[launch.MailConfirm+" product"])
		for _, link := range links.FindAllStringSubmatch(m.HTML, -1) {
			if !strings.HasSuffix(link[1], "/interest/TOKEN/confirmation") && !strings.Contains(link[1], "/pages/imprint") {
				t.Errorf("%s leads to %s", path, link[1])
			}
		}
	}
}

func TestAMoveTellsTheScheduleAsItIs(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	from, now := sender(t, s, "es"), s.Time.Now()
	moved := launch.Notice{Kind: launch.MailMoved, Store: from.Store, Token: "T"}
	for want, change := range map[string]func(*market.Market){
		"Abrimos el 1 de junio de 2027, 00:00 (Madrid, CEST).":             func(*market.Market) {},
		"La fecha que habíamos dado ya no vale.":                           func(m *market.Market) { m.LaunchAt = 0 },
		"La fase de prueba empieza el 20 de noviembre de 2026, 14:00":      func(m *market.Market) { m.TestAt = now.Add(time.Hour) },
		"Por ahora no vendemos nada. Cuando sigamos":                       func(m *market.Market) { m.Pauses = []market.Pause{{FromAt: now}} },
		"Por ahora no vendemos nada. Seguimos el 20 de noviembre de 2026,": func(m *market.Market) { m.Pauses = []market.Pause{{FromAt: now, ToAt: now.Add(time.Hour)}} },
	} {
		store := from
		change(&store.Store.Market)
		if m := write(t, email.Interest(store, moved, now)); !strings.Contains(m.Plain, want) {
			t.Errorf("no %q in\n%s", want, m.Plain)
		}
	}
}

func TestAlarmsNameWhatIsMissingAndWhere(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	m := s.Store(t, "es").Market
	line := launch.CheckLine{Key: launch.LinePages, Missing: []launch.Gap{{What: "terms in Spanish"}}}
	red := write(t, email.Alarm(launch.Warning{Kind: launch.AlarmChecklist, Market: m, At: m.LaunchAt, Line: line, Link: "/admin/markets/es/pages"}, public))
	ends := write(t, email.Alarm(launch.Warning{Kind: launch.AlarmApproval, Market: m, At: m.LaunchAt, Link: "/admin/markets/es",
		Approval: launch.Ending{Grant: launch.Grant{Kind: "certification"}, Products: []string{"mi-band"}, Days: 7}}, public))
	for text, wanted := range map[string][]string{
		red.Plain:  {"Spain", "legal pages", "terms in Spanish", "1 June 2027, 00:00 (Madrid, CEST)", public + "/admin/markets/es/pages"},
		ends.Plain: {"within 7 days", "certification", "mi-band", public + "/admin/markets/es"},
	} {
		for _, want := range wanted {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
	}
}
