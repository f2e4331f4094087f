package admin

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/discount"
	"softlaunch/models/market"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

const discountsPerPage = 50

// Discounts lists discounts that fit the filters of the address.
func (p Pages) Discounts(c echo.Context) error {
	ctx := c.Request().Context()
	markets, err := p.Shop.Markets.All(ctx)
	if err != nil {
		return err
	}
	q := admin.DiscountQuery{Text: c.QueryParam("q"), State: c.QueryParam("state"), Market: c.QueryParam("market"), Coded: c.QueryParam("coded")}
	filter := discount.Filter{Text: q.Text, State: discount.State(q.State), Coded: q.Coded, Before: older(c)}
	if at := slices.IndexFunc(markets, func(m market.Market) bool { return m.Code == q.Market }); at >= 0 {
		filter.MarketID = markets[at].ID
	}
	list, more, err := p.Shop.Discounts.List(ctx, filter, discountsPerPage)
	if err != nil {
		return err
	}
	may := session.Actor(c).May(staff.ManageProducts)
	page := admin.NewDiscountsPage(p.frame(c, "Discounts"), q, markets, list, more, may, p.Shop.Clock())
	return respond.Page(c, http.StatusOK, admin.Discounts(page))
}

type discountForm struct {
	Market      string   `form:"market"`
	Code        string   `form:"code"`
	Kind        string   `form:"kind"`
	Value       string   `form:"value"`
	Minimum     string   `form:"minimum"`
	BeginsAt    string   `form:"begins_at"`
	BeginsFold  string   `form:"begins_at_fold"`
	EndsAt      string   `form:"ends_at"`
	EndsFold    string   `form:"ends_at_fold"`
	UsesAllowed string   `form:"uses_allowed"`
	UsesBuyer   string   `form:"uses_buyer"`
	Combinable  string   `form:"combinable"`
	Products    []string `form:"product"`
	Categories  []string `form:"category"`
	Languages   []string `form:"language"`
	Names       []string `form:"name"`
}

func (f discountForm) entered() discount.Form {
	return discount.Form{Code: f.Code, Kind: f.Kind, Value: f.Value, Minimum: f.Minimum, UsesAllowed: f.UsesAllowed, UsesBuyer: f.UsesBuyer,
		Begins: market.Moment{Local: f.BeginsAt, Fold: market.Fold(f.BeginsFold)}, Ends: market.Moment{Local: f.EndsAt, Fold: market.Fold(f.EndsFold)},
		Combinable: f.Combinable == "yes", Products: f.Products, Categories: f.Categories, Names: paired(f.Languages, f.Names)}
}

var discountsCrumb = components.Link{Text: "Discounts", URL: "/admin/discounts"}

// NewDiscount shows the form that makes a discount, once its market is chosen.
func (p Pages) NewDiscount(c echo.Context) error {
	if err := session.Actor(c).Require(staff.ManageProducts); err != nil {
		return err
	}
	if code := c.QueryParam("market"); code != "" {
		return p.newDiscount(c, http.StatusOK, code, admin.DiscountForm{Form: discount.Form{Kind: string(discount.PercentOff), Combinable: true}})
	}
	markets, err := p.Shop.Markets.All(c.Request().Context())
	if err != nil {
		return err
	}
	frame := p.frame(c, "New discount", discountsCrumb, components.Link{Text: "New", Current: true})
	return respond.Page(c, http.StatusOK, admin.Sections(admin.NewDiscountMarketPage(frame, markets)))
}

func (p Pages) newDiscount(c echo.Context, status int, code string, f admin.DiscountForm) error {
	ctx := c.Request().Context()
	goods, err := p.Shop.Catalog.Range(ctx, code)
	if err != nil {
		return err
	}
	frame := p.frame(c, "New discount", discountsCrumb, components.Link{Text: "New", Current: true})
	return respond.Page(c, status, admin.Sections(admin.NewDiscountFormPage(frame, goods, f)))
}

// CreateDiscount makes a discount.
func (p Pages) CreateDiscount(c echo.Context) error {
	var f discountForm
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := f.entered()
	id, err := p.Shop.Discounts.Create(c.Request().Context(), session.Actor(c), f.Market, entered)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.newDiscount(c, status, f.Market, admin.DiscountForm{Form: entered, Faults: faults})
	}, "/admin/discounts/"+strconv.FormatInt(id, 10), "The discount is made.")
}

// Discount shows one discount.
func (p Pages) Discount(c echo.Context) error {
	return p.showDiscount(c, http.StatusOK, nil, admin.DiscountTrial{})
}

// showDiscount shows a discount with what was typed, or as it is.
func (p Pages) showDiscount(c echo.Context, status int, typed *admin.DiscountForm, trial admin.DiscountTrial) error {
	ctx := c.Request().Context()
	d, err := p.discount(c)
	if err != nil {
		return err
	}
	goods, err := p.Shop.Catalog.Range(ctx, d.Market.Code)
	if err != nil {
		return err
	}
	if typed == nil {
		typed = &admin.DiscountForm{Form: admin.DiscountFormOf(d, goods)}
	}
	title := d.Name(d.Market.Stores()[0])
	frame := p.frame(c, title, discountsCrumb, components.Link{Text: title, Current: true})
	page := admin.NewDiscountPage(frame, d, goods, *typed, trial, session.Actor(c).May(staff.ManageProducts), p.Shop.Clock())
	return respond.Page(c, status, admin.Sections(page))
}

// discount is the discount of the address.
func (p Pages) discount(c echo.Context) (discount.Made, error) {
	id, err := number(c, "discount")
	if err != nil {
		return discount.Made{}, err
	}
	return p.Shop.Discounts.Find(c.Request().Context(), id)
}

// ChangeDiscount gives a discount other settings.
func (p Pages) ChangeDiscount(c echo.Context) error {
	var f discountForm
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	id, err := number(c, "discount")
	if err != nil {
		return err
	}
	entered := f.entered()
	err = p.Shop.Discounts.Change(c.Request().Context(), session.Actor(c), id, entered)
	return p.finish(c, err, func(status int, faults map[string]string) error {
		return p.showDiscount(c, status, &admin.DiscountForm{Form: entered, Faults: faults}, admin.DiscountTrial{})
	}, "/admin/discounts/"+c.Param("discount"), "The discount is saved.")
}

// EndDiscount ends a discount now.
func (p Pages) EndDiscount(c echo.Context) error {
	if err := form.Empty(c); err != nil {
		return err
	}
	id, err := number(c, "discount")
	if err != nil {
		return err
	}
	if err := p.Shop.Discounts.End(c.Request().Context(), session.Actor(c), id); err != nil {
		return err
	}
	return p.done(c, "/admin/discounts/"+c.Param("discount"), "The discount has ended.")
}
