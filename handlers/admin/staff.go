package admin

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"softlaunch/handlers/form"
	"softlaunch/handlers/respond"
	"softlaunch/handlers/session"
	"softlaunch/models/fault"
	"softlaunch/models/staff"
	"softlaunch/views/admin"
	"softlaunch/views/components"
)

// Staff lists the people who work here, for owners.
func (p Pages) Staff(c echo.Context) error {
	return p.showStaff(c, http.StatusOK, staff.Newcomer{}, nil)
}

func (p Pages) showStaff(c echo.Context, status int, typed staff.Newcomer, faults map[string]string) error {
	members, err := p.members(c)
	if err != nil {
		return err
	}
	return respond.Page(c, status, admin.Staff(admin.NewStaffPage(p.frame(c, "Staff"), members, typed, faults)))
}

func (p Pages) members(c echo.Context) ([]staff.Member, error) {
	if err := session.Actor(c).Require(staff.ManageStaff); err != nil {
		return nil, err
	}
	return p.Shop.Staff.Members(c.Request().Context())
}

type newcomer struct {
	Email    string `form:"email"`
	Name     string `form:"name"`
	Role     string `form:"role"`
	Password string `form:"password"`
}

// AddStaff lets somebody new work here.
func (p Pages) AddStaff(c echo.Context) error {
	var f newcomer
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	entered := staff.Newcomer{Email: f.Email, Name: f.Name, Password: f.Password, Role: staff.Role(f.Role)}
	err := p.Shop.Staff.Create(c.Request().Context(), session.Actor(c), entered)
	if wrong, status, again := refused(err); again && len(wrong.Fields) > 0 {
		return p.showStaff(c, status, entered, wrong.Fields)
	}
	if err != nil {
		return err
	}
	return p.done(c, "/admin/staff", f.Name+" is on the staff.")
}

// Member shows one of the staff.
func (p Pages) Member(c echo.Context) error { return p.showMember(c, http.StatusOK, nil) }

func (p Pages) showMember(c echo.Context, status int, faults map[string]string) error {
	id, err := number(c, "member")
	if err != nil {
		return err
	}
	members, err := p.members(c)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(members, func(m staff.Member) bool { return m.ID == id })
	if at < 0 {
		return fault.New(fault.NotFound, "fault.staff")
	}
	frame := p.frame(c, members[at].Name, components.Link{Text: "Staff", URL: "/admin/staff"}, components.Link{Text: members[at].Name, Current: true})
	return respond.Page(c, status, admin.Forms(admin.NewMemberPage(frame, members[at], faults)))
}

type memberChange struct {
	Role     string `form:"role"`
	Password string `form:"password"`
}

// ChangeRole gives a member another role.
func (p Pages) ChangeRole(c echo.Context) error {
	return p.changeMember(c, "The role is changed.", func(by staff.Actor, id int64, f memberChange) error {
		return p.Shop.Staff.ChangeRole(c.Request().Context(), by, id, staff.Role(f.Role))
	})
}

// ResetPassword gives a member a new first password.
func (p Pages) ResetPassword(c echo.Context) error {
	return p.changeMember(c, "The password is set.", func(by staff.Actor, id int64, f memberChange) error {
		return p.Shop.Staff.ResetPassword(c.Request().Context(), by, id, f.Password)
	})
}

// SignOutMember ends a member's sessions.
func (p Pages) SignOutMember(c echo.Context) error {
	return p.changeMember(c, "All sessions have ended.", func(by staff.Actor, id int64, _ memberChange) error {
		return p.Shop.Staff.EndSessions(c.Request().Context(), by, id)
	})
}

// DisableMember keeps a member out.
func (p Pages) DisableMember(c echo.Context) error {
	return p.changeMember(c, "The member can't sign in any more.", func(by staff.Actor, id int64, _ memberChange) error {
		return p.Shop.Staff.Disable(c.Request().Context(), by, id)
	})
}

// EnableMember lets a member in again.
func (p Pages) EnableMember(c echo.Context) error {
	return p.changeMember(c, "The member can sign in again.", func(by staff.Actor, id int64, _ memberChange) error {
		return p.Shop.Staff.Enable(c.Request().Context(), by, id)
	})
}

func (p Pages) changeMember(c echo.Context, notice string, verb func(staff.Actor, int64, memberChange) error) error {
	var f memberChange
	if err := form.Decode(c, &f); err != nil {
		return err
	}
	id, err := number(c, "member")
	if err != nil {
		return err
	}
	err = verb(session.Actor(c), id, f)
	if wrong, status, again := refused(err); again && len(wrong.Fields) > 0 {
		return p.showMember(c, status, wrong.Fields)
	}
	if err != nil {
		return err
	}
	return p.done(c, "/admin/staff/"+c.Param("member"), notice)
}
