package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"softlaunch/models/draw"
)

// verify runs softlaunch draw verify with these arguments.
func verify(t *testing.T, arguments ...string) error {
	t.Helper()
	var c commands
	parser, err := kong.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	told, err := parser.Parse(append([]string{"draw", "verify"}, arguments...))
	if err != nil {
		return err
	}
	return told.Run(&c.config)
}

func TestAPublishedDrawIsVerified(t *testing.T) {
	t.Parallel()
	seed := make([]byte, draw.SeedSize)
	tickets := []string{strings.Repeat("a", 32), strings.Repeat("b", 32), strings.Repeat("c", 32)}
	honest, err := draw.Published{Name: "Fox draw", Market: "es"}.Settle(seed, tickets, 1).Encode()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "draw.json")
	write := func(text []byte) {
		t.Helper()
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(honest)
	if err := verify(t, path); err != nil {
		t.Errorf("an honest draw: %v", err)
	}
	if err := verify(t, "--seed-hash="+draw.Hash(seed), path); err != nil {
		t.Errorf("with its seed hash: %v", err)
	}
	if err := verify(t, "--seed-hash="+draw.Hash(nil), path); err == nil || !strings.Contains(err.Error(), "another seed") {
		t.Errorf("with another seed hash: %v", err)
	}
	winner := draw.Winners(seed, tickets, 1)[0]
	for _, loser := range tickets {
		if loser != winner {
			write(bytes.Replace(honest, []byte(`"`+winner+"\"\n  ]\n}"), []byte(`"`+loser+"\"\n  ]\n}"), 1))
			if err := verify(t, path); err == nil || !strings.Contains(err.Error(), "winner 1") {
				t.Errorf("a loser wins: %v", err)
			}
		}
	}
	if err := verify(t, path+".none"); err == nil {
		t.Error("a file that is not there was verified")
	}
}
