package admin

import "softlaunch/views/components"

// SignInPage asks who it is. Next is where to go afterwards.
type SignInPage struct {
	Frame
	Form Form
}

// NewSignInPage asks again with the address that was typed; fault is the message key of what was wrong.
func NewSignInPage(next, email, fault string) SignInPage {
	page := SignInPage{Frame: Frame{Title: "Sign in", Faulty: fault != ""}}
	page.Form = Form{
		Action: "/admin/session", Button: "Sign in", Hidden: []Hidden{{Name: "next", Value: next}},
		Fields: []Entry{
			entry(components.Field{Name: "email", Label: "E-mail address", Type: "email", Value: email, Autocomplete: "username"}, nil),
			entry(components.Field{Name: "password", Label: "Password", Type: "password", Autocomplete: "current-password"}, nil),
		},
	}
	if fault != "" {
		page.Form.Fields[0].Error = say(fault)
	}
	return page
}
