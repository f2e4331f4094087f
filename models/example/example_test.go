package example_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"softlaunch/models/example"
)

func TestTheSameInputGivesTheSameDatabase(t *testing.T) {
	t.Parallel()
	var dumps [2][]string
	for i := range dumps {
		path := filepath.Join(t.TempDir(), "store.db")
		if err := example.Write(context.Background(), path); err != nil {
			t.Fatal(err)
		}
		var err error
		if dumps[i], err = example.Dump(context.Background(), path); err != nil {
			t.Fatal(err)
		}
	}
	if len(dumps[0]) < 1000 || !slices.Equal(dumps[0], dumps[1]) {
		t.Errorf("dumps of %d and %d lines differ", len(dumps[0]), len(dumps[1]))
	}
}
