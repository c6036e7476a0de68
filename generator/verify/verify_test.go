package verify_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals/generator/explain"
	"annals/generator/proof"
	"annals/generator/verify"
)

// Of a site as it was built nothing is reported, whatever its pages show: blanks
// and tokens, notes, hostile text, Markdown of every kind; corrected, withdrawn and
// moved reports.
func TestCleanSites(t *testing.T) {
	a := newArchive(t)
	list, res := verified(t, a.site, verify.Options{Key: a.vkey})
	if len(list) > 0 || res.Trust != proof.Signed || res.Reports == 0 || len(res.Bare)+len(res.Unreleased) > 0 {
		t.Errorf("the first release: %+v %+v", list, res)
	}
	old := a.since(t)
	a.second(t)
	list, res = verified(t, a.site, verify.Options{Key: a.vkey, Since: old})
	if len(list) > 0 || res.Withdrawn != 1 || res.Since == 0 {
		t.Errorf("the second release: %+v %+v", list, res)
	}
	if list, res = verified(t, a.site, verify.Options{Sample: 2}); len(list) > 0 || res.Trust != proof.Unknown || res.Agencies != 2 || !res.Sampled {
		t.Errorf("a sample: %+v %+v", list, res)
	}
	edit(t, a.dir, "content/agencies/anping/c/2023/index.md", "published: 2024-01-20", "published: 2024-01-21\ncorrections:\n  - {date: 2026-03-01, cell: published, was: 2024-01-20, note: x}")
	edit(t, a.dir, "content/agencies/anping/new/2024.md", "图解偏少", "图解很少")
	write(t, a.dir, "content/agencies/anping/government/education/2024.md", string(readTree(t, filepath.Join(a.dir, bureau))["2024.md"]))
	a.build(t)
	list, res = verified(t, a.site, verify.Options{Key: a.vkey})
	whats := map[verify.What]bool{}
	for _, f := range list {
		whats[f.What] = true
	}
	if !whats[verify.Announced] || !whats[verify.Rewritten] || len(whats) != 2 || !slices.Equal(res.Unreleased, []string{"agencies/anping/government/education/2024/index.html"}) {
		t.Errorf("what no release has yet: %+v %+v", list, res)
	}
}

const settings = "title: 安平县档案\nbase_url: https://www.example.gov.cn/zfxxgk/nb/\nlanguage: zh-CN\n"

// Neither do sites with other settings and layouts report anything: few files, English,
// the page of a host around each, an attachment that is not published, a redacted
// text. Of a layout without cells it is said that they were not checked.
func TestCleanSitesOfOtherKinds(t *testing.T) {
	t.Parallel()
	marks := readText(t, "content/agencies/anping/government/culture-tourism/2024.md")
	for name, c := range map[string]struct {
		files []string
		bare  bool
	}{
		"few files":     {files: []string{"content/site.yaml", settings + "files: few\n"}},
		"English":       {files: []string{"content/site.yaml", strings.Replace(settings, "zh-CN", "en", 1)}},
		"no address":    {files: []string{"content/site.yaml", "title: x\nlanguage: zh-CN\n"}},
		"in a host":     {files: []string{"content/site.yaml", settings + "header: partials/h.html\nfooter: partials/h.html\n", "partials/h.html", "<h1>某县政府</h1><p>2024-01-01</p><table><tr><td>1</td></tr></table>"}},
		"kept back":     {files: []string{"content/site.yaml", settings + "publish: {types: [pdf]}\n"}},
		"redacted":      {files: []string{"content/agencies/anping/c/2024.md", strings.NewReplacer("---\n\n", "redact: [{text: 电话13*********, reason: 个人信息}]\n---\n\n", "图解偏少", "联系人电话13912345678").Replace(marks)}},
		"own words":     {files: []string{"layouts/words.json", "published-on: {zh: 公布于, en: on}\n"}},
		"own layout":    {files: []string{"layouts/report.html", `{{define "main"}}<h1>{{.Title}}</h1><p>{{.Published}}</p>{{range .Sections}}{{if .Table}}{{table $ .Index}}{{end}}{{if .Blocks}}<div>{{prose $.Path $.Source.Body .Blocks}}</div>{{end}}{{end}}{{range .Footnotes}}<p>{{.Text}}</p>{{end}}{{end}}`}},
		"without cells": {files: []string{"layouts/report.html", `{{define "main"}}<h1>{{.Title}}</h1><p>{{.Published}}</p>{{range .Sections}}{{if .Blocks}}<div class="prose">{{prose $.Path $.Source.Body .Blocks}}</div>{{end}}{{end}}{{range .Footnotes}}<p>{{.Text}}</p>{{end}}{{end}}`}, bare: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newArchive(t, c.files...)
			list, res := verified(t, a.site, verify.Options{Key: a.vkey})
			if len(list) > 0 || res.Reports == 0 || len(res.Bare) > 0 != c.bare {
				t.Errorf("%+v %+v", list, res)
			}
			if name == "redacted" {
				for path, data := range readTree(t, a.site) {
					if strings.Contains(string(data), "13912345678") {
						t.Errorf("%s shows what is redacted", path)
					}
				}
			}
		})
	}
}

// readText is a file of the archive of explain.
func readText(t *testing.T, name string) string {
	t.Helper()
	text, ok := explain.Base()[name]
	if !ok {
		t.Fatal(name)
	}
	return text
}
