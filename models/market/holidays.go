package market

import (
	"slices"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
	"softlaunch/models/fault"
)

// Holiday is a day on which nothing is delivered in a market, beside Saturdays and Sundays.
type Holiday struct {
	MarketID int64     `gorm:"primaryKey"`
	Day      clock.Day `gorm:"primaryKey"`
	Name     string
}

// DayOff reports whether a day is one of the market's holidays.
func (m Market) DayOff(day clock.Day) bool {
	return slices.ContainsFunc(m.Holidays, func(h Holiday) bool { return h.Day == day })
}

// SetHolidays replaces a market's holidays. The fault's field is holidays.
func SetHolidays(tx db.Tx, m Market, holidays []Holiday) error {
	wrong := fault.Fields{}
	seen := map[clock.Day]bool{}
	for i, h := range holidays {
		h = Holiday{MarketID: m.ID, Day: clock.Day(strings.TrimSpace(string(h.Day))), Name: strings.TrimSpace(h.Name)}
		if h.Day.AddDays(0) != h.Day || h.Day == "" || h.Name == "" || len(h.Name) > 100 || seen[h.Day] {
			wrong.Add("holidays", "holiday.wrong")
		}
		seen[h.Day], holidays[i] = true, h
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM holidays WHERE market_id = ?", m.ID); err != nil || len(holidays) == 0 {
		return err
	}
	return tx.Gorm().Create(&holidays).Error
}
