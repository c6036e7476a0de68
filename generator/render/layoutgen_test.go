package render

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"annals/generator/site"
	"annals/generator/sitemap"
	"annals/layouts"
)

// Random layouts are made from the types of the data that layouts get: with any
// field, in any place, and reached in any way.

// writing is a layout that is being made.
type writing struct {
	*rapid.T
	defined strings.Builder
	names   int
}

func (w *writing) one(list ...string) string { return rapid.SampledFrom(list).Draw(w.T, "choice") }

func (w *writing) name(prefix string) string {
	w.names++
	return fmt.Sprint(prefix, w.names)
}

// text prints an expression that is a text or a number.
func (w *writing) text(e string, text bool) string {
	ways := []string{`{{E}}`, `<b>{{E}}</b>`, `<b title="{{E}}" class='a {{E}} b'>x</b>`, `<b data-x={{E}}>x</b>`, `<a href="{{E}}">x</a>`, `<a href="x/{{E}}#{{E}}">x</a>`,
		`<a href="?a={{E}}&amp;b={{E}}">x</a>`, `<textarea>{{E}}</textarea>`, `{{if E}}yes{{else}}no{{end}}`, `{{with E}}<i>{{.}}</i>{{end}}`, `{{$V := E}}<i>{{$V}}{{$V}}</i>`,
		`{{with $V := E}}{{$V}}{{else}}none{{end}}`, `{{if and E (not E)}}never{{else}}{{E}}{{end}}`, `<b title="{{if E}}{{E}}{{else}}none{{end}}">x</b>`, `{{or E E}}`, `{{printf "%v" E}}`}
	if text {
		ways = append(ways, `{{if eq E "2023" "on-time"}}a{{else if ne E ""}}b{{end}}`, `{{len E}}`, `{{E | printf "%q"}}`, `{{if gt E "m"}}m{{end}}`, `{{or E "—"}}`, `{{word E}}`)
	} else {
		ways = append(ways, `{{if eq E 1 2023}}a{{else if lt E 7}}b{{end}}`, `{{printf "%03d" E}}`)
	}
	way := strings.ReplaceAll(w.one(ways...), "E", e)
	return strings.ReplaceAll(way, "$V", w.name("$v"))
}

// value makes what a layout can do with an expression of a type.
func (w *writing) value(e string, t reflect.Type, depth int) string {
	switch {
	case t == reflect.TypeFor[site.Chart]() && rapid.Bool().Draw(w.T, "drawn"):
		return "{{chart " + e + "}}"
	case t == reflect.TypeFor[site.Trend]() && rapid.Bool().Draw(w.T, "drawn"):
		return "{{trend " + e + "}}"
	case t == reflect.TypeFor[[]site.Value]() && rapid.Bool().Draw(w.T, "drawn"):
		return "<table><tr>{{values " + e + "}}</tr></table>"
	}
	switch t.Kind() {
	case reflect.String:
		return w.text(e, true)
	case reflect.Int, reflect.Int64:
		if t.NumMethod() > 0 {
			return "{{" + e + "}}{{if " + e + "}}there{{end}}"
		}
		return w.text(e, false)
	case reflect.Bool:
		return w.one("{{if "+e+"}}yes{{end}}", "{{"+e+"}}", "{{not "+e+"}}", `<b title="{{`+e+`}}">x</b>`, "{{if not "+e+"}}no{{else}}yes{{end}}")
	case reflect.Pointer:
		if !strings.HasPrefix(t.Elem().PkgPath(), "annals/generator/site") || depth == 0 {
			return "{{if " + e + "}}there{{end}}"
		}
		return w.inside(e, t.Elem(), depth)
	case reflect.Slice:
		if depth == 0 {
			return "{{len " + e + "}}{{if " + e + "}}some{{end}}"
		}
		i, v := w.name("$i"), w.name("$e")
		switch w.one("range", "named", "numbered") {
		case "named":
			return "{{range " + v + " := " + e + "}}" + w.value(v, t.Elem(), depth-1) + "{{else}}none{{end}}"
		case "numbered":
			return "{{range " + i + ", " + v + " := " + e + "}}{{if " + i + "}}, {{end}}{{" + i + "}}" + w.value(v, t.Elem(), depth-1) + "{{end}}"
		}
		return "{{range " + e + "}}" + w.value(".", t.Elem(), depth-1) + "{{else}}none{{end}}"
	case reflect.Struct:
		if depth == 0 || t.PkgPath() == "" {
			return "{{if " + e + "}}there{{end}}"
		}
		return w.inside(e, t, depth)
	}
	return "{{if " + e + "}}there{{end}}"
}

