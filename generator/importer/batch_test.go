package importer_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer"
)

var known = []importer.Agency{
	{Path: "qinghe/water", Name: "青禾县水务局"},
	{Path: "qinghe/education", Name: "青禾县教育局"},
}

// newArchive makes an archive without reports.
func newArchive(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"content/site.yaml":                           "title: 档案\n",
		"content/agencies/qinghe/_index.md":           "---\nname: 青禾县\nkind: region\n---\n",
		"content/agencies/qinghe/water/_index.md":     "---\nname: 青禾县水务局\nkind: department\n---\n",
		"content/agencies/qinghe/education/_index.md": "---\nname: 青禾县教育局\nkind: department\n---\n",
	} {
		put(t, filepath.Join(dir, name), []byte(text))
	}
	return dir
}

func put(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func run(t *testing.T, b importer.Batch) []importer.Outcome {
	t.Helper()
	forms, _ := form.Load(fstest.MapFS{})
	b.Forms, b.Agencies = forms, known
	list, err := b.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func rules(list []diag.Diagnostic) string {
	var names []string
	for _, d := range list {
		names = append(names, d.Rule)
	}
	return strings.Join(names, " ")
}

// Imported reports pass the check without a diagnostic.
func TestImportedReportIsClean(t *testing.T) {
	for _, doc := range []string{"lo.docx", "pandoc.docx", "lo.xlsx", "official.html", "tabs-gbk.txt", "pdf-layout.txt"} {
		t.Run(doc, func(t *testing.T) {
			dir := newArchive(t)
			list := run(t, importer.Batch{Root: dir, Paths: []string{"testdata/reports/" + doc}})
			if len(list) != 1 || list[0].File == "" {
				t.Fatalf("nothing was written: %+v", list)
			}
			res, err := generator.Check(context.Background(), generator.Options{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			faults, _ := diag.Faults(res.Diagnostics)
			for _, d := range faults {
				t.Errorf("%s:%d:%d: %s: %s", d.Place.File, d.Place.Line, d.Place.Column, d.Rule, d.Message.EN)
			}
			original := read(t, filepath.Join(dir, "content/agencies/qinghe/water/2024/original"+filepath.Ext(doc)))
			if !bytes.Equal(original, read(t, "testdata/reports/"+doc)) {
				t.Error("the original was changed")
			}
		})
	}
}

// TestOriginalOfItsKind: the original is named for what it is, not for what it
// was called, and the one of an earlier import gives way to it.
func TestOriginalOfItsKind(t *testing.T) {
	dir := newArchive(t)
	in := t.TempDir()
	folder := filepath.Join(dir, "content/agencies/qinghe/water/2024")
	page := filepath.Join(in, "水务局2024.xls")
	put(t, page, read(t, "testdata/reports/official.html"))
	list := run(t, importer.Batch{Root: dir, Paths: []string{page}, Publish: []string{"docx"}})
	if list[0].File == "" || !strings.Contains(rules(list[0].Diags), "attachment-kept") {
		t.Fatalf("%q %s", list[0].File, rules(list[0].Diags))
	}
	if !bytes.Equal(read(t, filepath.Join(folder, "original.html")), read(t, page)) {
		t.Error("the page is not kept as original.html")
	}
	if text := string(read(t, filepath.Join(folder, "index.md"))); !strings.Contains(text, "file: original.html\n  sha256: ") {
		t.Errorf("source does not name it:\n%s", text)
	}
	list = run(t, importer.Batch{Root: dir, Paths: []string{"testdata/reports/lo.docx"}, Publish: []string{"docx"}, Force: true})
	if strings.Contains(rules(list[0].Diags), "attachment-kept") {
		t.Error("a published original is said to be kept only")
	}
	names, err := filepath.Glob(filepath.Join(folder, "original.*"))
	if err != nil || len(names) != 2 || filepath.Base(names[0]) != "original.docx" || filepath.Base(names[1]) != "original.html.bak" {
		t.Errorf("beside the report: %v %v", names, err)
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	dir := newArchive(t)
	flat := filepath.Join(dir, "content/agencies/qinghe/water/2024.md")
	put(t, flat, []byte("mine"))
	doc := []string{"testdata/reports/lo.docx"}

	list := run(t, importer.Batch{Root: dir, Paths: doc})
	if list[0].File != "" || !strings.Contains(rules(list[0].Diags), "import-file") || string(read(t, flat)) != "mine" {
		t.Fatalf("an existing report was touched: %s", rules(list[0].Diags))
	}
	list = run(t, importer.Batch{Root: dir, Paths: doc, Force: true})
	if list[0].File != "content/agencies/qinghe/water/2024/index.md" || string(read(t, flat+".bak")) != "mine" {
		t.Fatalf("--force: %q", list[0].File)
	}
	if _, err := os.Stat(flat); err == nil {
		t.Error("the report is there twice")
	}
	// A second run finds the same files and writes nothing, no backup either.
	list = run(t, importer.Batch{Root: dir, Paths: doc})
	if list[0].File == "" {
		t.Errorf("the same report is in its own way: %s", rules(list[0].Diags))
	}
	// A changed report is backed up under a name of its own.
	index := filepath.Join(dir, list[0].File)
	for _, text := range []string{"edited", "again"} {
		put(t, index, []byte(text))
		run(t, importer.Batch{Root: dir, Paths: doc, Force: true})
	}
	if string(read(t, index+".bak")) != "edited" || string(read(t, index+".2.bak")) != "again" {
		t.Error("a backup was overwritten")
	}
}

func TestFolder(t *testing.T) {
	dir, in := newArchive(t), t.TempDir()
	doc := read(t, "testdata/reports/lo.docx")
	text := string(read(t, "testdata/reports/tabs.txt"))
	put(t, filepath.Join(in, "a/水务局.docx"), doc)
	put(t, filepath.Join(in, "a/~$水务局.docx"), []byte("lock"))
	put(t, filepath.Join(in, ".git/x.txt"), []byte(text))
	put(t, filepath.Join(in, "b/教育.txt"), []byte(strings.ReplaceAll(text, "青禾县水务局", "青禾县教育局")))
	put(t, filepath.Join(in, "b/教育2023.txt"), []byte(strings.NewReplacer("青禾县水务局", "青禾县教育局", "2024年", "2023年", "2025年", "2024年").Replace(text)))
	put(t, filepath.Join(in, "c/同一份.txt"), []byte(text))
	put(t, filepath.Join(in, "c/外县.txt"), []byte(strings.ReplaceAll(text, "青禾县", "白杨县")))
	put(t, filepath.Join(in, "c/空.txt"), nil)
	// This document comes before the report, and has the same title.
	put(t, filepath.Join(in, "a/转发函.txt"), []byte("青禾县水务局2024年政府信息公开工作年度报告\n\n现将我局2024年政府信息公开工作年度报告予以公布。\n\n青禾县水务局\n2025年1月15日\n"))
	put(t, filepath.Join(in, "c/忽略.jpg"), []byte("x"))
	if err := os.Symlink("/etc/passwd", filepath.Join(in, "c/link.txt")); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, o := range run(t, importer.Batch{Root: dir, Paths: []string{in}}) {
		got[o.Document] = o.File
		if o.File == "" {
			got[o.Document] = rules(o.Diags)
		}
	}
	want := map[string]string{
		"a/水务局.docx":   "content/agencies/qinghe/water/2024/index.md",
		"b/教育.txt":     "content/agencies/qinghe/education/2024/index.md",
		"b/教育2023.txt": "content/agencies/qinghe/education/2023/index.md",
		"c/同一份.txt":    "import-unknown",
		"c/外县.txt":     "import-unknown",
		"c/空.txt":      "import-file",
		"c/忽略.jpg":     "import-file",
		"c/link.txt":   "import-file",
		"a/转发函.txt":    "import-unplaced",
	}
	for name, file := range want {
		if got[name] != file {
			t.Errorf("%s: %q, want %q", name, got[name], file)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%v", got)
	}
}

func TestWhatTheCommandSaysWins(t *testing.T) {
	dir := newArchive(t)
	list := run(t, importer.Batch{Root: dir, Paths: []string{"testdata/reports/tabs.txt"}, Agency: "qinghe/education", Year: 2023})
	if list[0].File != "content/agencies/qinghe/education/2023/index.md" {
		t.Fatalf("written to %q", list[0].File)
	}
	said := 0
	for _, d := range list[0].Diags {
		if d.Rule == "import-contradiction" {
			said++
		}
	}
	if said != 2 {
		t.Errorf("agency and year differ, %d contradictions were reported", said)
	}
	list = run(t, importer.Batch{Root: dir, Paths: []string{"testdata/reports/tabs.txt"}, Agency: "nobody"})
	if list[0].File != "" || rules(list[0].Diags) != "import-unknown" {
		t.Errorf("an unknown agency: %q %s", list[0].File, rules(list[0].Diags))
	}
}

// TestRoundTrip imports pages and data that the archive itself publishes: the
// cells are the same again.
func TestRoundTrip(t *testing.T) {
	dir := newArchive(t)
	run(t, importer.Batch{Root: dir, Paths: []string{"testdata/reports/lo.docx"}})
	out := filepath.Join(dir, "public")
	res, err := generator.Build(context.Background(), generator.Options{Dir: dir, Out: out})
	if err != nil || diag.Errors(res.Diagnostics) > 0 {
		t.Fatal(err, res)
	}
	want := cells(t, filepath.Join(dir, "content/agencies/qinghe/water/2024/index.md"))
	for _, name := range []string{"tables.csv", "index.html"} {
		again := newArchive(t)
		list := run(t, importer.Batch{Root: again, Paths: []string{filepath.Join(out, "agencies/qinghe/water/2024", name)}, Agency: "qinghe/water", Year: 2024})
		for _, d := range list[0].Diags {
			// The page shows some figures a second time, beside its charts.
			if d.Severity == diag.Error && name == "tables.csv" {
				t.Errorf("%s: %s: %s", name, d.Rule, d.Message.ZH)
			}
		}
		if list[0].File == "" {
			t.Errorf("%s: nothing was written", name)
			continue
		}
		if got := cells(t, filepath.Join(again, list[0].File)); got != want {
			t.Errorf("%s: other cells\n%s\nwant\n%s", name, got, want)
		}
	}
}

// cells is the part of a report's front matter that holds its tables.
func cells(t *testing.T, file string) string {
	t.Helper()
	text := string(read(t, file))
	_, text, ok := strings.Cut(text, "\nproactive:")
	tables, _, ok2 := strings.Cut(text, "\n---\n")
	if !ok || !ok2 {
		t.Fatalf("%s has no tables", file)
	}
	return tables
}
