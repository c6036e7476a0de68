package cli

import (
	"os"
	"runtime/debug"
)

// What a build holds at its peak for each report, in bytes, and what it may
// use altogether while that is much more: measured on 10,000 and 100,000
// reports. Collecting less often is a tenth of a small build's time.
const (
	perReport = 3 << 10
	roomy     = 1200 << 20

	// most is where even a nation's archive collects as often as it must,
	// unless the environment says otherwise (GOMEMLIMIT); a small archive does
	// so at least, and at eachMore for a report: one file of it may be crafted to
	// need much, and its garbage is not to double that.
	most     = 3584 << 20
	least    = 160 << 20
	eachMore = 100 << 10
)

// spend lets the heap grow to what is roomy before garbage is collected, by
// the number of reports: to four times what lives for a small archive (more would
// only cost the system memory to clear), and by a third for a very large one.
func spend(reports int) {
	live := max(1, reports*perReport)
	debug.SetGCPercent(min(300, max(30, (roomy-live)/(live/100+1))))
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(min(most, least+reports*eachMore)))
	}
}
