package admin

import (
	"softlaunch/models/market"
	"softlaunch/views/components"
)

// PreviewForm asks at which instant, and as whom, to look at a market's store; Faults is what was wrong with it.
type PreviewForm struct {
	Market   string
	At       market.Moment
	WithCode bool
	Faults   map[string]string
}

// previewForm looks at one market's store, or at the one that is picked when there are several.
func previewForm(f PreviewForm, markets ...market.Market) *Form {
	form := Form{Action: "/admin/previews", Button: "Look at it", Quiet: true}
	zone := "In the market's own zone."
	if len(markets) == 1 {
		zone = "In " + markets[0].Zone + "."
		form.Hidden = []Hidden{{"market", markets[0].Code}}
	} else {
		options := make([]components.Option, len(markets))
		for i, m := range markets {
			options[i] = components.Option{Value: m.Code, Text: country(m)}
		}
		form.Fields = []Entry{entry(components.Field{Name: "market", Label: "Market", Value: f.Market, Prompt: "Choose", Options: options}, f.Faults)}
	}
	form.Fields = append(form.Fields,
		moment(components.Field{Name: "at", Label: "As it is on", Value: f.At.Local, Hint: zone + " Nothing can be ordered or changed there."}, f.Faults, string(f.At.Fold)),
		box("with_code", "As a buyer with an access code", "", f.WithCode, f.Faults))
	form = form.on("preview")
	return &form
}
