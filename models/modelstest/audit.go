package modelstest

import (
	"context"
	"testing"

	"softlaunch/models"
)

// Audit checks all that must always hold.
func Audit(t testing.TB, s *models.Shop) {
	t.Helper()
	results, err := s.Audit(context.Background())
	if err != nil {
		t.Errorf("the audit can't look: %v", err)
	}
	for _, r := range results {
		for _, broken := range r.Broken {
			t.Errorf("guarantee %d (%s): %s", r.Row, r.Name, broken)
		}
	}
}
