package admin

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/cart"
	"softlaunch/models/fault"
	"softlaunch/models/market"
	"softlaunch/models/order"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// byHand is how orders by hand are paid.
const byHand = "transfer"

// NewOrder asks what a buyer orders by telephone: first in which store, then what and where to. With an order that it
// supplements both are known.
func (p Pages) NewOrder(c echo.Context) error {
	if err := session.Actor(c).Require(staff.ManageOrders); err != nil {
		return err
	}
	f := admin.HandForm{Store: c.QueryParam("store"), Supplements: c.QueryParam("supplements")}
	if f.Supplements != "" {
		o, err := p.Shop.Orders.ByNumber(c.Request().Context(), f.Supplements)
		if err != nil {
			return err
		}
		f.Store = o.Store
		f.Details = cart.Details{Email: o.Email, Name: o.Name, Line1: o.Line1, Line2: o.Line2, PostalCode: o.PostalCode, City: o.City, Region: o.Region, Phone: o.Phone, Delivery: o.DeliveryCode}
	}
	return p.handPage(c, http.StatusOK, f)
}

func (p Pages) handPage(c echo.Context, status int, f admin.HandForm) error {
	frame := p.frame(c, "Order by hand", components.Link{Text: "Orders", URL: "/admin/orders"}, components.Link{Text: "By hand", Current: true})
	markets, err := p.Shop.Markets.All(c.Request().Context())
	if err != nil {
		return err
	}
	store, found := storeIn(markets, f.Store)
	if !found {
		return respond.Page(c, status, admin.Sections(admin.NewStoreChoice(frame, markets)))
	}
	methods, err := p.Shop.Markets.Delivery(c.Request().Context(), store)
	if err != nil {
		return err
	}
	return respond.Page(c, status, admin.Sections(admin.NewHandPage(frame, store, methods, f)))
}

// storeIn is a store of the markets by its path.
func storeIn(markets []market.Market, path string) (market.Store, bool) {
	for _, m := range markets {
		for _, store := range m.Stores() {
			if store.Path() == path {
				return store, true
			}
		}
	}
	return market.Store{}, false
}

type draft struct {
	Store       string `form:"store"`
	Goods       string `form:"goods"`
	Supplements string `form:"supplements"`
	Email       string `form:"email"`
	Name        string `form:"name"`
	Line1       string `form:"line1"`
	Line2       string `form:"line2"`
	PostalCode  string `form:"postal_code"`
	City        string `form:"city"`
	Region      string `form:"region"`
	Phone       string `form:"phone"`
	Delivery    string `form:"delivery"`
}

func (d draft) typed() admin.HandForm {
	return admin.HandForm{Store: d.Store, Goods: d.Goods, Supplements: d.Supplements, Details: cart.Details{Email: d.Email, Name: d.Name, Line1: d.Line1,
		Line2: d.Line2, PostalCode: d.PostalCode, City: d.City, Region: d.Region, Phone: d.Phone, Delivery: d.Delivery, Payment: byHand}}
}

// DraftOrder puts what was typed into a cart and leads to its review.
func (p Pages) DraftOrder(c echo.Context) error {
	if err := session.Actor(c).Require(staff.ManageOrders); err != nil {
		return err
	}
	var d draft
	if err := form.Decode(c, &d); err != nil {
		return err
	}
	typed := d.typed()
	token, err := p.fill(c, typed)
	f, status, again := refused(err)
	if !again && fault.Is(err, fault.NotFound) {
		f, status, again = fault.New(fault.Invalid, "order.unknown_goods"), http.StatusUnprocessableEntity, true
	}
	if again {
		if typed.Faults = f.Fields; len(f.Fields) == 0 {
			typed.Faults = map[string]string{"goods": admin.Explain(f)}
		}
		return p.handPage(c, status, typed)
	}
	if err != nil {
		return err
	}
	return respond.To(c, "/admin/orders/new/"+token+"?"+url.Values{"store": {d.Store}, "supplements": {d.Supplements}}.Encode())
}

// fill puts goods and details into a new cart and answers its token.
func (p Pages) fill(c echo.Context, typed admin.HandForm) (string, error) {
	ctx, token := c.Request().Context(), rand.Text()
	store, err := p.storeAt(c, typed.Store)
	if err != nil {
		return "", err
	}
	goods := strings.Fields(strings.NewReplacer(";", " ", ",", " ").Replace(typed.Goods))
	if len(goods) == 0 || len(goods)%2 != 0 {
		return "", fault.Fields{"goods": "order.goods_lines"}.Err()
	}
	for pair := range slices.Chunk(goods, 2) {
		quantity, err := form.Quantity(pair[1], 1)
		if err != nil {
			return "", fault.Fields{"goods": "order.goods_lines"}.Err()
		}
		if err := p.Shop.Carts.Add(ctx, token, store, strings.ToUpper(pair[0]), quantity); err != nil {
			return "", err
		}
	}
	return token, p.Shop.Carts.SaveDetails(ctx, token, store, typed.Details)
}

// storeAt is the store of a path.
func (p Pages) storeAt(c echo.Context, path string) (market.Store, error) {
	markets, err := p.Shop.Markets.All(c.Request().Context())
	if err != nil {
		return market.Store{}, err
	}
	store, found := storeIn(markets, path)
	if !found {
		return store, fault.New(fault.NotFound, "fault.market")
	}
	return store, nil
}

// OrderDraft shows an order by hand as it will be placed.
func (p Pages) OrderDraft(c echo.Context) error {
	if err := session.Actor(c).Require(staff.ManageOrders); err != nil {
		return err
	}
	return p.draftPage(c, http.StatusOK, c.QueryParam("store"), c.QueryParam("supplements"), "")
}

func (p Pages) draftPage(c echo.Context, status int, path, supplements, problem string) error {
	store, err := p.storeAt(c, path)
	if err != nil {
		return err
	}
	review, err := p.Shop.Orders.Review(c.Request().Context(), c.Param("cart"), store)
	if err != nil {
		return err
	}
	frame := p.frame(c, "Order by hand", components.Link{Text: "Orders", URL: "/admin/orders"}, components.Link{Text: "By hand", Current: true})
	return respond.Page(c, status, admin.Sections(admin.NewDraftPage(frame, c.Param("cart"), review, supplements, problem)))
}

type placing struct {
	Store       string `form:"store"`
	Supplements string `form:"supplements"`
	Key         string `form:"idempotency_key"`
	Total       string `form:"total"`
}

// PlaceDraft places it.
func (p Pages) PlaceDraft(c echo.Context) error {
	var f placing
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	total, err := strconv.ParseInt(f.Total, 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "fault.key")
	}
	store, err := p.storeAt(c, f.Store)
	if err != nil {
		return err
	}
	placed, err := p.Shop.Orders.PlaceByHand(c.Request().Context(), order.Placement{CartToken: c.Param("cart"), Store: store, Key: f.Key, Total: total,
		By: session.Actor(c), Supplements: f.Supplements})
	if r, status, again := refused(err); again {
		return p.draftPage(c, status, f.Store, f.Supplements, admin.Explain(r))
	}
	if err != nil {
		return err
	}
	return p.done(c, "/admin/orders/"+placed.Number, "The order is placed. Its buyer is mailed where to transfer the money.")
}
