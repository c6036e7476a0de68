package render

import (
	"bytes"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/release"
	"annals/generator/site"
	"annals/generator/sitemap"
	"annals/generator/testdata/sitetest"
)

// versions are those of a report that changed in every way.
var versions = []release.Version{
	{Release: 1, Date: "2026-01-31"},
	{Release: 2, Date: "2026-02-28", Changes: []release.Change{
		{Correction: release.Correction{Date: "2026-02-01", Cell: "requests.new.total", Was: "1", By: "agency", URL: "https://example.org/"}, Is: "2"},
		{Correction: release.Correction{Date: "2026-02-01", Cell: "published", Was: "2026-01-01", By: "archive", Note: "<第2页>"}, Is: "2026-01-02"},
		{Text: true},
	}},
}

// pages are all pages of an archive.
func pages(t testing.TB, r *Renderer, x *sitetest.Loaded) (list []site.Document) {
	t.Helper()
	for _, a := range x.Agencies {
		for i, report := range a.Reports {
			page := r.Plan.Report(a.Reports, i, a.Findings[report.Year])
			if i%2 == 0 {
				r.Plan.AddVersions(page, versions, i%4 == 0)
			}
			list = append(list, page)
		}
		if len(a.Agency.Children) == 0 {
			list = append(list, r.Plan.Agency(a))
		}
	}
	first := x.Agencies[0]
	x.Archive.Releases = []release.Release{{Number: 1, Date: "2026-01-31"}}
	x.Archive.Proven, x.Archive.Key = true, "example.org+00000000+AA'=="
	x.Archive.Changed = []site.Changed{{Agency: first.Agency, Year: 2020, Form: x.Archive.Forms[len(x.Archive.Forms)-1], Versions: versions}}
	list = append(list, r.Plan.Moved(first.Agency, site.Moved{From: "old", Year: 2020}),
		r.Plan.Withdrawn(first.Agency, archive.Withdrawn{Year: 2020, Withdrawal: archive.Withdrawal{Reason: "<b>"}}))
	if err := r.Plan.Walk(x.Archive, diag.Rules(), x.Free, func(b site.Batch) error {
		list = append(list, b.Pages...)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Plan.Data([]site.DataFile{{Href: "agencies.csv", Title: "机关", Rows: 8}}, []site.Link{{Href: "forms/f.json", Text: "f"}}) {
		list = append(list, p)
	}
	return list
}

// slow returns the page that html/template makes of a layout, and of the layouts of
// its lists, cells and figures.
func slow(t testing.TB, r *Renderer, page site.Document) string {
	t.Helper()
	var b bytes.Buffer
	p := page.Common()
	if err := r.kinds[p.Kind].Execute(&b, page); err != nil {
		t.Fatalf("%s: %v", p.Path, err)
	}
	return string(r.marks.appendRooted(nil, b.Bytes(), p.Root))
}

// inFull returns a copy of a Renderer that uses no programs.
func inFull(t testing.TB, x *sitetest.Loaded, change func(*Options)) *Renderer {
	r := newRenderer(t, x, change)
	r.escapers = nil
	return r
}

func page(t testing.TB, r *Renderer, data site.Document) (text string) {
	t.Helper()
	if err := r.Page(data, func(_ string, b []byte) error {
		text = string(b)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return text
}

func archives(t testing.TB) map[string]*sitetest.Loaded {
	forms, _ := form.Load(fstest.MapFS{})
	return map[string]*sitetest.Loaded{"rich": rich(t), "own": own(t), "plain": sitetest.Load(t, sitetest.Plain(forms))}
}

// A page made by its program equals the page that html/template makes, and all
// actions of the built-in layouts can be translated into programs.
func TestProgramsMakeTheSamePages(t *testing.T) {
	kinds := map[site.Kind]bool{}
	for name, x := range archives(t) {
		r, full := newRenderer(t, x, nil), inFull(t, x, nil)
		for _, p := range pages(t, r, x) {
			kinds[p.Common().Kind] = true
			if diff := cmp.Diff(slow(t, full, p), page(t, r, p)); diff != "" {
				t.Fatalf("%s, %s (-html/template +program):\n%s", name, p.Common().Path, diff)
			}
		}
		for _, f := range r.InFull() {
			t.Errorf("%s:%d: %s is not known to programs", f.Layout, f.Line, f.Action)
		}
		programs := 0
		r.programs.Range(func(_, p any) bool {
			if p.(*program) != nil {
				programs++
			}
			return true
		})
		if programs < 15 {
			t.Errorf("%s: only %d programs", name, programs)
		}
		if len(full.InFull()) == 0 {
			t.Error("the pages were compared with themselves")
		}
	}
	for _, k := range sitemap.Pages {
		if !kinds[k.Kind] {
			t.Errorf("no page of kind %s was compared", k.Kind)
		}
	}
}

// One renderer makes the same pages in several goroutines.
func TestProgramsAreShared(t *testing.T) {
	x := rich(t)
	r := newRenderer(t, x, nil)
	list := pages(t, r, x)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, p := range list {
				if err := r.Page(p, func(string, []byte) error { return nil }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// Each of these layouts replaces the main part of a report, and must give the same
// page as with html/template.
func TestWhatProgramsKnow(t *testing.T) {
	for _, test := range []struct {
		layout  string
		refused string // the action that cannot be translated
	}{
		{layout: `{{.Title}}|{{$.Year}}|{{.Agency.Text}}|{{.Page.Title}}|{{.Site.Owner}}|{{.Source.Title}}|{{.Source.Form.ID}}`},
		{layout: `{{with .Previous}}{{.Text}}{{else}}none{{end}}{{with $n := .Next}}{{$n.Href}}{{.Href}}{{end}}`},
		{layout: `{{if eq .Title "x" .Citation}}a{{else if ne .Year 2021}}b{{else}}c{{end}}{{if and .Previous .Year (not .Next)}}d{{end}}`},
		{layout: `{{range $i, $s := .Sections}}{{if gt $i 2}}{{$i}}{{$s.ID}}{{.Heading}}{{end}}{{else}}none{{end}}{{range .Attachments}}{{.Name}}{{else}}none{{end}}`},
		{layout: `{{$x := .Title}}{{range .Charts}}{{$x = .Title}}{{end}}{{$x}}{{len .Charts}}{{len .Title}}{{printf "%q %d" .Title .Year}}{{.Title | printf "%s"}}`},
		{layout: `{{define "a"}}{{.Text}}{{$.Href}}{{end}}{{template "a" .Agency}}{{template "a" .YearPage}}{{block "c" .Crumbs}}{{range .}}{{.Text}}{{end}}{{end}}`},
		{layout: `<a href="{{.Canonical}}">{{.Title}}</a><a href="{{.Mistake}}" title="{{.Title}}">x</a><a href="?q={{.Title}}#{{.Title}}">x</a><a href=/{{.Title}}>x</a>`},
		{layout: `<textarea title='{{.Title}}'>{{.Title}}</textarea><input value={{.Title}}><img src="{{.JSON}}" alt="{{header}}">`},
		{layout: `{{(index .Sections 0).ID}}{{(index .Crumbs 1).Text}}{{index .Crumbs 0}}{{.Agency}}{{.Previous}}{{.Last}}{{.Compare}}{{.Site.FewFiles}}`},
		{layout: `{{or .OriginSum .Title}}{{and .Title .Year}}{{with or .Previous .Next}}{{.Text}}{{end}}{{le .Year 2022}}{{.Kind}}{{word .Kind}}{{word .Filing}}`},
		{layout: `{{range .Sections}}{{if .Table}}{{table $ .Index}}{{end}}{{if .Blocks}}{{prose $.Path $.Source.Body .Blocks}}{{end}}{{end}}{{with header}}{{.}}{{end}}`},
		{layout: `{{range .Charts}}<p class="{{if .Note}}n{{else}}{{.ID}}{{end}}">{{chart .}}{{range .Bars}}{{.Label}}{{.N}}{{.Known}}{{.Share}}{{end}}</p>{{end}}`},
		{layout: `{{$n := names}}{{range .Crumbs}}{{if $n.First .Text}}{{.Text}}{{end}}{{end}}{{if false}}x{{end}}{{"{{"}}{{1}}{{true}}`},
		{layout: `{{.Root}}|{{with .Root}}{{.}}{{end}}|<a href="{{with .Root}}{{.}}{{end}}index.html">x</a>{{asset "icon.svg"}}`},
		{layout: `{{range .Sections}}{{if .Own}}{{break}}{{end}}{{.ID}}{{end}}`, refused: "{{break}}"},
		{layout: `{{slice .Title 0 3}}`, refused: "slice .Title 0 3"},
		{layout: `{{.Title | html}}`, refused: "{{.Title | html}}"},
		{layout: `{{define "a"}}{{.}}{{end}}<p title="{{template "a" .Title}}">x</p>`, refused: `{{template "a`},
		{layout: `<p {{.Filing}}="x">x</p>`, refused: "{{.Filing}}"},
		{layout: `{{range 3}}x{{end}}`, refused: "3"},
	} {
		text := test.layout
		defined := ""
		if strings.HasPrefix(text, "{{define") {
			defined, text, _ = strings.Cut(text, "{{end}}")
			defined += "{{end}}"
		}
		x := rich(t)
		change := overrides(map[string]string{"report.html": "\n\n" + defined + `{{define "main"}}` + text + `{{end}}`})
		r, full := newRenderer(t, x, change), inFull(t, x, change)
		for _, p := range pages(t, r, x) {
			if p.Common().Kind == sitemap.Report {
				if diff := cmp.Diff(slow(t, full, p), page(t, r, p)); diff != "" {
					t.Errorf("%s (-html/template +program):\n%s", text, diff)
				}
			}
		}
		list := r.InFull()
		if test.refused == "" && len(list) > 0 {
			t.Errorf("%s: refused %v", test.layout, list)
		}
		if test.refused != "" && (len(list) != 1 || list[0].Layout != "report.html" || !strings.HasPrefix(list[0].Action, test.refused)) {
			t.Errorf("%s: refused %v", test.layout, list)
		}
	}
}

// Both layouts of a table show each of its values in its cell.
func TestValuesInEitherLayout(t *testing.T) {
	const both = `<p>{{range .Bodies}}{{range .Rows}}{{range .Cells}}<i>{{.Value}}</i>{{end}}{{end}}{{end}}{{range .Compare}}<b>{{.This}}</b><b>{{.Last}}</b><b>{{.Change}}</b>{{end}}</p><a href="{{.Root}}index.html">x</a>`
	x := rich(t)
	r := newRenderer(t, x, overrides(map[string]string{"table.html": both, "compare.html": both}))
	usual := newRenderer(t, x, nil)
	values := func(page, table string) (list []string) {
		for _, m := range regexp.MustCompile(table).FindAllStringSubmatch(page, -1) {
			list = append(list, m[1])
		}
		return list
	}
	compared := 0
	for _, a := range x.Agencies {
		for i := range a.Reports {
			p := r.Plan.Report(a.Reports, i, nil)
			got, want := page(t, r, p), page(t, usual, p)
			if strings.Contains(got, "mark") || !strings.Contains(got, `<a href="../../../../index.html">x</a>`) && a.Agency.Path == "x/gov" {
				t.Errorf("%s: a mark is left", p.Path)
			}
			cells := values(want, `<td id="[^"]*" headers="[^"]*"(?: colspan="\d+")?>(.*?)</td>`)
			lines := values(want, `</th><td>(.*?)</td>`)
			tables := strings.Count(got, "<p><i>")
			if p.Last == nil {
				if diff := cmp.Diff(cells, values(got, `<i>(.*?)</i>`)); diff != "" {
					t.Errorf("%s: %s", p.Path, diff)
				}
			} else if n := len(values(got, `<i>(.*?)</i>`)); n != 2*len(cells) || tables == 0 {
				t.Errorf("%s: %d cells in %d tables, and not twice %d", p.Path, n, tables, len(cells))
			} else if compared += len(lines); len(lines) > 0 && !strings.Contains(got, "<b>"+lines[0]+"</b>") {
				t.Errorf("%s: %s is not there", p.Path, lines[0])
			}
		}
	}
	if compared == 0 {
		t.Error("no years were compared")
	}
}

func overrides(files map[string]string) func(*Options) {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return func(o *Options) {
		o.Overrides = fsys
		o.Header = []byte(`<b>h</b>`)
	}
}

// If a layout fails, the error is that of html/template. A field of a nil value is
// such a failure.
func TestProgramsThatFail(t *testing.T) {
	x := rich(t)
	for _, main := range []string{`{{.Previous.Text}}`, `{{index .Crumbs 99}}`, `{{say "was" "nothing" 1}}`, `{{table $ 99}}`, `{{define "m"}}{{template "m" .}}{{end}}{{template "m" .}}`} {
		defined := ""
		if strings.HasPrefix(main, "{{define") {
			i := strings.Index(main, "{{end}}") + len("{{end}}")
			defined, main = main[:i], main[i:]
		}
		r := newRenderer(t, x, overrides(map[string]string{"report.html": defined + `{{define "main"}}` + main + `{{end}}`}))
		failed := false
		for _, a := range x.Agencies {
			if len(a.Reports) == 0 {
				continue
			}
			err := r.Page(r.Plan.Report(a.Reports, 0, nil), func(string, []byte) error { return nil })
			var fault *Fault
			if errors.As(err, &fault) {
				at := fault.Diagnostic.Place
				failed = failed || at.File == "layouts/report.html" && at.Line == 1 && at.Column > 1
			}
		}
		if !failed {
			t.Errorf("%s does not fail at its line", main)
		}
	}
}

// pageTypes are the data of the kinds of pages.
func pageTypes(t testing.TB) map[site.Kind]reflect.Type {
	t.Helper()
	types := map[site.Kind]reflect.Type{}
	x := rich(t)
	for _, p := range pages(t, newRenderer(t, x, nil), x) {
		types[p.Common().Kind] = reflect.TypeOf(p)
	}
	for _, p := range sitemap.Pages {
		if types[p.Kind] == nil {
			t.Errorf("the archive of the tests has no page of kind %s", p.Kind)
		}
	}
	return types
}
