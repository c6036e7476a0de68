package mentions

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/prose"
)

// labelled is a text with what its numbers mean: see testdata/texts/README.md.
type labelled struct {
	ID, Text, Form, Section string
	Year                    int
	Mentions                []label
}

type label struct {
	Text, Unit, Kind string
	Start            int // code points
	Value            float64
	Cell             *string
	Alt              []string
}

func labelledTexts(t testing.TB, name string) (list []labelled) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		x := labelled{Form: "cn-2021"}
		if err := json.Unmarshal(line, &x); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		list = append(list, x)
	}
	return list
}

// sum resolves a cell, or a sum of cells, of a label.
func sum(f *form.Form, text string) (cells []int, previous, ok bool) {
	text, previous = strings.CutPrefix(text, "previous.")
	for _, id := range strings.Split(text, "+") {
		id = strings.TrimSpace(id)
		group, column, star := strings.Cut(id, ".*.")
		if c, ok := f.Cell(id); ok && !star {
			cells = append(cells, c)
			continue
		}
		if !star {
			return nil, false, false
		}
		for _, row := range f.Below(group) {
			c, ok := f.Cell(row.Path + "." + column)
			if !ok {
				return nil, false, false
			}
			cells = append(cells, c)
		}
	}
	return cells, previous, len(cells) > 0
}

// reported makes the report of a text, with the tables that it agrees with: each
// cell is what the labels say, and what they leave open is filled so that all sums
// that they name hold.
type reported struct {
	r, last *archive.Report
	text    *prose.Text
	start   int // of the text in the file
}

func report(t testing.TB, f *form.Form, x labelled) reported {
	t.Helper()
	heading := "## " + x.Section + "\n\n"
	for _, s := range f.Sections {
		if s.ID == x.Section {
			heading = "## " + s.Label.ZH + "\n\n"
		}
	}
	head := "---\nform: " + f.ID + "\n---\n" + heading
	doc, _ := content.ParseDocument("content/agencies/a/2024.md", []byte(head+x.Text+"\n"))
	r := &archive.Report{Year: x.Year, Form: f, File: doc.File, Body: doc.Body, Agency: &archive.Agency{Kind: archive.Department}}
	last := &archive.Report{Year: x.Year - 1, Form: f, Agency: r.Agency}
	r.Facts, last.Facts = zeros(f), zeros(f)
	fill(f, r, last, x)
	if !strings.Contains(fmt.Sprint(cellsOf(x)), "previous.") {
		last = nil
	}
	return reported{r, last, prose.Of(r), len(head)}
}

func cellsOf(x labelled) (list []string) {
	for _, m := range x.Mentions {
		if m.Cell != nil {
			list = append(list, *m.Cell)
		}
	}
	return list
}

func zeros(f *form.Form) []archive.Fact {
	facts := make([]archive.Fact, len(f.Cells))
	for i := range facts {
		facts[i] = archive.Fact{Status: archive.Number, Text: "0"}
	}
	return facts
}

// fill sets the cells that labels name. A sum gives what its other cells leave to
// the last of them that no label names.
func fill(f *form.Form, r, last *archive.Report, x labelled) {
	fixed := map[*archive.Report]map[int]bool{r: {}, last: {}}
	for _, single := range []bool{true, false} {
		for _, m := range x.Mentions {
			if m.Cell == nil || m.Kind != "number" && m.Kind != "none" {
				continue
			}
			cells, previous, ok := sum(f, *m.Cell)
			if !ok || single != (len(cells) == 1) {
				continue
			}
			in := r
			if previous {
				in = last
			}
			v := int64(m.Value*form.Scale + .5)
			if m.Kind == "none" {
				v = 0
			}
			if f.Cells[cells[0]].Column.Type != form.Amount {
				v /= form.Scale
			}
			open := -1
			for _, c := range cells {
				if fixed[in][c] {
					v -= in.Facts[c].Value
				} else {
					open = c
				}
			}
			if open >= 0 {
				in.Facts[open].Value, fixed[in][open] = v, true
			}
			for _, c := range cells {
				fixed[in][c] = true
			}
		}
	}
	for _, in := range []*archive.Report{r, last} {
		for c := range in.Facts {
			in.Facts[c].Text = f.Cells[c].Column.Type.Format(in.Facts[c].Value)
		}
	}
}

// score is what was measured on texts.
type score struct {
	texts, alarmed int // with a warning though nothing is wrong
	planted, found int // mentions with a cell, of which one figure was changed
	elsewhere      int // of these, told of another cell
	missed, other  []string
}

