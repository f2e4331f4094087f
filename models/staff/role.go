// Package staff knows the people who work in the back-office: who they are, what they may, how they sign in, and the trail
// of what they changed.
package staff

import "softlaunch/models/fault"

// Role is what somebody does in the back-office.
type Role string

// The roles, from all rights to none but looking.
const (
	Owner        Role = "owner"
	Merchandiser Role = "merchandiser"
	Support      Role = "support"
	Viewer       Role = "viewer"
)

// Right is something that a role may do.
type Right string

// The rights.
const (
	ManageMarkets  Right = "markets"
	ManageProducts Right = "products"
	ManageStock    Right = "stock"
	ManageOrders   Right = "orders"
	ManageStaff    Right = "staff"

	// ExportBooks is to take out what bookkeeping needs: documents, totals and payments of a period.
	ExportBooks Right = "books"

	// OverrideChecklist is to give a market its launch instant while its checklist is red.
	OverrideChecklist Right = "checklist"
)

var rights = map[Role][]Right{
	Owner:        {ManageMarkets, ManageProducts, ManageStock, ManageOrders, ManageStaff, OverrideChecklist, ExportBooks},
	Merchandiser: {ManageMarkets, ManageProducts, ManageStock},
	Support:      {ManageOrders},
	Viewer:       {},
}

// Actor is whoever acts: a member of staff, or Shop when nobody does.
type Actor struct {
	ID   int64
	Name string
	Role Role
}

// Shop is the actor of what the shop does by itself.
var Shop = Actor{Name: "shop"}

// Buyer is the actor of what buyers do with their orders.
var Buyer = Actor{Name: "buyer"}

// May reports whether the actor has a right.
func (a Actor) May(right Right) bool {
	for _, r := range rights[a.Role] {
		if r == right {
			return true
		}
	}
	return false
}

// Require is a Forbidden fault for an actor without a right.
func (a Actor) Require(right Right) error {
	if a.May(right) {
		return nil
	}
	return fault.New(fault.Forbidden, "fault.right")
}
