package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"softlaunch/models/example"
)

type seedCommand struct {
	Out   string `xor:"what" required:"" help:"Write the example shop to this file, over what is there."`
	Check string `xor:"what" required:"" help:"Compare this file with the example shop as it would be written."`
}

// Run writes the example, or compares a file with it.
func (c seedCommand) Run(ctx context.Context) error {
	if c.Out != "" {
		return seed(ctx, c.Out)
	}
	folder, err := os.MkdirTemp("", "softlaunch")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	fresh := folder + "/fresh.db"
	if err := seed(ctx, fresh); err != nil {
		return err
	}
	copied := folder + "/copy.db"
	file, err := os.ReadFile(c.Check)
	if err == nil {
		err = os.WriteFile(copied, file, 0o600)
	}
	if err != nil {
		return err
	}
	return compare(ctx, c.Check, copied, fresh)
}

func seed(ctx context.Context, path string) error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return example.Write(ctx, path)
}

func compare(ctx context.Context, name, path, fresh string) error {
	have, err := example.Dump(ctx, path)
	if err != nil {
		return err
	}
	want, err := example.Dump(ctx, fresh)
	if err != nil {
		return err
	}
	for i := range max(len(have), len(want)) {
		if i >= len(have) || i >= len(want) || have[i] != want[i] {
			return fmt.Errorf("%s is not the example shop that this program writes; make %s", name, name)
		}
	}
	return nil
}
