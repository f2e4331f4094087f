package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"softlaunch/handlers"
	"softlaunch/handlers/stage"
	"softlaunch/models"
	"softlaunch/models/fault"
	"softlaunch/models/rehearsal"
)

type rehearseCommand struct {
	Market string `required:"" help:"Code of the market whose launch is rehearsed."`
	SKU    string `help:"Goods to sell; the first that the market will sell when not given."`
	Buyers int    `default:"20000" help:"How many simulated shoppers want one unit each."`
	Units  int    `default:"1000" help:"How many units there are."`
	AtOnce int    `default:"64" help:"How many of them shop at a time."`
	JSON   bool   `help:"Print the report as JSON, for programs."`
}

// Run plays the launch on a private copy of the database, which itself is only read.
func (r rehearseCommand) Run(ctx context.Context, c *config) error {
	s, err := c.check()
	if err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
	house := handlers.House(stage.House{Clock: s.clock, Machine: s.machine, Watch: c.now,
		Copy: func(ctx context.Context, path string) error { return models.CopyFile(ctx, s.database, path) }})
	plan := rehearsal.Plan{Market: r.Market, SKU: r.SKU, Buyers: r.Buyers, Units: r.Units, AtOnce: r.AtOnce}
	report, err := house.Play(ctx, plan, progressTo(os.Stderr))
	if err != nil {
		return explained(err)
	}
	if r.JSON {
		err = json.NewEncoder(os.Stdout).Encode(report)
	} else {
		err = stage.Write(os.Stdout, report)
	}
	if err != nil {
		return err
	}
	if len(report.Findings()) > 0 {
		return errors.New("the launch would not have gone as it must")
	}
	return nil
}

// progressTo writes a line a second.
func progressTo(w io.Writer) func(rehearsal.Progress) {
	var told time.Duration
	return func(p rehearsal.Progress) {
		if !p.Opened || p.Since-told < time.Second {
			return
		}
		told = p.Since
		fmt.Fprintf(w, "%3.0f s: %d of %d buyers are done, %d sold, %d refused, %d errors, %d MiB\n",
			p.Since.Seconds(), p.Done, p.Plan.Buyers, p.Sold, p.Refused, p.Errors, p.Memory>>20)
	}
}

// planFaults say what of a plan can't be played.
var planFaults = map[string]string{
	"rehearsal.buyers":    fmt.Sprintf("--buyers must be from 1 to %d", rehearsal.MaxBuyers),
	"rehearsal.units":     fmt.Sprintf("--units must be from 1 to %d", rehearsal.MaxUnits),
	"rehearsal.at_once":   fmt.Sprintf("--at-once must be from 1 to %d", rehearsal.MaxAtOnce),
	"rehearsal.no_launch": "the market has no launch to rehearse: it has not been given its instant",
	"rehearsal.sku":       "the market will not sell these goods at its launch",
	"fault.market":        "there is no such market",
}

// explained is a fault in words for a terminal.
func explained(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	for _, key := range append([]string{f.Key}, values(f.Fields)...) {
		if text, known := planFaults[key]; known {
			return errors.New(text)
		}
	}
	return err
}

func values(fields fault.Fields) []string {
	var keys []string
	for _, key := range fields {
		keys = append(keys, key)
	}
	return keys
}
