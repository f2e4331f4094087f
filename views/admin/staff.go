package admin

import (
	"softlaunch/models/staff"
	"softlaunch/views/components"
)

// StaffPage lists the people who work here and lets an owner add somebody.
type StaffPage struct {
	Frame
	Members []MemberRow
	Add     Form
}

// MemberRow is a member of staff.
type MemberRow struct {
	Name, Email, Role, URL, Since string
	State                         components.State
	Example                       bool
}

var roleOptions = []components.Option{
	{Value: string(staff.Owner), Text: "Owner: everything"},
	{Value: string(staff.Merchandiser), Text: "Merchandiser: markets, products, stock"},
	{Value: string(staff.Support), Text: "Support: orders"},
	{Value: string(staff.Viewer), Text: "Viewer: looks, changes nothing"},
}

// NewStaffPage lists members; typed and faults are those of the form that adds one.
func NewStaffPage(frame Frame, members []staff.Member, typed staff.Newcomer, faults map[string]string) StaffPage {
	p := StaffPage{Frame: frame}
	p.Faulty = len(faults) > 0
	for _, m := range members {
		p.Members = append(p.Members, MemberRow{Name: m.Name, Email: m.Email, Role: string(m.Role), URL: "/admin/staff/" + id(m.ID), Since: utc(m.CreatedAt),
			State: memberState(m), Example: m.Example})
	}
	p.Add = Form{Action: "/admin/staff", Button: "Add to staff", Fields: []Entry{
		entry(components.Field{Name: "email", Label: "E-mail address", Type: "email", Value: typed.Email, Autocomplete: "off"}, faults),
		entry(components.Field{Name: "name", Label: "Name", Value: typed.Name, MaxLength: 100, Autocomplete: "off"}, faults),
		entry(components.Field{Name: "role", Label: "Role", Value: string(typed.Role), Prompt: "Choose", Options: roleOptions}, faults),
		entry(components.Field{Name: "password", Label: "First password", Type: "password", Autocomplete: "new-password", Hint: "12 characters or more. Tell it by another way than mail."}, faults),
	}}
	return p
}

func memberState(m staff.Member) components.State {
	if m.Disabled() {
		return components.State{Kind: "ended", Words: "Disabled"}
	}
	return components.State{Kind: "open", Words: "Active"}
}

// NewMemberPage is one member, with what an owner can do.
func NewMemberPage(frame Frame, m staff.Member, faults map[string]string) FormsPage {
	frame.Faulty = len(faults) > 0
	base := "/admin/staff/" + id(m.ID)
	p := FormsPage{Frame: frame, Facts: []components.Row{
		{Name: "E-mail address", Value: m.Email}, {Name: "Role", Value: string(m.Role)}, {Name: "State", Value: memberState(m).Words}, {Name: "Since", Value: utc(m.CreatedAt)},
	}}
	if m.Disabled() {
		p.Parts = []Part{{Title: "Let in again", Form: Form{Action: base + "/enabling", Button: "Enable"}}}
		return p
	}
	p.Parts = []Part{
		{Title: "Role", Form: Form{Action: base + "/role", Button: "Change role", Fields: []Entry{
			entry(components.Field{Name: "role", Label: "Role", Value: string(m.Role), Options: roleOptions}, faults)}}},
		{Title: "New first password", Form: Form{Action: base + "/password", Button: "Set password", Fields: []Entry{
			entry(components.Field{Name: "password", Label: "Password", Type: "password", Autocomplete: "new-password", Hint: "12 characters or more. It ends all sessions."}, faults)}}},
		{Title: "Sign out everywhere", Form: Form{Action: base + "/sessions/end", Button: "End all sessions", Quiet: true}},
		{Title: "Keep out", Form: Form{Action: base + "/disabling", Button: "Disable", Strong: true}},
	}
	return p
}

// NewPasswordPage changes one's own password.
func NewPasswordPage(frame Frame, faults map[string]string) FormsPage {
	frame.Faulty = len(faults) > 0
	return FormsPage{Frame: frame, Parts: []Part{{Title: "Change your password", Form: Form{Action: "/admin/password", Button: "Change password", Fields: []Entry{
		entry(components.Field{Name: "current", Label: "Present password", Type: "password", Autocomplete: "current-password"}, faults),
		entry(components.Field{Name: "password", Label: "New password", Type: "password", Autocomplete: "new-password", Hint: "12 characters or more. You stay signed in here and are signed out everywhere else."}, faults),
	}}}}}
}
