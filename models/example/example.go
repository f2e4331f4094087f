// Package example writes the example shop: the goods of the news reports of 2015 in six markets. The same program always
// writes the same database, so that the committed one can be checked against it.
package example

import (
	"context"
	"time"

	"softlaunch/models/clock"
	"softlaunch/models/db"
)

// written is the instant at which the example was made, for every row that keeps one.
var written = day("2015-05-01")

// The example's member of staff. The hash is Argon2id with a fixed salt: production refuses staff marked as example.
const (
	Email        = "owner@example.com"
	Password     = "softlaunch-example"
	passwordHash = "$argon2id$v=19$m=19456,t=2,p=1$c29mdGxhdW5jaC1zYWx0IQ$zZpU+ed6kbArkEbFF2E3qFYSy4cUa12TSxhV/al4HaY"
)

// Write writes the example shop into a fresh database at path.
func Write(ctx context.Context, path string) (err error) {
	data, err := db.Open(ctx, path, func() clock.Instant { return written })
	if err != nil {
		return err
	}
	defer func() {
		if closing := data.Close(); err == nil {
			err = closing
		}
	}()
	return data.Write(ctx, func(tx db.Tx) error {
		w := writer{tx: tx, categories: map[string]int64{}, products: map[string]int64{}, variants: map[string]int64{}, locations: map[string]int64{}}
		return w.all()
	})
}

// writer writes into one transaction and knows the ids it has given.
type writer struct {
	tx         db.Tx
	categories map[string]int64
	products   map[string]int64
	variants   map[string]int64 // by SKU
	locations  map[string]int64
	words      map[string]words
}

func (w *writer) all() error {
	for _, step := range []func() error{w.readWords, w.staff, w.catalogue, w.stock, w.markets} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) readWords() error {
	w.words = map[string]words{}
	for _, language := range languages {
		read, err := readWords(language)
		if err != nil {
			return err
		}
		w.words[language] = read
	}
	return nil
}

func (w *writer) staff() error {
	return w.insert("staff", "email, name, role, password_hash, example, created_at", Email, "Example Owner", "owner", passwordHash, 1, written)
}

// day is the instant at which a day begins in UTC.
func day(date string) clock.Instant { return clock.Day(date).Start(time.UTC) }
