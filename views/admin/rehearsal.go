package admin

import (
	"errors"
	"fmt"
	"time"

	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/rehearsal"
	"softlaunch/views/components"
)

// RehearsalForm is a plan as it was typed, with the message keys of what is wrong with it.
type RehearsalForm struct {
	Market, SKU, Buyers, Units, AtOnce string
	Faults                             map[string]string
}

// RehearsalState is the rehearsal that runs, or the last one's report, or why it could not be played.
type RehearsalState struct {
	Running  bool
	Progress rehearsal.Progress
	Report   *rehearsal.Report
	Fault    error
}

// NewRehearsalPage shows a rehearsal and, to whoever may, the form that begins one.
func NewRehearsalPage(frame Frame, markets []market.Market, state RehearsalState, f RehearsalForm, may, production bool) SectionsPage {
	frame.Faulty = len(f.Faults) > 0
	p := SectionsPage{Frame: frame}
	switch {
	case state.Running:
		return withSections(p, runningSection(state.Progress))
	case state.Fault != nil:
		p = withSections(p, Section{Title: "The last one could not be played", Notes: []string{rehearsalFault(state.Fault)}})
	case state.Report != nil:
		p = withSections(p, resultSection(*state.Report), answersSection(*state.Report), reasonsSection(*state.Report))
	}
	if may {
		p = withSections(p, rehearsalSection(markets, f, production))
	}
	return p
}

func runningSection(r rehearsal.Progress) Section {
	s := Section{Title: "Under way in " + r.Plan.Market, Notes: []string{"This page shows by itself how far it is."}, Rows: []components.Row{
		{Name: "Buyers", Value: count(r.Done) + " of " + count(r.Plan.Buyers) + " are done"},
		{Name: "Sold", Value: count(r.Sold) + " of " + count(r.Plan.Units) + " units"},
		{Name: "Refused", Value: count(r.Refused)},
		{Name: "Errors", Value: count(r.Errors)},
		{Name: "Memory", Value: megabytes(r.Memory)},
	}}
	if !r.Opened {
		s.Notes = []string{"The shop is being copied and made ready."}
	}
	return s
}

func resultSection(r rehearsal.Report) Section {
	s := Section{Title: "The launch of " + r.Plan.Market + ": " + count(r.Plan.Buyers) + " buyers for " + count(r.Plan.Units) + " units", Notes: r.Findings(), Rows: []components.Row{
		{Name: "Goods", Value: r.Product + " (" + r.SKU + ")"},
		{Name: "At", Value: r.LaunchAt.String() + ", " + count(r.Plan.AtOnce) + " shoppers at a time"},
		{Name: "Sold", Value: fmt.Sprintf("%s, the last one after %s; %.0f a second", count(r.Sold), seconds(r.LastOrder), r.Rate())},
		{Name: "Refused", Value: count(r.Refused) + " buyers, all within " + seconds(r.Took)},
		{Name: "Told to come again", Value: counted(r.Busy, "answer", "answers") + " of 503"},
		{Name: "Memory", Value: megabytes(r.PeakMemory) + " at most for the whole process"},
	}}
	if r.SoldOutShown > 0 {
		s.Rows = append(s.Rows, components.Row{Name: "Sold out was shown", Value: milliseconds(max(0, r.SoldOutShown-r.LastOrder)) + " after the last order"})
	}
	if len(s.Notes) == 0 {
		s.Notes = []string{"Everything held: exactly what there was is sold, and the audit of " + count(r.Audited) + " guarantees is clean."}
	}
	s.Notes = append(s.Notes, rehearsal.Untouched)
	return s
}

func answersSection(r rehearsal.Report) Section {
	t := &Table{Label: "Answers", Heads: heads("Step", "Answers>", "Half within>", "95 % within>", "99 % within>", "Slowest>")}
	for _, l := range r.Steps {
		t.Rows = append(t.Rows, cells(l.Step, count(l.Answers), milliseconds(l.P50), milliseconds(l.P95), milliseconds(l.P99), milliseconds(l.Slowest)))
	}
	return Section{Title: "How long answers took", Table: t}
}

func reasonsSection(r rehearsal.Report) Section {
	t := &Table{Label: "Refusals", Heads: heads("Reason", "Requests>")}
	for _, reason := range r.Reasons {
		t.Rows = append(t.Rows, cells(refusedFor(reason.Key), count(reason.Requests)))
	}
	if len(t.Rows) == 0 {
		t = nil
	}
	return Section{Title: "Why requests were refused", Table: t, Empty: "None was."}
}

func rehearsalSection(markets []market.Market, f RehearsalForm, production bool) Section {
	var options []components.Option
	for _, m := range markets {
		if m.LaunchAt != 0 {
			options = append(options, components.Option{Value: m.Code, Text: country(m)})
		}
	}
	number := func(name, label, value, hint string) Entry {
		return entry(components.Field{Name: name, Label: label, Value: value, InputMode: "numeric", MaxLength: 6, Hint: hint}, f.Faults)
	}
	fields := []Entry{
		entry(components.Field{Name: "market", Label: "Market", Value: f.Market, Options: options}, f.Faults),
		entry(components.Field{Name: "sku", Label: "SKU", Value: f.SKU, MaxLength: 40, Hint: "Empty takes the first goods that the market will sell."}, f.Faults),
		number("buyers", "Buyers", f.Buyers, "Each wants one unit."),
		number("units", "Units", f.Units, ""),
		number("at_once", "Shoppers at a time", f.AtOnce, ""),
	}
	notes := []string{"Simulated shoppers buy on a private copy of this shop, at the instant of the market's launch. Nothing real is touched and no mail is sent."}
	if production {
		notes = append(notes, "They take this machine's power from real shoppers. Better rehearse on another machine, with softlaunch rehearse.")
		fields = append(fields, entry(components.Field{Name: "confirm", Label: "Type the market's code to confirm", MaxLength: 8}, f.Faults))
	}
	return Section{Title: "Rehearse a launch", Notes: notes, Form: &Form{Action: "/admin/rehearsal", Button: "Begin the rehearsal", Fields: fields}}
}

// rehearsalFault says why a rehearsal could not be played.
func rehearsalFault(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return "The machine did not let it: " + err.Error()
	}
	for _, key := range f.Fields {
		return say(key)
	}
	return Explain(f)
}

func megabytes(bytes int64) string { return count(int(bytes>>20)) + " MiB" }

func milliseconds(d time.Duration) string {
	return count(int(d.Round(time.Millisecond).Milliseconds())) + " ms"
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