// measure holds each text against the table that it agrees with, and then once for
// each labelled mention against a table in which the figure is another one.
func measure(t testing.TB, list []labelled) (s score) {
	forms, _ := form.Load(fstest.MapFS{})
	engines := map[string]*Engine{}
	for _, x := range list {
		f, ok := forms.Form(x.Form)
		if !ok {
			t.Fatalf("%s: no form %s", x.ID, x.Form)
		}
		if engines[x.Form] == nil {
			engines[x.Form] = New(f)
		}
		e := engines[x.Form]
		doc := report(t, f, x)
		got := e.Judge(doc.r, doc.last, doc.text)
		s.texts++
		if alarms := warnings(got); len(alarms) > 0 {
			s.alarmed++
			s.other = append(s.other, fmt.Sprintf("%s %s\n    %s", x.ID, x.Text, strings.Join(alarms, "\n    ")))
		}
		for i, m := range x.Mentions {
			if m.Cell == nil || m.Kind != "number" && m.Kind != "none" {
				continue
			}
			cells, previous, ok := sum(f, *m.Cell)
			if !ok || previous {
				continue
			}
			s.planted++
			switch told := plant(e, doc, x, i, cells); told {
			case "found":
				s.found++
			case "":
			default:
				if told[0] == '!' {
					s.missed = append(s.missed, fmt.Sprintf("%s %s %s (%s) of %s", x.ID, told, m.Text, *m.Cell, x.Text))
					break
				}
				s.elsewhere++
				s.missed = append(s.missed, fmt.Sprintf("%s %s (%s) told at %s: %s", x.ID, m.Text, *m.Cell, told, x.Text))
			}
		}
	}
	return s
}

func warnings(r Result) (list []string) {
	for _, d := range r.Findings {
		list = append(list, d.Message.In(lang.ZH)+" ["+d.Rule+"]")
	}
	return list
}

// plant changes the figure of a mention, judges the text, and says whether the
// mention is told of: "found", "" or the cell that is told instead.
func plant(e *Engine, doc reported, x labelled, i int, cells []int) string {
	m := x.Mentions[i]
	r := *doc.r
	r.Facts = slices.Clone(doc.r.Facts)
	c := cells[0]
	by := int64(1)
	if r.Form.Cells[c].Column.Type == form.Amount {
		by = 13 * form.Scale
	} else {
		for _, v := range r.Facts { // a value that nothing else in the table has
			by = max(by, v.Value)
		}
		by += 7
	}
	r.Facts[c].Value += by
	from := doc.start + len(string([]rune(x.Text)[:m.Start]))
	to := from + len(m.Text)
	got := e.Judge(&r, doc.last, doc.text)
	for _, d := range got.Findings {
		at := offset(doc.r.Body.Source, int(d.Place.Line), int(d.Place.Column))
		if at < from || at >= to {
			continue
		}
		if d.Cell == r.Form.Cells[c].ID || slices.Contains(d.Also, r.Form.Cells[c].ID) {
			return "found"
		}
		return d.Cell
	}
	why := ""
	for k := range got.Mentions {
		g := &got.Mentions[k]
		if p := doc.text.Place(g.Number); offset(doc.r.Body.Source, int(p.Line), int(p.Column)) >= from && offset(doc.r.Body.Source, int(p.Line), int(p.Column)) < to {
			why += fmt.Sprintf("[%s %s because %q agrees %d]", g.Reason, doc.text.In(g.Phrase), doc.text.In(g.Because), g.Agrees)
		}
	}
	return "!" + why
}

func offset(source []byte, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		at += bytes.IndexByte(source[at:], '\n') + 1
	}
	for ; column > 1; column-- {
		_, size := utf8.DecodeRune(source[at:])
		at += size
	}
	return at
}

// TestLabelled measures the engine on labelled texts: how many that are right draw
// a warning, and how many changed figures are found, at the right cell. The
// floors are what must not be lost; the figures are printed by go test -v.
func TestLabelled(t *testing.T) {
	for _, x := range []struct {
		name    string
		alarmed int     // of its texts at most
		found   float64 // of its mentions at least
	}{
		{"testdata/texts/dev.jsonl", 0, .85},
		{"testdata/texts/held.jsonl", 0, .87},
	} {
		s := measure(t, labelledTexts(t, x.name))
		recall := float64(s.found) / float64(s.planted)
		t.Logf("%s: of %d texts that are right %d draw a warning; of %d figures that were changed %d (%.3f) are told at their cell, and %d at another",
			x.name, s.texts, s.alarmed, s.planted, s.found, recall, s.elsewhere)
		if s.alarmed > x.alarmed || recall < x.found {
			t.Errorf("%s: %d texts that are right draw a warning, %d are the most; %.3f of the changed figures are found, %.2f is the least", x.name, s.alarmed, x.alarmed, recall, x.found)
		}
	}
}
