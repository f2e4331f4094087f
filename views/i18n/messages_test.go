package i18n

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// message is a text, or its plural forms by their CLDR names.
type message map[string]string

func (m *message) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*m = message{"other": text}
		return nil
	}
	forms := map[string]string{}
	err := json.Unmarshal(data, &forms)
	*m = forms
	return err
}

var placeholder = regexp.MustCompile(`{{\s*\.(\w+)\s*}}`)

func (m message) placeholders() []string {
	names := map[string]bool{}
	for _, text := range m {
		for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
			names[found[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func read(t *testing.T, name string) map[string]message {
	t.Helper()
	data, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	messages := map[string]message{}
	if err := json.Unmarshal(data, &messages); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return messages
}

func TestLanguagesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	english := read(t, "en.json")
	for _, language := range Languages[1:] {
		messages := read(t, language+".json")
		for key, want := range english {
			got, found := messages[key]
			switch {
			case !found:
				t.Errorf("%s.json lacks %q", language, key)
			case !slices.Equal(got.placeholders(), want.placeholders()):
				t.Errorf("%s.json: %q has placeholders %v, English has %v", language, key, got.placeholders(), want.placeholders())
			case len(got) != len(want):
				t.Errorf("%s.json: %q has %d plural forms, English has %d", language, key, len(got), len(want))
			}
		}
		for key := range messages {
			if _, found := english[key]; !found {
				t.Errorf("%s.json has %q, which English lacks", language, key)
			}
		}
	}
}

func TestAmericanEnglishOnlyReplaces(t *testing.T) {
	english := read(t, "en.json")
	for key, text := range read(t, "en-US.json") {
		if _, found := english[key]; !found {
			t.Errorf("en-US.json replaces %q, which there is not", key)
		}
		if !slices.Equal(text.placeholders(), english[key].placeholders()) {
			t.Errorf("en-US.json: %q has other placeholders", key)
		}
	}
}

func TestNoMessageIsEmptyOrLoud(t *testing.T) {
	for _, language := range Languages {
		for key, forms := range read(t, language+".json") {
			for _, text := range forms {
				if strings.TrimSpace(text) == "" || strings.Contains(text, "!") {
					t.Errorf("%s.json: %q is %q", language, key, text)
				}
			}
		}
	}
}

// uses are the places where source names a message: T("…") and N("…") in views, fault.New(kind, "…") and
// fields.Add("field", "…") in models.
var uses = []*regexp.Regexp{
	regexp.MustCompile(`\.[TN]\("([a-z][\w.]*[a-z0-9])"`),
	regexp.MustCompile(`fault\.New\([\w.]+, "([\w.]+)"`),
	regexp.MustCompile(`ields\.Add\("\w+", "([\w.]+)"`),
	regexp.MustCompile(`"(offer\.(?:reason|limit)[\w.]*[a-z])"`),
}

// staffWords are the messages of the back-office, which speaks English only.
func staffWords(t *testing.T) []byte {
	t.Helper()
	names, err := filepath.Glob("../admin/words*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text...)
	}
	return all
}

func TestEveryKeyInSourceHasAMessage(t *testing.T) {
	english := read(t, "en.json")
	staff := staffWords(t)
	for _, root := range []string{"../../models", "../../views", "../../handlers"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if os.IsNotExist(err) || (err == nil && (entry.IsDir() || !source(path))) {
				return nil
			}
			text, err := os.ReadFile(path)
			for _, use := range uses {
				for _, found := range use.FindAllSubmatch(text, -1) {
					_, known := english[string(found[1])]
					if !known && !bytes.Contains(staff, fmt.Appendf(nil, "%q:", found[1])) {
						t.Errorf("%s names %q, which has no message", path, found[1])
					}
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// source reports whether a file is written by hand and runs in the shop.
func source(path string) bool {
	generated, test := strings.HasSuffix(path, "_templ.go"), strings.HasSuffix(path, "_test.go")
	return strings.HasSuffix(path, ".templ") || (strings.HasSuffix(path, ".go") && !generated && !test)
}
