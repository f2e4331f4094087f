package market

import "time"

// LaunchWeek is how long before its launch a market counts the days.
const LaunchWeek = 7 * 24 * time.Hour

// Phase is what a market is at an instant. It follows from the market's Schedule and is never stored.
type Phase string

const (
	// Draft is a market that only staff know of.
	Draft Phase = "draft"
	// Announced is a market that shows its range and sells nothing yet.
	Announced Phase = "announced"
	// Test is a market that sells published batches within limits.
	Test Phase = "test"
	// Open is a market that sells its whole released range.
	Open Phase = "open"
	// Paused is a market that is shown and, for a while, sells nothing.
	Paused Phase = "paused"
)
