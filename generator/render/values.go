package render

import (
	"fmt"
	"html/template"
	"strings"

	"annals/generator/site"
)

// valueCells executes the layout of a figure in a list, which is the inmost
// loop of every list of agencies and years: once for a figure, once for none
// and once for one that cannot be compared.
func (r *Renderer) valueCells(parts *template.Template) error {
	cell := func(v site.Value) (string, error) {
		var b strings.Builder
		err := parts.ExecuteTemplate(&b, "value", v)
		return b.String(), err
	}
	text, err := cell(site.Value{Text: shapeMark})
	if err != nil {
		return err
	}
	var ok bool
	if r.value[0], r.value[1], ok = strings.Cut(text, shapeMark); !ok {
		return fmt.Errorf("the template value does not print the text of a figure")
	}
	if r.noValue, err = cell(site.Value{}); err != nil {
		return err
	}
	r.broken, err = cell(site.Value{Break: true})
	return err
}

// values prints the figures of a line as cells.
func (r *Renderer) values(list []site.Value) template.HTML {
	if len(list) > 0 && strings.HasPrefix(list[0].Text, shapeMark) {
		return trusted([]byte(list[0].Text))
	}
	return trusted(r.appendValues(make([]byte, 0, len(list)*32), list))
}

func (r *Renderer) appendValues(b []byte, list []site.Value) []byte {
	for _, v := range list {
		switch {
		case v.Text != "":
			b = append(b, r.value[0]...)
			b = appendEscaped(b, v.Text)
			b = append(b, r.value[1]...)
		case v.Break:
			b = append(b, r.broken...)
		default:
			b = append(b, r.noValue...)
		}
	}
	return b
}
