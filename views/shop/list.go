package shop

import (
	"net/url"
	"strconv"

	"softlaunch/models/catalog"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// ListPage is a page of the store's goods. Every filter and order is a link of its own.
type ListPage struct {
	layouts.Frame
	Crumbs     []components.Link
	Title      string
	Line       string
	Found      string // "12 products"
	Categories []components.Link
	Sorts      []components.Link
	Cards      []components.Card
	Pages      components.Pages
	Empty      Empty
}

// Empty says why there is nothing here and where to go.
type Empty struct {
	Icon, Title, Text string
	Link              components.Link
	Quiet             components.Link // another way to go, empty for none
}

// sorts are the orders of the list, as in the address and as in the message files.
var sorts = [][2]string{{"", "position"}, {"price", "price"}, {"-price", "price_down"}, {"name", "name"}, {"new", "new"}}

// NewListPage shows a shelf of goods with links to every filter and order.
func NewListPage(f layouts.Frame, m market.Market, categories []catalog.Category, q launch.Query, shelf launch.Shelf) ListPage {
	f.Query = q.Text
	f.RenewAt(append(nexts(shelf.Items), m.Schedule().After(f.Now))...)
	p := ListPage{Frame: f, Title: f.T("nav.all"), Found: f.N("list.found", shelf.Total), Cards: cards(f, m, shelf.Items)}
	p.Crumbs = []components.Link{{Text: f.T("nav.home"), URL: f.To("/")}, {Text: f.T("nav.all"), URL: f.To("/products")}}
	p.Categories = []components.Link{{Text: f.T("list.all"), URL: listURL(f, launch.Query{Text: q.Text, Sort: q.Sort}), Current: q.Category == ""}}
	for i, c := range categories {
		chosen := c.Slug == q.Category
		if chosen {
			p.Title, p.Line = c.Name, c.Line
			p.Crumbs = append(p.Crumbs, components.Link{Text: c.Name})
			f.Store.Categories[i].Current = true
		}
		p.Categories = append(p.Categories, components.Link{Text: c.Name, Current: chosen,
			URL: listURL(f, launch.Query{Category: c.Slug, Text: q.Text, Sort: q.Sort})})
	}
	if q.Text != "" {
		p.Title, p.Line = f.T("list.search_title", "Query", q.Text), ""
	}
	p.Crumbs[len(p.Crumbs)-1].Current = true
	for _, sort := range sorts {
		p.Sorts = append(p.Sorts, components.Link{Text: f.T("list.sort_" + sort[1]), Current: sort[0] == q.Sort,
			URL: listURL(f, launch.Query{Category: q.Category, Text: q.Text, Sort: sort[0]})})
	}
	p.Pages = pageLinks(f, q, shelf)
	p.Empty = Empty{Icon: "search", Title: f.T("list.empty"), Text: f.T("list.empty_text"),
		Link: components.Link{Text: f.T("error.products"), URL: f.To("/products")}}
	p.Head.Title, p.Head.Description = p.Title, p.Line
	return p
}

// listURL is the address of a list: nothing that is as usual is named in it.
func listURL(f layouts.Frame, q launch.Query) string { return f.To(ListPath(q)) }

// ListPath is the path of a list within its store.
func ListPath(q launch.Query) string {
	values := url.Values{}
	for name, value := range map[string]string{"category": q.Category, "q": q.Text, "sort": q.Sort} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if q.Page > 1 {
		values.Set("page", strconv.Itoa(q.Page))
	}
	if len(values) == 0 {
		return "/products"
	}
	return "/products?" + values.Encode()
}

// pageLinks lead to the first page, the last, and those around the one that is shown.
func pageLinks(f layouts.Frame, q launch.Query, shelf launch.Shelf) components.Pages {
	to := func(page int) components.Link {
		q.Page = page
		return components.Link{Text: f.Number(int64(page)), URL: listURL(f, q), Current: page == shelf.Page}
	}
	pages := components.Pages{Label: f.T("pages.label")}
	for page := 1; page <= shelf.Pages; page++ {
		near := page >= shelf.Page-1 && page <= shelf.Page+1
		switch {
		case page == 1 || page == shelf.Pages || near:
			pages.Numbers = append(pages.Numbers, to(page))
		case page == 2 || page == shelf.Pages-1:
			pages.Numbers = append(pages.Numbers, components.Link{})
		}
	}
	if shelf.Page > 1 {
		pages.Previous = to(shelf.Page - 1)
		pages.Previous.Text = f.T("pages.previous")
	}
	if shelf.Page < shelf.Pages {
		pages.Next = to(shelf.Page + 1)
		pages.Next.Text = f.T("pages.next")
	}
	return pages
}
