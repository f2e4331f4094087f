package chrome

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// patience is how long a tab waits for what it was told to see. It is long because two cores may be busy with other
// tests; a test that passes never waits for it.
const patience = 30 * time.Second

// Tab is a page in a browser context of its own. Its methods wait until what they name is there and end the test when
// it does not come. A tab is used by one goroutine.
type Tab struct {
	t          testing.TB
	ctx        context.Context
	complaints complaints
}

// Option says how a tab differs from a desktop window of 1280x900 pixels with JavaScript and a light scheme.
type Option func(*look)

type look struct {
	width, height int64
	scale         float64
	phone         bool
	dark          bool
	scriptless    bool
}

// Phone is a touch screen of 360x800 pixels, two device pixels each.
func Phone(l *look) { l.width, l.height, l.scale, l.phone = 360, 800, 2, true }

// Dark prefers a dark colour scheme.
func Dark(l *look) { l.dark = true }

// WithoutScript switches JavaScript off.
func WithoutScript(l *look) { l.scriptless = true }

// Start opens a tab for the test and closes it at the end. What the page then has complained of in the console fails
// the test: errors, exceptions, failed requests and violations of the content security policy. Where no Chromium is
// found the test is skipped, or fails when CI=true.
func Start(t testing.TB, options ...Option) *Tab {
	t.Helper()
	need(t)
	root, err := shared.root()
	if err != nil {
		t.Fatal(err)
	}
	ctx, closeTab := chromedp.NewContext(root, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)

	v := &Tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, v.complaints.hear); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	l := look{width: 1280, height: 900, scale: 1}
	for _, option := range options {
		option(&l)
	}
	v.do("setting up the tab", l.set()...)
	t.Cleanup(v.close)
	return v
}

func (l look) set() []chromedp.Action[chromedp.Void] {
	viewport := []chromedp.EmulateViewportOption{chromedp.EmulateScale(l.scale)}
	if l.phone {
		viewport = append(viewport, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
	}
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	return []chromedp.Action[chromedp.Void]{
		chromedp.EmulateViewport(l.width, l.height, viewport...),
		command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme},
			// A button that is still moving is hard to press, and a picture taken meanwhile differs each time.
			{Name: "prefers-reduced-motion", Value: "reduce"},
		}}),
		// Tabs of parallel tests all believe that they are in front; else typing would reach only one.
		command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}),
		command(emulation.SetScriptExecutionDisabled,
			emulation.SetScriptExecutionDisabledParams{Value: l.scriptless}),
	}
}

// close fails the test for what the page has complained of.
func (v *Tab) close() {
	v.t.Helper()
	// The answer comes after the events that were on their way.
	v.do("closing the tab", chromedp.Evaluate[chromedp.Void]("0"))
	for _, complaint := range v.complaints.all() {
		v.t.Errorf("the browser complained: %s", complaint)
	}
}

// do runs the actions and ends the test when one fails or takes longer than patience.
func (v *Tab) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		v.t.Fatalf("%s: %v", what, err)
	}
}

// command is a command of the DevTools protocol, as an action.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}
