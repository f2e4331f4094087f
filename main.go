// Command softlaunch is a web shop that opens one market at a time.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"softlaunch/handlers"
	"softlaunch/handlers/jobs"
	"softlaunch/models"
	"softlaunch/models/audit"
	"softlaunch/models/clock"
	"softlaunch/models/example"
	"softlaunch/models/payment"
	"softlaunch/models/payment/sandbox"
	"softlaunch/models/payment/transfer"
	"softlaunch/models/staff"
)

// commands are what the program can be told to do.
type commands struct {
	config

	Serve   serveCommand   `cmd:"" default:"1" help:"Run the shop (the default)."`
	Seed    seedCommand    `cmd:"" help:"Write the example shop into a new database."`
	Migrate migrateCommand `cmd:"" help:"Bring the database to this program's version."`
	Audit   auditCommand   `cmd:"" help:"Check all that must always hold; exits with 1 when something does not."`
	Staff   staffCommand   `cmd:"" help:"List the people of the back-office, add one, or set a password."`
}

func main() {
	var c commands
	parser := kong.Parse(&c, kong.Name("softlaunch"), kong.Description("A web shop that opens one market at a time."), kong.UsageOnError())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	parser.BindTo(ctx, (*context.Context)(nil))
	if err := parser.Run(&c.config); err != nil {
		fmt.Fprintln(os.Stderr, "softlaunch: "+err.Error())
		stop()
		os.Exit(1)
	}
}

// config is where and how the shop runs, from the environment or from flags of the same names.
type config struct {
	Env      string `name:"shop-env" env:"SHOP_ENV" default:"development" help:"development or production."`
	Addr     string `name:"shop-addr" env:"SHOP_ADDR" default:"127.0.0.1:8080" help:"Address to listen at."`
	URL      string `name:"shop-url" env:"SHOP_URL" help:"Public address; http:// and SHOP_ADDR when not given."`
	Database string `name:"shop-database" env:"SHOP_DATABASE" default:"store.db" help:"Path of the database."`
	Clock    string `name:"shop-clock" env:"SHOP_CLOCK" help:"RFC 3339 instant at which the shop's clock stands at the start."`
	Secret   string `name:"shop-secret" env:"SHOP_SECRET" help:"At least 32 random characters; production asks for it."`
	SMTP     string `name:"shop-smtp" env:"SHOP_SMTP" help:"Mail server, like smtp://user:password@host:587?from=shop@example.com."`
	Proxies  string `name:"shop-proxies" env:"SHOP_PROXIES" help:"Networks of proxies whose X-Forwarded-For counts, with commas between."`
}

// settings are a configuration that has been checked.
type settings struct {
	handlers.Config
	address  string
	database string
	clock    clock.Clock
	machine  clock.Clock
	gateways payment.Gateways
	mailer   jobs.Mailer
}

// check answers every fault of the configuration at once, one line each.
func (c config) check() (s settings, err error) {
	var faults []string
	refuse := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	s = settings{address: c.Addr, database: c.Database, machine: clock.Machine(time.Now), gateways: payment.Gateways{transfer.Gateway{}}}
	s.clock = s.machine
	s.Production = c.Env == "production"
	if !s.Production {
		s.gateways = payment.Gateways{sandbox.Gateway{}, transfer.Gateway{}}
	}
	if c.Env != "development" && c.Env != "production" {
		refuse("SHOP_ENV is %q; it must be development or production.", c.Env)
	}
	if strings.HasPrefix(c.Database, "postgres") {
		refuse("SHOP_DATABASE names a PostgreSQL server; this version keeps its data in a file.")
	}
	c.checkAddress(&s, refuse)
	c.checkClock(&s, refuse)
	if s.Production && len(c.Secret) < 32 {
		refuse("SHOP_SECRET must have at least 32 characters in production.")
	}
	if s.Proxies, err = proxies(c.Proxies); err != nil {
		refuse("SHOP_PROXIES is not a list of networks like 10.0.0.0/8: %v.", err)
	}
	if s.mailer, err = jobs.ParseSMTP(c.SMTP); err != nil {
		refuse("SHOP_SMTP can't be used: %v.", err)
	}
	if len(faults) > 0 {
		return s, errors.New("the configuration can't be used:\n  " + strings.Join(faults, "\n  "))
	}
	return s, nil
}

