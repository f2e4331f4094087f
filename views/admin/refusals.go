package admin

// refusedFor is why a request to buy was refused, in words for staff.
func refusedFor(reason string) string {
	if text, known := refusals[reason]; known {
		return text
	}
	return reason
}

var refusals = map[string]string{
	"offer.reason.hidden":            "Not visible yet",
	"offer.reason.ended":             "No longer sold",
	"offer.reason.blocked":           "Waits for an approval",
	"offer.reason.blocked_until":     "Waits for an approval that begins later",
	"offer.reason.paused":            "Sales paused",
	"offer.reason.paused_until":      "Sales paused until an instant",
	"offer.reason.announced":         "Not on sale yet",
	"offer.reason.announced_wave":    "Before its first wave",
	"offer.reason.announced_launch":  "Before the launch",
	"offer.reason.announced_release": "Before its release",
	"offer.reason.sold_out":          "Sold out",
	"offer.reason.sold_out_wave":     "Wave sold out, another to come",
	"offer.reason.sold_out_launch":   "Waves sold out until the launch",
	"offer.reason.sold_out_held":     "The last units are held",
	"offer.reason.sold_out_incoming": "Sold out, more is coming",
	"offer.reason.code":              "Without an access code",
	"offer.reason.code_wave":         "Without a code, before the next wave",
	"offer.reason.code_launch":       "Without a code, before the launch",
	"offer.limit_order":              "Limit per order",
	"offer.limit_buyer":              "Limit per buyer",
	"offer.limit_code":               "Units left for buyers without code",
	"cart.problem.left":              "Fewer left than wanted",
	"fault.sold_out":                 "Others were faster",
	"fault.unpaid_orders":            "Too many unpaid orders",
	"fault.busy":                     "The shop was too busy",
}
