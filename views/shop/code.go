package shop

import (
	"softlaunch/models/cart"
	"softlaunch/models/discount"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// Typed is what somebody typed on a page, or a mail's link brought, and the message of what is wrong with it.
type Typed struct{ Code, CodeFault string }

// CodeForm takes an access code or a coupon.
type CodeForm struct {
	Action, Product string
	Field           components.Field
	Button          string
}

// CodeBox is the codes in the cart, and the form that puts one there. It is empty where there are no codes.
type CodeBox struct {
	Title   string
	Carried []CarriedCode
	Form    *CodeForm // nil when there is nothing to type
	Open    bool      // the form is what the page is about
}

// CarriedCode is a code in the cart, and what it does there.
type CarriedCode struct {
	Label, Code, Text string // Code is empty for an access code, which nobody else should read
	Icon              string
	Opens             []components.Link
	Drop, DropLabel   string // where it is taken out
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

// NewCodeBox shows what the cart's access code opens and what its coupon takes off. Access codes can be typed in the test
// phase, coupons where the market has some.
func NewCodeBox(f layouts.Frame, view cart.View, opened []launch.Item, typed Typed) CodeBox {
	box := CodeBox{Title: f.T("code.title")}
	if f.Preview != nil {
		return box
	}
	if view.Code != launch.NoCode {
		box.Carried = append(box.Carried, accessCode(f, view.Code, opened))
	}
	if view.Discount.Coupon.Code != "" {
		box.Carried = append(box.Carried, coupon(f, view.Store.Market, view.Discount.Coupon))
	}
	access := view.Store.Market.Schedule().Underlying(f.Now) == market.Test && view.Code == launch.NoCode
	coupons := view.Discount.Offered && view.Discount.Coupon.Code == ""
	if access || coupons || typed != (Typed{}) {
		box.Form, box.Open = newCodeForm(f, "", typed), typed != Typed{}
		box.Form.label(f, access, coupons)
	}
	return box
}

// label names what can be typed.
func (form *CodeForm) label(f layouts.Frame, access, coupons bool) {
	switch {
	case access && coupons:
		form.Field.Label, form.Field.Hint = f.T("coupon.label_any"), ""
	case coupons:
		form.Field.Label, form.Field.Hint = f.T("coupon.label"), ""
	}
}

func accessCode(f layouts.Frame, state launch.CodeState, opened []launch.Item) CarriedCode {
	c := CarriedCode{Label: f.T("code.label"), Icon: "lock", Text: f.T("code.opens_nothing"), Drop: f.To("/cart/code/removal"), DropLabel: f.T("code.drop")}
	switch {
	case state == launch.SpentCode:
		c.Text = f.T("code.spent")
	case len(opened) > 0:
		c.Text = f.T("code.opens")
		for _, item := range opened {
			c.Opens = append(c.Opens, components.Link{Text: item.Product.Text.Name, URL: f.To("/products/" + item.Product.Slug)})
		}
	}
	return c
}

func coupon(f layouts.Frame, m market.Market, c discount.Coupon) CarriedCode {
	return CarriedCode{Label: f.T("coupon.label"), Icon: "tag", Code: c.Code, Text: couponText(f, m, c),
		Drop: f.To("/cart/coupon/removal"), DropLabel: f.T("coupon.drop")}
}

// couponText says what a coupon takes off, or why it does not.
func couponText(f layouts.Frame, m market.Market, c discount.Coupon) string {
	if c.Problem.Key == "" {
		return f.T("coupon.counts", "Name", c.Name)
	}
	refused := c.Fault(m.Currency)
	return Explain(f, m, refused.Key, refused.Args)
}
