package cli

import (
	"os"
	"runtime/debug"
)

// Memory in bytes, measured on 10,000 and 100,000 reports. Collecting garbage
// less often saves a tenth of a small build's time.
const (
	perReport = 3 << 10    // live memory for each report at the peak of a build
	roomy     = 1200 << 20 // size to which the heap may grow with garbage

	// most is the memory limit for the largest archive, unless GOMEMLIMIT is
	// set; the limit for a smaller one is least plus eachMore for each report.
	// Near the limit garbage is collected as often as needed, so that the
	// garbage of a crafted file does not double the memory that it takes.
	most     = 3584 << 20
	least    = 160 << 20
	eachMore = 100 << 10
)

// spend sets how far the heap may grow before garbage is collected, by the
// number of reports: to four times the live memory for a small archive (growing
// further would cost time to clear new memory), by a third for a very large
// one.
func spend(reports int) {
	live := max(1, reports*perReport)
	debug.SetGCPercent(min(300, max(30, (roomy-live)/(live/100+1))))
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(min(most, least+reports*eachMore)))
	}
}
