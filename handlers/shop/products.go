package shop

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/pagecache"
	"softlaunch/handlers/respond"
	"softlaunch/models/catalog"
	"softlaunch/models/fault"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/views/layouts"
	view "softlaunch/views/shop"
)

// Products lists the store's goods, by category, search and order.
func (p Pages) Products(c echo.Context) error {
	store, _ := storeOf(c)
	q, err := query(c)
	if err != nil {
		return err
	}
	s, err := p.around(c, view.ListPath(launch.Query{Category: q.Category, Page: q.Page}))
	if err != nil {
		return err
	}
	if q.Category != "" && !slices.ContainsFunc(s.Categories, func(c catalog.Category) bool { return c.Slug == q.Category }) {
		return fault.New(fault.NotFound, "fault.page")
	}
	if q.Who, err = p.buyer(c); err != nil {
		return err
	}
	shelf, err := p.shop(c).Gate.Shelf(c.Request().Context(), store, q)
	if err != nil {
		return err
	}
	f := layouts.NewFrame(s)
	if q.Text != "" {
		f.Head.Canonical, f.Head.Alternates = "", nil
	}
	p.share(c, s, view.ListPath(q), store.Market.ID)
	return respond.Page(c, http.StatusOK, view.List(view.NewListPage(f, store.Market, s.Categories, q, shelf)))
}

// longestSearch is how many characters of a search are looked for.
const longestSearch = 100

// query reads an address's filters. A page that is no number is not found, like one past the last.
func query(c echo.Context) (launch.Query, error) {
	text := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(c.QueryParam("q"), "")), " "))
	q := launch.Query{Category: c.QueryParam("category"), Sort: c.QueryParam("sort"), Text: string(text[:min(longestSearch, len(text))]), Page: 1}
	if !launch.Sorts(q.Sort) {
		q.Sort = ""
	}
	if typed := c.QueryParam("page"); typed != "" {
		page, err := strconv.Atoi(typed)
		if err != nil || page < 1 {
			return q, fault.New(fault.NotFound, "fault.page_number")
		}
		q.Page = page
	}
	return q, nil
}

// Product shows a product by its most buyable variant, or the one that the address asks for. A link in a mail may bring an
// access code to use.
func (p Pages) Product(c echo.Context) error {
	return p.productPage(c, http.StatusOK, c.Param("slug"), view.Typed{Code: c.QueryParam("code")})
}

// productPage shows a product with what was typed on its page.
func (p Pages) productPage(c echo.Context, status int, slug string, typed view.Typed) error {
	store, _ := storeOf(c)
	who, err := p.buyer(c)
	if err != nil {
		return err
	}
	item, all, err := p.shop(c).Gate.ItemAmong(c.Request().Context(), store, slug, who)
	if err != nil {
		return err
	}
	s, err := p.around(c, "/products/"+item.Product.Slug)
	if err != nil {
		return err
	}
	if s.Shown, err = p.shown(c, item); err != nil {
		return err
	}
	shown, err := p.describe(c, s, item)
	if err != nil {
		return err
	}
	shown.Typed, shown.Related = typed, related(all, item)
	p.share(c, s, productPath(c, shown), scope(shown))
	return respond.Page(c, status, view.Product(view.NewProductPage(layouts.NewFrame(s), shown)))
}

// productPath is the address within its store of the variant that a page shows.
func productPath(c echo.Context, shown view.Shown) string {
	path := "/products/" + shown.Item.Product.Slug
	if c.QueryParam("variant") == "" {
		return path
	}
	return path + "?variant=" + url.QueryEscape(shown.Item.Product.Variants[shown.Variant].SKU)
}

// scope is the market whose offers a product's page tells of; where nothing can be had it names other markets.
func scope(shown view.Shown) int64 {
	if shown.Item.Sales[shown.Variant].Offer.Buyable() {
		return shown.Market.ID
	}
	return pagecache.Everywhere
}

// shown are the markets that have a page for the product too.
func (p Pages) shown(c echo.Context, item launch.Item) ([]int64, error) {
	markets, err := p.shop(c).Gate.Shown(c.Request().Context(), item.Product.ID)
	ids := make([]int64, len(markets))
	for i, m := range markets {
		ids[i] = m.ID
	}
	return ids, err
}

// describe gathers what the product's page tells beside the product.
func (p Pages) describe(c echo.Context, s layouts.Surroundings, item launch.Item) (view.Shown, error) {
	shown := view.Shown{Market: s.Store.Market, Item: item, Variant: item.Best, Now: s.Now, URL: p.URL}
	at := slices.IndexFunc(item.Product.Variants, func(v catalog.Variant) bool { return v.SKU == c.QueryParam("variant") })
	if at >= 0 {
		shown.Variant = at
	}
	for _, method := range s.Delivery {
		if method.Carries("", []string{item.Sales[shown.Variant].UNNumber}) {
			shown.Delivery = append(shown.Delivery, method)
		}
	}
	if guarantee := slices.IndexFunc(s.Pages, func(page market.Page) bool { return page.Slug == "guarantee" }); guarantee >= 0 {
		shown.Guarantee = s.Pages[guarantee]
	}
	if !item.Sales[shown.Variant].Offer.Buyable() {
		if err := p.alternatives(c, s.Store, &shown); err != nil {
			return shown, err
		}
	}
	return shown, nil
}

// alternatives are what the page of a product that can't be had here tells: what it waits for and who else sells it.
func (p Pages) alternatives(c echo.Context, store market.Store, shown *view.Shown) (err error) {
	ctx, gate, product := c.Request().Context(), p.shop(c).Gate, shown.Item.Product.ID
	if shown.Elsewhere, err = gate.Elsewhere(ctx, store.Market, product); err != nil {
		return err
	}
	if shown.Partners, err = gate.Partners(ctx, store, product); err != nil {
		return err
	}
	shown.Kinds, err = gate.Kinds(ctx, store.Language)
	return err
}

// related are up to four other products, those of the same category last: somebody who looks at a band needs no other.
func related(items []launch.Item, to launch.Item) []launch.Item {
	var others, alike []launch.Item
	for _, item := range items {
		switch {
		case item.Product.ID == to.Product.ID || item.Sale().Offer.State == launch.Ended:
		case item.Product.CategoryID == to.Product.CategoryID:
			alike = append(alike, item)
		default:
			others = append(others, item)
		}
	}
	others = append(others, alike...)
	return others[:min(4, len(others))]
}
