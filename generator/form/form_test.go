package form

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/source"
)

// load returns the built-in forms and those of the files named, which must
// be without mistakes.
func load(t *testing.T, names ...string) *Set {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, name := range names {
		fsys[Folder+"/"+name] = &fstest.MapFile{Data: []byte(readTestdata(t, name))}
	}
	set, diags := Load(fsys)
	for _, d := range diags {
		t.Errorf("%s:%d:%d: %s [%s]", d.Place.File, d.Place.Line, d.Place.Column, d.Message.EN, d.Rule)
	}
	return set
}

func readTestdata(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func get(t *testing.T, set *Set, id string) *Form {
	t.Helper()
	f, ok := set.Form(id)
	if !ok {
		t.Fatalf("there is no form %s", id)
	}
	return f
}

func TestBuiltInFormsHaveTheirOfficialSize(t *testing.T) {
	set := load(t)
	for _, want := range []struct {
		id                                   string
		rows, cells, inReport, years, rollup int
	}{
		{"cn-2021", 6 + 25 + 3, 10 + 25*7 + 15, 25 + 7 + 7 + 3, 7 + 2, 2 * 200},
		{"cn-2019", 8 + 23 + 3, 22 + 23*7 + 15, 23 + 7 + 7 + 3, 7, 2 * (198 - 5*2 - 1)},
		{"cn-2008", 0, 0, 0, 0, 0},
	} {
		f := get(t, set, want.id)
		n := map[Scope]int{}
		for _, r := range f.Relations {
			n[r.Scope] += len(r.Equations)
		}
		if len(f.Rows) != want.rows || len(f.Cells) != want.cells || n[InReport] != want.inReport || n[InYears] != want.years || n[InAgencies] != want.rollup {
			t.Errorf("%s has %d rows, %d cells, %v equations; want %+v", f.ID, len(f.Rows), len(f.Cells), n, want)
		}
	}
}

// TestNumbersAgree proves what every reader of a form relies on: rows and
// cells are numbered without gaps, and the index finds each of them.
func TestNumbersAgree(t *testing.T) {
	for _, f := range load(t, "foreign.yaml").Forms() {
		next := 0
		for i, row := range f.Rows {
			if row.Ordinal != i || row.First != next {
				t.Errorf("%s %s: ordinal %d, first cell %d; want %d, %d", f.ID, row.Path, row.Ordinal, row.First, i, next)
			}
			if found, ok := f.Row(row.Path); !ok || found != row {
				t.Errorf("%s: Row(%q) finds another row", f.ID, row.Path)
			}
			for k, column := range row.Columns {
				c := f.Cells[next+k]
				if c.Row != row || c.Column != column {
					t.Errorf("%s: cell %d is not %s.%s", f.ID, next+k, row.Path, column.ID)
				}
				for _, id := range []string{c.ID, row.Path + "." + column.ID} {
					if n, ok := f.Cell(id); !ok || n != next+k {
						t.Errorf("%s: Cell(%q) = %d, want %d", f.ID, id, n, next+k)
					}
				}
			}
			next += len(row.Columns)
		}
		if next != len(f.Cells) {
			t.Errorf("%s: rows have %d cells, the form %d", f.ID, next, len(f.Cells))
		}
	}
}

// write writes an equation out in words.
func write(f *Form, e Equation) string {
	side := func(terms []Term) string {
		var b strings.Builder
		for i, t := range terms {
			switch {
			case t.Minus:
				b.WriteString(" - ")
			case i > 0:
				b.WriteString(" + ")
			}
			b.WriteString([]string{"", "previous.", "children."}[t.From])
			b.WriteString(f.Cells[t.Cell].ID)
		}
		return b.String()
	}
	sign := " = "
	if e.AtLeast {
		sign = " >= "
	}
	text := side(e.Left) + sign + side(e.Right) + " @ " + f.Cells[e.At].ID
	if e.Derived >= 0 {
		text += " derives " + f.Cells[e.Derived].ID
	}
	if e.WhenFull {
		text += " when full"
	}
	return text + " along " + e.Along.EN
}

func TestRelationsAreWrittenOut(t *testing.T) {
	set := load(t, "foreign.yaml")
	for _, c := range []struct {
		form, relation string
		n              int // which of the equations
		want           string
	}{
		{"cn-2021", "row-total", 0, "requests.new.total = requests.new.natural_person + requests.new.business + requests.new.research + requests.new.welfare + requests.new.legal_service + requests.new.other @ requests.new.total derives requests.new.total along I. Requests received this year"},
		{"cn-2021", "balance", 6, "requests.new.total + requests.carried_in.total = requests.results.total.total + requests.carried_out.total @ requests.carried_out.total along Total"},
		{"cn-2021", "review-total", 2, "reviews.litigation_after_reconsideration.total = reviews.litigation_after_reconsideration.upheld + reviews.litigation_after_reconsideration.corrected + reviews.litigation_after_reconsideration.other + reviews.litigation_after_reconsideration.pending @ reviews.litigation_after_reconsideration.total derives reviews.litigation_after_reconsideration.total along Administrative litigation · Action after reconsideration"},
		{"cn-2021", "carry-over", 1, "requests.carried_in.business = previous.requests.carried_out.business @ requests.carried_in.business along Businesses"},
		{"cn-2021", "stock", 1, "proactive.normative_documents.in_force = previous.proactive.normative_documents.in_force + proactive.normative_documents.issued - proactive.normative_documents.repealed @ proactive.normative_documents.in_force along Administrative normative documents"},
		{"cn-2021", "rollup", 9, "proactive.fees >= children.proactive.fees @ proactive.fees along Charged this year (unit: CNY 10,000)"},
		{"cn-2021", "rollup", 209, "proactive.fees = children.proactive.fees @ proactive.fees when full along Charged this year (unit: CNY 10,000)"},
		{"foi-return", "channel-total", 1, "caseload.released.overall = caseload.released.online + caseload.released.postal @ caseload.released.overall derives caseload.released.overall along Answered · Released"},
		{"foi-return", "answered", 3, "caseload.received.cost >= caseload.released.cost + caseload.withheld.cost @ caseload.withheld.cost along Cost"},
	} {
		f := get(t, set, c.form)
		i := slices.IndexFunc(f.Relations, func(r *Relation) bool { return r.ID == c.relation })
		if i < 0 || c.n >= len(f.Relations[i].Equations) {
			t.Errorf("%s has no equation %s %d", c.form, c.relation, c.n)
			continue
		}
		if got := write(f, f.Relations[i].Equations[c.n]); got != c.want {
			t.Errorf("%s %s %d:\n got %s\nwant %s", c.form, c.relation, c.n, got, c.want)
		}
	}
}

// TestResultsTotalHasEveryOutcome counts the rows of the longest equation:
// all the rows between two others, in every column.
func TestResultsTotalHasEveryOutcome(t *testing.T) {
	set := load(t)
	for id, outcomes := range map[string]int{"cn-2021": 21, "cn-2019": 19} {
		f := get(t, set, id)
		total, _ := f.Row("requests.results.total")
		first, _ := f.Row("requests.results.granted")
		i := slices.IndexFunc(f.Relations, func(r *Relation) bool { return r.ID == "results-total" })
		for column, e := range f.Relations[i].Equations {
			var want []Term
			for _, row := range f.Rows[first.Ordinal:total.Ordinal] {
				want = append(want, Term{Cell: row.First + column})
			}
			if !slices.Equal(e.Right, want) || len(want) != outcomes {
				t.Errorf("%s column %d has %d outcomes, want the %d rows above the total", id, column, len(e.Right), len(want))
			}
			if e.Derived != total.First+column || !slices.Equal(e.Left, []Term{{Cell: e.Derived}}) {
				t.Errorf("%s column %d derives cell %d, want %d", id, column, e.Derived, total.First+column)
			}
		}
	}
}

func TestRelationsOfTheContract(t *testing.T) {
	set := load(t)
	want := map[string][]string{
		"cn-2021": {"row-total error", "results-total error", "balance error", "review-total error", "carry-over error", "stock warning", "rollup warning"},
		"cn-2019": {"row-total error", "results-total error", "balance error", "review-total error", "carry-over error", "rollup warning"},
	}
	for id, list := range want {
		var got []string
		for _, r := range get(t, set, id).Relations {
			got = append(got, r.ID+" "+r.Severity.String())
		}
		if !slices.Equal(got, list) {
			t.Errorf("%s has %v, want %v", id, got, list)
		}
	}
}

// TestEveryTextHasBothLanguages walks everything a page or message shows.
func TestEveryTextHasBothLanguages(t *testing.T) {
	for _, f := range load(t, "foreign.yaml").Forms() {
		check := func(what string, text lang.Text, needed bool) {
			if (text.ZH == "") != (text.EN == "") || (needed && text.ZH == "") {
				t.Errorf("%s: %s has texts %q and %q", f.ID, what, text.ZH, text.EN)
			}
		}
		check("title", f.Title, true)
		check("official", f.Official, true)
		for _, s := range f.Sections {
			check("section "+s.ID, s.Label, true)
		}
		for _, table := range f.Tables {
			check("table "+table.ID, table.Label, true)
			check("corner of "+table.ID, table.Corner, false)
			for _, b := range table.Blocks {
				check("block of "+table.ID, b.Title, true)
				check("corner of "+table.ID, b.Corner, true)
			}
		}
		for _, row := range f.Rows {
			check("row "+row.Path, row.Full, true)
		}
		for _, c := range f.Cells {
			check("column of "+c.ID, c.Column.Label, true)
			check("unit of "+c.ID, c.Column.Unit, false)
		}
		for _, r := range f.Relations {
			check("label of "+r.ID, r.Label, true)
			check("formula of "+r.ID, r.Formula, true)
			check("message of "+r.ID, r.Message, true)
			check("explain of "+r.ID, r.Explain, false)
			check("basis of "+r.ID, r.Basis, false)
			filled := diag.Fill(r.Message, "left", "1", "right", "2", "where", "x", "row", "x", "year", 2024, "previous", 2023)
			if strings.Contains(filled.ZH+filled.EN, "{") {
				t.Errorf("%s: the message of %s has a placeholder that nobody fills: %s", f.ID, r.ID, filled)
			}
			if r.Place.File == "" || r.Place.Span == (source.Span{}) {
				t.Errorf("%s: %s has no place", f.ID, r.ID)
			}
		}
		for _, q := range f.Ratios {
			check("ratio "+q.ID, q.Label, true)
		}
		for _, c := range f.Charts {
			check("chart "+c.ID, c.Label, true)
		}
	}
}

func TestFiguresRatiosAndCharts(t *testing.T) {
	set := load(t)
	f := get(t, set, "cn-2021")
	if n := len(f.Figures); n < 5 || n > 8 {
		t.Errorf("%d figures", n)
	}
	// The parts of the outcomes are the results' total, and the applicants'
	// the total of the requests: no row or column is left out or taken twice.
	for chart, relation := range map[string]string{"outcomes": "results-total", "applicants": "row-total"} {
		c := f.Charts[slices.IndexFunc(f.Charts, func(c *Chart) bool { return c.ID == chart })]
		var got []int
		for _, p := range c.Parts {
			got = append(got, p.Cells...)
		}
		r := f.Relations[slices.IndexFunc(f.Relations, func(r *Relation) bool { return r.ID == relation })]
		if !slices.ContainsFunc(r.Equations, func(e Equation) bool {
			return slices.EqualFunc(e.Right, got, func(t Term, cell int) bool { return t.Cell == cell })
		}) {
			t.Errorf("the parts of %s are no right side of %s", chart, relation)
		}
	}
	want := []string{
		"requests.results.granted.total + requests.results.partly_granted.total / requests.results.total.total few 30",
		"requests.carried_out.total / requests.new.total + requests.carried_in.total few 30",
		"reviews.reconsideration.corrected / reviews.reconsideration.total few 30",
		"reviews.litigation_direct.corrected + reviews.litigation_after_reconsideration.corrected / reviews.litigation_direct.total + reviews.litigation_after_reconsideration.total few 30",
	}
	names := func(cells []int) string {
		var list []string
		for _, c := range cells {
			list = append(list, f.Cells[c].ID)
		}
		return strings.Join(list, " + ")
	}
	var got []string
	for _, q := range f.Ratios {
		got = append(got, fmt.Sprintf("%s / %s few %d", names(q.Over), names(q.Under), q.Few))
	}
	if !slices.Equal(got, want) {
		t.Errorf("ratios\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
