package db

// List runs a plain query and scans each row into a value, through the pointers to its parts that fields gives in the
// order of the columns. It costs a fraction of GORM's reflection, for what is read in a rush.
func List[T any](tx Tx, fields func(*T) []any, query string, args ...any) ([]T, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []T
	for rows.Next() {
		var value T
		if err := rows.Scan(fields(&value)...); err != nil {
			return nil, err
		}
		found = append(found, value)
	}
	return found, rows.Err()
}
