package form

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestFormsByYear(t *testing.T) {
	set := load(t)
	var ids []string
	for _, f := range set.Forms() {
		ids = append(ids, f.ID)
	}
	if want := []string{"cn-2008", "cn-2019", "cn-2021", "cn-2021-other-merged"}; !slices.Equal(ids, want) {
		t.Errorf("forms in the order %v, want %v", ids, want)
	}
	for year, want := range map[int]string{
		2007: "", 2008: "cn-2008", 2018: "cn-2008", 2019: "cn-2019", 2020: "cn-2019", 2021: "cn-2021", 2035: "cn-2021",
	} {
		f, ok := set.ForYear(year)
		if ok != (want != "") || (ok && f.ID != want) {
			t.Errorf("ForYear(%d) = %v, %v; want %s", year, f, ok, want)
		}
	}
}

func TestSeveralFormsOfAYearLeaveItOpen(t *testing.T) {
	set := load(t, "foreign.yaml")
	if f, ok := set.ForYear(2024); ok || f == nil {
		t.Errorf("ForYear(2024) = %v, %v, though two forms cover it", f, ok)
	}
	// A free form counts only if no other form covers the year.
	if f, ok := set.ForYear(2016); !ok || f.ID != "foi-return" {
		t.Errorf("ForYear(2016) = %v, %v; want foi-return", f, ok)
	}
}

const small = `
id: %id
title: 小表
official: 某办
years: 1990-1999
sections:
  - {id: part, label: 部分, table: part}
tables:
  - id: part
    columns: [{id: number, label: 数}]
    rows: [{id: one, label: 一}, {id: two, label: 二}]
`

