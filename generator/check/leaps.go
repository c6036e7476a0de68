package check

import (
	"annals/generator/diag"
	"annals/generator/form"
)

// leaps holds this year's figures against last year's. A figure that is about ten
// thousand times the other has likely been given in the wrong unit; one that is
// more than ten times the other is worth a look.
//
// A wrong figure leaps twice, away and back. What was told of a row is remembered,
// so that the way back is not told.
type leaps struct {
	away map[string]bool // by the path of the row: whether the last leap was upwards
}

// What is told besides a slip of the unit: a leap of more than ten times between
// figures of at least 20.
const (
	leapOver  = 10
	leapLeast = 20
)

func (l *leaps) judge(b *pair) []diag.Diagnostic {
	var found []diag.Diagnostic
	if b.now.f.Review == nil || b.continues == nil {
		return nil
	}
	told := map[string]bool{}
	tell := func(cell int, key string, up bool, now, before int64) {
		row := b.now.f.Cells[cell].Row.Path
		if told[row] {
			return
		}
		told[row] = true
		if was, away := l.away[row]; away && was != up {
			delete(l.away, row)
			return
		}
		l.away[row] = up
		found = append(found, b.leap(cell, key, now, before))
	}
	jumps := make([]bool, len(b.now.f.Cells))
	for _, cell := range b.now.f.Review.Jumps {
		jumps[cell] = true
	}
	for cell := range b.now.f.Cells {
		typ := b.now.f.Cells[cell].Column.Type
		if !jumps[cell] && typ != form.Amount {
			continue
		}
		fact := &b.now.r.Facts[cell]
		if !fact.Known() || fact.Value <= 0 {
			continue
		}
		before, ok := b.last(cell)
		if !ok || before <= 0 {
			continue
		}
		low, high := min(before, fact.Value), max(before, fact.Value)
		least := int64(leapLeast)
		if typ == form.Amount {
			least *= form.Scale
		}
		switch times := high / low; {
		case form.UnitSlip(low, high):
			tell(cell, "unit-slip", fact.Value > before, fact.Value, before)
		case jumps[cell] && low >= least && (times > leapOver || times == leapOver && high%low > 0):
			tell(cell, "jump", fact.Value > before, fact.Value, before)
		}
	}
	return found
}

// last is what the report of the year before says of a cell.
func (b *pair) last(cell int) (sum int64, ok bool) {
	for _, c := range b.continues[cell] {
		fact := &b.before.r.Facts[c]
		if sum, ok = plus(sum, fact.Value, false); !ok || !fact.Known() {
			return 0, false
		}
	}
	return sum, ok
}

func (b *pair) leap(cell int, key string, now, before int64) diag.Diagnostic {
	c := &b.now.f.Cells[cell]
	typ := c.Column.Type
	d := diag.New(key, b.place(cell), "cell", c.Label, "unit", c.Column.Unit, "now", typ.Format(now), "before", typ.Format(before),
		"previous", b.before.r.Year, "times", max(now, before)/min(now, before)).OnCell(c.ID)
	for _, was := range b.continues[cell] {
		d = d.With(b.before.r.Facts[was].Span.In(b.before.r.File), diag.Say("relation/operand-year", "year", b.before.r.Year,
			"cell", b.before.f.Cells[was].Label, "value", b.before.r.Facts[was].Text))
	}
	return d
}
