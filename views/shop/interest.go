package shop

import (
	"net/url"

	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// InterestVersion names the words beside the button that signs up, which are what somebody agrees to: change it with them.
const InterestVersion = "2026-11"

// InterestForm asks for an address to tell when something opens.
type InterestForm struct {
	Action, Product string
	Title, Text     string
	Field           components.Field
	Button          string
	Privacy         components.Link
}

// Awaited is what somebody waits for: a product, or the market when Slug is empty.
type Awaited struct {
	Market     market.Market
	Slug, Name string
}

// InterestPage is a page about a list of interest: it asks, confirms, or says how it went on.
type InterestPage struct {
	layouts.Frame
	Title  string
	Text   []string
	Faults []components.Link
	Form   *InterestForm
	Action string // of the one button, empty for none
	Button string
	Links  []components.Link
}

func newInterestForm(f layouts.Frame, a Awaited) *InterestForm {
	form := &InterestForm{Action: f.To("/interest"), Product: a.Slug, Title: f.T("interest.title_market", "In", f.In(a.Market)),
		Text: f.T("interest.text"), Button: f.T("interest.submit"), Privacy: f.Store.Privacy}
	if a.Slug != "" {
		form.Title = f.T("interest.title", "In", f.In(a.Market))
	}
	form.Field = components.Field{Name: "email", Label: f.T("field.email"), Type: "email", Autocomplete: "email", InputMode: "email", MaxLength: 254}
	return form
}

// NewInterestPage asks for an address. Wrong maps the names of fields to messages.
func NewInterestPage(f layouts.Frame, a Awaited, typed string, wrong map[string]string) InterestPage {
	p := InterestPage{Frame: f, Form: newInterestForm(f, a)}
	p.Form.Field.Value = typed
	if key, faulty := wrong["email"]; faulty {
		p.Form.Field.Error = f.T(key)
		p.Faults = []components.Link{{Text: f.T(key), URL: "#email"}}
		p.Head.Faulty = true
	}
	p.Title = p.Form.Title
	if a.Name != "" {
		p.Title = a.Name + ": " + p.Form.Title
		p.Links = []components.Link{{Text: f.T("interest.back", "Name", a.Name), URL: f.To("/products/" + a.Slug)}}
	}
	p.Head.Title = p.Title
	return p
}

// AskedPath is where a sign-up leads in a store.
func AskedPath(store, product string) string {
	values := url.Values{"asked": {"yes"}}
	if product != "" {
		values.Set("product", product)
	}
	return "/" + store + "/interest?" + values.Encode()
}

// NewAskedPage says that a mail is on its way, whether the address was known or not.
func NewAskedPage(f layouts.Frame, a Awaited) InterestPage {
	return onward(f, a, "interest.asked", "interest.asked_text", "interest.asked_more")
}

// NewConfirmPage asks the holder of an address to confirm.
func NewConfirmPage(f layouts.Frame, a Awaited, token string) InterestPage {
	p := onward(f, a, "interest.confirm", "interest.confirm_text")
	p.Text = append([]string{wished(f, a)}, p.Text...)
	p.Action, p.Button, p.Links = f.To("/interest/"+token+"/confirmation"), f.T("interest.confirm_button"), nil
	return p
}

// NewConfirmedPage says that the address is on the list, and how to leave it.
func NewConfirmedPage(f layouts.Frame, a Awaited, token string) InterestPage {
	p := onward(f, a, "interest.confirmed", "interest.confirmed_text")
	p.Text = append([]string{wished(f, a)}, p.Text...)
	p.Links = append(p.Links, components.Link{Text: f.T("interest.leave"), URL: f.To("/interest/" + token + "/removal")})
	return p
}

// NewLeavePage asks whether to take the address off the list.
func NewLeavePage(f layouts.Frame, a Awaited, token string) InterestPage {
	p := onward(f, a, "interest.leave_title", "interest.leave_text")
	p.Text = append([]string{wished(f, a)}, p.Text...)
	p.Action, p.Button, p.Links = f.To("/interest/"+token+"/removal"), f.T("interest.leave"), nil
	return p
}

// NewLeftPage says that the address is deleted.
func NewLeftPage(f layouts.Frame) InterestPage {
	return onward(f, Awaited{}, "interest.left", "interest.left_text")
}

// wished says what somebody waits for.
func wished(f layouts.Frame, a Awaited) string {
	if a.Name == "" {
		return f.T("interest.wish_market", "In", f.In(a.Market))
	}
	return f.T("interest.wish", "Name", a.Name, "In", f.In(a.Market))
}

// onward is a page with a title, sentences, and ways to go on.
func onward(f layouts.Frame, a Awaited, title string, texts ...string) InterestPage {
	p := InterestPage{Frame: f, Title: f.T(title)}
	p.Head.Title = p.Title
	for _, text := range texts {
		p.Text = append(p.Text, f.T(text))
	}
	p.Links = []components.Link{{Text: f.T("error.products"), URL: f.To("/products")}}
	if a.Name != "" {
		p.Links[0] = components.Link{Text: f.T("interest.back", "Name", a.Name), URL: f.To("/products/" + a.Slug)}
	}
	return p
}
