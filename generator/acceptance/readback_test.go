package acceptance

import (
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator"
	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer"
	"annals/generator/lang"
)

// TestPagesAreReadBack imports the pages of the archive's own reports: every cell
// comes back, blank ones and those with a note too, and every paragraph, and nothing
// that the site adds is in the text but the list of notes.
func TestPagesAreReadBack(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	if res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: filepath.Join(dir, "public")}); err != nil || !res.Published {
		t.Fatal(err)
	}
	forms, _ := form.Load(fstest.MapFS{})
	bare := strings.NewReplacer(`\`, "", "**", "", "`", "", " ", "")
	for _, want := range published {
		t.Run(want.report, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join(dir, "public/agencies", want.report, "index.html"))
			if err != nil {
				t.Fatal(err)
			}
			year, _ := strconv.Atoi(path.Base(want.report))
			agency := path.Dir(want.report)
			res, found := importer.Import(importer.Options{File: "index.html", Data: page, Agency: agency, Year: year, Forms: forms,
				Agencies: []importer.Agency{{Path: agency}}})
			if res == nil || diag.Errors(found) > 0 {
				t.Fatalf("%d errors: %v", diag.Errors(found), found)
			}
			const name = "content/agencies/a/2024.md"
			doc, _ := content.ReadDocument(fstest.MapFS{name: {Data: res.Report}}, name)
			r, _ := archive.ReadReport(&archive.Agency{Path: agency}, year, doc, nil, forms, lang.ZH)
			if r == nil || r.Form.ID != want.form {
				t.Fatalf("it is read back on another form than %s", want.form)
			}
			if got := seal(r); got != want.seal {
				t.Errorf("the figures are others: their seal is %s, want %s", got, want.seal)
			}
			source, err := os.ReadFile(filepath.Join(dir, "content/agencies", want.report+".md"))
			if err != nil {
				t.Fatal(err)
			}
			_, text, _ := strings.Cut(string(source[4:]), "\n---\n")
			_, back, _ := strings.Cut(string(res.Report[4:]), "\n---\n")
			for line := range strings.Lines(text) {
				if line = strings.TrimSpace(bare.Replace(line)); line != "" && !strings.Contains(bare.Replace(back), line) {
					t.Errorf("%s is not in the text that is read back", line)
				}
			}
			if lines, more := strings.Count(text, "\n\n"), strings.Count(back, "\n\n"); more > lines+1+2*strings.Count(string(source), "\n    note:") {
				t.Errorf("the text has %d paragraphs, and %d when it is read back:\n%s", lines, more, back)
			}
		})
	}
}
