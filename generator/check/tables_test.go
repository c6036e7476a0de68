package check

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/source"
)

// manyForms are the official forms, and others of another kind: with amounts,
// with values below zero, in other shapes, with relations of every kind.
func manyForms(t testing.TB) []*form.Form {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"testdata/dues-1.yaml", "testdata/dues-2.yaml", "testdata/dues-variant.yaml", "testdata/cn-two.yaml", "../form/testdata/foreign.yaml"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[form.Folder+name[strings.LastIndexByte(name, '/'):]] = &fstest.MapFile{Data: data}
	}
	set, found := form.Load(files)
	if len(found) > 0 {
		t.Fatalf("%+v", found)
	}
	var list []*form.Form
	for _, f := range set.Forms() {
		if len(f.Cells) > 0 {
			list = append(list, f)
		}
	}
	return list
}

// table is a report with what it is judged against: the report of the year
// before, and those of the agencies below.
type table struct {
	now, before *archive.Report
	below       []*archive.Report
	expected    int
	faulty      bool
}

// rollup returns the sums over the agencies below.
func (x *table) rollup() (*archive.Rollup, []*archive.Entry) {
	var agencies []*archive.Agency
	for range x.expected {
		agencies = append(agencies, &archive.Agency{Kind: archive.Department})
	}
	var entries []*archive.Entry
	for i, r := range x.below {
		e := &archive.Entry{Agency: r.Agency, Form: r.Form, Year: r.Year, Packed: archive.Pack(r.BaseFacts())}
		if x.faulty && i == 0 {
			e.Errors = 1
		}
		entries = append(entries, e)
	}
	return archive.RollUp(x.now.Form, x.now.Year, agencies, entries), entries
}

// pair returns the table as a pair, on which equations are evaluated.
func (x *table) pair() *pair {
	var before *sheet
	if x.before != nil && x.before.Year == x.now.Year-1 {
		before = newSheet(x.before)
	}
	sums, _ := x.rollup()
	if sums.Reported == 0 || sums.Faulty {
		sums = nil
	}
	return newPair(newSheet(x.now), before, sums)
}

// clone returns the table with a copy of this year's report.
func (x *table) clone() *table {
	y, now := *x, *x.now
	now.Facts = slices.Clone(x.now.Facts)
	y.now = &now
	return &y
}

// oddNames are names of agencies with characters that messages cannot show as they
// are, or that are too long for them.
var oddNames = []string{"甲局", "Port Office", "{cell} $& {{.}}", "a\u202eb\u200dc\u00add", "tab\tline\nend\x7f\u2028", strings.Repeat("长", 250), strings.Repeat("😀", 200), strings.Repeat("😀", 201)}

// maker makes random tables, the same ones from the same seed.
type maker struct {
	*rand.Rand
	forms []*form.Form
}

// The kinds of tables.
const (
	rightTable = iota // usually nothing is wrong
	oneFault          // one cell is wrong
	manyFaults        // cells are wrong, have no number, or far too large ones
	tableKinds        // number of kinds
)

func (m *maker) table(kind int) *table {
	f := m.forms[m.IntN(len(m.forms))]
	x := &table{now: m.report(f, 2024, "now")}
	switch m.IntN(3) {
	case 0: // the year before, in this form or another
		g := f
		if m.IntN(2) == 0 {
			g = m.forms[m.IntN(len(m.forms))]
		}
		year := 2023
		if m.IntN(10) == 0 {
			year = 2022
		}
		x.before = m.right(&table{now: m.report(g, year, "before")}).now
	case 1: // agencies below, whose sums are in the government's report
		for i := range m.IntN(5) {
			r := m.right(&table{now: m.report(m.alike(f), 2024, strconv.Itoa(i))}).now
			r.Agency = &archive.Agency{Name: oddNames[m.IntN(len(oddNames))], Kind: archive.Department}
			x.below = append(x.below, r)
		}
		x.expected = len(x.below)
		for i := range x.now.Facts {
			var sum int64
			for _, r := range x.below {
				there := f.In(r.Form, i)
				if r.Form == f {
					there = i
				}
				if there >= 0 {
					sum += r.Facts[there].Value
				}
			}
			m.set(x.now, i, sum)
		}
	}
	m.right(x)
	switch kind {
	case oneFault:
		m.mistake(x.any(m))
	case manyFaults:
		x.expected += m.IntN(3)
		x.faulty = m.IntN(20) == 0
		for range 1 + m.IntN(12) {
			r := x.any(m)
			switch m.IntN(5) {
			case 0:
				m.noNumber(r)
			case 1:
				cell := m.IntN(len(r.Facts))
				m.set(r, cell, mostOf(r.Form, cell)-m.Int64N(3))
			default:
				m.mistake(r)
			}
		}
		if m.IntN(10) == 0 { // so large that sums of amounts exceed 64 bits
			for i := range x.now.Facts {
				m.set(x.now, i, mostOf(x.now.Form, i)-m.Int64N(5))
			}
		}
	}
	return x
}

