package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/importer"
	"annals/generator/importer/account"
	"annals/generator/lang"
	"annals/generator/serve"
)

// TestDesk: what was imported is listed, and is compared with what the report
// says now; nothing of it is in the site.
func TestDesk(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"content/site.yaml":                       "title: 档案\n",
		"content/agencies/qinghe/_index.md":       "---\nname: 青禾县\nkind: region\n---\n",
		"content/agencies/qinghe/water/_index.md": "---\nname: 青禾县水务局\nkind: department\n---\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public")}
	open := func() *generator.Library {
		lib, err := generator.Open(context.Background(), opt)
		if err != nil {
			t.Fatal(err)
		}
		return lib
	}
	if account.Folder != serve.DeskFolder {
		t.Error("the pages link to another folder than they are in")
	}
	e := &editing{app: &app{dir: dir, tag: lang.EN}}
	if _, ok := e.desk(""); ok {
		t.Error("there is a list before the first build")
	}
	lib := open()
	e.library.Store(lib)
	if data, ok := e.desk(""); !ok || !strings.Contains(string(data), "No report has an original yet") {
		t.Errorf("the empty list: %t %s", ok, data)
	}
	b := importer.Batch{Root: dir, Paths: []string{"../importer/testdata/reports/site.html"}, Agencies: importer.Known(lib.Agencies), Forms: lib.Forms}
	list, err := b.Run(context.Background())
	if err != nil || list[0].File == "" {
		t.Fatal(err, list)
	}
	report := filepath.Join(dir, list[0].File)
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "enforcement: 3", "enforcement: 9", 1)
	if err := os.WriteFile(report, []byte(changed), 0o644); err != nil || changed == string(text) {
		t.Fatal(err)
	}
	e.library.Store(open())

	index, ok := e.desk("")
	if want := `<a href="/_import/agencies/qinghe/water/2024/">青禾县水务局 2024</a></th><td>200/200</td><td>8</td><td>0</td><td>2</td>`; !ok || !strings.Contains(string(index), want) {
		t.Errorf("%s is not in\n%s", want, index)
	}
	page, ok := e.desk("agencies/qinghe/water/2024/")
	if !ok {
		t.Fatal("there is no page of the report")
	}
	for _, want := range []string{
		"the title says so", "the document&#39;s signature, paragraph 22", `>3 <small>now 9</small></td>`, "Left out (8)", "<td class=\"text\">上一篇：2023年度报告</td>",
		`href="#proactive.enforcement">1 changed since`, `href="/agencies/qinghe/water/2024/"`,
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("%s is not in\n%s", want, page)
		}
	}
	for _, none := range []string{"2/", "1/", "agencies/qinghe/water/2023/", "agencies/qinghe/water/2024", "agencies/../", "x"} {
		if data, ok := e.desk(none); ok {
			t.Errorf("%q is a page: %s", none, data)
		}
	}
	if css, ok := e.desk(account.StyleFile); !ok || len(css) == 0 {
		t.Error("there is no style")
	}
	if _, err := generator.Build(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(opt.Out, "_import")); err == nil {
		t.Error("the site has the pages of the desk")
	}
}
