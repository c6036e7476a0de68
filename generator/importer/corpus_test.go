package importer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
	"annals/generator/lang"
)

// agencies are the archive's, one of which is that of the documents.
var agencies = []Agency{
	{Path: "qinghe", Name: "青禾县"},
	{Path: "qinghe/government", Name: "青禾县人民政府", Short: "县政府"},
	{Path: "qinghe/water", Name: "青禾县水务局", Short: "水务局", Former: []string{"青禾县水利局"}},
	{Path: "qinghe/education", Name: "青禾县教育局"},
}

func loadForms(t testing.TB) *form.Set {
	t.Helper()
	forms, diags := form.Load(fstest.MapFS{})
	for _, d := range diags {
		t.Fatalf("%v: %s", d.Place, d.Message.EN)
	}
	return forms
}

// expected reads testdata/expected.txt: a row's path, then its values.
func expected(t testing.TB) map[string][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/expected.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		rows[fields[0]] = fields[1:]
	}
	return rows
}

func importFile(t testing.TB, forms *form.Set, file string) (*Result, []diag.Diagnostic) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return Import(Options{File: filepath.Base(file), Data: data, Agencies: agencies, Forms: forms})
}

// cells collects by cell id what the report's trace says was placed.
func placed(res *Result) map[string]string {
	m := map[string]string{}
	for _, f := range res.Account.Figures {
		if f.Found {
			m[f.Cell.ID] = f.Printed
		}
	}
	return m
}

// sheets lose the zeros at the end of a decimal.
var sheets = map[string]bool{".xlsx": true, ".csv": true}

// TestEveryLayout imports one report in every layout: no number may be in the
// wrong cell, and none may be missing unless the file has lost it.
func TestEveryLayout(t *testing.T) {
	forms := loadForms(t)
	want := expected(t)
	files, err := filepath.Glob("testdata/reports/*")
	if err != nil || len(files) < 20 {
		t.Fatalf("only %d documents: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			res, diags := importFile(t, forms, file)
			if strings.HasSuffix(file, ".odt") {
				if res != nil || len(diags) != 1 || diags[0].Rule != "import-file" {
					t.Fatalf("an ODF file was not refused: %v", diags)
				}
				return
			}
			if res == nil {
				t.Fatalf("not imported: %v", diags)
			}
			if res.Agency.Path != "qinghe/water" || res.Year != 2024 || res.Published != "2025-01-15" ||
				res.Title != "青禾县水务局2024年政府信息公开工作年度报告" || res.Form.ID != "cn-2021" {
				t.Errorf("recognised %s %d %s %q as %s", res.Agency.Path, res.Year, res.Published, res.Title, res.Form.ID)
			}
			found := placed(res)
			missing := 0
			for _, c := range res.Form.Cells {
				row := want[c.Row.Path]
				for i, column := range c.Row.Columns {
					if column != c.Column {
						continue
					}
					got, ok := found[c.ID]
					if !ok {
						missing++
					} else if got != row[i] && !(sheets[filepath.Ext(file)] && got+"0" == row[i]) {
						t.Errorf("%s is %q, want %q", c.ID, got, row[i])
					}
				}
			}
			// The plain text of the PDF has its numbers in another order than its labels.
			if lost := strings.HasSuffix(file, "pdf-plain.txt"); missing > 0 && !lost {
				t.Errorf("%d cells are missing", missing)
			} else if lost && diag.Errors(diags) == 0 {
				t.Error("cells are missing and nothing says so")
			}
			accounted(t, file, res, diags)
		})
	}
}

// accounted proves, from the draft alone, that every text of the document is
// in the report, in a diagnostic, or a label of the form.
func accounted(t *testing.T, file string, res *Result, diags []diag.Diagnostic) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, _ := draft.Read(filepath.Base(file), data)
	report := strings.ReplaceAll(string(res.Report), `\`, "")
	said := " "
	for _, x := range diags {
		said += x.Message.In(lang.ZH) + " "
		for _, r := range x.Related {
			said += r.Message.In(lang.ZH) + " "
		}
	}
	used := map[draft.Origin]bool{}
	lines := map[int]bool{}
	for _, f := range res.Account.Figures {
		used[f.At], lines[f.At.Line] = true, true
	}
	for _, p := range res.Account.Passages {
		switch p.Use {
		case bind.Label, bind.Heading, bind.Metadata:
			used[p.At], lines[p.At.Line] = true, true
		}
	}
	check := func(text string, at draft.Origin) {
		if text == "" || used[at] || strings.Contains(report, text) || strings.Contains(said, text) {
			return
		}
		for _, word := range strings.Fields(text) { // a line that was split into words
			if !lines[at.Line] && !strings.Contains(said, word) && !strings.Contains(report, word) {
				t.Errorf("%s: %q is nowhere", at.Words().ZH, word)
			}
		}
	}
	for _, b := range d.Blocks {
		if b.Paragraph != nil {
			check(b.Paragraph.Text, b.Paragraph.At)
			continue
		}
		for _, row := range b.Grid.Rows {
			for _, c := range row {
				check(c.Text, c.At)
			}
		}
	}
}
