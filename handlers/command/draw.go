package command

import (
	"errors"
	"fmt"
	"os"

	"softlaunch/models/draw"
)

type drawCommand struct {
	Verify drawVerifyCommand `cmd:"" help:"Do a published draw again and say whether its winners are right."`
}

type drawVerifyCommand struct {
	File     string `arg:"" type:"existingfile" help:"The file that the draw published."`
	SeedHash string `name:"seed-hash" help:"The seed hash that was shown before the draw closed."`
}

// Run checks the file alone: it needs no shop and no database.
func (c drawVerifyCommand) Run() error {
	file, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	if err := draw.Verify(file); err != nil {
		return err
	}
	p, err := draw.Read(file)
	if err != nil {
		return err
	}
	if c.SeedHash != "" && c.SeedHash != p.SeedHash {
		return errors.New("this draw committed to another seed: its seed hash is " + p.SeedHash)
	}
	fmt.Printf("%s: the %d winners of %d tickets follow from the seed.\n", p.Name, len(p.Winners), len(p.Tickets))
	if c.SeedHash == "" {
		fmt.Printf("Its seed hash is %s; it must be the one that was shown before the draw closed.\n", p.SeedHash)
	}
	return nil
}