func (c config) checkAddress(s *settings, refuse func(string, ...any)) {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		refuse("SHOP_ADDR is %q; it must be an address with a port, like 127.0.0.1:8080.", c.Addr)
	} else if !s.Production && !loopback(host) {
		refuse("SHOP_ADDR %s can be reached from outside; development listens on this machine only.", c.Addr)
	}
	public := c.URL
	if public == "" {
		public = "http://" + c.Addr
	}
	parsed, err := url.Parse(strings.TrimSuffix(public, "/"))
	if err != nil || parsed.Host == "" || parsed.Path != "" || parsed.RawQuery != "" || !slices.Contains([]string{"http", "https"}, parsed.Scheme) {
		refuse("SHOP_URL is %q; it must be a scheme and a host, like https://shop.example.com.", public)
		return
	}
	s.Config.URL = parsed
	switch {
	case s.Production && parsed.Scheme != "https":
		refuse("SHOP_URL is %q; production needs https.", public)
	case !s.Production && !loopback(parsed.Hostname()):
		refuse("SHOP_URL %s is not on this machine; development is.", public)
	}
}

func (c config) checkClock(s *settings, refuse func(string, ...any)) {
	if c.Clock == "" {
		return
	}
	start, err := time.Parse(time.RFC3339Nano, c.Clock)
	switch {
	case s.Production:
		refuse("SHOP_CLOCK moves the clock; production refuses it.")
	case err != nil:
		refuse("SHOP_CLOCK is %q; it must be an instant like 2015-05-31T23:59:30-04:00.", c.Clock)
	default:
		s.clock = clock.Starting(s.machine, clock.Of(start))
	}
}

func loopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && address.IsLoopback())
}

func proxies(list string) ([]netip.Prefix, error) {
	var found []netip.Prefix
	for part := range strings.SplitSeq(list, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, err
		}
		found = append(found, prefix)
	}
	return found, nil
}

// open opens the configured shop.
func (s settings) open(ctx context.Context) (*models.Shop, error) {
	return models.Open(ctx, models.Options{Path: s.database, Clock: s.clock, Machine: s.machine, Gateways: s.gateways})
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

type serveCommand struct{}

// Run serves until it is told to stop, then finishes what runs, for at most ten seconds.
func (serveCommand) Run(ctx context.Context, c *config) error {
	s, err := c.check()
	if err != nil {
		return err
	}
	if err := s.copyExample(); err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	shop, err := s.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(s.serve(ctx, shop), shop.Close())
}

// copyExample gives development the example shop when there is no database yet.
func (s settings) copyExample() error {
	_, err := os.Stat(s.database)
	if s.Production || !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	sample, err := os.ReadFile("store.db.example")
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no database %s, and no store.db.example here to begin with; run this where the program's files are, or softlaunch seed --out %s", s.database, s.database)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(s.database, sample, 0o600)
}

func (s settings) serve(ctx context.Context, shop *models.Shop) error {
	if examples, err := shop.Staff.HasExamples(ctx); err != nil || (s.Production && examples) {
		return orElse(err, errors.New("the database has the example's staff, whose password everybody knows; production refuses it"))
	}
	handler, err := handlers.New(s.Config, shop)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("another program listens at %s already; stop it, or choose another address with SHOP_ADDR", s.address)
	}
	if err != nil {
		return err
	}
	s.greet(shop)
	var background sync.WaitGroup
	background.Go(func() { shop.Worker(jobs.Handlers(shop, s.mailer, s.Config.URL.String())).Run(ctx) })
	defer background.Wait()
	return serveUntil(ctx, handlers.Server(s.address, handler), listener)
}

func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return server.Shutdown(drain)
}

// greet says where everything is.
func (s settings) greet(shop *models.Shop) {
	fmt.Printf("The shop:        %s/\nThe back-office: %s/admin\n", s.Config.URL, s.Config.URL)
	if examples, err := shop.Staff.HasExamples(context.Background()); err == nil && examples {
		fmt.Printf("Sign in as       %s with %s\n", example.Email, example.Password)
	}
	if now := s.clock(); now.Sub(s.machine()).Abs() > time.Minute {
		fmt.Printf("The shop's clock stands at %s\n", now)
	}
}

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
			audit.Table(os.Stdout, results)
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

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
