package diag

import (
	"maps"
	"slices"
)

// The largest numbers of diagnostics listed. One cause can produce hundreds of
// thousands of diagnostics, of which the first few suffice to find the cause. But an
// official form has 200 cells, each of which may be wrong on its own.
const (
	MaxOfKind = 200    // of one rule in one file
	MaxOfRun  = 10_000 // of one severity: warnings never crowd out an error
)

// Cap returns a sorted list with no more than may be listed. Those that are
// too many are counted by one finding of the rule too-many (Omitted), which
// stands behind the last of its kind and has their severity, so that a verdict
// is the same as of the whole list. A list that was capped in parts and joined
// is capped like the whole.
func Cap(list []Diagnostic) []Diagnostic {
	if len(list) <= MaxOfKind {
		return list
	}
	type kind struct {
		file, rule string
		severity   Severity
	}
	list = limit(list, MaxOfKind, false, func(d Diagnostic) (kind, bool) {
		return kind{d.Place.File, d.Counted(), d.Severity}, d.Counted() != d.Rule && d.Counted() != ""
	})
	return limit(list, MaxOfRun, true, func(d Diagnostic) (Severity, bool) {
		return d.Severity, d.Omitted != nil && d.Omitted.Rule == ""
	})
}

// Counted returns the rule of the findings that d stands for: its own, or, for a
// count of others, theirs.
func (d Diagnostic) Counted() string {
	if d.Omitted != nil {
		return d.Omitted.Rule
	}
	return d.Rule
}

// limit keeps the first most of each kind. A finding for which kindOf returns
// true is a count of ones that were left out before: it joins the new count.
func limit[K comparable](list []Diagnostic, most int, wholeRun bool, kindOf func(Diagnostic) (K, bool)) []Diagnostic {
	type tally struct {
		listed, more int
		last         int // index of the last one that is kept
	}
	kinds := map[K]*tally{}
	kept := make([]Diagnostic, 0, min(len(list), most))
	var over []*tally
	for _, d := range list {
		k, count := kindOf(d)
		t := kinds[k]
		if t == nil {
			t = &tally{}
			kinds[k] = t
		}
		if !count && t.listed < most {
			t.listed, t.last = t.listed+1, len(kept)
			kept = append(kept, d)
			continue
		}
		if t.more == 0 {
			over = append(over, t)
		}
		t.more += d.findings()
	}
	if len(over) == 0 {
		return kept
	}
	slices.SortFunc(over, func(a, b *tally) int { return a.last - b.last })
	list = make([]Diagnostic, 0, len(kept)+len(over))
	done := 0
	for _, t := range over {
		last := kept[t.last]
		list = append(list, kept[done:t.last+1]...)
		done = t.last + 1
		count := more(last, t.more)
		if wholeRun {
			count.Message, count.Omitted.Rule = Say("too-many/run", "n", t.more), ""
		}
		list = append(list, count)
	}
	return append(list, kept[done:]...)
}

// Collector gathers the findings about one file. Of each rule it keeps no more
// than are listed and counts the others, which are not even made.
type Collector struct {
	list  []Diagnostic
	rules map[string]*rule
}

// rule is a Collector's state for one rule.
type rule struct {
	last  int // index of the last finding that is listed
	count int
}

// Add adds a finding of the rule, which make makes if it will be listed.
func (c *Collector) Add(id string, make func() Diagnostic) {
	r := c.rules[id]
	if r == nil {
		if c.rules == nil {
			c.rules = map[string]*rule{}
		}
		r = &rule{}
		c.rules[id] = r
	}
	if r.count++; r.count <= MaxOfKind {
		r.last = len(c.list)
		c.list = append(c.list, make())
	}
}

// List returns the findings, and a count where there are more than are listed.
func (c *Collector) List() []Diagnostic {
	list := c.list
	for _, id := range slices.Sorted(maps.Keys(c.rules)) {
		if r := c.rules[id]; r.count > MaxOfKind {
			list = append(list, more(c.list[r.last], r.count-MaxOfKind))
		}
	}
	return list
}

// more returns a finding that says that n more findings of the rule of last, in
// the same file, are not listed. It sorts after last.
func more(last Diagnostic, n int) Diagnostic {
	d := New("too-many", last.Place, "n", n, "rule", last.Rule)
	d.Severity, d.Omitted = last.Severity, &Omitted{Rule: last.Rule, Count: n}
	return d
}
