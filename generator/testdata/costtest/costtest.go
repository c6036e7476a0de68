// Package costtest is the oracle for cost of fuzz targets: what a reader
// allocates may grow with its input, and no faster.
package costtest

import (
	"runtime"
	"testing"
)

// Within fails the test if read allocates more than base bytes and factor
// bytes for each byte of its input, size. All allocations of the process
// count, so nothing else may run meanwhile; nothing does beside a fuzz target.
func Within(t testing.TB, size int, base, factor uint64, read func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	read()
	runtime.ReadMemStats(&after)
	if used, limit := after.TotalAlloc-before.TotalAlloc, base+factor*uint64(size); used > limit {
		t.Fatalf("%d bytes of input took %d bytes of memory, not at most %d", size, used, limit)
	}
}
