package acceptance

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/search"
	"annals/generator/site"
)

// scanned is a report for the scan: its pieces of text, folded, without line ends.
type scanned struct {
	url   string
	units [][]rune
}

var reportSource = regexp.MustCompile(`^content/agencies/(.+)/(\d{4})(?:\.md|/index\.md)$`)

// readReports reads an archive's reports from its sources, without the index.
func readReports(b *testing.B, dir string) (list []*scanned) {
	lib, err := generator.Open(b.Context(), generator.Options{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range lib.Sources {
		m := reportSource.FindStringSubmatch(path)
		if m == nil {
			continue
		}
		year, _ := strconv.Atoi(m[2])
		a := lib.Agency(m[1])
		r := lib.Report(a, year)
		if r == nil || r.Draft {
			continue
		}
		x := &scanned{url: site.ReportFile(a, year, "")}
		add := func(text string) {
			for line := range strings.Lines(text) {
				if f := search.Fold(line); f != "" {
					x.units = append(x.units, []rune(f))
				}
			}
		}
		add(r.Title)
		for _, s := range r.Body.Sections {
			if _, _, official := r.Form.Section(s.Heading); !official {
				add(s.Heading)
			}
			add(r.Body.Text(s.Blocks))
		}
		for _, n := range r.Notes {
			add(n.Text)
		}
		for _, f := range r.Attachments {
			add(f.Name)
		}
		list = append(list, x)
	}
	return list
}

// asked is a query of one term, and the reports that contain it.
type asked struct {
	text  string
	term  []rune
	found []int
}

func ask(term []rune) *asked {
	q := &asked{text: string(term), term: term}
	if strings.Contains(q.text, " ") {
		q.text = `"` + q.text + `"`
	}
	return q
}

// drawQueries draws random substrings of one to twelve characters from the text,
// and makes queries that occur nowhere from characters that do.
func drawQueries(rng *rand.Rand, reports []*scanned, drawn, absent int) []*asked {
	cut := func() []rune {
		for {
			r := reports[rng.IntN(len(reports))]
			u := r.units[rng.IntN(len(r.units))]
			n := 1 + rng.IntN(12)
			if n > len(u) {
				continue
			}
			at := rng.IntN(len(u) - n + 1)
			s := u[at : at+n]
			if !slices.Contains(s, '"') && s[0] != ' ' && s[n-1] != ' ' {
				return s
			}
		}
	}
	var list, never []*asked
	taken := map[string]bool{}
	for len(list) < drawn {
		s := cut()
		if !taken[string(s)] || len(s) < 3 {
			taken[string(s)] = true
			list = append(list, ask(s))
		}
	}
	for len(never) < absent*3 {
		s := slices.Concat(cut(), cut())
		rng.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
		s = s[:min(len(s), 2+rng.IntN(11))]
		if s[0] != ' ' && s[len(s)-1] != ' ' && !strings.Contains(string(s), "  ") {
			never = append(never, ask(s))
		}
	}
	scan(reports, slices.Concat(list, never))
	never = slices.DeleteFunc(never, func(q *asked) bool { return len(q.found) > 0 })
	return append(list, never[:min(len(never), absent)]...)
}

// scan searches the text for all queries in one pass.
func scan(reports []*scanned, queries []*asked) {
	start := map[[2]rune][]*asked{}
	for _, q := range queries {
		k := [2]rune{q.term[0]}
		if len(q.term) > 1 {
			k[1] = q.term[1]
		}
		start[k] = append(start[k], q)
	}
	for i, r := range reports {
		for _, u := range r.units {
			for at := range u {
				meet := func(second rune) {
					for _, q := range start[[2]rune{u[at], second}] {
						if n := len(q.found); (n == 0 || q.found[n-1] != i) && len(u)-at >= len(q.term) && slices.Equal(q.term, u[at:at+len(q.term)]) {
							q.found = append(q.found, i)
						}
					}
				}
				meet(0)
				if at+1 < len(u) {
					meet(u[at+1])
				}
			}
		}
	}
}
