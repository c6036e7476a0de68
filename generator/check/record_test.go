package check_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"annals/generator/archive"
	"annals/generator/check"
	"annals/generator/diag"
	"annals/generator/form"
)

// pairOf reads the two reports without mistakes.
func pairOf(t *testing.T, set *form.Set) []*archive.Report {
	t.Helper()
	var reports []*archive.Report
	for _, y := range years {
		r, _ := read(t, set, y, testdata(t, y))
		reports = append(reports, r)
	}
	return reports
}

// settled checks reports and accepts some of the findings about them.
func settled(reports []*archive.Report, accept func(diag.Diagnostic) bool) []archive.Checked {
	found, records := check.Years(reports)
	accepted := check.Accepted{}
	var list []archive.Checked
	for i, r := range reports {
		var own []archive.Finding
		for _, d := range found {
			if r.Holds(d.Place.File) && accept(d) {
				own = append(own, archive.Finding{Diagnostic: d, Accepted: true})
			}
		}
		list = append(list, records[i].Settle(accepted, own))
	}
	return list
}

func none(diag.Diagnostic) bool { return false }
func all(diag.Diagnostic) bool  { return true }

func total(c archive.Checked) (n archive.Count) {
	for i := range c.Tally {
		n.Add(&c.Tally[i])
	}
	return n
}

// expect evaluates equations plainly: it counts those that agree, those that
// differ, and those with something else than a number in them.
func expect(reports []*archive.Report, i int) (agree, differ, open int) {
	r := reports[i]
	for _, rel := range r.Form.Relations {
		for _, eq := range rel.Equations {
			if rel.Scope == form.InAgencies {
				continue
			}
			known := true
			left := int64(0)
			for side, list := range [][]form.Term{eq.Left, eq.Right} {
				for _, x := range list {
					facts := r.Facts
					if x.From == form.Previous {
						if i == 0 {
							known = false
							continue
						}
						facts = reports[i-1].Facts
					}
					known = known && facts[x.Cell].Status == archive.Number
					if x.Minus == (side == 0) {
						left -= facts[x.Cell].Value
					} else {
						left += facts[x.Cell].Value
					}
				}
			}
			switch {
			case !known:
				open++
			case left == 0:
				agree++
			default:
				differ++
			}
		}
	}
	return agree, differ, open
}

// Counted is what was held against numbers, and everything else has a reason.
func TestRecordCountsWhatWasAssessed(t *testing.T) {
	set := forms(t)
	rng := rand.New(rand.NewPCG(1, 2))
	reasons := map[archive.Standing]bool{}
	for range 300 {
		reports := pairOf(t, set)
		for range rng.IntN(8) {
			f := &reports[rng.IntN(2)].Facts[rng.IntN(len(reports[0].Facts))]
			*f = [...]archive.Fact{
				{Value: f.Value + 1, Text: "1", Status: archive.Number, Span: f.Span},
				{Status: archive.Missing}, {Status: archive.Blank, Span: f.Span}, {Status: archive.NotApplicable, Text: "/", Span: f.Span}, {Status: archive.Invalid, Text: "x", Span: f.Span},
			}[rng.IntN(5)]
		}
		for i, c := range settled(reports, none) {
			n := total(c)
			agree, differ, open := expect(reports, i)
			without := -n.Assessed()
			for s, k := range n {
				without += k
				reasons[archive.Standing(s)] = reasons[archive.Standing(s)] || k > 0
			}
			if n[archive.Agrees] != agree || n[archive.Differs] != differ || without != open || n[archive.Explained] != 0 {
				t.Fatalf("%v, and it should be %d that agree, %d that differ, %d without a number", n, agree, differ, open)
			}
		}
	}
	for _, s := range []archive.Standing{archive.Agrees, archive.Differs, archive.NoLastYear, archive.NoCell, archive.NoNumber, archive.LeftBlank, archive.HasToken} {
		if !reasons[s] {
			t.Errorf("none was %s", s)
		}
	}
}

