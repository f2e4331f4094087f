package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"softlaunch/models/fault"
)

func TestKindsAreFoundInAChain(t *testing.T) {
	t.Parallel()
	gone := fault.New(fault.NotFound, "fault.product")
	for name, row := range map[string]struct {
		err  error
		want fault.Kind
	}{
		"none":                {nil, 0},
		"another error":       {errors.New("disk full"), 0},
		"a fault":             {gone, fault.NotFound},
		"wrapped":             {fmt.Errorf("cart: %w", gone), fault.NotFound},
		"joined":              {errors.Join(errors.New("disk full"), gone), fault.NotFound},
		"the first of two":    {errors.Join(fault.New(fault.Busy, "a"), gone), fault.Busy},
		"with a value":        {gone.With("Count", 3), fault.NotFound},
		"of a form's fields":  {fault.Fields{"email": "form.email"}.Err(), fault.Invalid},
		"of no wrong fields":  {fault.Fields{}.Err(), 0},
		"of fields never set": {fault.Fields(nil).Err(), 0},
	} {
		if got := fault.Of(row.err); got != row.want {
			t.Errorf("%s: %s", name, got)
		}
		if row.want != 0 && (!fault.Is(row.err, row.want) || fault.Is(row.err, row.want+1)) {
			t.Errorf("%s: is and is not %s", name, row.want)
		}
	}
}

// Faults are package variables shared by all requests.
func TestAValueForOneCallerIsNotSeenByAnother(t *testing.T) {
	t.Parallel()
	shared := fault.New(fault.Conflict, "fault.sold_out").With("Count", 1)
	mine, yours := shared.With("Count", 2), shared.With("Name", "Ada")
	if shared.Args["Count"] != 1 || len(shared.Args) != 1 || mine.Args["Count"] != 2 || yours.Args["Count"] != 1 || yours.Args["Name"] != "Ada" {
		t.Errorf("%v, %v, %v", shared.Args, mine.Args, yours.Args)
	}
	if mine.Key != shared.Key || mine.Kind != shared.Kind {
		t.Errorf("%v became %v", shared, mine)
	}
}

func TestAFieldKeepsItsFirstFault(t *testing.T) {
	t.Parallel()
	fields := fault.Fields{}
	fields.Add("name", "form.required_name")
	fields.Add("name", "form.too_long")
	fields.Add("email", "form.email")
	err := fields.Err()
	if err.Error() != "invalid: fault.invalid email=form.email name=form.required_name" {
		t.Error(err)
	}
	var f *fault.Error
	if !errors.As(err, &f) || f.Fields["name"] != "form.required_name" {
		t.Errorf("fields are %v", f.Fields)
	}
}

func TestEveryKindHasAName(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for k := fault.NotFound; k <= fault.TooMany; k++ {
		if k.String() == "" || seen[k.String()] {
			t.Errorf("kind %d is called %q", k, k)
		}
		seen[k.String()] = true
	}
}
