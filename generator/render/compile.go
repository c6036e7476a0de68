package render

import (
	"errors"
	"html/template"
	"maps"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/site"
	"annals/generator/sitemap"
)

// parts are the layouts that are no page: base surrounds every page, parts
// holds pieces that several use, the others print a piece of a report.
const (
	baseLayout    = "base.html"
	partsLayout   = "parts.html"
	tableLayout   = "table.html"
	compareLayout = "compare.html"
	cellLayout    = "cell.html"
)

// compile parses the layouts of all kinds and lays out the tables of all
// forms.
func (r *Renderer) compile(set *layoutSet) []diag.Diagnostic {
	var diags []diag.Diagnostic
	text := map[string]string{}
	asWritten := r.asWritten()
	for _, name := range slices.Sorted(maps.Keys(set.files)) {
		if set.own[name] { // first as it is written, so that a mistake is told at its line
			if _, err := template.New(name).Funcs(asWritten).Parse(set.files[name]); err != nil {
				diags = append(diags, layoutFault(name, err))
				continue
			}
		}
		tight, err := set.prepare(set.files[name], r.tag, r.marks.root)
		if err != nil {
			diags = append(diags, layoutFault(name, err))
			continue
		}
		text[name] = tight
	}
	if len(diags) > 0 {
		return diags
	}
	note := func(name string, err error) { diags = append(diags, layoutFault(name, err)) }
	if set.ownPages() {
		found := r.findMistakes(set, func(text map[string]string, names ...string) *template.Template {
			return join(asWritten, text, note, names...)
		})
		if diags = append(diags, found...); len(diags) > 0 {
			return diags
		}
	}
	// parse lets html/template decide at once how the values are escaped, which
	// is where a layout that is no HTML is found; its line is again that of the
	// layout as it is written.
	parse := func(names ...string) *template.Template {
		t := join(r.funcMap(), text, note, names...)
		if len(diags) == 0 && escape(t) != nil {
			name := names[len(names)-1]
			if err := escape(join(asWritten, set.files, note, names...)); err != nil {
				diags = append(diags, writtenFault(name, err, set.files))
			} else {
				diags = append(diags, layoutFault(name, escape(t)))
			}
		}
		return t
	}
	base, parts := text[baseLayout], parse(partsLayout)
	for _, p := range sitemap.Pages {
		k := p.Kind
		names := pageLayouts(text, k)
		name, around := names[0], text[names[0]]
		if name == baseLayout {
			around = base
		}
		var err error
		if text[name], err = r.fix(around, parts, k); err != nil {
			return append(diags, layoutFault(name, err))
		}
		t := parse(names...)
		if len(diags) > 0 {
			return diags
		}
		r.kinds[k] = t
	}
	r.cell, r.value = parse(cellLayout), parts.Lookup("value")
	if r.value == nil {
		diags = append(diags, layoutFault(partsLayout, errors.New("there is no template value")))
	}
	table, compare := parse(tableLayout), parse(compareLayout)
	if len(diags) > 0 {
		return diags
	}
	for _, f := range r.forms {
		for _, t := range site.NewTables(f, r.tag) {
			p, err := r.marks.newPrinted(f, t, table, compare)
			if err != nil {
				return []diag.Diagnostic{layoutFault(tableLayout, err)}
			}
			r.tables[f] = append(r.tables[f], p)
		}
	}
	return nil
}

// asWritten are the functions with which layouts are read as they are written.
func (r *Renderer) asWritten() template.FuncMap {
	functions := r.funcMap()
	for _, name := range []string{"asset", "digest", "fixed", "inside", "path"} {
		functions[name] = func(string, ...any) string { return "" }
	}
	return functions
}

// join parses layouts that make a page together, the outermost first, and
// notes those that cannot be parsed.
func join(functions template.FuncMap, text map[string]string, note func(name string, err error), names ...string) *template.Template {
	t := template.New(names[0]).Funcs(functions)
	for _, n := range names {
		x := t
		if n != names[0] {
			x = t.New(n)
		}
		if _, err := x.Parse(text[n]); err != nil {
			note(n, err)
		}
	}
	return t
}

// pageLayouts are the layouts that make the pages of a kind, the outermost first.
func pageLayouts(text map[string]string, k site.Kind) []string {
	name := string(k) + ".html"
	if whole(text[name]) {
		return []string{name, partsLayout}
	}
	return []string{baseLayout, partsLayout, name}
}

// whole reports whether a page's layout stands alone, with no base around it.
func whole(text string) bool {
	const begin = "<!doctype"
	return len(text) >= len(begin) && strings.EqualFold(text[:len(begin)], begin)
}

// fix puts the parts into a layout that are the same on every page of a kind.
// Their output becomes text of the layout, so its {{ must be escaped.
func (r *Renderer) fix(text string, parts *template.Template, k site.Kind) (string, error) {
	var problem error
	fixed := r.Plan.Fixed(k)
	fixed.Root = r.marks.root
	text = fixedCall.ReplaceAllStringFunc(text, func(call string) string {
		var b strings.Builder
		if err := parts.ExecuteTemplate(&b, fixedCall.FindStringSubmatch(call)[1], fixed); err != nil {
			problem = err
		}
		return strings.ReplaceAll(b.String(), "{{", `{{"{{"}}`)
	})
	return text, problem
}

func execute(t *template.Template, data any) (string, error) {
	var b strings.Builder
	err := t.Execute(&b, data)
	return b.String(), err
}
