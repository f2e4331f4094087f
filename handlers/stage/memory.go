package stage

import (
	"bytes"
	"os"
	"runtime/metrics"
	"strconv"
)

// resident is how many bytes of memory the process takes: its resident set where the system tells (Linux), otherwise what
// Go took from it, in which SQLite's own memory is missing.
func resident() int64 {
	if table, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := bytes.Fields(table); len(fields) > 1 {
			if pages, err := strconv.ParseInt(string(fields[1]), 10, 64); err == nil {
				return pages * int64(os.Getpagesize())
			}
		}
	}
	taken := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(taken)
	return int64(taken[0].Value.Uint64() - taken[1].Value.Uint64())
}
