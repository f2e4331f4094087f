package audit

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// shown is how many findings of a guarantee the table lists; the JSON has them all.
const shown = 20

// Table writes results for people: a line for each guarantee, and under it what is broken.
func Table(w io.Writer, results []Result) error {
	columns := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range results {
		verdict := "holds"
		if n := len(r.Broken); n > 0 {
			verdict = fmt.Sprintf("BROKEN %d times", n)
		}
		fmt.Fprintf(columns, "%2d\t%s\t%d checked\t%s\n", r.Row, r.Name, r.Checked, verdict)
	}
	if err := columns.Flush(); err != nil {
		return err
	}
	for _, r := range results {
		if err := list(w, r); err != nil {
			return err
		}
	}
	return nil
}

func list(w io.Writer, r Result) error {
	if len(r.Broken) == 0 {
		return nil
	}
	if _, err := fmt.Fprintf(w, "\n%d %s\n", r.Row, r.Name); err != nil {
		return err
	}
	for _, finding := range r.Broken[:min(shown, len(r.Broken))] {
		if _, err := fmt.Fprintln(w, "  "+finding); err != nil {
			return err
		}
	}
	if more := len(r.Broken) - shown; more > 0 {
		_, err := fmt.Fprintf(w, "  and %d more\n", more)
		return err
	}
	return nil
}
