// Package chrome visits pages in Chromium: tests open a page, fill in, press and see, as a shopper does. One browser
// serves all tests of a process; each test has a browser context of its own, with its own cookies and cache.
package chrome

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

const leftOut = "Chromium was not found (install it or set CHROMIUM): the tests in a browser are left out."

// shared is the one browser of this process; it starts with the first tab.
var shared browser

type browser struct {
	begun bool // Main runs the tests and will stop the browser
	once  sync.Once
	ctx   context.Context
	stop  context.CancelFunc
	err   error
}

// Find is the path of Chromium: the environment's CHROMIUM, or the first on the PATH of chromium, chromium-browser and
// google-chrome. It is empty when there is none.
func Find() string {
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	if name := os.Getenv("CHROMIUM"); name != "" {
		names = []string{name}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Main runs the tests of a package and then ends their browser. A package that calls Start has
//
//	func TestMain(m *testing.M) { os.Exit(chrome.Main(m)) }
func Main(tests interface{ Run() int }) int {
	shared.begun = true
	defer shared.end()
	if Find() == "" {
		fmt.Fprintln(os.Stderr, leftOut)
	}
	return tests.Run()
}

// need ends the test when there is no browser to run it in: as a failure where CI=true promised one, else as skipped.
func need(t testing.TB) {
	t.Helper()
	switch {
	case !shared.begun:
		t.Fatal("chrome: this package needs func TestMain(m *testing.M) { os.Exit(chrome.Main(m)) }")
	case Find() != "":
	case os.Getenv("CI") == "true":
		t.Fatal("Chromium was not found, and with CI=true the tests in a browser must run")
	default:
		t.Skip(leftOut)
	}
}

// root is the context whose children are tabs of the running browser.
func (b *browser) root() (context.Context, error) {
	b.once.Do(b.start)
	return b.ctx, b.err
}

func (b *browser) start() {
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), flags()...)
	ctx, stop := chromedp.NewContext(allocator)
	b.ctx, b.stop = ctx, func() { stop(); stopAllocator() }
	if err := chromedp.Do(ctx); err != nil {
		b.err = fmt.Errorf("starting Chromium: %w", err)
	}
}

func (b *browser) end() {
	if b.stop != nil {
		b.stop()
	}
}

// flags start a browser without a window, a sandbox (which root can't have) and traffic of its own.
func flags() []chromedp.ExecAllocatorOption {
	all := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	return append(all,
		chromedp.ExecPath(Find()),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "en-US"),
		chromedp.Flag("accept-lang", "en-US"),
	)
}
