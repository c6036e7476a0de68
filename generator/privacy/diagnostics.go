package privacy

import (
	"slices"

	"annals/generator/diag"
	"annals/generator/lang"
)

// Said returns the diagnostics with the personal numbers in their messages masked:
// a message may quote any piece of a text.
func Said(list []diag.Diagnostic) []diag.Diagnostic {
	masked := func(t lang.Text) lang.Text { return lang.Text{ZH: MaskString(t.ZH), EN: MaskString(t.EN)} }
	for i := range list {
		d := &list[i]
		d.Message = masked(d.Message)
		for k, w := range d.Where { // a heading may be in it
			if m := masked(w); m != w {
				d.Where = slices.Clone(d.Where)
				d.Where[k] = m
			}
		}
		for k, r := range d.Related {
			if m := masked(r.Message); m != r.Message {
				d.Related = slices.Clone(d.Related)
				d.Related[k].Message = m
			}
		}
	}
	return list
}
