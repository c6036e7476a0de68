package render

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"annals/generator/site"
	"annals/generator/sitemap"
)

// Fields that no page's data has, and arguments that a function does not take, are
// reported at their places before a page is made.
func TestMistakesInLayouts(t *testing.T) {
	const main = `{{define "main"}}`
	x := rich(t)
	for _, test := range []struct {
		file, layout string
		want         []string
	}{
		{"free.html", "\n标题：{{.Titel}}", []string{"2:7 there is no Titel in FreePage; did you mean Title?"}},
		{"report.html", `{{.Site.Ownr}}{{.Source.Form.Idd}}{{$.Agency.Txt}}{{$x := .Agency}}{{$x.Hreff}}{{(index .Crumbs 0).Hef}}`, []string{
			"1:9 there is no Ownr in Facts; did you mean Owner?", "1:30 there is no Idd in form.Form; did you mean ID?",
			"1:46 there is no Txt in Link; did you mean Text?", "1:73 there is no Hreff in Link; did you mean Href?", "1:100 there is no Hef in Link; did you mean Href?"}},
		{"report.html", `{{range .Sections}}{{.Headin}}{{end}}{{with .Previous}}{{.Zzzzz}}{{end}}{{.Title.Length}}`, []string{
			"1:23 there is no Headin in Section; did you mean Heading?", "1:59 there is no Zzzzz in Link; docs/layouts.md lists the data", "1:82 there is no Length in string; docs/layouts.md lists the data"}},
		{"report.html", `{{range .Title}}{{end}}{{range $i, $x := .Agency}}{{end}}`, []string{"1:9 range takes a list, and .Title is string", "1:42 range takes a list, and .Agency is Link"}},
		{"report.html", `{{table $}}{{chart .Title}}{{len .Year}}{{if eq .Year "2024"}}{{end}}{{$n := names}}{{$n.First 1}}{{.Title 1}}{{rows .Crumbs}}`, []string{
			"1:3 table does not take these values: table $; docs/layouts.md says what it takes", "1:14 chart does not take these values: chart .Title; docs/layouts.md says what it takes",
			"1:30 len does not take these values: len .Year; docs/layouts.md says what it takes", "1:46 eq does not take these values: eq .Year \"2024\"; docs/layouts.md says what it takes",
			"1:90 First does not take these values: $n.First 1; docs/layouts.md says what it takes", "1:102 Title does not take these values: .Title 1; docs/layouts.md says what it takes",
			"1:113 rows does not take these values: rows .Crumbs; docs/layouts.md says what it takes"}},
		{"report.html", `{{block "a" .Agency}}{{.Txt}}{{end}}{{path "year" .Yaer}}<a href="{{ .Rooot }}">x</a>`, []string{
			"1:25 there is no Txt in Link; did you mean Text?", "1:52 there is no Yaer in ReportPage; did you mean Year?", "1:71 there is no Rooot in ReportPage; did you mean Root?"}},
		{"year.html", `{{rows .Rows}}{{end}}{{define "year-row"}}{{.Nam}}`, []string{"1:46 there is no Nam in YearRow; did you mean Name?"}},
		{"agency.html", `{{with .Below}}{{rows .Children}}{{end}}{{end}}{{define "child-row"}}{{.Nam}}`, []string{"1:73 there is no Nam in Child; did you mean Name?"}},
		{"report.html", `<p>{{template "nope" .}}</p>`, []string{"1:15 the layout has a mistake: no such template \"nope\""}},
		// None of these is a mistake.
		{"report.html", `{{range .Crumbs}}{{.Root}}{{$.Root}}{{end}}{{$x := .Title}}{{$x = .Year}}{{$x}}{{(or .Previous .Agency).Text}}{{range 3}}{{.}}{{end}}{{template "head" .}}`, nil},
	} {
		set := overrides(map[string]string{test.file: main + test.layout + "{{end}}"})
		o := Options{Site: x.Config, Forms: x.Forms.Forms(), Free: x.Free, Nonce: "x"}
		set(&o)
		_, diags, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range diags {
			column := int(d.Place.Column)
			if d.Place.Line == 1 {
				column -= len(main)
			}
			got = append(got, fmt.Sprintf("%d:%d %s", d.Place.Line, column, d.Message.EN))
			if d.Rule != "layout" || d.Place.File != "layouts/"+test.file || d.Message.ZH == d.Message.EN {
				t.Errorf("%s: %v", test.layout, d)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s\n got %q\nwant %q", test.layout, got, test.want)
		}
	}
}

// A layout that several kinds of pages share may use fields that only some have.
func TestFieldsOfSomeKinds(t *testing.T) {
	x := rich(t)
	const base = `<!DOCTYPE html><title>{{.Window}}</title>{{if eq .Kind "report"}}{{.Agency.Text}}{{end}}{{template "main" .}}{{define "head"}}{{end}}{{define "scripts"}}{{end}}`
	r := newRenderer(t, x, overrides(map[string]string{"base.html": base}))
	for _, p := range pages(t, r, x) {
		page(t, r, p)
	}
}

// Each kind of pages has its type of data.
func TestDataOfEveryKind(t *testing.T) {
	types := pageTypes(t)
	for _, p := range sitemap.Pages {
		if got := fmt.Sprintf("%T", site.PageData[p.Kind]); got != fmt.Sprint(types[p.Kind]) {
			t.Errorf("%s: %s, and pages are given %s", p.Kind, got, types[p.Kind])
		}
	}
	if len(site.PageData) != len(sitemap.Pages) {
		t.Errorf("%d types for %d kinds", len(site.PageData), len(sitemap.Pages))
	}
}

// However many mistakes a layout has, reporting them is quick.
func TestManyMistakes(t *testing.T) {
	x := rich(t)
	o := Options{Site: x.Config, Forms: x.Forms.Forms(), Free: x.Free, Nonce: "x"}
	overrides(map[string]string{"agency.html": `{{define "main"}}` + strings.Repeat("{{.Nmae}}", 5000) + "{{end}}"})(&o)
	_, diags, err := New(o)
	if err != nil || len(diags) != mostMistakes {
		t.Errorf("%d mistakes, %v", len(diags), err)
	}
}
