package chrome

import (
	"context"
	_ "embed" // the questions of a visit
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

//go:embed visit.js
var questions string

// pause is the time between two looks at the page.
const pause = 20 * time.Millisecond

// reply is what visit.js answers.
type reply struct {
	Done  bool
	Why   string  // not done yet, because
	X, Y  float64 // where to press
	Type  bool    // the cursor is in the field: type
	Leads bool    // pressing asks for another page
	Born  float64 // the document's age, which tells it from the next one
}

// pressing reports whether the reply says where to press.
func (r reply) pressing() bool { return !r.Done && r.Why == "" }

// Open goes to an absolute URL and waits until it is loaded. A page with an error status is a page.
func (v *Tab) Open(url string) {
	v.t.Helper()
	v.do("opening "+url, chromedp.Navigate(url))
}

// Reload loads the page again.
func (v *Tab) Reload() {
	v.t.Helper()
	v.do("reloading", chromedp.Reload())
}

// URL is the address of the page.
func (v *Tab) URL() string {
	v.t.Helper()
	return Eval[string](v, "location.href")
}

// Fill enters value into the field with this label, aria-label, name or CSS selector, in place of what it held. A
// choice list takes an option's value or text.
func (v *Tab) Fill(field, value string) {
	v.t.Helper()
	v.until(fmt.Sprintf("filling %q with %q", field, value), func(ctx context.Context) reply {
		r := v.ask(ctx, "fill", field, value)
		if r.Type {
			v.enter(ctx, value)
			r = v.ask(ctx, "fill", field, value)
		}
		return r
	})
}

// enter types over what is selected.
func (v *Tab) enter(ctx context.Context, value string) {
	typing := command(input.InsertText, input.InsertTextParams{Text: value})
	if value == "" {
		typing = chromedp.KeyEvent("\b")
	}
	// What went wrong shows in the field, which is looked at next.
	_ = chromedp.Do(ctx, typing)
}

// Tick presses the checkbox or radio button with this label, name or CSS selector unless it is ticked already.
func (v *Tab) Tick(field string) {
	v.t.Helper()
	v.tick(field)
}

// Choose presses the radio button of the group with this name that has this value.
func (v *Tab) Choose(group, value string) {
	v.t.Helper()
	v.tick(group, value)
}

func (v *Tab) tick(arguments ...any) {
	v.t.Helper()
	v.until(fmt.Sprintf("ticking %q", arguments), func(ctx context.Context) reply {
		r := v.ask(ctx, "tick", arguments...)
		if r.pressing() {
			v.click(ctx, r)
			r.Why = "it did not take the tick" // unless the next look finds it ticked
		}
		return r
	})
}

// Press clicks the button or link with this caption (or aria-label, or CSS selector) and, when it asks for another
// page, waits until that is loaded. What a script does instead of another page is waited for with See.
func (v *Tab) Press(name string) {
	v.t.Helper()
	var before reply
	v.until(fmt.Sprintf("pressing %q", name), func(ctx context.Context) reply {
		before = v.ask(ctx, "press", name)
		if before.pressing() {
			v.click(ctx, before)
			return reply{Done: true}
		}
		return before
	})
	if before.Leads {
		v.until(fmt.Sprintf("pressed %q", name), func(ctx context.Context) reply { return v.ask(ctx, "arrived", before.Born) })
	}
}

func (v *Tab) click(ctx context.Context, at reply) {
	v.t.Helper()
	// A page that goes away at once may take the answer with it; then the next page tells.
	if err := chromedp.Do(ctx, chromedp.MouseClickXY(at.X, at.Y)); err != nil && !at.Leads {
		v.t.Fatalf("clicking: %v", err)
	}
}

// See waits until the page shows the text; white space of any kind and length is one blank.
func (v *Tab) See(text string) {
	v.t.Helper()
	v.until(fmt.Sprintf("seeing %q", text), func(ctx context.Context) reply { return v.ask(ctx, "see", text) })
}

// NotSee waits until the page, once loaded, does not show the text.
func (v *Tab) NotSee(text string) {
	v.t.Helper()
	v.until("loading", func(ctx context.Context) reply { return v.ask(ctx, "loaded") })
	v.until(fmt.Sprintf("not seeing %q", text), func(ctx context.Context) reply { return v.ask(ctx, "notSee", text) })
}

// Has waits until the page has an element that the CSS selector matches, shown or not.
func (v *Tab) Has(selector string) {
	v.t.Helper()
	v.until("having "+selector, func(ctx context.Context) reply { return v.ask(ctx, "has", selector) })
}

// Expect waits until the browser complains of something that contains text and forgives it, so that it does not fail
// the test.
func (v *Tab) Expect(text string) {
	v.t.Helper()
	v.until(fmt.Sprintf("expecting the complaint %q", text), func(context.Context) reply {
		return reply{Done: v.complaints.forgive(text), Why: "nothing of the kind"}
	})
}

// Eval is the value of a JavaScript expression in the page; it ends the test when the expression throws. A promise is
// waited for.
func Eval[T any](v *Tab, expression string) T {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		v.t.Fatalf("evaluating %.80s: %v", expression, err)
	}
	return value
}

// until looks again and again until the answer is done, and ends the test when patience is at its end.
func (v *Tab) until(what string, look func(ctx context.Context) reply) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	why := ""
	for {
		r := look(ctx)
		if r.Done {
			return
		}
		if ctx.Err() == nil {
			why = r.Why
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			v.t.Fatalf("%s: %s, on %s", what, why, v.page())
		}
	}
}

// ask puts a question of visit.js to the page. A page that is just going away answers the next time.
func (v *Tab) ask(ctx context.Context, question string, arguments ...any) reply {
	v.t.Helper()
	list, err := json.Marshal(append([]any{}, arguments...))
	if err != nil {
		v.t.Fatalf("asking the page: %v", err)
	}
	expression := fmt.Sprintf("(() => { %s\nconst r = %s(...%s); r.done = !!r.done; return r })()", questions, question, list)
	r, err := chromedp.Run(ctx, chromedp.Evaluate[reply](expression))
	if thrown := new(chromedp.ExceptionError); errors.As(err, &thrown) {
		v.t.Fatalf("asking the page to %s: %v", question, err)
	}
	if err != nil {
		return reply{Why: err.Error()}
	}
	return r
}

// page tells where a test ended and what was to be seen there.
func (v *Tab) page() string {
	ctx, cancel := context.WithTimeout(v.ctx, time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + (document.body?.innerText ?? "")`))
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(fmt.Sprintf("%.2000s", text))
}
