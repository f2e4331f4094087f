package shop

import (
	"softlaunch/views/components"
	"softlaunch/views/layouts"
)

// SandboxPage plays a card provider's page: it moves no money and says so.
type SandboxPage struct {
	layouts.Frame
	Action string
	Number string // the order's
	Sum    string
	Until  string // until when the goods are set aside
	Fault  components.Notice
}
