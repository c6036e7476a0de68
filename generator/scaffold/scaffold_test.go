package scaffold_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator"
	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/format"
	"annals/generator/lang"
	"annals/generator/scaffold"
)

func loadForms(t *testing.T) *form.Set {
	t.Helper()
	forms, diags := form.Load(fstest.MapFS{})
	for _, d := range diags {
		t.Fatalf("%v: %s", d.Place, d.Message.EN)
	}
	return forms
}

func check(t *testing.T, dir string) []diag.Diagnostic {
	t.Helper()
	res, err := generator.Check(context.Background(), generator.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	return res.Diagnostics
}

// A new archive has nothing to complain about, and its files are as fmt
// would write them; or its own hook would refuse the first commit.
func TestInitIsCleanAndCanonical(t *testing.T) {
	dir := t.TempDir()
	files := scaffold.Init()
	if err := scaffold.Write(dir, files); err != nil {
		t.Fatal(err)
	}
	for _, d := range check(t, dir) {
		t.Errorf("%s:%d: %s", d.Place.File, d.Place.Line, d.Message.EN)
	}
	forms := loadForms(t)
	seen := map[string]bool{}
	for _, f := range files {
		seen[f.Path] = true
		if !strings.HasPrefix(f.Path, "content/") {
			continue
		}
		out, diags := format.Source(f.Path, f.Data, forms, format.Options{})
		if string(out) != string(f.Data) || len(diags) > 0 {
			t.Errorf("%s is not canonical: %v\n%s", f.Path, diags, out)
		}
	}
	for _, name := range []string{".gitattributes", ".gitignore", ".github/workflows/annals.yml", ".gitlab-ci.yml", ".gitea/workflows/annals.yml", "hooks/pre-commit", "content/site.yaml"} {
		if !seen[name] {
			t.Errorf("%s is missing", name)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "hooks/pre-commit")); err != nil || info.Mode()&0o111 == 0 {
		t.Errorf("the hook cannot be run: %v", err)
	}
	if err := scaffold.Write(dir, files); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second init overwrites: %v", err)
	}
}

// The recipes give a pull request no secret: what names one runs on a push to
// the protected branch only. Other people's actions and images are those of one
// commit, whatever becomes of their tags.
func TestRecipesKeepSecretsFromPullRequests(t *testing.T) {
	pinned := regexp.MustCompile(`^(uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|image: [\w./:-]+@sha256:[0-9a-f]{64})$`)
	for _, f := range scaffold.Init() {
		if !strings.HasSuffix(f.Path, ".yml") {
			continue
		}
		text := string(f.Data)
		if strings.Contains(text, "pull_request_target") {
			t.Errorf("%s runs foreign code with secrets", f.Path)
		}
		if strings.Contains(text, "pull_request:") && strings.Count(text, "persist-credentials: false") != strings.Count(text, "actions/checkout@") {
			t.Errorf("%s leaves a token where what a pull request runs could read it", f.Path)
		}
		for job := range strings.SplitSeq(text, "\n  publish:") {
			if strings.Contains(job, "secrets.") && !strings.HasPrefix(strings.TrimSpace(job), "if: github.event_name == 'push'") {
				t.Errorf("%s: a job with secrets is not limited to pushes", f.Path)
			}
		}
		foreign := 0
		for line := range strings.Lines(text) {
			line = strings.TrimPrefix(strings.TrimSpace(line), "- ")
			if !strings.HasPrefix(line, "uses:") && !strings.HasPrefix(line, "image:") {
				continue
			}
			foreign++
			if !pinned.MatchString(line) {
				t.Errorf("%s: another's code may change: %s", f.Path, line)
			}
		}
		if foreign == 0 {
			t.Errorf("%s uses nobody's code", f.Path)
		}
	}
}

