package chrome

import (
	_ "embed" // axe-core
	"fmt"
	"strings"
)

//go:embed testdata/axe.min.js
var axe string

// Violation is a rule of axe-core that the page breaks.
type Violation struct {
	ID     string // of the rule, as in axe-core's documentation
	Impact string // minor, moderate, serious or critical
	Help   string // what the rule asks
	Nodes  []struct {
		HTML string // the start of the element
		Why  string `json:"failureSummary"`
	}
}

func (v Violation) String() string {
	lines := []string{fmt.Sprintf("%s (%s): %s", v.ID, v.Impact, v.Help)}
	for _, node := range v.Nodes {
		lines = append(lines, fmt.Sprintf("  %.160s\n    %s", node.HTML, strings.ReplaceAll(node.Why, "\n", "\n    ")))
	}
	return strings.Join(lines, "\n")
}

// Axe is what axe-core finds wrong with the page as it stands. The browser runs it past the page's content security
// policy; it needs a tab with JavaScript.
func (v *Tab) Axe() []Violation {
	v.t.Helper()
	v.settle()
	return Eval[[]Violation](v, axe+`;axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations)`)
}
