package acceptance

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/lang"
)

// fault is a kind of mistake in a report, and the rule that reports it.
type fault struct {
	rule  string
	plant func(r *lines) // makes the mistake in a report without any
}

var faults = []fault{
	{"row-total", func(r *lines) { r.add("  new:", 6, 1) }},
	{"results-total", func(r *lines) { r.add("    total:", 0, 1); r.add("    total:", 6, 1) }},
	{"balance", func(r *lines) { r.add("  carried_out:", 0, 1); r.add("  carried_out:", 6, 1) }},
	{"review-total", func(r *lines) { r.add("  reconsideration:", 4, 1) }},
	{"carry-over", func(r *lines) {
		for _, row := range []string{"  carried_in:", "  carried_out:"} {
			r.add(row, 0, 2)
			r.add(row, 6, 2)
		}
	}},
	{"stock", func(r *lines) { r.add("  normative_documents:", 2, 3) }},
	{"negative", func(r *lines) { r.set("  permits:", "-1") }},
	{"missing-row", func(r *lines) { r.remove("    granted:") }},
	{"row-length", func(r *lines) { r.set("      duplicate:", "[0, 0, 0, 0, 0, 0]") }},
	{"not-a-number", func(r *lines) { r.set("  penalties:", "若干") }},
	{"blank-cell", func(r *lines) { r.set("  fees:", `""`) }},
	{"unknown-row", func(r *lines) { r.rename("      not_held:", "      not_hold:") }},
	{"missing-section", func(r *lines) { r.remove("## 其他需要报告的事项") }},
}

// TestRightCorpusIsClean: reports without mistakes have no diagnostics.
func TestRightCorpusIsClean(t *testing.T) {
	for seed := range uint64(3) {
		list := checkCorpus(t, makeCorpus(seed, 30, 3))
		for _, d := range list {
			t.Errorf("seed %d: %s", seed, first([]diag.Diagnostic{d}, lang.EN))
		}
	}
}

// TestPlantedFaults makes every kind of mistake in reports of an archive without
// mistakes. Each is reported once, in its file and by its rule, and nothing else is
// reported.
func TestPlantedFaults(t *testing.T) {
	for seed := range uint64(5) {
		c := makeCorpus(seed, 3*len(faults), 2)
		rng := rand.New(rand.NewPCG(seed, 2))
		var want []string
		for i, agency := range rng.Perm(len(c.last))[:2*len(faults)] {
			file, f := c.last[agency], faults[i%len(faults)]
			r := &lines{t: t, list: strings.Split(c.files[file], "\n")}
			f.plant(r)
			c.files[file] = strings.Join(r.list, "\n")
			want = append(want, fmt.Sprintf("%s [%s]", file, f.rule))
		}
		list := checkCorpus(t, c)
		var got []string
		for _, d := range list {
			got = append(got, fmt.Sprintf("%s [%s]", d.Place.File, d.Rule))
		}
		slices.Sort(want)
		slices.Sort(got)
		for _, w := range want {
			if i := slices.Index(got, w); i >= 0 {
				got = slices.Delete(got, i, i+1)
				continue
			}
			t.Errorf("seed %d: not reported: %s", seed, w)
		}
		for _, g := range got {
			for _, d := range list {
				if g == fmt.Sprintf("%s [%s]", d.Place.File, d.Rule) {
					t.Errorf("seed %d: reported besides: %s", seed, first([]diag.Diagnostic{d}, lang.EN))
				}
			}
		}
	}
}

func checkCorpus(t *testing.T, c *corpus) []diag.Diagnostic {
	t.Helper()
	dir := t.TempDir()
	c.write(t, dir, rand.New(rand.NewPCG(0, 0)))
	res, err := generator.Check(t.Context(), generator.Options{Dir: filepath.Clean(dir)})
	if err != nil {
		t.Fatal(err)
	}
	return res.Diagnostics
}

// lines holds the lines of a report in which a mistake is made.
type lines struct {
	t    *testing.T
	list []string
}

// at returns the number of the line that begins with the key.
func (r *lines) at(key string) int {
	r.t.Helper()
	for i, line := range r.list {
		if strings.HasPrefix(line, key) {
			return i
		}
	}
	r.t.Fatalf("the report has no line %q", key)
	return -1
}

func (r *lines) remove(key string)      { i := r.at(key); r.list = slices.Delete(r.list, i, i+1) }
func (r *lines) set(key, value string)  { r.list[r.at(key)] = key + " " + value }
func (r *lines) rename(key, now string) { i := r.at(key); r.list[i] = now + r.list[i][len(key):] }

// add changes one number of a row.
func (r *lines) add(key string, column, by int) {
	i := r.at(key)
	cells := strings.Split(strings.Trim(r.list[i][len(key):], " []"), ", ")
	n, err := strconv.Atoi(cells[column])
	if err != nil {
		r.t.Fatal(err)
	}
	cells[column] = strconv.Itoa(n + by)
	r.set(key, "["+strings.Join(cells, ", ")+"]")
}
