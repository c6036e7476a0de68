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

// The sizes whose costs are compared are n, 2n and 4n, n being each of these in
// turn: a shape is at fault only if its cost grows too fast at every one. At the
// smallest, what others do to the processor meanwhile is as large as the cost, and
// a reader may change its way or give up between two sizes. At the largest, a cost
// that grows with the square is seconds where a linear one is milliseconds.
var sizes = []int{16 << 10, 64 << 10, 256 << 10}

// What is added before growth counts; what grows below that is bounded by confine.
const (
	slack  = 5 * time.Millisecond
	litter = 1 << 20 // bytes
)

// exponent is that of the growth of cost with size, at most: 1 is linear, 2 the
// square. What is in between is for caches, which large texts leave.
const exponent = 1.5

// double reads each shape at n, 2n and 4n bytes and writes a line of each, and one
// more if its cost grows faster than it may. What it measures is the processor's
// time, not the clock's, and the bytes that are made.
func (k kind) double(out io.Writer) {
	k.read(k.head + k.shapes[0].text(sizes[0]) + k.tail) // what is made once
	for _, s := range k.shapes {
		var c costs
		for _, n := range sizes {
			if c = k.costs(s, n); c.within() {
				break
			}
		}
		fmt.Fprintf(out, "%s\t%v\t%d\n", s.name, c.time, c.made)
		if !c.within() {
			fmt.Fprintf(out, "FAULT %s: %s takes %v and makes %d bytes\n", k.name, s.name, c.time, c.made)
		}
	}
}

// costs are those of a shape at n, 2n and 4n bytes.
type costs struct {
	time [3]time.Duration
	made [3]uint64 // bytes
}

func (c costs) within() bool { return within(c.time, slack) && within(c.made, litter) }

// costs reads a shape of n, 2n and 4n bytes, some times unless the first is
// within what is allowed; the least of the runs counts.
func (k kind) costs(s shape, n int) costs {
	var c costs
	for run := range 4 {
		for i := range c.time {
			text := k.head + s.text(n<<i) + k.tail
			t, m := measure(func() { k.read(text) })
			if run == 0 || t < c.time[i] {
				c.time[i] = t
			}
			if run == 0 || m < c.made[i] {
				c.made[i] = m
			}
		}
		if c.within() {
			break
		}
	}
	return c
}

// within allows the largest what one of the others takes, by its size: between
// the two smaller ones another reader may take over, which is no growth.
func within[T ~int64 | ~uint64](cost [3]T, more T) bool {
	growth := math.Pow(2, exponent)
	return float64(cost[2]) <= growth*max(growth*float64(cost[0]), float64(cost[1]))+float64(more)
}

// TestWithin: growth with the square is told, linear growth is not.
func TestWithin(t *testing.T) {
	for _, x := range []struct {
		cost [3]time.Duration
		want bool
	}{
		{[3]time.Duration{100 * time.Millisecond, 200 * time.Millisecond, 400 * time.Millisecond}, true},
		{[3]time.Duration{100 * time.Millisecond, 400 * time.Millisecond, 1600 * time.Millisecond}, false},
		{[3]time.Duration{time.Millisecond, time.Millisecond, 4 * time.Millisecond}, true},
	} {
		if got := within(x.cost, slack); got != x.want {
			t.Errorf("%v: %v", x.cost, got)
		}
	}
}

// TestQuadratic: a reader that copies what it has for each piece that comes is
// found where it counts. (Bytes are counted, so the processor has no say in it.)
func TestQuadratic(t *testing.T) {
	copies := kind{name: "k", shapes: []shape{many("s", "a")}, read: func(s string) {
		kept := ""
		for range len(s) >> 10 {
			kept += s[:1<<10]
		}
		if len(kept) != len(s) {
			t.Error(len(kept))
		}
	}}
	for _, n := range sizes[1:] { // below, it is within litter
		if c := copies.costs(copies.shapes[0], n); within(c.made, litter) {
			t.Errorf("%d: %v", n, c)
		}
	}
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
