package form

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"annals/generator/lang"
	"annals/generator/source"
)

var update = flag.Bool("update", false, "write the diagnostics of testdata/bad anew")

// TestBadForms reads forms with mistakes. Each file of testdata/bad has a
// form and, in want, its diagnostics: place, the text at the place, message.
func TestBadForms(t *testing.T) {
	names, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Files) != 2 || a.Files[0].Name != "form.yaml" || a.Files[1].Name != "want" {
				t.Fatal("the file must have form.yaml and want")
			}
			text := string(a.Files[0].Data)
			_, diags := Load(archive("form.yaml", text))
			if len(diags) == 0 {
				t.Fatal("nothing is wrong with it")
			}
			var b strings.Builder
			for _, d := range diags {
				if d.Place.File != Folder+"/form.yaml" {
					t.Fatalf("a finding in %s: %s", d.Place.File, d.Message.EN)
				}
				fmt.Fprintf(&b, "%d:%d «%s» %s [%s]\n", d.Place.Line, d.Place.Column, excerpt(text, d.Place.Span), d.Message.In(lang.EN), d.Rule)
				for _, r := range d.Related {
					fmt.Fprintf(&b, "    %d:%d «%s» %s\n", r.Place.Line, r.Place.Column, excerpt(text, r.Place.Span), r.Message.In(lang.EN))
				}
			}
			if got := b.String(); got != string(a.Files[1].Data) {
				if *update {
					a.Files[1].Data = []byte(got)
					if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
						t.Fatal(err)
					}
					return
				}
				t.Errorf("got\n%swant\n%s", got, a.Files[1].Data)
			}
		})
	}
}

// excerpt is the text at a place of one line; of a longer one, its start.
func excerpt(text string, at source.Span) string {
	line := []rune(strings.Split(text, "\n")[at.Line-1])
	if at.EndLine != at.Line {
		return string(line[at.Column-1:]) + "…"
	}
	return string(line[at.Column-1 : at.EndColumn-1])
}

// FuzzRead holds that no text whatever makes reading a form panic, and that
// what could be read of it holds together.
func FuzzRead(f *testing.F) {
	for _, folder := range []string{"forms", "testdata"} {
		names, _ := filepath.Glob(folder + "/*.yaml")
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(data))
		}
	}
	names, _ := filepath.Glob("testdata/bad/*.txtar")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(a.Files[0].Data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := read("form.yaml", text)
		set := &Set{byID: map[string]*Form{}, forms: []*Form{r.form}}
		r.link(set)
		form := r.form
		cells := 0
		for _, row := range form.Rows {
			cells += len(row.Columns)
		}
		if cells != len(form.Cells) {
			t.Fatalf("%d cells in rows, %d in the form", cells, len(form.Cells))
		}
		for _, rel := range form.Relations {
			for _, e := range rel.Equations {
				for _, term := range append(append([]Term{}, e.Left...), e.Right...) {
					_ = form.Cells[term.Cell]
				}
				if len(e.Left) == 0 || len(e.Right) == 0 || e.At < 0 || e.At >= cells || e.Derived < -1 || e.Derived >= cells {
					t.Fatalf("an equation of %s: %+v", rel.ID, e)
				}
			}
		}
	})
}
