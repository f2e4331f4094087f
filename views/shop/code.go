package shop

import (
	"softlaunch/models/cart"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// Typed is what somebody typed on a page, or a mail's link brought, and the message of what is wrong with it.
type Typed struct{ Code, CodeFault string }

// CodeForm takes an access code.
type CodeForm struct {
	Action, Product string
	Field           components.Field
	Button          string
}

// CodeBox is the access code in the cart, or the form that puts one there. It is empty where there are no codes.
type CodeBox struct {
	Title string
	Text  string
	Opens []components.Link
	Drop  string    // where the code is taken out; empty when there is none
	Form  *CodeForm // nil when there is one
	Open  bool      // the form is what the page is about
}

// maxCode is how many characters of a typed code come back in the form.
const maxCode = 60

func newCodeForm(f layouts.Frame, product string, typed Typed) *CodeForm {
	shown := []rune(typed.Code)
	form := &CodeForm{Action: f.To("/cart/code"), Product: product, Button: f.T("code.submit"), Field: components.Field{
		Name: "code", Label: f.T("code.label"), Hint: f.T("code.hint"), Value: string(shown[:min(maxCode, len(shown))]),
		Autocomplete: "off", MaxLength: maxCode}}
	if typed.CodeFault != "" {
		form.Field.Error = f.T(typed.CodeFault)
	}
	return form
}

// NewCodeBox shows what the cart's access code is worth and what it opens. In the test phase codes can be typed.
func NewCodeBox(f layouts.Frame, view cart.View, opened []launch.Item, typed Typed) CodeBox {
	box := CodeBox{Title: f.T("code.title")}
	testing := view.Store.Market.Schedule().Underlying(f.Now) == market.Test
	switch {
	case f.Preview != nil:
		return CodeBox{}
	case view.Code == launch.SpentCode:
		box.Text, box.Drop = f.T("code.spent"), f.To("/cart/code/removal")
	case view.Code == launch.ValidCode:
		box.Text, box.Drop = f.T("code.opens_nothing"), f.To("/cart/code/removal")
		if len(opened) > 0 {
			box.Text = f.T("code.opens")
		}
		for _, item := range opened {
			box.Opens = append(box.Opens, components.Link{Text: item.Product.Text.Name, URL: f.To("/products/" + item.Product.Slug)})
		}
	case testing || typed.Code != "" || typed.CodeFault != "":
		box.Form, box.Open = newCodeForm(f, "", typed), typed != Typed{}
	default:
		return CodeBox{}
	}
	return box
}
