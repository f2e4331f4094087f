package launch

import (
	"context"

	"softlaunch/models/db"
)

// Kind is a kind of approval in a reader's language: its name, and why a product waits for it.
type Kind struct{ Name, Reason string }

// Kinds are all kinds of approval in a language.
func (g *Gate) Kinds(ctx context.Context, language string) (map[string]Kind, error) {
	kinds := map[string]Kind{}
	err := g.data.Read(ctx, func(tx db.Tx) error {
		rows, err := tx.Query("SELECT kind, name, reason FROM approval_kinds WHERE language = ?", language)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var kind string
			var k Kind
			if err := rows.Scan(&kind, &k.Name, &k.Reason); err != nil {
				return err
			}
			kinds[kind] = k
		}
		return rows.Err()
	})
	return kinds, err
}