// inside writes a layout that uses the fields of a struct.
func (w *writing) inside(e string, t reflect.Type, depth int) string {
	switch w.one("with", "variable", "define", "direct") {
	case "variable":
		v := w.name("$v")
		return "{{with " + v + " := " + e + "}}" + w.fields(v, t, depth) + "{{end}}"
	case "define":
		name := w.name("part")
		w.defined.WriteString(`{{define "` + name + `"}}` + w.fields("$", t, depth) + "{{end}}")
		return "{{if " + e + `}}{{template "` + name + `" ` + e + "}}{{end}}"
	case "direct":
		return "{{if " + e + "}}" + w.fields(e, t, depth) + "{{end}}"
	}
	return "{{with " + e + "}}" + w.fields(".", t, depth) + "{{end}}"
}

func (w *writing) fields(e string, t reflect.Type, depth int) string {
	e = strings.TrimSuffix(e, ".")
	var b strings.Builder
	for range rapid.IntRange(1, 5).Draw(w.T, "fields") {
		f := reflect.VisibleFields(t)[rapid.IntRange(0, len(reflect.VisibleFields(t))-1).Draw(w.T, "field")]
		if f.IsExported() && f.Type.Kind() != reflect.Map && f.Type.Kind() != reflect.Interface {
			b.WriteString(w.value(e+"."+f.Name, f.Type, depth-1))
		}
	}
	return b.String()
}

// layout makes the main part of a kind's layout, with the lines of its list.
func (w *writing) layout(kind sitemap.Kind, data reflect.Type) string {
	t := data.Elem()
	main := w.fields(".", t, 4) + w.fields("$", t, 4)
	for _, list := range []struct {
		kind       sitemap.Kind
		call, name string
		row        reflect.Type
	}{
		{sitemap.Year, "{{rows .Rows}}", "year-row", reflect.TypeFor[site.YearRow]()},
		{sitemap.Coverage, "{{rows .Rows}}", "coverage-row", reflect.TypeFor[site.CoverageRow]()},
		{sitemap.Agency, "{{with .Below}}{{rows .Children}}{{end}}", "child-row", reflect.TypeFor[site.Child]()},
	} {
		if list.kind == kind {
			main += "<table><tbody>" + list.call + "</tbody></table>"
			w.defined.WriteString(`{{define "` + list.name + `"}}<tr><td>` + w.fields(".", list.row, 3) + "</td></tr>{{end}}")
		}
	}
	return `{{define "main"}}` + main + "{{end}}" + w.defined.String()
}

// anyLayout checks that the pages of a kind are the same by its program as by
// html/template, for a layout that was never seen before.
func anyLayout(t *testing.T) func(*rapid.T) {
	x := rich(t)
	plan := pages(t, newRenderer(t, x, nil), x)
	types := pageTypes(t)
	base, err := os.ReadFile("../../layouts/base.html")
	if err != nil {
		t.Fatal(err)
	}
	parts, err := layouts.Files.ReadFile("parts.html")
	if err != nil {
		t.Fatal(err)
	}
	return func(rt *rapid.T) {
		kind := rapid.SampledFrom(sitemap.Pages).Draw(rt, "kind").Kind
		w := &writing{T: rt}
		files := map[string]string{string(kind) + ".html": w.layout(kind, types[kind])}
		if rapid.Bool().Draw(rt, "base") {
			w := &writing{T: rt, names: 1000}
			text := w.fields(".", reflect.TypeFor[site.Page](), 3)
			files["base.html"] = strings.Replace(string(base), "</main>", text+"</main>", 1) + w.defined.String()
		}
		if rapid.Bool().Draw(rt, "cell") {
			w := &writing{T: rt, names: 2000}
			files["cell.html"] = w.fields(".", reflect.TypeFor[Cell](), 2) + w.defined.String()
		}
		if rapid.Bool().Draw(rt, "parts") {
			w := &writing{T: rt, names: 3000}
			before, _, _ := strings.Cut(string(parts), `{{define "value"}}`)
			_, after, _ := strings.Cut(string(parts), `{{define "site-meta"}}`)
			files["parts.html"] = before + `{{define "value"}}<td>` + w.fields(".", reflect.TypeFor[site.Value](), 2) + `</td>{{end}}` + w.defined.String() + `{{define "site-meta"}}` + after
		}
		for name, text := range files {
			rt.Logf("%s: %s", name, text)
		}
		r := newRenderer(t, x, overrides(files))
		escapers := r.escapers
		for _, p := range plan {
			if p.Common().Kind != kind && !(kind == sitemap.Rules && p.Common().Kind == sitemap.Report) {
				continue
			}
			r.escapers = nil
			r.programs.Clear()
			want := slow(t, r, p)
			r.escapers = escapers
			r.programs.Clear()
			clear(r.inFull)
			if diff := cmp.Diff(want, page(t, r, p)); diff != "" {
				rt.Fatalf("%s (-html/template +program):\n%s", p.Common().Path, diff)
			}
			for _, f := range r.InFull() {
				rt.Errorf("%s:%d: %s is executed in full", f.Layout, f.Line, f.Action)
			}
		}
	}
}

func TestAnyLayout(t *testing.T) { rapid.Check(t, anyLayout(t)) }

func FuzzAnyLayout(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) { rapid.MakeFuzz(anyLayout(t))(t, data) })
}
