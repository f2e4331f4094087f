package launch

import (
	"context"

	"softlaunch/models/db"
)

// Kind is a kind of approval in a reader's language: its name, and why a product waits for it.
type Kind struct{ Name, Reason string }

// Kinds are all kinds of approval in a language.
func (g *Gate) Kinds(ctx context.Context, language string) (map[string]Kind, error) {
	var found map[string]Kind
	err := g.data.Read(ctx, func(tx db.Tx) error {
		var err error
		found, err = kinds(tx, language)
		return err
	})
	return found, err
}

func kinds(tx db.Tx, language string) (map[string]Kind, error) {
	rows, err := tx.Query("SELECT kind, name, reason FROM approval_kinds WHERE language = ?", language)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[string]Kind{}
	for rows.Next() {
		var kind string
		var k Kind
		if err := rows.Scan(&kind, &k.Name, &k.Reason); err != nil {
			return nil, err
		}
		found[kind] = k
	}
	return found, rows.Err()
}

// kindNames are the English names of the kinds of approval.
func kindNames(tx db.Tx) (map[string]string, error) {
	found, err := kinds(tx, "en")
	names := make(map[string]string, len(found))
	for kind, k := range found {
		names[kind] = k.Name
	}
	return names, err
}
