package handlerstest

import (
	"testing"

	"softlaunch/models/example"
	"softlaunch/models/staff"
)

// Owner is a visit of the example's owner, who has signed in.
func (s *Shop) Owner(t testing.TB) *Visit {
	t.Helper()
	return s.SignIn(t, example.Email, example.Password)
}

// Member is a visit of somebody new on the staff, who has signed in.
func (s *Shop) Member(t testing.TB, role staff.Role) *Visit {
	t.Helper()
	n := staff.Newcomer{Email: string(role) + "@example.com", Name: "New " + string(role), Password: "a password for tests", Role: role}
	if err := s.Staff.Create(t.Context(), staff.Console, n); err != nil {
		t.Fatal(err)
	}
	return s.SignIn(t, n.Email, n.Password)
}

// SignIn is a visit of a member of staff who has signed in.
func (s *Shop) SignIn(t testing.TB, email, password string) *Visit {
	t.Helper()
	visit := s.Visit(t)
	visit.Open("/admin/session")
	visit.Fill("E-mail address", email)
	visit.Fill("Password", password)
	visit.Press("Sign in")
	visit.Answered(200)
	visit.See("Dashboard")
	return visit
}