func TestNewReportHasEveryRowAndLastYearsCarryOut(t *testing.T) {
	forms := loadForms(t)
	dir := t.TempDir()
	if err := scaffold.Write(dir, scaffold.Init()); err != nil {
		t.Fatal(err)
	}
	f21, _ := forms.Form("cn-2021")
	previous := &archive.Report{Form: f21, Year: 2024, Facts: make([]archive.Fact, len(f21.Cells))}
	for i := range previous.Facts {
		previous.Facts[i] = archive.Fact{Status: archive.Number, Value: 7, Text: "7"}
		if columns := f21.Cells[i].Row.Columns; f21.Cells[i].Column == columns[len(columns)-1] {
			previous.Facts[i] = archive.Fact{Status: archive.Number, Value: 42, Text: "42"}
		}
	}
	file, filled, diags := scaffold.NewReport(scaffold.Report{Agency: "example/office", Year: 2025, Forms: forms, Previous: previous})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if err := scaffold.Write(dir, []scaffold.File{file}); err != nil {
		t.Fatal(err)
	}
	text := string(file.Data)
	for _, r := range f21.Rows {
		if !strings.Contains(text, "# "+r.Label.ZH) {
			t.Errorf("the row %s does not say its label", r.Path)
		}
	}
	if row, _ := f21.Row("requests.carried_in"); filled != len(row.Columns) || !strings.Contains(text, "carried_in: [7, 7, 7, 7, 7, 7, 42]") {
		t.Errorf("%d cells were carried over\n%s", filled, text)
	}
	blank := 0
	for _, d := range check(t, dir) {
		switch {
		case d.Rule == "blank-cell":
			blank++
		case d.Rule == "carry-over": // last year's sample carried out other numbers
		default:
			t.Errorf("%s:%d:%d %s: %s", d.Place.File, d.Place.Line, d.Place.Column, d.Rule, d.Message.In(lang.EN))
		}
	}
	if blank == 0 {
		t.Error("empty cells are not reported")
	}
	again, _ := format.Source(file.Path, file.Data, forms, format.Options{})
	if string(again) != text {
		t.Error("a new report is not canonical")
	}
}

func TestNewReportOfEveryForm(t *testing.T) {
	forms := loadForms(t)
	for _, year := range []int{2016, 2019, 2020, 2021, 2026} {
		file, _, diags := scaffold.NewReport(scaffold.Report{Agency: "a", Year: year, Forms: forms})
		f, _ := forms.ForYear(year)
		if len(diags) > 0 || !strings.HasPrefix(string(file.Data), "---\nform: "+f.ID+"\n") {
			t.Errorf("%d: %v\n%s", year, diags, file.Data)
		}
		for _, s := range f.Sections {
			if heading := "\n## " + s.Label.ZH + "\n"; s.Table == nil && !strings.Contains(string(file.Data), heading) {
				t.Errorf("%d: no heading %q", year, heading)
			}
		}
	}
}

func TestNewAgency(t *testing.T) {
	for _, c := range []struct {
		a    scaffold.Agency
		want string // the file, or the rule
	}{
		{scaffold.Agency{Path: "a/b-1", Name: "甲局", Kind: archive.Department}, "---\nname: 甲局\nkind: department\n---\n"},
		{scaffold.Agency{Path: "a", Name: "A: b", Kind: archive.Region, Short: "甲"}, "---\nname: \"A: b\"\nkind: region\nshort: 甲\n---\n"},
		{scaffold.Agency{Path: "A", Name: "甲局", Kind: archive.Department}, "new"},
		{scaffold.Agency{Path: "a/../b", Name: "甲局", Kind: archive.Department}, "new"},
		{scaffold.Agency{Path: "a/2024", Name: "甲局", Kind: archive.Department}, "new"},
		{scaffold.Agency{Path: "a", Name: " ", Kind: archive.Department}, "new"},
		{scaffold.Agency{Path: "a", Name: "甲局", Kind: "bureau"}, "new"},
	} {
		f, diags := scaffold.NewAgency(c.a)
		got := string(f.Data)
		if len(diags) > 0 {
			got = diags[0].Rule
		}
		if got != c.want {
			t.Errorf("%+v: got %q, want %q", c.a, got, c.want)
		}
	}
}
