package modelstest

import (
	"testing"

	"softlaunch/models"
)

// Audit checks all that must always hold.
func Audit(t testing.TB, s *models.Shop) {
	t.Helper()
}
