package jobs

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"softlaunch/models/launch"
	"softlaunch/models/modelstest"
	"softlaunch/models/order"
	"softlaunch/models/payment"
)

var (
	// queued are the places where a model queues a job, and kinds where one is named.
	queued = regexp.MustCompile(`job\.Queue\(tx, (\w+(?:\.\w+)?),`)
	kinds  = regexp.MustCompile(`\b((?:Mail|Alarm|Job)[A-Z]\w*)\s+= "([a-z_]+\.[a-z_]+)"`)
)

// Every kind of job that a model knows of has somebody who does it: a handler here, or the model itself.
func TestEveryKindOfJobIsDone(t *testing.T) {
	t.Parallel()
	s := modelstest.New(t)
	handlers := Handlers(s.Shop, nil, public)
	own := map[string]bool{launch.JobMakeCodes: true, order.JobInvoice: true, order.JobCreditNote: true, payment.JobEvent: true, payment.JobRefund: true} // models.Shop's workers do them
	names := map[string]bool{}
	eachModel(t, func(path, text string) {
		for _, found := range kinds.FindAllStringSubmatch(text, -1) {
			names[found[1]] = true
			if handlers[found[2]] == nil && !own[found[2]] {
				t.Errorf("%s: nobody does %s", path, found[2])
			}
		}
	})
	if len(names) < 10 {
		t.Errorf("found only the kinds %v", names)
	}
	eachModel(t, func(path, text string) {
		for _, found := range queued.FindAllStringSubmatch(text, -1) {
			if name := found[1]; !names[name] && name != "w.Kind" && name != "kind" {
				t.Errorf("%s queues %s, which is no kind that this test knows", path, name)
			}
		}
	})
}

// eachModel reads the models' source.
func eachModel(t *testing.T, read func(path, text string)) {
	t.Helper()
	err := filepath.WalkDir("../../models", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		read(path, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
