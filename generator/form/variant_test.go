package form

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func merged(t *testing.T) (variant, parent, older *Form) {
	set := load(t)
	return get(t, set, "cn-2021-other-merged"), get(t, set, "cn-2021"), get(t, set, "cn-2019")
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func cellOf(t *testing.T, f *Form, id string) int {
	t.Helper()
	c, ok := f.Cell(id)
	if !ok {
		t.Fatalf("%s has no cell %s", f.ID, id)
	}
	return c
}

// A variant is a whole form: what it does not list is the parent's, cell by cell.
func TestVariantIsItsParentButForTheTablesThatDiffer(t *testing.T) {
	v, p, _ := merged(t)
	if v.Base() != p || p.Base() != p || len(v.Cells) != 10+23*7+15 {
		t.Fatalf("a variant of %v with %d cells", v.Parent, len(v.Cells))
	}
	if len(v.Sections) != len(p.Sections) || len(v.Relations) != len(p.Relations) || len(v.Figures) != len(p.Figures) || len(v.Ratios) != len(p.Ratios) {
		t.Errorf("%d sections, %d relations, %d figures, %d ratios", len(v.Sections), len(v.Relations), len(v.Figures), len(v.Ratios))
	}
	absent := 0
	for base, own := range v.Shared() {
		c := p.Cells[base]
		if own < 0 {
			absent++
			if !strings.HasPrefix(c.ID, "requests.results.other.") {
				t.Errorf("%s is absent", c.ID)
			}
			continue
		}
		o := v.Cells[own]
		if o.ID != c.ID || o.Label != c.Label || o.Short != c.Short || o.Additive != c.Additive || o.Total != c.Total || o.Column.Type != c.Column.Type || !slices.Equal(o.Row.Aliases, c.Row.Aliases) {
			t.Errorf("%+v is not the parent's %+v", o, c)
		}
	}
	if absent != 21 {
		t.Errorf("%d cells are absent", absent)
	}
	if d := v.Difference(); len(d.Merged) != 1 || d.Merged[0].Path != "requests.results.other" || len(d.Added)+len(d.Other)+len(d.Absent) != 0 {
		t.Errorf("the difference is %+v", d)
	}
	if row, _ := v.Row("requests.results.other"); v.Own(row.Full) != "三、本年度办理结果·（六）其他处理" {
		t.Errorf("the merged row is called %s", v.Own(row.Full))
	}
	part := v.Charts[0].Parts[5]
	if len(part.Cells) != 1 || v.Cells[part.Cells[0]].ID != "requests.results.other.total" {
		t.Errorf("the merged row is not drawn: %v", part.Cells)
	}
}

// A series goes on through a merged row as the sum of its parts, and ends where
// it would have to be split again.
func TestContinuityWithAVariant(t *testing.T) {
	v, p, older := merged(t)
	for _, c := range []struct {
		now, before *Form
		cell, want  string
	}{
		{v, p, "requests.results.other.total", "requests.results.other.not_corrected_in_time.total requests.results.other.fee_unpaid_in_time.total requests.results.other.other.total"},
		{v, p, "requests.carried_in.total", "requests.carried_in.total"},
		{p, v, "requests.results.other.other.total", ""},
		{p, v, "requests.carried_in.total", "requests.carried_in.total"},
		{p, v, "proactive.permits", "proactive.permits"},
		{v, v, "requests.results.other.total", "requests.results.other.total"},
		{v, older, "requests.results.other.total", "requests.results.other.total"},
		{v, older, "proactive.permits", "proactive.permits.decisions"},
		{v, older, "proactive.fees", ""},
	} {
		got := strings.Join(c.before.ids(c.now.Continues(c.before)[cellOf(t, c.now, c.cell)]), " ")
		if got != c.want {
			t.Errorf("%s of %s continues %q of %s, want %q", c.cell, c.now.ID, got, c.before.ID, c.want)
		}
	}
}

// Two variants of one form continue each other through it, and a later form
// continues a variant of the one that it continues.
func TestContinuityBetweenVariants(t *testing.T) {
	next := strings.Replace(small, "%id", "next", 1) + `
continues:
  cn-2021:
    renamed: {part.one: requests.carried_out.total, part.two: requests.results.other.other.total}
`
	set, found := Load(archive("two.yaml", readFile(t, "../check/testdata/cn-two.yaml"), "next.yaml", next))
	if len(found) > 0 {
		t.Fatalf("%+v", found)
	}
	a, b, later := get(t, set, "cn-2021-two"), get(t, set, "cn-2021-other-merged"), get(t, set, "next")
	d := a.Difference()
	if len(d.Merged) != 1 || len(d.Added) != 1 || d.Added[0].Path != "requests.results.other.press" || len(d.Absent)+len(d.Other) != 0 {
		t.Errorf("the difference is %+v", d)
	}
	for _, c := range []struct {
		now, before *Form
		cell, want  string
	}{
		{b, a, "requests.results.other.total", "requests.results.other.late.total requests.results.other.other.total"},
		{a, b, "requests.results.other.late.total", ""},
		{a, b, "requests.new.total", "requests.new.total"},
		{later, a, "part.one", "requests.carried_out.total"},
		{later, a, "part.two", "requests.results.other.other.total"},
		{later, b, "part.two", ""},
	} {
		got := strings.Join(c.before.ids(c.now.Continues(c.before)[cellOf(t, c.now, c.cell)]), " ")
		if got != c.want {
			t.Errorf("%s of %s continues %q of %s, want %q", c.cell, c.now.ID, got, c.before.ID, c.want)
		}
	}
}

// What the parent demands of cells that the variant lacks goes on only where
// the variant restates it.
func TestEquationsOfAVariant(t *testing.T) {
	v, p, _ := merged(t)
	for i, rel := range v.Relations {
		if rel.ID != p.Relations[i].ID {
			t.Fatalf("relation %d is %s, and the parent's %s", i, rel.ID, p.Relations[i].ID)
		}
		want := len(p.Relations[i].Equations)
		if rel.ID == "row-total" {
			want -= 2
		} else if rel.ID == "rollup" {
			want -= 28
		}
		if len(rel.Equations) != want {
			t.Errorf("%s has %d equations, want %d", rel.ID, len(rel.Equations), want)
		}
	}
	bare := "id: bare\nvariant_of: cn-2021\ntitle: 简\ntables:\n  - id: requests\n    rows: [{id: new}, {id: carried_in}, {id: results, rows: [{id: total}]}, {id: carried_out}]\n"
	set, found := Load(archive("bare.yaml", bare))
	if len(found) != 1 || found[0].Rule != "form-weaker" || !strings.Contains(found[0].Message.EN, "results-total") || strings.Contains(found[0].Message.EN, "balance") {
		t.Errorf("%+v", found)
	}
	f := get(t, set, "bare")
	if slices.ContainsFunc(f.Relations, func(r *Relation) bool { return r.ID == "results-total" }) || !slices.ContainsFunc(f.Relations, func(r *Relation) bool { return r.ID == "balance" }) {
		t.Error("the equations are not those whose cells are there")
	}
	if d := f.Difference(); len(d.Absent) != 21 {
		t.Errorf("%d rows are absent", len(d.Absent))
	}
	if len(f.Charts) != 1 || len(f.Ratios) != 3 {
		t.Errorf("%d charts and %d ratios of cells that are there", len(f.Charts), len(f.Ratios))
	}
}

// A variant covers no year, however it is written: it is used where a report names it.
func TestAVariantIsNeverTheFormOfAYear(t *testing.T) {
	set, found := Load(archive("v.yaml", "id: only\nvariant_of: cn-2019\ntitle: 变\nyears: 2000-\ntables:\n  - {id: reviews}\n"))
	if len(found) > 0 {
		t.Fatalf("%+v", found)
	}
	if f, ok := set.ForYear(2005); f != nil || ok {
		t.Errorf("2005 has %v", f)
	}
	if f, ok := set.ForYear(2022); !ok || f.ID != "cn-2021" {
		t.Errorf("2022 has %v", f)
	}
	if f := get(t, set, "only"); !f.Covers(2022) || f.Covers(1999) {
		t.Error("it is not for the years that it says")
	}
}

// A built-in variant of a form that the archive replaces by quite another is left out.
func TestABuiltInVariantOfAReplacedForm(t *testing.T) {
	set, found := Load(archive("mine.yaml", strings.Replace(small, "%id", "cn-2021", 1)))
	if _, ok := set.Form("cn-2021-other-merged"); ok {
		t.Error("it is there")
	}
	for _, d := range found {
		if d.Rule != "form-weaker" {
			t.Errorf("%+v", d)
		}
	}
}
