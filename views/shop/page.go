package shop

import (
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// TextPage is a page that staff wrote: terms, privacy, company details.
type TextPage struct {
	layouts.Frame
	Crumbs []components.Link
	Title  string
	Body   string // HTML that is safe to show
	Others []components.Link
}

// ErrorPage says what went wrong, what to do, and where to go.
type ErrorPage struct {
	layouts.Frame
	Status      int
	Title, Text string
	Reference   string // the request's id, for a fault of ours
	Links       []components.Link
}

// NewTextPage shows one of a store's pages beside the others.
func NewTextPage(f layouts.Frame, page market.Page, all []market.Page) TextPage {
	p := TextPage{Frame: f, Title: page.Title, Body: components.Markdown(page.Body)}
	p.Head.Title = page.Title
	p.Crumbs = []components.Link{{Text: f.T("nav.home"), URL: f.To("/")}, {Text: page.Title, Current: true}}
	for _, other := range all {
		p.Others = append(p.Others, components.Link{Text: other.Title, URL: f.To("/pages/" + other.Slug), Current: other.Slug == page.Slug})
	}
	return p
}

// NewErrorPage explains an answer that is not what was asked for. Text is the message of a fault, empty when the status
// says all. It needs no store.
func NewErrorPage(f layouts.Frame, status int, text, reference string) ErrorPage {
	known := knownStatus(status)
	p := ErrorPage{Frame: f, Status: status, Title: f.T("error." + known + ".title"), Text: text}
	if text == "" {
		p.Text = f.T("error." + known + ".text")
	}
	if status >= 500 {
		p.Reference = reference
	}
	p.Head = layouts.Head{Title: p.Title}
	switch {
	case f.Store == nil:
		p.Links = []components.Link{{Text: f.T("error.chooser"), URL: "/"}}
	case status == 409 || status == 422:
		p.Links = []components.Link{{Text: f.T("error.cart"), URL: f.To("/cart")}, {Text: f.T("error.products"), URL: f.To("/products")}}
	default:
		p.Links = []components.Link{{Text: f.T("error.products"), URL: f.To("/products")}, {Text: f.T("error.home"), URL: f.To("/")}}
	}
	return p
}

// OfferLookup leads whoever has lost the link of an order to where it is mailed again.
func (p *ErrorPage) OfferLookup() {
	p.Links = append([]components.Link{{Text: p.T("footer.orders"), URL: p.To("/orders")}}, p.Links...)
}

// statuses are those that have words of their own, and those that borrow another's.
var statuses = map[int]string{400: "400", 403: "403", 404: "404", 405: "405", 409: "409", 413: "413", 414: "413", 415: "400",
	422: "422", 429: "429", 431: "413", 500: "500", 503: "503"}

func knownStatus(status int) string {
	switch words := statuses[status]; {
	case words != "":
		return words
	case status < 500:
		return "400"
	}
	return "500"
}
