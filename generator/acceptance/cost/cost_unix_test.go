//go:build unix

// Package cost measures how the cost of reading a file grows with its size.
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

// measureKind is an environment variable. If it is set, the test program only
// measures that kind.
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

// confine limits the process to so many seconds of processor time and so many bytes
// of address space, so that the system ends it if it does not end by itself. Go
// reserves far more address space than it uses.
func confine(seconds, bytes uint64) {
	for what, most := range map[int]uint64{syscall.RLIMIT_CPU: seconds, syscall.RLIMIT_AS: bytes} {
		var was syscall.Rlimit
		if syscall.Getrlimit(what, &was) == nil {
			was.Cur = most
			_ = syscall.Setrlimit(what, &was) // on a system without this limit the test's deadline remains
		}
	}
}

// processor returns the processor time that this process has used.
func processor() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// The costs of n, 2n and 4n bytes are compared, for each of these values of n. A
// shape fails only if its cost grows too fast at every n. At the smallest n, other
// processes disturb the measurement as much as the cost itself, and a reader may
// choose another method or give up between two sizes. At the largest, a cost that
// grows with the square is seconds, and a linear one milliseconds.
var sizes = []int{16 << 10, 64 << 10, 256 << 10}

// Growth within these amounts is allowed at any rate: processor time, and bytes
// allocated.
const (
	slack  = 5 * time.Millisecond
	litter = 1 << 20
)

// exponent is the largest allowed exponent of the growth of cost with size: 1 is
// linear, 2 quadratic. It is more than 1 because large texts do not fit into the
// processor's caches.
const exponent = 1.5

// double reads each shape at n, 2n and 4n bytes and writes a line about it, and
// another one if its cost grows too fast. It measures processor time, not time of
// the clock, and the bytes allocated.
func (k kind) double(out io.Writer) {
	k.read(k.head + k.shapes[0].text(sizes[0]) + k.tail) // to make what is made only once
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

// costs are the costs of a shape at n, 2n and 4n bytes.
type costs struct {
	time [3]time.Duration
	made [3]uint64 // bytes allocated
}

func (c costs) within() bool { return within(c.time, slack) && within(c.made, litter) }

// costs measures a shape at n, 2n and 4n bytes. Unless the first run is within the
// limits it measures several times, and the smallest values count.
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

// within reports whether the cost of 4n bytes is allowed by that of 2n bytes or by
// that of n bytes. Either is enough, because a reader may choose another method
// between the two smaller sizes, which makes a step in the cost.
func within[T ~int64 | ~uint64](cost [3]T, more T) bool {
	growth := math.Pow(2, exponent)
	return float64(cost[2]) <= growth*max(growth*float64(cost[0]), float64(cost[1]))+float64(more)
}

// TestWithin: quadratic growth is found, and linear growth is not reported.
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

// TestQuadratic: a reader that copies all its data for each new piece is found. It
// is found by the bytes allocated, which do not depend on the processor's speed.
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
	for _, n := range sizes[1:] { // smaller sizes are within litter
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

// TestDoubling: whatever is read, a text four times as long costs little more than
// four times as much.
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
