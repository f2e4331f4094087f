package shop

import (
	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	amount "softlaunch/models/money"
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// batch is how many units of a product its test has published and still has, all variants together.
func batch(item launch.Item) (left, published int) {
	for _, sale := range item.Sales {
		left, published = left+sale.Offer.Left, published+sale.Offer.Published
	}
	return left, published
}

// state says in a few words what an offer is.
func state(f layouts.Frame, m market.Market, o launch.Offer, left, published int) components.State {
	words := ""
	switch {
	case o.State == launch.Announced && o.Next != 0:
		words = f.T("offer.words.announced_from", "Date", f.Date(o.Next, m.Location()))
	case o.State == launch.Test:
		words = f.T("offer.words.test", "Left", left, "Published", published)
	default:
		words = f.T("offer.words." + string(o.State))
	}
	return components.State{Kind: string(o.State), Words: words}
}

// fresh marks a product that joined the range a short while ago.
func fresh(f layouts.Frame) components.State {
	return components.State{Kind: "new", Words: f.T("offer.words.new")}
}

// again leads to the same page, if it waits for an instant.
func again(f layouts.Frame) components.Again {
	if f.Renew == 0 {
		return components.Again{}
	}
	return components.Again{Text: f.T("again")}
}

// nexts are the instants at which offers change as their pages say.
func nexts(items []launch.Item) []clock.Instant {
	var instants []clock.Instant
	for _, item := range items {
		instants = append(instants, item.Sale().Offer.Next)
	}
	return instants
}

// say tells why something can't be had, or not in that quantity: a message of launch or cart with all that it may name.
func say(f layouts.Frame, m market.Market, key string, limit int, next clock.Instant) string {
	return f.T(key, "In", f.In(m), "Limit", limit, "Count", limit, "When", f.DateTime(next, m.Location()))
}

// Explain is the text of a fault in a store: a message with its arguments, instants in the market's zone.
func Explain(f layouts.Frame, m market.Market, key string, args map[string]any) string {
	if seconds, told := args["Seconds"].(int); told {
		return f.N(key, seconds)
	}
	if least, told := args["Minimum"].(amount.Amount); told && least.Minor > 0 {
		missing, _ := args["Missing"].(amount.Amount)
		return f.T(key, "Minimum", f.Money(least), "Missing", f.Money(missing))
	}
	limit, _ := args["Count"].(int)
	next, _ := args["Next"].(clock.Instant)
	return say(f, m, key, limit, next)
}

// drawing is the first picture of a variant, for a list.
func drawing(item launch.Item, variant int) components.Picture {
	v := item.Product.Variants[variant]
	if len(v.Pictures) == 0 {
		return components.Picture{}
	}
	return components.Drawing(v.Pictures[0].File, "")
}

// card shows a product in a list by its most buyable variant. The name beside the picture says what is on it.
func card(f layouts.Frame, m market.Market, item launch.Item) components.Card {
	left, published := batch(item)
	c := components.Card{
		URL: f.To("/products/" + item.Product.Slug), Name: item.Product.Text.Name, Line: item.Product.Text.Line,
		Picture: drawing(item, item.Best), Tint: item.Product.Category.Tint,
		State: state(f, m, item.Sale().Offer, left, published),
	}
	if item.New(f.Now) {
		c.State = fresh(f)
	}
	if price := item.Sale().Price; price.Currency != "" {
		c.Price, c.Reduced = f.Money(price), reduced(f, m, item.Sale())
	}
	return c
}

// reduced says what a price that is lower for a time is compared with, and until when it is.
func reduced(f layouts.Frame, m market.Market, sale launch.Sale) components.Reduced {
	r := sale.Reduction
	if r.Lowest == 0 {
		return components.Reduced{}
	}
	told := components.Reduced{Lowest: f.T("price.lowest", "Price", money(f, m, r.Lowest))}
	if r.Percent > 0 {
		told.Off = "−" + f.Rate(int64(r.Percent)*onePercent)
	}
	if r.Until != 0 {
		told.Until = f.T("price.until", "When", f.DateTime(r.Until, m.Location()))
	}
	return told
}

// onePercent is in parts per million.
const onePercent = 10_000

func cards(f layouts.Frame, m market.Market, items []launch.Item) []components.Card {
	all := make([]components.Card, len(items))
	for i, item := range items {
		all[i] = card(f, m, item)
	}
	return all
}
