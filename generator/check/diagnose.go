package check

import (
	"strconv"
	"strings"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/source"
)

// diagnose makes the diagnostics of failures: one for each failing equation along
// a row, one for all failing columns of a relation.
func (b *pair) diagnose(failures []*failure, confirmed map[place]bool) []diag.Diagnostic {
	var found []diag.Diagnostic
	for i := 0; i < len(failures); {
		group := failures[i : i+1]
		for !group[0].rel.ByRow && i+len(group) < len(failures) && failures[i+len(group)].rel == group[0].rel {
			group = failures[i : i+len(group)+1]
		}
		found = append(found, b.diagnoseGroup(group, confirmed))
		i += len(group)
	}
	return found
}

func (b *pair) diagnoseGroup(group []*failure, confirmed map[place]bool) diag.Diagnostic {
	first := group[0]
	d := diag.Diagnostic{
		Rule:     first.rel.ID,
		Severity: first.rel.Severity,
		Place:    b.place(first.eq.At),
		Cell:     b.now.f.Cells[first.eq.At].ID,
	}
	var parts []lang.Text
	for _, f := range group {
		parts = append(parts, b.message(f, len(group) == 1))
	}
	d.Message = join(parts)
	if len(group) > 1 {
		d.Cell = b.now.f.Cells[first.eq.At].Row.Path
	}
	if derived := first.eq.Derived; derived >= 0 {
		if want, ok := b.needed(first.verdict, place{b.now, derived}); ok && len(group) == 1 && confirmed[place{b.now, derived}] {
			text := b.now.f.Cells[derived].Column.Type.Format(want)
			d.Fix = &diag.Fix{Place: b.place(derived), Replace: text}
			d.Message = both(d.Message, diag.Say("relation/write", "want", text))
		}
	}
	d.Related = b.related(group, place{b.now, first.eq.At})
	for _, f := range group {
		f.told = toldBy(&d)
	}
	return d
}

// diagnoseCrossing makes the diagnostic of a cell that explains two failures.
func (b *pair) diagnoseCrossing(x crossing) diag.Diagnostic {
	cell := &b.now.f.Cells[x.cell]
	want := cell.Column.Type.Format(x.want)
	at := b.place(x.cell)
	d := diag.Diagnostic{
		Rule:     x.row.rel.ID,
		Severity: min(x.row.rel.Severity, x.column.rel.Severity),
		Place:    at,
		Cell:     cell.ID,
		Message: diag.Say("relation/crossing", "row", b.message(x.row, true), "column", b.message(x.column, true),
			"have", b.now.r.Facts[x.cell].Text, "want", want),
	}
	if x.cell == x.row.eq.Derived || x.cell == x.column.eq.Derived {
		d.Fix = &diag.Fix{Place: at, Replace: want} // two equations give the same value for this total
	}
	d.Also = []string{b.now.f.Cells[x.row.eq.At].ID, b.now.f.Cells[x.column.eq.At].ID}
	d.Related = b.related([]*failure{x.row, x.column}, place{b.now, x.cell})
	x.row.told, x.column.told = toldBy(&d), toldBy(&d)
	return d
}

// message fills the relation's message for one equation. Of one that is told alone
// it does not say for which row or column: that is where the finding is.
func (b *pair) message(f *failure, alone bool) lang.Text {
	pattern := f.rel.Message
	if alone {
		which := diag.Say("relation/column", "where", "{where}", "text", "")
		pattern.ZH, pattern.EN = strings.TrimPrefix(pattern.ZH, which.ZH), strings.TrimPrefix(pattern.EN, which.EN)
	}
	cell := &b.now.f.Cells[f.eq.At]
	typ := cell.Column.Type
	args := []any{
		"left", typ.Format(f.left), "right", typ.Format(f.right),
		"row", cell.Row.Full, "where", f.eq.Along, "year", b.now.r.Year, "previous", b.now.r.Year - 1,
	}
	return diag.Fill(pattern, args...)
}

// related returns a place for every cell of the equations except main, which has
// the message.
func (b *pair) related(group []*failure, main place) []diag.Related {
	var list []diag.Related
	seen := map[place]bool{main: true}
	for _, f := range group {
		for _, t := range terms(f.eq) {
			s, cells := b.at(t)
			for _, cell := range cells {
				p := place{s, cell}
				if seen[p] {
					continue
				}
				seen[p] = true
				key := "relation/operand"
				if s != b.now {
					key = "relation/operand-year"
				}
				list = append(list, diag.Related{
					Place: s.r.Facts[cell].Span.In(s.r.File),
					Message: diag.Say(key, "year", s.r.Year,
						"cell", s.f.Cells[cell].Label, "value", s.r.Facts[cell].Text),
				})
			}
		}
	}
	return list
}

func (b *pair) place(cell int) source.Place { return b.now.r.Facts[cell].Span.In(b.now.r.File) }

func both(x, y lang.Text) lang.Text {
	return lang.Text{ZH: x.In(lang.ZH) + y.In(lang.ZH), EN: x.In(lang.EN) + y.In(lang.EN)}
}

func join(parts []lang.Text) lang.Text {
	x := parts[0]
	for _, p := range parts[1:] {
		x = both(both(x, diag.Say("relation/separator")), p)
	}
	return x
}

func yearOrDash(y int) string {
	if y == 0 {
		return "—"
	}
	return strconv.Itoa(y)
}
