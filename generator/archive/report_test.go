package archive

import (
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/yamlpos"
)

// readText reads a report of 2024 with an attachment whose hash begins with ab.
func readText(t *testing.T, front string) (*Report, []string) {
	t.Helper()
	set, _ := form.Load(fstest.MapFS{})
	const file = "content/agencies/a/2024/index.md"
	doc, _ := content.ReadDocument(fstest.MapFS{file: {Data: []byte("---\n" + front + "---\n")}}, file)
	if doc == nil {
		t.Fatal(front)
	}
	beside := []content.Attachment{{Name: "a.pdf", SHA256: "ab" + strings.Repeat("0", 62)}}
	r, found := ReadReport(&Agency{Path: "a", Name: "甲"}, 2024, doc, beside, set, lang.ZH)
	var rules []string
	for _, d := range found {
		if d.Rule != "missing-table" && d.Rule != "missing-row" && d.Rule != "missing-key" {
			rules = append(rules, d.Rule)
		}
	}
	return r, rules
}

// TestHashOfTheSource: the attachment is the one whose hash was written down.
func TestHashOfTheSource(t *testing.T) {
	for sum, want := range map[string]string{
		"ab" + strings.Repeat("0", 62): "",
		"AB" + strings.Repeat("0", 62): "",
		"cd" + strings.Repeat("0", 62): "attachment",
	} {
		_, rules := readText(t, "published: 2025-01-10\nsource:\n  file: a.pdf\n  sha256: \""+sum+"\"\n")
		if got := strings.Join(rules, " "); !strings.Contains(got, want) || want == "" && strings.Contains(got, "attachment") {
			t.Errorf("%s: %q, want %q", sum, got, want)
		}
	}
}

// TestQuotedNumber: a number in quotes is told, and is no number.
func TestQuotedNumber(t *testing.T) {
	set, _ := form.Load(fstest.MapFS{})
	f, _ := set.Form("cn-2021")
	fact, problem := readCell(&yamlpos.Node{Text: "5", Quoted: true}, form.Count, f)
	if fact.Known() || problem != "not-a-number/quoted" {
		t.Errorf("%+v, %q", fact, problem)
	}
	if fact, problem := readCell(&yamlpos.Node{Quoted: true}, form.Count, f); fact.Known() || fact.Status != Blank || problem != "" {
		t.Errorf("a blank: %+v, %q", fact, problem)
	}
}

// TestSumsOfChildren: a sum with an unknown part, or one that leaves 64 bits, is
// not known.
func TestSumsOfChildren(t *testing.T) {
	set, _ := form.Load(fstest.MapFS{})
	f, _ := set.Form("cn-2021")
	entry := func(n int64, status Status) *Entry {
		facts := make([]Fact, len(f.Cells))
		for i := range facts {
			facts[i].Value, facts[i].Status = n, status
		}
		return &Entry{Form: f, Year: 2024, Packed: Pack(facts)}
	}
	cell := -1
	for i := range f.Cells {
		if f.Cells[i].Additive {
			cell = i
		}
	}
	for what, c := range map[string]struct {
		entries []*Entry
		known   bool
		n       int64
	}{
		"two numbers": {[]*Entry{entry(2, Number), entry(3, Number)}, true, 5},
		"a blank":     {[]*Entry{entry(2, Number), entry(0, Blank)}, false, 2},
		"too much":    {[]*Entry{entry(1<<62, Number), entry(1<<62, Number)}, false, 1 << 62},
	} {
		sum := RollUp(f, 2024, nil, c.entries).Sums[cell]
		if sum.Known() != c.known || sum.N != c.n {
			t.Errorf("%s: %+v", what, sum)
		}
	}
}

// A report in a variant is summed up as one of the parent, in which cells are
// missing, and a government in a variant is compared by the cells that it shares.
func TestVariantsAreSummedUpAsTheParent(t *testing.T) {
	set, _ := form.Load(fstest.MapFS{})
	p, _ := set.Form("cn-2021")
	v, _ := set.Form("cn-2021-other-merged")
	entry := func(f *form.Form) *Entry {
		r := &Report{Form: f, Facts: make([]Fact, len(f.Cells))}
		for i := range r.Facts {
			r.Facts[i] = Fact{Value: 3, Status: Number}
		}
		base := r.BaseFacts()
		if len(base) != len(p.Cells) {
			t.Fatalf("%d cells of the parent", len(base))
		}
		return &Entry{Form: f, Year: 2024, Packed: Pack(base)}
	}
	entries := []*Entry{entry(p), entry(v)}
	for _, f := range []*form.Form{p, v} {
		sums := RollUp(f, 2024, nil, entries)
		if sums.Reported != 2 || len(sums.Sums) != len(f.Cells) {
			t.Fatalf("%s: %d reports, %d sums", f.ID, sums.Reported, len(sums.Sums))
		}
		for id, want := range map[string]Value{
			"requests.new.total": {6, Number}, "proactive.fees": {6, Number}, "reviews.reconsideration.total": {6, Number},
			"requests.results.other.other.total": {3, Blank}, "requests.results.other.total": {0, Blank},
		} {
			if cell, ok := f.Cell(id); ok && sums.Sums[cell] != want {
				t.Errorf("%s, %s: %+v, want %+v", f.ID, id, sums.Sums[cell], want)
			}
		}
	}
}
