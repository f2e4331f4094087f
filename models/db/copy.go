package db

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Copy writes the database as it is at this moment into a new file at path, which only its owner can read. Changes go on
// meanwhile. A file that is there already is refused, whatever is in it.
func (d *DB) Copy(ctx context.Context, path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	if err := d.copyInto(ctx, path); err != nil {
		return errors.Join(fmt.Errorf("the database can't be copied: %w", err), os.Remove(path))
	}
	return nil
}

// CopyFile is Copy of a database that is not open here. The file is only read; another process may be writing to it.
func CopyFile(ctx context.Context, from, path string) (err error) {
	if _, err := os.Stat(from); err != nil {
		return refusal(from, err)
	}
	readers, err := openReaders(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, readers.Close()) }()
	if err := recognise(ctx, readers); err != nil {
		return refusal(from, err)
	}
	return (&DB{readers: readers}).Copy(ctx, path)
}

// copyInto takes a reader of its own: VACUUM INTO counts as a change to one that may only ask.
func (d *DB) copyInto(ctx context.Context, path string) (err error) {
	conn, err := d.readers.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "PRAGMA query_only = 0"); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "VACUUM INTO ?", path)
	_, again := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only = 1")
	return errors.Join(err, again)
}
