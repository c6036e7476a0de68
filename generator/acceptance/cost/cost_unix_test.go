//go:build unix

// Package cost measures how the cost of reading grows with what is read.
package cost

import (
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"
)

// measureKind, set in the environment, makes the test's program measure that kind.
const measureKind = "ANNALS_TEST_MEASURE"

func TestMain(m *testing.M) {
	if kind := os.Getenv(measureKind); kind != "" {
		confine(600, 16<<30)
		for _, k := range kinds() {
			if k.name == kind {
				k.double(os.Stdout)
			}
		}
		return
	}
	m.Run()
}

// confine gives the process so many seconds of the processor, and addresses of
// so many bytes: what does not end is ended. Go reserves far more than it uses.
func confine(seconds, bytes uint64) {
	for what, most := range map[int]uint64{syscall.RLIMIT_CPU: seconds, syscall.RLIMIT_AS: bytes} {
		var was syscall.Rlimit
		if syscall.Getrlimit(what, &was) == nil {
			was.Cur = most
			_ = syscall.Setrlimit(what, &was) // a system without one has the test's own deadline
		}
	}
}

// processor is the time that this process has had of the processor.
func processor() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// The sizes whose costs are compared, n, 2n and 4n, and what is added before
// growth counts: what others do to the processor meanwhile. What grows below
// that is bounded by confine.
const (
	small  = 16 << 10
	slack  = 5 * time.Millisecond
	litter = 1 << 20 // bytes

	// exponent is that of the growth of cost with size: 1 is linear.
	exponent = 1.2
)

// double reads each shape at n, 2n and 4n bytes and writes a line of each whose
// cost grows faster than it may. What it measures is the processor's time, not
// the clock's, and the bytes that are made; the least of some runs counts.
func (k kind) double(out io.Writer) {
	k.read(k.head + k.shapes[0].text(small) + k.tail) // what is made once
	for _, s := range k.shapes {
		var texts [3]string
		for i := range texts {
			texts[i] = k.head + s.text(small<<i) + k.tail
		}
		var time [3]time.Duration
		var made [3]uint64
		for run := range 6 {
			for i, text := range texts {
				t, m := measure(func() { k.read(text) })
				if run == 0 || t < time[i] {
					time[i] = t
				}
				if run == 0 || m < made[i] {
					made[i] = m
				}
			}
			if within(time, slack) {
				break
			}
		}
		fmt.Fprintf(out, "%s\t%v\t%d\n", s.name, time, made)
		if !within(time, slack) {
			fmt.Fprintf(out, "FAULT %s: %s takes %v for %d bytes, and %v for %d\n", k.name, s.name, time[0], len(texts[0]), time[2], len(texts[2]))
		}
		if !within(made, litter) {
			fmt.Fprintf(out, "FAULT %s: %s makes %d bytes of %d, and %d of %d\n", k.name, s.name, made[0], len(texts[0]), made[2], len(texts[2]))
		}
	}
}

// within allows the largest what one of the others takes, by its size: between
// the two smaller ones another reader may take over, which is no growth.
func within[T ~int64 | ~uint64](cost [3]T, more T) bool {
	growth := math.Pow(2, exponent)
	return float64(cost[2]) <= growth*max(growth*float64(cost[0]), float64(cost[1]))+float64(more)
}

func measure(f func()) (time.Duration, uint64) {
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := processor()
	f()
	used := processor() - start
	runtime.ReadMemStats(&after)
	return used, after.TotalAlloc - before.TotalAlloc
}

// TestDoubling: whatever is read, four times as much of it costs little more
// than four times as much.
func TestDoubling(t *testing.T) {
	shapes := 0
	for _, k := range kinds() {
		shapes += len(k.shapes)
		t.Run(k.name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), measureKind+"="+k.name)
			out, err := cmd.CombinedOutput()
			if err != nil || strings.Count(string(out), "\t") < 2*len(k.shapes) {
				t.Fatalf("%v\n%s", err, out)
			}
			for line := range strings.Lines(string(out)) {
				if strings.HasPrefix(line, "FAULT ") {
					t.Error(line)
				}
			}
			if testing.Verbose() {
				t.Logf("\n%s", out)
			}
		})
	}
	if shapes < 100 {
		t.Errorf("only %d shapes", shapes)
	}
}
