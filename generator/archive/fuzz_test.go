package archive

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/testdata/costtest"
)

// FuzzReadReport: whatever a report is, what is said of it has a place in its
// file; its facts are those of its form, and one that is no number has none.
func FuzzReadReport(f *testing.F) {
	for _, seed := range []string{
		"---\nform: cn-2021\npublished: 2025-01-10\nproactive:\n  permits: 900\n  fees: 1.5\nrequests:\n  new: [1, \"/\", \"\", 0, 0, 0, 1]\n---\n\n## 总体情况\n\nx\n",
		"---\nform: no\naccept: [{rule: stock, reason: x}]\nsource: {file: a.pdf, sha256: x, url: \"javascript:x\"}\nnotes: {a: b}\n---\n",
		"---\npublished: 2024-13-01\ndraft: yes\nrequests: 5\nproactive: [1,000, ２, +3, -0, 1e3]\n---\n[^1]: x\n",
	} {
		f.Add([]byte(seed))
	}
	set, _ := form.Load(fstest.MapFS{})
	const file = "content/agencies/a/2024.md"
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := fstest.MapFS{file: {Data: data}}
		var doc *content.Document
		var r *Report
		var found []diag.Diagnostic
		costtest.Within(t, len(data), 8<<20, 1024, func() {
			if doc, found = content.ReadDocument(fsys, file); doc != nil {
				var more []diag.Diagnostic
				r, more = ReadReport(&Agency{Path: "a", Name: "甲"}, 2024, doc, nil, set, lang.ZH)
				found = append(found, more...)
			}
		})
		if doc != nil {
			if r != nil && len(r.Facts) != len(r.Form.Cells) {
				t.Fatalf("%d facts of %d cells", len(r.Facts), len(r.Form.Cells))
			}
			if r != nil {
				for i, fact := range r.Facts {
					if !fact.Known() && fact.Value != 0 && fact.Status != Invalid {
						t.Fatalf("cell %d is no number, and is %d", i, fact.Value)
					}
				}
			}
		}
		lines := strings.Split(string(data), "\n")
		for _, d := range found {
			if p := d.Place; p.File != file || p.Line < 1 || int(p.Line) > len(lines) || p.Column < 1 || int(p.Column) > utf8.RuneCountInString(lines[p.Line-1])+1 {
				t.Fatalf("%s is said of %v, which %q does not have", d.Rule, d.Place, data)
			}
		}
	})
}
