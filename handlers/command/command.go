// Package command is what the program can be told to do, and how it is configured.
package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"softlaunch/models"
	"softlaunch/models/audit"
	"softlaunch/models/staff"
)

// commands are what the program can be told to do.
type commands struct {
	config

	Serve    serveCommand    `cmd:"" default:"1" help:"Run the shop (the default)."`
	Seed     seedCommand     `cmd:"" help:"Write the example shop into a new database."`
	Migrate  migrateCommand  `cmd:"" help:"Bring the database to this program's version."`
	Audit    auditCommand    `cmd:"" help:"Check all that must always hold; exits with 1 when something does not."`
	Staff    staffCommand    `cmd:"" help:"List the people of the back-office, or add one."`
	Draw     drawCommand     `cmd:"" help:"Check a published draw of invitations."`
	Rehearse rehearseCommand `cmd:"" help:"Play the launch of a market with simulated shoppers on a private copy of the database."`
}

// Main does what the program's arguments say, with now as the machine's clock, and answers the exit code.
func Main(now func() time.Time) int {
	var c commands
	c.now = now
	told := kong.Parse(&c, kong.Name("softlaunch"), kong.Description("A web shop that opens one market at a time."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	told.BindTo(ctx, (*context.Context)(nil))
	if err := told.Run(&c.config); err != nil {
		fmt.Fprintln(os.Stderr, "softlaunch: "+err.Error())
		return 1
	}
	return 0
}

// open opens the configured shop.
func (s settings) open(ctx context.Context) (*models.Shop, error) {
	return models.Open(ctx, models.Options{Path: s.database, Clock: s.clock, Machine: s.machine, Gateways: s.gateways, Secret: s.Secret})
}

// with opens the configured shop, does something with it and closes it.
func (c *config) with(ctx context.Context, do func(settings, *models.Shop) error) error {
	s, err := c.check()
	if err != nil {
		return err
	}
	shop, err := s.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(s, shop), shop.Close())
}

type migrateCommand struct{}

// Run opens the database, which migrates it.
func (migrateCommand) Run(ctx context.Context, c *config) error {
	return c.with(ctx, func(s settings, _ *models.Shop) error {
		fmt.Printf("%s is at this program's version.\n", s.database)
		return nil
	})
}

type auditCommand struct {
	JSON bool `help:"Print the results as JSON, for programs."`
}

// Run prints a line for each guarantee.
func (a auditCommand) Run(ctx context.Context, c *config) error {
	return c.with(ctx, func(_ settings, shop *models.Shop) error {
		results, err := shop.Audit(ctx)
		if err != nil {
			return err
		}
		if a.JSON {
			err = json.NewEncoder(os.Stdout).Encode(results)
		} else {
			err = audit.Table(os.Stdout, results)
		}
		if err == nil && slices.ContainsFunc(results, func(r audit.Result) bool { return len(r.Broken) > 0 }) {
			err = errors.New("something that must always hold does not")
		}
		return err
	})
}

type staffCommand struct {
	List struct{}        `cmd:"" default:"1" help:"List everybody."`
	Add  staffAddCommand `cmd:"" help:"Add somebody; the password is read from standard input."`
}

// Run lists everybody.
func (staffCommand) Run(ctx context.Context, c *config) error {
	return c.with(ctx, func(_ settings, shop *models.Shop) error {
		members, err := shop.Staff.Members(ctx)
		for _, m := range members {
			fmt.Printf("%-40s %-14s %s\n", m.Email, m.Role, m.Name)
		}
		return err
	})
}

type staffAddCommand struct {
	Email string `arg:"" help:"Address to sign in with."`
	Name  string `arg:"" help:"Name as the trail shows it."`
	Role  string `arg:"" enum:"owner,merchandiser,support,viewer" help:"owner, merchandiser, support or viewer."`
}

// Run adds somebody.
func (a staffAddCommand) Run(ctx context.Context, c *config) error {
	return c.with(ctx, func(_ settings, shop *models.Shop) error {
		password, err := io.ReadAll(io.LimitReader(os.Stdin, 1000))
		if err != nil {
			return err
		}
		return shop.Staff.Create(ctx, staff.Console,
			staff.Newcomer{Email: a.Email, Name: a.Name, Role: staff.Role(a.Role), Password: strings.TrimRight(string(password), "\r\n")})
	})
}
