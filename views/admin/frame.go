// Package admin holds the back-office's pages. Its texts are in English only.
package admin

import (
	"strings"

	"softlaunch/models/staff"
	"softlaunch/views/components"
	"softlaunch/views/i18n"
)

// english writes dates, money and messages.
var english = i18n.For("en", "GB")

// Frame is what surrounds a page. Who is empty before sign-in. Notice is what the last form did.
type Frame struct {
	Title  string
	Who    string
	Role   string
	Nav    []components.Link
	Crumbs []components.Link
	Tabs   []components.Link // the pages of a market
	Notice string
	Faulty bool
	Script string // address of a script that only this page needs
}

var places = []components.Link{
	{Text: "Dashboard", URL: "/admin"},
	{Text: "Orders", URL: "/admin/orders"},
	{Text: "Payments", URL: "/admin/payments"},
	{Text: "Markets", URL: "/admin/markets"},
	{Text: "Launches", URL: "/admin/launches"},
	{Text: "Live", URL: "/admin/live"},
	{Text: "Rehearsal", URL: "/admin/rehearsal"},
	{Text: "Products", URL: "/admin/products"},
	{Text: "Discounts", URL: "/admin/discounts"},
	{Text: "Stock", URL: "/admin/stock"},
	{Text: "Mails", URL: "/admin/mails"},
	{Text: "Exports", URL: "/admin/exports"},
	{Text: "Staff", URL: "/admin/staff"},
	{Text: "Trail", URL: "/admin/trail"},
}

// rights are those without which a place is not shown.
var rights = map[string]staff.Right{"/admin/staff": staff.ManageStaff, "/admin/exports": staff.ExportBooks}

// NewFrame surrounds a page at a path for a member. crumbs lead from the part of the back-office to the page.
func NewFrame(member staff.Member, path, title, notice string, crumbs ...components.Link) Frame {
	f := Frame{Title: title, Who: member.Name, Role: string(member.Role), Notice: notice, Crumbs: crumbs}
	for _, place := range places {
		if right, asked := rights[place.URL]; asked && !member.Actor().May(right) {
			continue
		}
		place.Current = place.URL == path || (place.URL != "/admin" && strings.HasPrefix(path, place.URL+"/"))
		f.Nav = append(f.Nav, place)
	}
	return f
}

func (f Frame) title() string {
	title := f.Title + " – Softlaunch back-office"
	if f.Faulty {
		return "Error: " + title
	}
	return title
}
