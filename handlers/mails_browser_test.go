package handlers_test

import (
	"os"
	"path/filepath"
	"testing"

	"softlaunch/handlers/handlerstest"
	"softlaunch/handlers/handlerstest/chrome"
	"softlaunch/handlers/jobs"
	"softlaunch/models/example"
	"softlaunch/models/modelstest"
)

// A mail is framed under a policy that lets it run nothing: a browser must show it and complain of nothing.
func TestMailsAreShownInABrowser(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("SHOP_SCREENSHOTS")
	if folder == "" {
		folder = t.TempDir()
	}
	for width, options := range map[string][]chrome.Option{"desktop": nil, "phone": {chrome.Phone}} {
		shop := handlerstest.New(t)
		shop.Pay(t, shop.Place(t, "de", modelstest.Buyer("de"), modelstest.Goods{"MI-BAND-BLACK": 1}))
		shop.Worker(jobs.Handlers(shop.Shop.Shop, nil, shop.URL)).Round(t.Context())
		tab := chrome.Start(t, options...)
		tab.Open(shop.URL + "/admin/session")
		tab.Fill("E-mail address", example.Email)
		tab.Fill("Password", example.Password)
		tab.Press("Sign in")
		tab.See("Dashboard")
		for name, path := range map[string]string{"mails": "/admin/mails", "mail": "/admin/mails/1", "mail-kind": "/admin/mails/kinds/order.paid?store=fr", "lookup": "/de/orders"} {
			tab.Open(shop.URL + path)
			tab.WholeScreenshot(filepath.Join(folder, name+"-"+width+".png"))
		}
	}
}
