package staff

import (
	"context"

	"softlaunch/models/db"
)

// Filter chooses lines of the trail; empty fields choose all. Before is the id of a line: only older ones are shown.
type Filter struct {
	Subject string
	Name    string
	Actor   string
	Before  int64
}

// TrailPageSize is how many lines of the trail a page shows.
const TrailPageSize = 50

// History is a page of the trail, newest first. Older is the Before of the next page, 0 on the last one.
type History struct {
	Entries []Entry
	Older   int64
}

// History reads the trail.
func (d *Desk) History(ctx context.Context, f Filter) (History, error) {
	var h History
	err := d.data.Read(ctx, func(tx db.Tx) error {
		query := tx.Gorm().Order("id DESC").Limit(TrailPageSize + 1)
		for column, value := range map[string]string{"subject = ?": f.Subject, "name = ?": f.Name, "actor = ?": f.Actor} {
			if value != "" {
				query = query.Where(column, value)
			}
		}
		if f.Before > 0 {
			query = query.Where("id < ?", f.Before)
		}
		return query.Find(&h.Entries).Error
	})
	if len(h.Entries) > TrailPageSize {
		h.Entries = h.Entries[:TrailPageSize]
		h.Older = h.Entries[TrailPageSize-1].ID
	}
	return h, err
}