func archive(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[Folder+"/"+files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

func TestAnArchivesFormReplacesABuiltInOne(t *testing.T) {
	set, diags := Load(archive("mine.yaml", strings.Replace(small, "%id", "cn-2008", 1)))
	if len(diags) > 0 {
		t.Fatalf("%v", diags)
	}
	f, _ := set.Form("cn-2008")
	if f.Free || len(f.Cells) != 2 || len(set.Forms()) != 4 {
		t.Errorf("cn-2008 has %d cells, free %v; %d forms", len(f.Cells), f.Free, len(set.Forms()))
	}
	if f, ok := set.ForYear(1995); !ok || f.ID != "cn-2008" {
		t.Errorf("ForYear(1995) = %v, %v", f, ok)
	}
}

func TestTwoFormsOfOneIDAreTold(t *testing.T) {
	text := strings.Replace(small, "%id", "mine", 1)
	set, diags := Load(archive("a.yaml", text, "b.yaml", text))
	if len(diags) != 1 || diags[0].Place.File != "content/forms/b.yaml" || diags[0].Place.Line != 2 || len(diags[0].Related) != 1 || diags[0].Related[0].Place.File != "content/forms/a.yaml" {
		t.Errorf("%+v", diags)
	}
	if _, ok := set.Form("mine"); !ok {
		t.Error("neither of them is in the set")
	}
}

func TestFilesThatAreNoForms(t *testing.T) {
	fsys := archive("notes.txt", "not a form", "gbk.yaml", "id: \xb1\xa8\n", "bom.yaml", "\ufeff"+strings.Replace(small, "%id", "marked", 1), "empty.yaml", "")
	fsys[Folder+"/link.yaml"] = &fstest.MapFile{Data: []byte("/etc/passwd"), Mode: fs.ModeSymlink}
	fsys[Folder+"/folder.yaml/x"] = &fstest.MapFile{}
	set, diags := Load(fsys)
	var got []string
	for _, d := range diags {
		got = append(got, d.Place.File+" "+d.Rule)
	}
	want := []string{
		"content/forms/bom.yaml encoding",
		"content/forms/empty.yaml missing-key",
		"content/forms/empty.yaml missing-key",
		"content/forms/empty.yaml missing-key",
		"content/forms/gbk.yaml encoding",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	if _, ok := set.Form("marked"); !ok {
		t.Error("a byte order mark keeps a form from being read")
	}
}

func TestConcordance(t *testing.T) {
	set := load(t, "foreign.yaml")
	now, before := get(t, set, "cn-2021"), get(t, set, "cn-2019")
	m := now.Continues(before)
	if len(m) != len(now.Cells) {
		t.Fatalf("the concordance has %d cells", len(m))
	}
	broken := map[string]int{}
	for cell, there := range m {
		c := now.Cells[cell]
		if len(there) == 0 {
			broken[c.Row.Path]++
			continue
		}
		if b := before.Cells[there[0]]; b.Row.Path != c.Row.Path || b.Column.ID != c.Column.ID || b.Column.Type != c.Column.Type {
			t.Errorf("%s continues %s", c.ID, b.ID)
		}
	}
	want := map[string]int{
		"proactive.regulations": 3, "proactive.normative_documents": 3, "proactive.fees": 1,
		"requests.results.other.not_corrected_in_time": 7, "requests.results.other.fee_unpaid_in_time": 7, "requests.results.other.other": 7,
	}
	if len(broken) != len(want) {
		t.Errorf("series break in %v, want %v", broken, want)
	}
	for path, n := range want {
		if broken[path] != n {
			t.Errorf("%d series of %s break, want %d", broken[path], path, n)
		}
	}
	for cell, there := range now.Continues(now) {
		if !slices.Equal(there, []int{cell}) {
			t.Errorf("cell %d continues %d of its own form", cell, there)
		}
	}
	if m := now.Continues(get(t, set, "foi-return")); m != nil {
		t.Error("cn-2021 continues a form it says nothing about")
	}
}

func TestRenamedSeriesContinue(t *testing.T) {
	text := strings.Replace(small, "%id", "later", 1) + `
continues:
  foi-return:
    renamed: {part.one: caseload.received.overall, part.two.number: caseload.withheld.postal}
`
	fsys := archive("later.yaml", text)
	for name, file := range archive("foreign.yaml", readTestdata(t, "foreign.yaml")) {
		fsys[name] = file
	}
	set, diags := Load(fsys)
	if len(diags) > 0 {
		t.Fatalf("%+v", diags)
	}
	earlier := get(t, set, "foi-return")
	var got []string
	for _, cell := range get(t, set, "later").Continues(earlier) {
		got = append(got, earlier.Cells[cell[0]].ID)
	}
	if want := []string{"caseload.received.overall", "caseload.withheld.postal"}; !slices.Equal(got, want) {
		t.Errorf("continues %v, want %v", got, want)
	}
}

// TestAFormCannotGrowBeyondAllMeasure proves the limits that keep a form
// from an archive's folder from filling the memory.
func TestAFormCannotGrowBeyondAllMeasure(t *testing.T) {
	rows := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "{id: r%d, label: 行%d}, ", i, i)
		}
		return b.String()
	}
	columns := func(n int) string { return strings.ReplaceAll(rows(n), "id: r", "id: c") }
	table := func(columns, rows, rest string) string {
		return "id: big\ntitle: 大\nofficial: 某办\nsections: [{id: s, label: 部分, table: t}]\n" +
			"tables:\n  - id: t\n    columns: [" + columns + "]\n    rows: [{id: g, label: 组, rows: [" + rows + "]}]\n" + rest
	}
	relation := "relations:\n  - {id: q, table: t, each: column, label: 式, formula: 式, message: 式, equation: g.r0 = g.*" +
		strings.Repeat(" + g.*", 300) + "}\n"
	for _, c := range []struct{ name, text, want string }{
		{"terms", table(columns(1), rows(1000), relation), "written out, the form has more than 200000 terms"},
		{"cells", table(columns(200), rows(101), ""), "the form has more than 20000 cells"},
		{"figures", table(columns(1), rows(1000), "figures: ["+strings.Repeat("t.g.*.c0, ", 300)+"]\n"), "written out, the form has more than 200000 terms"},
		{"within", table(columns(1), rows(1000), ""), ""},
	} {
		set, diags := Load(archive("big.yaml", c.text))
		var got []string
		for _, d := range diags {
			got = append(got, d.Message.EN)
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: found %q, want %q", c.name, got, c.want)
		}
		if f := get(t, set, "big"); len(f.Cells) > maxCells {
			t.Errorf("%s: the form has %d cells", c.name, len(f.Cells))
		}
	}
}
