package snapshot

import (
	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/source"
	"annals/generator/wire"
)

// The fewest bytes that an encoded diagnostic and an encoded related place
// take.
const (
	leastDiagnostic = 1 + 1 + leastPlace + 3 + 1 + 1 + 1 + 1 + 2 + 1 + 1 + 1
	leastRelated    = leastPlace + 2
)

func (w *writer) diagnostics(list []diag.Diagnostic) {
	w.number(len(list))
	for i := range list {
		d := &list[i]
		w.text(d.Rule)
		w.b = append(w.b, byte(d.Severity))
		w.b = wire.AppendBool(wire.AppendBool(w.b, d.Lowered), d.Raised)
		w.text(d.Known)
		w.place(d.Place)
		w.text(d.Cell)
		w.number(len(d.Also))
		for _, c := range d.Also {
			w.text(c)
		}
		w.text(d.Text)
		w.number(len(d.Where))
		for _, x := range d.Where {
			w.words(x)
		}
		w.words(d.Message)
		w.number(len(d.Related))
		for _, r := range d.Related {
			w.place(r.Place)
			w.words(r.Message)
		}
		w.b = wire.AppendBool(w.b, d.Fix != nil)
		if d.Fix != nil {
			w.place(d.Fix.Place)
			w.text(d.Fix.Replace)
		}
		w.b = wire.AppendBool(w.b, d.Omitted != nil)
		if d.Omitted != nil {
			w.text(d.Omitted.Rule)
			w.number(d.Omitted.Count)
		}
	}
}

func (r *reader) diagnostics() []diag.Diagnostic {
	n := r.Count(leastDiagnostic)
	if n == 0 {
		return nil
	}
	list := make([]diag.Diagnostic, n)
	for i := range list {
		d := &list[i]
		d.Rule, d.Severity, d.Lowered, d.Raised, d.Known, d.Place, d.Cell = r.String(), diag.Severity(r.Byte()), r.Bool(), r.Bool(), r.String(), r.place(), r.String()
		if d.Severity > diag.Notice {
			r.Fail()
		}
		for range r.Count(1) {
			d.Also = append(d.Also, r.String())
		}
		d.Text = r.String()
		for range r.Count(2) {
			d.Where = append(d.Where, r.words())
		}
		d.Message = r.words()
		if n := r.Count(leastRelated); n > 0 {
			d.Related = make([]diag.Related, n)
			for i := range d.Related {
				d.Related[i] = diag.Related{Place: r.place(), Message: r.words()}
			}
		}
		if r.Bool() {
			d.Fix = &diag.Fix{Place: r.place(), Replace: r.String()}
		}
		if r.Bool() {
			d.Omitted = &diag.Omitted{Rule: r.String(), Count: int(r.Uvarint())}
		}
	}
	return list
}

func (w *writer) words(x lang.Text) {
	w.text(x.ZH)
	w.text(x.EN)
}

func (r *reader) words() lang.Text { return lang.Text{ZH: r.String(), EN: r.String()} }

// place writes the file of p as its number among the agency's files, counted
// from 1, or, for any other file, as 0 followed by its name.
func (w *writer) place(p source.Place) {
	n := w.names[p.File]
	w.number(n)
	if n == 0 {
		w.text(p.File)
	}
	w.span(p.Span)
}

func (r *reader) place() (p source.Place) {
	switch n := r.Uvarint(); {
	case n == 0:
		p.File = r.String()
	case n <= uint64(len(r.names)):
		p.File = r.names[n-1]
	default:
		r.Fail()
	}
	p.Span = r.span()
	return p
}

func (w *writer) span(s source.Span) {
	for _, n := range [...]int32{s.Line, s.Column, s.EndLine, s.EndColumn} {
		w.b = wire.AppendVarint(w.b, int64(n))
	}
}

func (r *reader) span() source.Span {
	return source.Span{Line: int32(r.Varint()), Column: int32(r.Varint()), EndLine: int32(r.Varint()), EndColumn: int32(r.Varint())}
}
