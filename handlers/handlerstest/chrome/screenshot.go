package chrome

import (
	"context"
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// Screenshot writes the window, as a shopper sees it, to a PNG file.
func (v *Tab) Screenshot(path string) {
	v.t.Helper()
	v.capture(path, chromedp.CaptureScreenshot())
}

// WholeScreenshot writes the whole page, from top to bottom, to a PNG file.
func (v *Tab) WholeScreenshot(path string) {
	v.t.Helper()
	v.capture(path, chromedp.FullScreenshot(100))
}

func (v *Tab) capture(path string, shot chromedp.Action[[]byte]) {
	v.t.Helper()
	v.settle()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, shot)
	if err != nil {
		v.t.Fatalf("taking a screenshot: %v", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		v.t.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		v.t.Fatal(err)
	}
}

// settle waits until the page and its pictures are there.
func (v *Tab) settle() {
	v.t.Helper()
	v.until("loading", func(ctx context.Context) reply { return v.ask(ctx, "loaded") })
	v.until("drawing", func(ctx context.Context) reply { return v.ask(ctx, "drawn") })
}