// One mistake breaks several equations and has one finding. If that is accepted, all of
// them are explained, in the report of the year after too; if not, none is.
func TestWhatAnAcceptedFindingExplains(t *testing.T) {
	set := forms(t)
	f, _ := set.Form("cn-2021")
	explained := 0
	for changed := range years {
		for cell := range f.Cells {
			reports := pairOf(t, set)
			x := &reports[changed].Facts[cell]
			x.Value++
			x.Text = strconv.FormatInt(x.Value, 10)
			for i, c := range settled(reports, none) {
				if n := total(c); n[archive.Explained] != 0 || len(c.Explained) != 0 {
					t.Errorf("%s: without an entry %d of %d are explained", f.Cells[cell].ID, n[archive.Explained], years[i])
				}
			}
			for i, c := range settled(reports, all) {
				n := total(c)
				_, differ, _ := expect(reports, i)
				if n[archive.Differs] != 0 || n[archive.Explained] != differ || len(c.Explained) != differ {
					t.Errorf("%s: in %d %d of %d are explained, and %v", f.Cells[cell].ID, years[i], n[archive.Explained], differ, c.Explained)
				}
				explained += differ
			}
		}
	}
	if explained < 500 {
		t.Errorf("only %d equations differed", explained)
	}
}

// A report is not held against a draft, whose figures are not published.
func TestNothingIsSaidOfADraft(t *testing.T) {
	reports := pairOf(t, forms(t))
	reports[0].Draft = true
	if n := total(settled(reports, none)[1]); n[archive.NoLastYear] != 9 || n[archive.Agrees] != 42 {
		t.Errorf("%v", n)
	}
}

// What a government is held against: a cell counts once, whether or not all below
// have reported.
func TestRecordOfARollup(t *testing.T) {
	set := forms(t)
	f, _ := set.Form("cn-2021")
	cells := map[int]bool{}
	for _, rel := range f.Relations {
		if rel.Scope == form.InAgencies {
			for _, eq := range rel.Equations {
				cells[eq.At] = true
			}
		}
	}
	for name, c := range map[string]struct {
		reported, expected int
		faulty             bool
		less               int64
		want               archive.Count
	}{
		"no agency below":    {want: archive.Count{}},
		"all, and equal":     {reported: 2, expected: 2, want: archive.Count{archive.Agrees: len(cells)}},
		"all, and one less":  {reported: 2, expected: 2, less: 1, want: archive.Count{archive.Agrees: len(cells) - 1, archive.Differs: 1}},
		"some, and one less": {reported: 1, expected: 2, less: 1, want: archive.Count{archive.Agrees: len(cells)}},
		"none has reported":  {expected: 2, want: archive.Count{archive.Below: len(cells)}},
		"one has errors":     {reported: 2, expected: 2, faulty: true, want: archive.Count{archive.FaultyBelow: len(cells)}},
	} {
		r := pairOf(t, set)[1]
		sums := &archive.Rollup{Form: f, Year: r.Year, Expected: c.expected, Reported: c.reported, Faulty: c.faulty, Sums: make([]archive.Value, len(f.Cells))}
		for i := range sums.Sums {
			sums.Sums[i] = archive.Value{N: r.Facts[i].Value, Status: archive.Number}
		}
		at, _ := f.Cell("proactive.permits")
		sums.Sums[at].N -= c.less
		_, records := check.Years([]*archive.Report{r})
		check.Rollup(records[0], sums, nil, func(*archive.Entry) *archive.Report { return nil })
		got := records[0].Settle(check.Accepted{}, nil)
		for i, rel := range f.Relations {
			if rel.Scope == form.InAgencies && got.Tally[i] != c.want {
				t.Errorf("%s: %v", name, got.Tally[i])
			}
		}
	}
}

// A tally is the same after packing.
func TestPackedTally(t *testing.T) {
	for _, c := range settled(pairOf(t, forms(t)), none) {
		got := archive.Unpack(c.Tally.Pack(), len(c.Tally))
		for i := range got {
			if got[i] != c.Tally[i] {
				t.Errorf("%v, and it was %v", got[i], c.Tally[i])
			}
		}
	}
}
