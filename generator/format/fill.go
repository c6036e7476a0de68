package format

import (
	"strconv"
	"strings"

	"annals/generator/form"
	"annals/generator/yamlpos"
)

// fill writes the missing cells that an equation of the form derives from others:
// an empty cell, the last number of a row that is one short, or a whole row. It
// repeats until no further cell can be computed.
func (d *document) fill() {
	if d.form == nil {
		return
	}
	values := make([]value, len(d.form.Cells))
	rows := d.tableRows()
	for row, e := range rows {
		d.rowValues(row, e, values)
	}
	derived := map[int]bool{}
	for changed := true; changed; {
		changed = false
		for _, rel := range d.form.Relations {
			if rel.Scope != form.InReport {
				continue
			}
			for _, eq := range rel.Equations {
				n := eq.Derived
				if n < 0 || values[n].known || values[n].fixed || d.form.Cells[n].Column.Type == form.Amount {
					continue
				}
				if v, ok := solve(eq, values); ok && v >= 0 {
					values[n] = value{number: v, known: true}
					derived[n] = true
					changed = true
				}
			}
		}
	}
	for _, row := range d.form.Rows {
		d.fillRow(row, rows[row], values, derived)
	}
}

// value is a cell as the document has it. fixed means that it holds a text that is
// no number, which a computed value must not replace.
type value struct {
	number int64
	known  bool
	fixed  bool
}

// rowValues reads the numbers of a row.
func (d *document) rowValues(row *form.Row, e *entry, values []value) {
	items := e.node.Items
	if e.node.Kind == yamlpos.Scalar {
		items = []yamlpos.Node{*e.node}
	}
	for i := range row.Columns {
		v := &values[row.First+i]
		switch {
		case i >= len(items):
			v.fixed = len(items) != len(row.Columns)-1
		case items[i].Kind != yamlpos.Scalar || items[i].Quoted && items[i].Text != "":
			v.fixed = true
		case items[i].Text == "":
		default:
			n, err := strconv.ParseInt(items[i].Text, 10, 64)
			plain := strconv.FormatInt(n, 10) == items[i].Text
			*v = value{number: n, known: err == nil && plain && n < 1e15, fixed: err != nil || !plain}
		}
	}
}

// solve computes the derived cell of an equation from the others.
func solve(eq form.Equation, values []value) (int64, bool) {
	var sum, coefficient int64
	add := func(terms []form.Term, sign int64) bool {
		for _, t := range terms {
			s := sign
			if t.Minus {
				s = -s
			}
			switch {
			case t.From != form.This:
				return false
			case t.Cell == eq.Derived:
				coefficient += s
			case !values[t.Cell].known:
				return false
			default:
				sum += s * values[t.Cell].number
			}
		}
		return true
	}
	if eq.AtLeast || !add(eq.Left, 1) || !add(eq.Right, -1) || coefficient != 1 && coefficient != -1 {
		return 0, false
	}
	return -sum * coefficient, true
}

// fillRow writes the derived cells into the row's entry, or makes one for a
// row of which every cell is derived.
func (d *document) fillRow(row *form.Row, e *entry, values []value, derived map[int]bool) {
	if e == nil {
		node := &yamlpos.Node{Kind: yamlpos.List}
		for i := range row.Columns {
			if !derived[row.First+i] {
				return
			}
			node.Items = append(node.Items, numberNode(values[row.First+i].number))
		}
		if len(row.Columns) == 1 {
			node = &node.Items[0]
		}
		d.addRow(row, node)
		return
	}
	if e.node.Kind == yamlpos.Scalar {
		if derived[row.First] && len(row.Columns) == 1 {
			n := numberNode(values[row.First].number)
			n.Key, n.KeySpan, n.Span = e.node.Key, e.node.KeySpan, e.node.Span
			e.node, e.style = &n, 0
		}
		return
	}
	items := e.node.Items
	for i := range row.Columns {
		if !derived[row.First+i] {
			continue
		}
		if i < len(items) {
			items[i] = numberNode(values[row.First+i].number)
		} else if i == len(items) {
			items = append(items, numberNode(values[row.First+i].number))
		}
	}
	e.node.Items = items
	if e.flow {
		e.kids = nil
	}
}

func numberNode(n int64) yamlpos.Node {
	return yamlpos.Node{Kind: yamlpos.Scalar, Text: strconv.FormatInt(n, 10)}
}

// addRow adds an entry for a row below its groups, in the form's order. It does
// nothing if the document does not have the group.
func (d *document) addRow(row *form.Row, node *yamlpos.Node) {
	keys := strings.Split(row.Path, ".")
	at := d.top
	for i := range keys[:len(keys)-1] {
		path := strings.Join(keys[:i+1], ".")
		var next *entry
		for _, k := range at.kids {
			if k.path == path {
				next = k
			}
		}
		if next == nil || next.flow {
			return
		}
		at = next
	}
	node.Key = keys[len(keys)-1]
	parent := row.Path[:strings.LastIndexByte(row.Path, '.')]
	at.kids = append(at.kids, &entry{node: node, key: node.Key, keyed: true, flow: true, path: row.Path, isTable: true})
	sortKeys(at, d.form.Keys(parent))
}
