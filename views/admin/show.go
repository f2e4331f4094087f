package admin

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"strconv"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/launch"
	"softlaunch/models/market"
	"softlaunch/models/money"
	"softlaunch/models/order"
	"softlaunch/views/components"
)

// country is a market's name.
func country(m market.Market) string {
	if region, err := language.ParseRegion(m.Country); err == nil {
		return display.English.Regions().Name(region)
	}
	return m.Code
}

// when is an instant in a market's own zone, with the zone's name.
func when(at clock.Instant, m market.Market) string {
	if at.IsZero() {
		return "not set"
	}
	return english.DateTime(at, m.Location())
}

// utc is an instant for readers in any zone.
func utc(at clock.Instant) string {
	if at.IsZero() {
		return ""
	}
	layout := "2006-01-02 15:04 UTC"
	if at%60_000 != 0 {
		layout = "2006-01-02 15:04:05 UTC"
	}
	return at.Time().Format(layout)
}

func sum(minor int64, currency string) string { return english.Money(money.Of(minor, currency)) }

func count(n int) string { return english.Number(int64(n)) }

// limitWords is a limit of a listing.
func limitWords(n int) string {
	if n == 0 {
		return "no limit"
	}
	return count(n)
}

var phases = map[market.Phase]string{
	market.Draft: "Draft", market.Announced: "Announced", market.Test: "In test", market.Open: "Open", market.Paused: "Paused",
}

// phaseWord is a phase within a sentence.
func phaseWord(p market.Phase) string {
	if p == market.Draft {
		return "a draft"
	}
	return strings.ToLower(phases[p])
}

func phaseState(p market.Phase) components.State {
	return components.State{Kind: string(p), Words: phases[p]}
}

var offers = map[launch.State]string{
	launch.Hidden: "Hidden", launch.Ended: "Ended", launch.Blocked: "Blocked", launch.Paused: "Paused", launch.Announced: "Announced",
	launch.SoldOut: "Sold out", launch.Code: "With code", launch.Test: "In test", launch.OnSale: "On sale",
}

func offerState(o launch.Offer) components.State {
	return components.State{Kind: string(o.State), Words: offers[o.State]}
}

var orderStates = map[order.State]string{
	order.AwaitingPayment: "Awaiting payment", order.Expired: "Expired", order.Paid: "Paid", order.Packed: "Packed",
	order.PartlyShipped: "Partly shipped", order.Shipped: "Shipped", order.Delivered: "Delivered", order.Returned: "Returned", order.Cancelled: "Cancelled",
}

var refundStates = map[order.RefundState]string{order.NotRefunded: "Not refunded", order.PartlyRefunded: "Partly refunded", order.Refunded: "Refunded"}

var returnStates = map[order.ReturnState]string{
	order.ReturnRequested: "Requested", order.ReturnApproved: "Approved, on its way", order.ReturnRefused: "Refused", order.ReturnReceived: "Received",
}

var conditions = map[string]string{"as_new": "As new", "opened": "Opened or used", "damaged": "Damaged"}

func orderState(s order.State) components.State {
	return components.State{Kind: string(s), Words: orderStates[s]}
}

func id(n int64) string { return strconv.FormatInt(n, 10) }
