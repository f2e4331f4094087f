package handlers

import (
	"context"
	"encoding/xml"
	"net/http"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/respond"
	"softlaunch/models/launch"
	"softlaunch/models/market"
)

// urlset is a sitemap, see https://www.sitemaps.org/protocol.html.
type urlset struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []address `xml:"url"`
}

type address struct {
	Location string `xml:"loc"`
}

func (u *urlset) add(location string) { u.URLs = append(u.URLs, address{location}) }

// sitemap lists what anybody may see now: nothing of a draft market, nothing hidden.
func (s *server) sitemap(c echo.Context) error {
	ctx := c.Request().Context()
	markets, err := s.models.Markets.Visible(ctx)
	if err != nil {
		return err
	}
	var set urlset
	set.add(s.URL.JoinPath("/").String())
	for _, m := range markets {
		for _, store := range m.Stores() {
			if err := s.addStore(ctx, &set, store); err != nil {
				return err
			}
		}
	}
	content, err := xml.MarshalIndent(set, "", " ")
	if err != nil {
		return err
	}
	respond.Revalidate(c)
	return respond.Bytes(c, http.StatusOK, "application/xml; charset=utf-8", append([]byte(xml.Header), content...))
}

func (s *server) addStore(ctx context.Context, set *urlset, store market.Store) error {
	base := s.URL.JoinPath(store.Path())
	set.add(base.String() + "/")
	set.add(base.JoinPath("products").String())
	for page, pages := 1, 1; page <= pages; page++ {
		shelf, err := s.models.Gate.Shelf(ctx, store, launch.Query{Page: page})
		if err != nil {
			return err
		}
		pages = shelf.Pages
		for _, item := range shelf.Items {
			set.add(base.JoinPath("products", item.Product.Slug).String())
		}
	}
	texts, err := s.models.Markets.Pages(ctx, store)
	for _, text := range texts {
		set.add(base.JoinPath("pages", text.Slug).String())
	}
	return err
}
