package render

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/site"
	"annals/generator/source"
)

// Fault is a mistake in a layout of the site's own that only the data of a page
// show: an element that a list does not have, a field of nothing.
type Fault struct{ Diagnostic diag.Diagnostic }

func (f *Fault) Error() string { return f.Diagnostic.Message.EN }

// fault returns the error for a page that could not be made, with the place in the
// layout. It makes the page once more from the layouts as they are written, because
// these have the right places. If none of them is the site's own, the mistake is the
// program's.
func (r *Renderer) fault(page site.Document, err error) error {
	if !r.own {
		return err
	}
	names := pageLayouts(r.sources, page.Common().Kind)
	t := join(r.asWritten(), r.sources, func(string, error) {}, names...)
	name := names[len(names)-1]
	if again := t.Execute(io.Discard, page); again != nil {
		return &Fault{writtenFault(name, again, r.sources)}
	}
	return &Fault{layoutFault(name, err)}
}

// writtenFault returns the error for a mistake in layouts as they are written, for
// which html/template gives the column too.
func writtenFault(name string, err error, text map[string]string) diag.Diagnostic {
	d := layoutFault(name, err)
	if m := templateLine.FindStringSubmatch(err.Error()); m != nil {
		column, _ := strconv.Atoi(m[3]) // in bytes, from 0
		lines := strings.Split(text[strings.TrimPrefix(d.Place.File, folder)], "\n")
		if n := int(d.Place.Line); n <= len(lines) && column < len(lines[n-1]) {
			d.Place.Span = source.At(n, utf8.RuneCountInString(lines[n-1][:column])+1)
		}
	}
	return d
}
