package db

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/sqlite/*.sql
var embedded embed.FS

// migrations finds the numbered, forward-only steps that this program knows.
func migrations(pool *sql.DB) (*goose.Provider, error) {
	folder, err := fs.Sub(embedded, "migrations/sqlite")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, pool, folder,
		goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true))
}

// migrate takes the database to the newest version. Another process that migrates at the same time makes a step fail
// here; as long as the version moves, go on from where the other one is.
func migrate(ctx context.Context, pool *sql.DB) error {
	steps, err := migrations(pool)
	if err != nil {
		return err
	}
	for {
		before, err := steps.GetDBVersion(ctx)
		if err != nil {
			return err
		}
		if _, err = steps.Up(ctx); err == nil {
			return nil
		}
		if after, again := steps.GetDBVersion(ctx); again != nil || after == before {
			return fmt.Errorf("migrate: %w", err)
		}
	}
}

// refuseNewer compares the file's version with the newest step that this program knows. Goose would run an older
// program on it without a word.
func refuseNewer(ctx context.Context, pool *sql.DB) error {
	steps, err := migrations(pool)
	if err != nil {
		return err
	}
	var version int64
	err = pool.QueryRowContext(ctx,
		"SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied = 1").Scan(&version)
	if err != nil {
		return err
	}
	known := steps.ListSources()
	if newest := known[len(known)-1].Version; version > newest {
		return fmt.Errorf("%w: it is at version %d and this program knows %d", ErrNewer, version, newest)
	}
	return nil
}
