package command

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"softlaunch/models/modelstest"
)

// Two programs at work on one database: shoppers notice nothing of audits, of new staff, or of a second shop beside theirs.
func TestOtherProgramsAtTheDatabaseDisturbNoShopper(t *testing.T) {
	t.Parallel()
	share(t, 40)
}

func TestTortureOtherProgramsAtTheDatabaseDisturbNoShopper(t *testing.T) {
	modelstest.Torture(t, 1, func(t *testing.T) { share(t, 500) })
}

func share(t *testing.T, buyers int) {
	dir, kept := folder(t), newJournal(t)
	one, two := serve(t, dir), serve(t, dir)
	bought := make(chan error)
	for _, p := range []*process{one, two} {
		go func() { bought <- shop(t.Context(), p, kept, buyers) }()
	}
	added := 0
	for left := 2; left > 0; {
		select {
		case err := <-bought:
			if left--; err != nil {
				t.Error(err)
			}
		default:
			added++
			audited(t, dir)
			hire(t, dir, fmt.Sprintf("new%d@example.com", added))
		}
	}
	kept.compare(t, one)
	kept.compare(t, two)
	for _, p := range []*process{one, two} {
		p.terminate(t)
		p.succeeds(t)
		if log := p.log.String(); strings.Contains(log, "locked") || strings.Contains(log, `"level":"ERROR"`) {
			t.Errorf("one of the shops logged %s", log)
		}
	}
	audited(t, dir)
	if out, err := prepare(t, dir, []string{"staff"}).Output(); err != nil || bytes.Count(out, []byte("New Member")) != added {
		t.Errorf("%d were added to the staff, who are now %s, %v", added, out, err)
	}
}

// shop has buyers go all the way, ten at a time. Its error is the first that one of them met.
func shop(ctx context.Context, p *process, kept *journal, buyers int) error {
	for range buyers / 10 {
		for _, err := range kept.buy(ctx, p, 10) {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func hire(t testing.TB, dir, email string) {
	t.Helper()
	command := prepare(t, dir, []string{"staff", "add", email, "New Member", "viewer"})
	command.Stdin = strings.NewReader("a long enough password\n")
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("staff add: %v: %s", err, out)
	}
}
