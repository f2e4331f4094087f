package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"softlaunch/handlers"
	"softlaunch/handlers/jobs"
	"softlaunch/models"
	"softlaunch/models/example"
	"softlaunch/static"
)

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
	static.Seal(s.Secret)
	s.Stop = ctx.Done()
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
	if s.Production && s.mailer == nil {
		slog.WarnContext(ctx, "there is no SHOP_SMTP: mails are kept and not sent")
	}
	var background sync.WaitGroup
	background.Go(func() {
		static.Compress(ctx)
		debug.FreeOSMemory() // the packers' memory, which nothing needs again
	})
	background.Go(func() { shop.Worker(jobs.Handlers(shop, s.mailer, s.URL.String())).Run(ctx) })
	background.Go(func() { shop.Cashier().Run(ctx) })
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
	err := server.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) {
		slog.WarnContext(drain, "requests that hung were cut off")
		err = server.Close()
	}
	return err
}

// greet says where everything is.
func (s settings) greet(shop *models.Shop) {
	fmt.Printf("The shop:        %s/\nThe back-office: %s/admin\n", s.URL, s.URL)
	if examples, err := shop.Staff.HasExamples(context.Background()); err == nil && examples {
		fmt.Printf("Sign in as       %s with %s\n", example.Email, example.Password)
	}
	if now := s.clock(); now.Sub(s.machine()).Abs() > time.Minute {
		fmt.Printf("The shop's clock stands at %s\n", now)
	}
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
