package admin

import (
	"fmt"

	"softlaunch/models/fault"
)

// words are the messages that only staff see; the others are in the shop's message files.
var words = map[string]string{
	"sign_in.wrong":     "E-mail address or password is wrong.",
	"sign_in.throttled": "Too many tries. Wait a minute, then try again.",

	"fault.right":   "Your role does not allow this. An owner can change your role.",
	"fault.market":  "There is no such market.",
	"fault.staff":   "There is no such member of staff.",
	"fault.invalid": "Check the fields that are marked.",

	"staff.email":         "Enter an e-mail address, like name@example.com.",
	"staff.email_taken":   "Somebody with this e-mail address is there already.",
	"staff.name":          "Enter a name of at most 100 characters.",
	"staff.role":          "Choose a role.",
	"staff.password":      "Use 12 to 200 characters.",
	"staff.current_wrong": "This is not your present password.",
	"staff.last_owner":    "The shop needs an owner who can sign in. Make somebody else an owner first.",

	"time.text":   "Enter a date and time, like 2027-06-01T00:00.",
	"time.range":  "Enter a date between 1970 and 2200.",
	"time.gap":    "Clocks skip this time: it does not exist in the market's zone on that day. Choose an earlier or later one.",
	"time.double": "Clocks show this time twice on that day. Choose which one is meant.",
	"time.zone":   "The market's time zone is not known.",
	"time.past":   "Choose a time that is still to come, or leave it empty for now.",
	"time.order":  "The end must come after the beginning.",

	"schedule.test_before_announced":   "The test can't start before the market is announced.",
	"schedule.launch_before_test":      "The market can't launch before its test starts.",
	"schedule.launch_before_announced": "The market can't launch before it is announced.",
	"schedule.confirm":                 "Type the market's code to confirm.",
	"schedule.unchanged":               "Nothing would change.",

	"schedule.reason":    "Say why the market launches in spite of red lines, in at most 500 characters.",
	"schedule.not_ready": "The market can't get this launch instant: lines of its checklist are red.",

	"checklist.range":        "Goods on sale",
	"checklist.prices":       "Prices",
	"checklist.texts":        "Texts in every language",
	"checklist.pages":        "Pages that the law asks for",
	"checklist.taxes":        "Taxes",
	"checklist.delivery":     "Delivery",
	"checklist.payment":      "Payment",
	"checklist.stock":        "Stock",
	"checklist.approvals":    "Approvals",
	"checklist.safety":       "Product safety (GPSR)",
	"checklist.order_button": "Order button",
	"checklist.seller":       "Seller on invoices",
	"checklist.waves":        "Waves of the test",

	"pause.reason":  "Say why the market pauses, in at most 200 characters.",
	"pause.already": "The market is paused already.",
	"pause.none":    "The market is not paused.",

	"waiting.not_closed": "There is a waiting room already. Close it first.",
	"waiting.is_open":    "The waiting room is open already.",
	"waiting.not_open":   "The waiting room is not open.",
	"waiting.is_closed":  "The waiting room is closed already.",
	"waiting.no_launch":  "The market has no launch instant ahead. Enter when the room opens.",
	"waiting.most":       "Enter a whole number from 1 to 50,000.",

	"wave.sku":          "There is no such variant in this market.",
	"wave.quantity":     "Enter a whole number from 1 to 1,000,000.",
	"wave.begun":        "This wave has begun and can't be changed any more.",
	"wave.after_launch": "A wave must begin before the market launches.",
	"wave.gone":         "There is no such wave.",

	"approval.kind":     "This product needs no such approval in this market.",
	"approval.product":  "There is no such product in this market.",
	"approval.evidence": "Say what proves it: a certificate's number, a contract, a person. At most 500 characters.",
	"approval.reason":   "Say why, in at most 500 characters.",
	"approval.state":    "The approval is no longer in the state you saw.",
	"approval.gone":     "There is no such approval.",

	"listing.limit":       "Enter a whole number from 0 to 9999; 0 is no limit.",
	"listing.ends":        "The end must come after the product is visible and on sale.",
	"price.amount":        "Enter an amount above zero, like 14.99; whole in currencies without cents.",
	"price.sku":           "There is no such variant of this product.",
	"price.begun":         "This price holds already and can't be taken back. Enter a new one.",
	"price.gone":          "There is no such price.",
	"rehearsal.buyers":    "Enter a whole number from 1 to 100,000.",
	"rehearsal.units":     "Enter a whole number from 1 to 100,000.",
	"rehearsal.at_once":   "Enter a whole number from 1 to 512.",
	"rehearsal.no_launch": "This market has no launch to rehearse: it has not been given its instant.",
	"rehearsal.sku":       "The market will not sell these goods at its launch.",
	"rehearsal.running":   "Another rehearsal is under way; there is one at a time.",
	"rehearsal.confirm":   "Type the market's code.",

	"stock.quantity":   "Enter a whole number from 0 to 1,000,000.",
	"stock.reason":     "Say why, in at most 200 characters.",
	"stock.below_held": "More units are held for unpaid orders than that. Count again, or cancel orders first.",
	"stock.unknown":    "There is no such location or variant.",

	"location.code":       "Use 2 to 30 small letters, figures and hyphens, a letter first.",
	"location.code_taken": "There is a location of this code already.",
	"location.name":       "Enter a name of at most 60 characters.",
	"location.gone":       "There is no such location.",

	"form.required_reason": "Say why, in a few words. The buyer may read it.",
	"form.carrier":         "Enter the carrier, like DHL.",
	"fault.not_transfer":   "Only transfers are marked as paid by staff.",
	"fault.mail":           "There is no such mail. Those of lists of interest, and with links of orders, are forgotten once they are sent.",
	"mail.waiting":         "This mail has not gone out yet. It is tried by itself.",
	"mail.no_example":      "This market sells nothing of which an example could be made. Give it goods with prices, a delivery, and a launch instant.",
	"fault.refund":         "There is no such refund, or it was sent already.",
	"fault.order_state":    "The order is no longer in the state you saw.",

	"form.other_region":       "It lies where other tax or delivery may be due. Cancel the order and take it anew.",
	"form.return_answer":      "Say why, in at most 1,000 characters. The buyer reads it.",
	"form.condition":          "Choose in which condition it came back.",
	"form.none_came":          "Enter how many came back. When nothing comes, refuse the return.",
	"order.goods_lines":       "Enter one in a line: SKU and how many, like MI-BAND-BLACK 2.",
	"order.unknown_goods":     "There are no such goods in this store.",
	"fault.return":            "There is no such return.",
	"fault.return_state":      "The return is no longer in the state you saw.",
	"fault.withdrawal_stands": "The withdrawal came in time: it stands whether or not the shop agrees.",
	"form.https_link":         "Enter a whole address that begins with https://.",
	"form.units":              "Enter whole numbers, no more than there are.",
	"form.no_units":           "Enter how many units are in the parcel.",
	"form.delivered_on":       "Enter a day from the sending of the parcel until today.",
	"form.nothing_to_credit":  "Enter units, tick the delivery or enter an amount.",
	"form.credit_amount":      "Enter an amount above zero, like 4.99, no higher than what is left.",
	"fault.shipment":          "There is no such parcel, or it was delivered already.",
	"fault.restock":           "The order has fewer units out of the stock than that.",
	"fault.refund_state":      "More of the order was refunded than you saw.",
	"fault.above_captured":    "That is more than what was paid and not given back yet.",
	"fault.order_changed":     "Something was done to the order since you saw it. Look at it again.",
	"fault.credit_changed":    "Something else was credited since you saw the sum. Look at it again.",
	"fault.cancel_instead":    "Nothing would be left to send. Cancel the order instead.",

	"offer.staff.unlisted":       "Not listed in this market",
	"offer.staff.draft":          "The market is a draft",
	"offer.staff.not_visible":    "Not visible yet",
	"offer.staff.ended":          "The listing has ended",
	"offer.staff.blocked":        "Something is missing",
	"offer.staff.paused":         "The market is paused",
	"offer.staff.before_test":    "The test has not started",
	"offer.staff.no_wave":        "In test without a wave: waits for the launch",
	"offer.staff.before_wave":    "The first wave has not begun",
	"offer.staff.waves_sold":     "All units of the waves begun are taken",
	"offer.staff.no_stock":       "No free stock",
	"offer.staff.code":           "The units left need an access code",
	"offer.staff.test":           "Selling its batch",
	"offer.staff.before_release": "Released later than the launch",
	"offer.staff.on_sale":        "Selling from stock",

	"missing.price":  "a price",
	"missing.safety": "safety information (GPSR)",
}

// say is the text of a message key; other than keys of messages (texts of people, mostly) stay as they are.
func say(key string) string {
	if text, known := words[key]; known {
		return text
	}
	return english.T(key)
}

// Explain is what a fault means for staff.
func Explain(f *fault.Error) string {
	pairs := make([]any, 0, 2*len(f.Args))
	for name, value := range f.Args {
		pairs = append(pairs, name, value)
	}
	if text, known := words[f.Key]; known {
		return text
	}
	if text := english.T(f.Key, pairs...); text != f.Key {
		return text
	}
	return fmt.Sprintf("The shop refused this (%s).", f.Kind)
}
