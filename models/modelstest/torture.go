package modelstest

import (
	"context"
	"os"
	"strconv"
	"testing"
	"time"
)

// Torture goes round for as long as SHOP_TORTURE says, and at least so many times. Without the variable, which
// `make torture` sets, the test ends at once. It runs beside other tests.
func Torture(t *testing.T, least int, round func(t *testing.T)) {
	t.Helper()
	text := os.Getenv("SHOP_TORTURE")
	if text == "" {
		t.Skip("SHOP_TORTURE is not set")
	}
	long, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	rounds := 0
	for ; !t.Failed() && (rounds < least || ctx.Err() == nil); rounds++ {
		t.Run(strconv.Itoa(rounds+1), round)
	}
	t.Logf("%d times", rounds)
}
