package launch

import (
	"cmp"
	"slices"

	"softlaunch/models/clock"
)

// State is the first word of an offer.
type State string

const (
	// Hidden is not to be known of: it answers like an unknown product.
	Hidden State = "hidden"
	// Ended was sold and won't be again.
	Ended State = "ended"
	// Blocked is shown and can't be sold, because an approval or a duty of the market is missing.
	Blocked State = "blocked"
	// Paused is not sold while the market pauses.
	Paused State = "paused"
	// Announced is not sold yet.
	Announced State = "announced"
	// SoldOut has no units left at the moment.
	SoldOut State = "sold_out"
	// Code is sold to holders of an access code only, and this buyer has none.
	Code State = "code"
	// Test is sold from a published batch, within the test's limits.
	Test State = "test"
	// OnSale is sold from stock.
	OnSale State = "on_sale"
)

// Offer is the answer to "can this be bought here, now, by this buyer, and why not".
type Offer struct {
	State State
	// Most is how many units this buyer may take now. It is above 0 in the states Test and OnSale only, and is 0 there
	// when the buyer has used up his cap.
	Most int
	// MostReason is the message key of what keeps Most below Left (offer.limit_order, offer.limit_buyer,
	// offer.limit_code), Limit the number that the message names: the limit itself, or the units sold without a code.
	// Both are zero when nothing but Left bounds Most, and outside of Test and OnSale.
	MostReason string
	Limit      int
	// Left is the units left to sell here, to buyers with and without a code together; Published the units of all waves
	// begun. In test the page shows both. Published is 0 when the market isn't in test.
	Left, Published int
	// Reason and StaffReason are the message keys (offer.reason.*, offer.staff.*) for shoppers and for staff.
	Reason, StaffReason string
	// Missing is what blocks: the kinds of the approvals that are not granted and valid, then the unready keys.
	Missing []string
	// Next is the instant that the page names, and Reason says what it brings: see DESIGN §2, "next instant". It is
	// after now, or none when the schedule knows none. It promises no sale at or after the listing's end.
	Next clock.Instant
	// Until bounds how long this whole offer holds while nobody does anything: at every instant from now to Until,
	// without Until itself, Decide answers the same. At Until the facts must be read again. Zero is without end. Until may
	// be earlier than the next real change and is never later.
	Until clock.Instant
}

// Buyable reports whether this buyer can take at least one unit now.
func (o Offer) Buyable() bool {
	return (o.State == Test || o.State == OnSale) && o.Most > 0
}

// eagerness ranks the states from what a shopper can buy to what nobody may see.
var eagerness = []State{OnSale, Test, Code, Announced, SoldOut, Paused, Blocked, Ended, Hidden}

// Best is the index of the most buyable of a product's offers, one for each variant; the first of equals, and of
// announced ones that with the earliest known next instant. It is -1 when there are no offers.
func Best(offers []Offer) int {
	best := -1
	for i, o := range offers {
		if best < 0 || better(o, offers[best]) {
			best = i
		}
	}
	return best
}

func better(o, other Offer) bool {
	if o.State == Announced && other.State == Announced {
		return o.Next != other.Next && clock.Earliest(o.Next, other.Next) == o.Next
	}
	return cmp.Less(slices.Index(eagerness, o.State), slices.Index(eagerness, other.State))
}