// alike returns the form, or seldom another of the same edition: the one that it is
// a variant of, or a variant. Such a table has cells that only one of the two has.
func (m *maker) alike(f *form.Form) *form.Form {
	if g := m.forms[m.IntN(len(m.forms))]; g.Base() == f.Base() && m.IntN(4) == 0 {
		return g
	}
	return f
}

// any returns one of the reports, mostly this year's.
func (x *table) any(m *maker) *archive.Report {
	switch n := m.IntN(10); {
	case n == 0 && x.before != nil:
		return x.before
	case n == 0 && len(x.below) > 0:
		return x.below[m.IntN(len(x.below))]
	}
	return x.now
}

func (m *maker) report(f *form.Form, year int, file string) *archive.Report {
	r := &archive.Report{Agency: &archive.Agency{Kind: archive.Government}, Form: f, Year: year, File: file, Facts: make([]archive.Fact, len(f.Cells))}
	most := []int64{1, 10, 100, 100_000, 1_000_000_000}[m.IntN(5)]
	for i := range r.Facts {
		r.Facts[i].Span = source.At(i+1, 1)
		var v int64
		if m.IntN(3) > 0 {
			v = m.Int64N(most + 1)
		}
		if f.Cells[i].Column.Type == form.Amount && m.IntN(2) == 0 {
			v *= form.Scale / 100
		}
		m.set(r, i, v)
	}
	return r
}

// set writes a value as documents do, which sometimes print more decimals than
// needed.
func (m *maker) set(r *archive.Report, cell int, v int64) {
	typ := r.Form.Cells[cell].Column.Type
	fact := &r.Facts[cell]
	fact.Value, fact.Status, fact.Text = v, archive.Number, typ.Format(v)
	if _, decimals, _ := strings.Cut(fact.Text, "."); typ == form.Amount && decimals != "" && len(decimals) < 6 && m.IntN(4) == 0 {
		fact.Text += "0"
	}
}

// mostOf is the largest number that a cell can have.
func mostOf(f *form.Form, cell int) int64 {
	most := int64(999_999_999_999_999)
	if f.Cells[cell].Column.Type == form.Amount {
		most = 999_999_999_999_999_999
	}
	return most
}

// right changes cells of the table's report until its equations hold, also those
// with the year before. It rarely gives up.
func (m *maker) right(x *table) *table {
	b := x.pair()
	for range 30 {
		settled := true
		for _, rel := range x.now.Form.Relations {
			for i := range rel.Equations {
				eq := &rel.Equations[i]
				if v := b.judge(eq); rel.Scope != form.InAgencies && v.known && !v.holds {
					m.settle(b, v)
					settled = false
				}
			}
		}
		if settled {
			break
		}
	}
	return x
}

func (m *maker) settle(b *pair, v verdict) {
	eq, r := v.eq, b.now.r
	all := terms(eq)
	m.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
	cells := []int{eq.Derived, eq.At}
	for _, t := range all {
		if t.From == form.This {
			cells = append(cells, t.Cell)
		}
	}
	for _, cell := range cells {
		if cell < 0 {
			continue
		}
		same := *eq
		same.AtLeast = false
		v.eq = &same
		if want, ok := b.needed(v, place{b.now, cell}); ok {
			m.set(r, cell, want)
			return
		}
	}
}

// mistake changes a number that is in an equation.
func (m *maker) mistake(r *archive.Report) {
	rels := slices.DeleteFunc(slices.Clone(r.Form.Relations), func(rel *form.Relation) bool { return rel.Scope != form.InReport && m.IntN(5) > 0 })
	eqs := rels[m.IntN(len(rels))].Equations
	all := terms(&eqs[m.IntN(len(eqs))])
	cell := all[m.IntN(len(all))].Cell
	v := r.Facts[cell].Value
	typ := r.Form.Cells[cell].Column.Type
	switch n := 1 + m.Int64N(20); m.IntN(4) {
	case 0:
		v *= 10
	case 1:
		v -= n
	case 2:
		v += n
	case 3:
		if v += n; typ == form.Amount {
			v += n * form.Scale / 10
		}
	}
	if limit := mostOf(r.Form, cell); v > limit {
		v = limit
	}
	if v < 0 && typ != form.Change {
		v = 7
	}
	m.set(r, cell, v)
}

// noNumber removes the number of a cell, or the numbers of a row.
func (m *maker) noNumber(r *archive.Report) {
	cell := &r.Form.Cells[m.IntN(len(r.Facts))]
	first, n := cell.Row.First, len(cell.Row.Columns)
	if m.IntN(3) > 0 {
		first, n = first+m.IntN(n), 1
	}
	fact := []archive.Fact{
		{Status: archive.Missing}, {Status: archive.Blank}, {Status: archive.NotApplicable, Text: "/"}, {Status: archive.NotApplicable, Text: "—"}, {Status: archive.Invalid, Text: "1,000"},
	}[m.IntN(5)]
	for i := first; i < first+n; i++ {
		fact.Span = r.Facts[i].Span
		r.Facts[i] = fact
	}
}
