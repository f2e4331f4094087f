package handlers

import (
	"net/http"
	"net/url"
	"time"

	"softlaunch/handlers/stage"
	"softlaunch/models"
)

// House is a house whose rehearsals are served as the shop itself is. The rest of the house is the caller's.
func House(house stage.House) stage.House {
	house.Serve = func(copied *models.Shop, address string) (*http.Server, error) {
		parsed, err := url.Parse(address)
		if err != nil {
			return nil, err
		}
		handler, err := New(Config{URL: parsed, Quiet: true}, copied)
		if err != nil {
			return nil, err
		}
		return Server(parsed.Host, handler), nil
	}
	return house
}

// rehearsals are those that staff begin in the back-office of a shop.
func (c Config) rehearsals(shop *models.Shop) *stage.Rehearsals {
	watch := c.Watch
	if watch == nil {
		watch = func() time.Time { return shop.Machine().Time() }
	}
	return stage.NewRehearsals(House(stage.House{Copy: shop.Copy, Clock: shop.Clock, Machine: shop.Machine, Watch: watch}), c.Stop)
}
