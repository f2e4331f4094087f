package handlers

import (
	"net/http"
	"net/url"

	"softlaunch/handlers/rehearsal"
	"softlaunch/models"
)

// Stage is a house whose rehearsals are served as the shop itself is. The rest of the house is the caller's.
func Stage(house rehearsal.House) rehearsal.House {
	house.Serve = func(copied *models.Shop, address string) (*http.Server, error) {
		parsed, err := url.Parse(address)
		if err != nil {
			return nil, err
		}
		handler, err := New(Config{URL: parsed}, copied)
		if err != nil {
			return nil, err
		}
		return Server(parsed.Host, handler), nil
	}
	return house
}
