package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/pagecache"
	"softlaunch/handlers/webhook"
	"softlaunch/static"
)

// routes is the shop's whole public face; DESIGN §6 is its contract.
func (s *server) routes(e *echo.Echo) {
	s.plainRoutes(e)
	s.adminRoutes(e)
	s.liveRoutes(e)
	s.shopRoutes(e)
}

// area is the routes below a prefix, behind its middleware. Echo's own groups answer a wrong method with 404.
type area struct {
	echo   *echo.Echo
	prefix string
	behind []echo.MiddlewareFunc
}

// GET answers GET and HEAD at a path of the area, behind more middleware of its own.
func (a area) GET(path string, handler echo.HandlerFunc, more ...echo.MiddlewareFunc) {
	a.echo.GET(a.prefix+path, handler, slices.Concat(a.behind, more)...)
}

// POST answers POST at a path of the area, behind more middleware of its own.
func (a area) POST(path string, handler echo.HandlerFunc, more ...echo.MiddlewareFunc) {
	a.echo.POST(a.prefix+path, handler, slices.Concat(a.behind, more)...)
}

// keptPages are the routes of pages that look the same to every visitor with as much in the cart, with the parameters that they read
// and that the shop's own links have. An address with any other is rendered each time.
var keptPages = pagecache.Routes{
	"/":                      {},
	"/:store/":               {},
	"/:store/products":       {"category", "sort", "page"},
	"/:store/products/:slug": {"variant"},
	"/:store/pages/:slug":    {},
}

// visitor is what shared pages show of somebody with cookies: how much is in the cart, when that is all there is to know.
func (s *server) visitor(c echo.Context) (who pagecache.Visitor, all bool) {
	token := s.shop.Cart.Alone(c)
	store, _, err := s.models.Rooms.Store(c.Param("store"))
	if token == "" || err != nil {
		return who, false
	}
	trace, err := s.models.Carts.Trace(c.Request().Context(), token, store.Market.ID)
	return pagecache.Visitor{Units: trace.Units, Known: true}, err == nil && !trace.Own
}

// plainRoutes are for machines.
func (s *server) plainRoutes(e *echo.Echo) {
	e.GET("/healthz", s.healthy)
	e.GET("/readyz", s.ready)
	e.GET("/robots.txt", s.robots)
	e.GET("/sitemap.xml", s.sitemap)
	e.POST("/webhooks/stripe", webhook.Stripe(s.models))
	e.GET(static.Prefix+"*", echo.WrapHandler(static.Handler()))
}

// shopRoutes are for shoppers.
func (s *server) shopRoutes(e *echo.Echo) {
	p := s.shop
	e.GET("/", p.Chooser, s.kept.Keep, s.bound)
	store := area{e, "/:store", []echo.MiddlewareFunc{s.kept.Keep, s.bound, p.InStore}}
	store.GET("", p.Slash)
	store.GET("/", p.Home)
	store.GET("/products", p.Products)
	store.GET("/products/:slug", p.Product)
	s.shoppingRoutes(store)
	store.GET("/interest", p.Interest)
	store.POST("/interest", p.AskInterest)
	s.owedRoutes(area{e, "/:store", []echo.MiddlewareFunc{s.kept.Keep, s.bound, p.InOwingStore}})

	e.POST("/preview/items", p.SetPreviewItem)
	e.POST("/preview/end", p.EndPreview)
}

// shoppingRoutes lead from the goods to an order. They stand behind the waiting room, when there is one.
func (s *server) shoppingRoutes(store area) {
	p, door := s.shop, s.door
	store.GET("/waiting-room", door.Page)
	store.echo.GET(store.prefix+"/waiting-room/place", door.Place)

	store.behind = append(slices.Clip(store.behind), door.Shopping)
	store.GET("/cart", p.ShowCart)
	store.POST("/cart/items", p.AddItem)
	store.POST("/cart/items/:sku", p.SetItem)
	store.POST("/cart/code", p.UseCode)
	store.POST("/cart/code/removal", p.DropCode)
	store.POST("/cart/coupon/removal", p.DropCoupon)
	store.GET("/checkout", p.Checkout, p.ForReal)
	store.POST("/checkout", p.SaveDetails)
	store.GET("/checkout/review", p.Review, p.ForReal)
	store.POST("/orders", p.PlaceOrder)
}

// owedRoutes are for those who ordered or asked to be told. The token is the secret of an order or of a mail's link.
func (s *server) owedRoutes(store area) {
	p := s.shop
	store.GET("/orders", p.Lookup)
	store.POST("/orders/links", p.AskLookup)
	store.GET("/orders/:token", p.Order)
	store.GET("/orders/:token/invoice.pdf", p.Invoice)
	store.GET("/orders/:token/credit-notes/:file", p.CreditNote)
	store.GET("/orders/:token/cancellation", p.Cancellation)
	store.POST("/orders/:token/cancellation", p.CancelOrder)
	store.GET("/orders/:token/returns", p.Return)
	store.POST("/orders/:token/returns", p.AskReturn)
	store.GET("/pay/sandbox/:token", p.Sandbox, p.InSandbox)
	store.POST("/pay/sandbox/:token", p.PlayPayment, p.InSandbox)
	store.POST("/pay/stripe/:token", p.PayOnline)
	store.GET("/pages/:slug", p.Text)
	store.GET("/withdrawal", p.Withdrawal)
	store.POST("/withdrawal", p.Withdraw)
	store.GET("/interest/left", p.Left)
	store.GET("/interest/:token/confirmation", p.Confirmation)
	store.POST("/interest/:token/confirmation", p.Confirm)
	store.GET("/interest/:token/removal", p.Removal)
	store.POST("/interest/:token/removal", p.Leave)
}
