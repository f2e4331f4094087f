package form

import (
	"strconv"

	"softlaunch/models/fault"
	"softlaunch/models/order"
)

// UnitsOf reads units of an order's lines from two lists of the same length: the lines' ids, and up to four ASCII digits for
// each, nothing for none. The fault's field is units.
func UnitsOf(lines, quantities []string) ([]order.Units, error) {
	wrong := fault.Fields{"units": "form.units"}.Err()
	if len(lines) != len(quantities) {
		return nil, wrong
	}
	units := make([]order.Units, len(lines))
	for i, line := range lines {
		id, err := strconv.ParseInt(line, 10, 64)
		if err != nil {
			return nil, wrong
		}
		units[i].LineID = id
		if quantities[i] == "" {
			continue
		}
		if units[i].Quantity, err = Quantity(quantities[i], 0); err != nil {
			return nil, wrong
		}
	}
	return units, nil
}
