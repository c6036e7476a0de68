package search

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// scan answers a query by reading everything: it returns the URLs of the reports that
// contain every term, in the order of the ranking.
func scan(agencies []Agency, query string, f Filters) []string {
	type hit struct {
		url          string
		exact, head  int
		year, agency int
	}
	list := terms(query)
	var hits []hit
	for i := range agencies {
		a := &agencies[i]
		if f.Agency != "" && a.Path != f.Agency && !strings.HasPrefix(a.Path, f.Agency+"/") || f.Kind != "" && a.Kind != f.Kind {
			continue
		}
		exact := 0
		for _, n := range append([]string{a.Name, a.Short}, a.Former...) {
			if n != "" && Fold(n) == strings.Join(strings.Fields(strings.ReplaceAll(Fold(query), `"`, " ")), " ") {
				exact = 1
			}
		}
		for _, r := range a.Reports {
			if f.Year != 0 && r.Year != f.Year {
				continue
			}
			heads := []string{r.Title}
			rest := slices.Concat(r.Footnotes, r.Attachments)
			for _, s := range r.Sections {
				heads = append(heads, s.Heading)
				rest = append(rest, strings.Split(s.Text, "\n")...)
			}
			holds := func(list []string, t string) bool {
				return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(Fold(s), t) })
			}
			h := hit{url: r.URL, exact: exact, year: r.Year, agency: i}
			all := len(list) > 0
			for _, t := range list {
				if holds(heads, t) {
					h.head++
				} else {
					all = all && holds(rest, t)
				}
			}
			if all {
				hits = append(hits, h)
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		byYear := b.year - a.year
		if f.Sort == ByYear {
			return byYear
		}
		for _, d := range []int{b.exact - a.exact, b.head - a.head, byYear} {
			if d != 0 {
				return d
			}
		}
		return a.agency - b.agency
	})
	out := []string{}
	for _, h := range hits {
		out = append(out, h.url)
	}
	return out
}

func urls(list []ReportHit) []string {
	out := []string{}
	for _, h := range list {
		out = append(out, h.URL)
	}
	return out
}

func TestQueryEqualsScan(t *testing.T) {
	for seed, size := range []struct{ counties, years, volume int }{{1, 1, volumeReports}, {3, 4, volumeReports}, {20, 3, volumeReports}, {6, 4, 10}, {6, 5, 70}} {
		agencies := corpus(uint64(seed), size.counties, size.years)
		fsys := builtIn(t, agencies, size.volume)
		rng := rand.New(rand.NewPCG(7, uint64(seed)))
		found := 0
		for i, q := range sample(rng, agencies, 120) {
			var f Filters
			switch i % 6 {
			case 1:
				f.Year = 2024 - rng.IntN(size.years)
			case 2:
				f.Agency = agencies[rng.IntN(len(agencies))].Path
			case 3:
				f.Kind = "department"
			case 4:
				f.Sort = ByYear
			}
			got, err := Query(fsys, q, f)
			if err != nil {
				t.Fatalf("%q %+v: %v", q, f, err)
			}
			want := scan(agencies, q, f)
			if diff := cmp.Diff(want, urls(got.Reports)); diff != "" {
				t.Fatalf("%d counties, %q %+v: by scan (-) and by index (+):\n%s", size.counties, q, f, diff)
			}
			found += len(want)
			for _, h := range got.Reports {
				if !slices.ContainsFunc(slices.Concat(h.Title, h.Snippet), func(s Span) bool { return s.Hit }) {
					t.Errorf("%q: %s shows no hit: %v", q, h.URL, h.Snippet)
				}
			}
		}
		if found == 0 {
			t.Error("no query found anything")
		}
	}
}

func TestVolumes(t *testing.T) {
	counts := map[int]int{2024: 100_000, 2023: 60_000, 2022: 40_000, 2021: 200_000}
	var got []string
	for _, v := range cutVolumes([]int{2024, 2023, 2022, 2021}, counts, volumeReports) {
		got = append(got, fmt.Sprint(v.years))
	}
	if want := []string{"[2024]", "[2023 2022]", "[2021]"}; !slices.Equal(got, want) {
		t.Errorf("volumes %v, want %v", got, want)
	}
}

// A damaged index is an error or a wrong answer, never a panic.
func TestDamagedIndex(t *testing.T) {
	agencies := corpus(3, 3, 2)
	fsys := built(t, agencies)
	paths := slices.Sorted(maps.Keys(fsys))
	rng := rand.New(rand.NewPCG(1, 2))
	queries := sample(rng, agencies, 30)
	failed := 0
	for i := range 600 {
		p := paths[rng.IntN(len(paths))]
		if i%4 == 0 {
			p = "search/root.json"
		}
		whole := fsys[p].Data
		data := slices.Clone(whole)
		if data[rng.IntN(len(data))] = byte(rng.Uint32()); i%5 == 0 {
			data = data[:rng.IntN(len(data))]
		}
		fsys[p] = &fstest.MapFile{Data: data}
		if _, err := Query(fsys, queries[i%len(queries)], Filters{Agency: []string{"", "p0", "p0/x01/d2"}[i%3], Sort: []string{"", ByName}[i%2]}); err != nil {
			failed++
		}
		fsys[p] = &fstest.MapFile{Data: whole}
	}
	if failed == 0 {
		t.Error("no damage was noticed")
	}
}
