package chrome

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// complaints are what a page wrote to the console as an error: its own errors, exceptions nobody caught, requests that
// failed and violations of the content security policy.
type complaints struct {
	mu        sync.Mutex
	heard     []complaint
	documents map[network.RequestID]bool
}

type complaint struct {
	text    string
	request network.RequestID // that failed; empty for other complaints
}

// hear takes an event of the browser. The browser waits for it, so it only takes notes.
func (c *complaints) hear(event any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch e := event.(type) {
	case *network.EventResponseReceived:
		c.noteDocument(e)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			c.heard = append(c.heard, complaint{strings.TrimSpace(e.Entry.Text + " " + e.Entry.URL), e.Entry.NetworkRequestID})
		}
	case *runtime.EventExceptionThrown:
		c.heard = append(c.heard, complaint{text: exception(e.ExceptionDetails)})
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			c.heard = append(c.heard, complaint{text: words(e.Args)})
		}
	}
}

// noteDocument remembers a page that was answered: a page with status 404 or 422 is an answer and no failed request.
func (c *complaints) noteDocument(e *network.EventResponseReceived) {
	if e.Type != network.ResourceTypeDocument {
		return
	}
	if c.documents == nil {
		c.documents = make(map[network.RequestID]bool)
	}
	c.documents[e.RequestID] = true
}

func (c *complaints) all() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var texts []string
	for _, one := range c.heard {
		if !c.documents[one.request] {
			texts = append(texts, one.text)
		}
	}
	return texts
}

// forgive drops the complaints that contain text and reports whether there were any.
func (c *complaints) forgive(text string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := len(c.heard)
	c.heard = slices.DeleteFunc(c.heard, func(one complaint) bool { return strings.Contains(one.text, text) })
	return len(c.heard) < before
}

func exception(d *runtime.ExceptionDetails) string {
	if d.Exception != nil {
		return fmt.Sprintf("%s %s (%s)", d.Text, d.Exception.Description, d.URL)
	}
	return fmt.Sprintf("%s (%s)", d.Text, d.URL)
}

func words(args []*runtime.RemoteObject) string {
	parts := make([]string, len(args))
	for i, arg := range args {
		parts[i] = arg.Description
		if parts[i] == "" {
			parts[i] = string(arg.Value)
		}
	}
	return strings.Join(parts, " ")
}
