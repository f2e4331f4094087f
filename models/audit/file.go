package audit

// file is SQLite's own look at its pages and indexes, and at every reference. On a connection that can only read SQLite
// knows no CHECK constraints, so what the gravest of them guard is asked for again by the other checks.
var file = check{
	row: 0, name: "The database is whole",
	counts: `SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'`,
	findings: []string{
		`SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'`,
		`SELECT 'a row of ' || "table" || COALESCE(' (' || rowid || ')', '') || ' refers to none of ' || parent FROM pragma_foreign_key_check`,
	},
}
