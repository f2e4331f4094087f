package example

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// Dump is everything a database holds, schema and rows sorted, without goose's own table, whose times differ. Two
// databases with the same dump hold the same shop.
func Dump(ctx context.Context, path string) (lines []string, err error) {
	data, err := db.Open(ctx, path, func() clock.Instant { return written })
	if err != nil {
		return nil, err
	}
	defer data.Close()
	err = data.Read(ctx, func(tx db.Tx) error {
		tables, err := schema(tx)
		if err != nil {
			return err
		}
		for _, name := range sortedKeys(tables) {
			lines = append(lines, tables[name])
			rows, err := content(tx, name)
			if err != nil {
				return err
			}
			lines = append(lines, rows...)
		}
		return nil
	})
	return lines, err
}

func schema(tx db.Tx) (map[string]string, error) {
	rows, err := tx.Query("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%'")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	tables := map[string]string{}
	for rows.Next() {
		var name, statement string
		if err := rows.Scan(&name, &statement); err != nil {
			return nil, err
		}
		tables[name] = statement
	}
	return tables, rows.Err()
}

// content is a table's rows as text, sorted. The table's name comes from the schema, not from outside.
func content(tx db.Tx, table string) ([]string, error) {
	rows, err := tx.Query(`SELECT * FROM "` + table + `"`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var lines []string
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		var line strings.Builder
		line.WriteString(table)
		for i, v := range values {
			fmt.Fprintf(&line, " %s=%t:%q", columns[i], v.Valid, v.String)
		}
		lines = append(lines, line.String())
	}
	slices.Sort(lines)
	return lines, rows.Err()
}
