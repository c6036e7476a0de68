package form

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"annals/generator/lang"
	"annals/generator/yamlpos"
)

// Draft describes a variant for a document whose tables no form has, as the
// import finds them. A person reviews the file that it becomes.
type Draft struct {
	Of    *Form
	Title func(*Form) lang.Text // of the variant
	// Explain and Message are those of the relations that are written anew: the
	// parent's count its own rows.
	Explain, Message lang.Text
	Tables           []DraftTable
}

// DraftTable is a table that differs from that of Draft.Of.
type DraftTable struct {
	From *Form // another form, whose table of the ID the document has, or some blocks of it; nil if it has rows of its own
	ID   string

	Blocks map[int]int // if only some are: by index of a block of the parent's table, that of the other form's

	Absent map[*Row]bool   // rows that the document does not have
	Merged map[string]bool // by path: groups that the document has as one row of the same label
	Added  []DraftRow
}

// DraftRow is a row that the document has besides.
type DraftRow struct {
	After *Row   // the row above it, nil at the beginning
	In    string // the path of the table, or of the group above After, to which it belongs
	Label string
}

// Variant writes the draft as a form's file and reads it. The set that it returns
// has the form besides. The form is nil if the draft is none, as when two added
// rows have the same label.
func (s *Set) Variant(d Draft) (with *Set, f *Form, text string) {
	var w draftWriter
	w.WriteString("tables:\n")
	for _, t := range d.Tables {
		w.table(s, d.Of, t)
	}
	sum := sha256.Sum256([]byte(w.String()))
	id := d.Of.ID + "-" + hex.EncodeToString(sum[:3])
	title := func(f *Form) string { return "title: " + quoted(d.Title(f)) + "\n" }
	head := "id: " + id + "\nvariant_of: " + d.Of.ID + "\n"

	_, f = s.with(head + title(d.Of) + w.String())
	if f == nil {
		return nil, nil, ""
	}
	head += title(f)
	body := "\n" + w.String() + d.restated(f)
	with, f = s.with(head + body)
	return with, f, head + body
}

// with reads a variant and returns the set with it.
func (s *Set) with(text string) (*Set, *Form) {
	r := read("", text)
	r.become(s.readers, nil)
	if len(r.diags) > 0 || s.byID[r.form.ID] != nil {
		return nil, nil
	}
	x := &Set{byID: map[string]*Form{}, readers: s.readers}
	for _, f := range s.forms {
		x.byID[f.ID] = f
	}
	x.byID[r.form.ID] = r.form
	x.forms = append(slices.Clone(s.forms), r.form)
	if len(r.link(x)) > 0 {
		return nil, nil
	}
	r.form.Sum = sha256.Sum256([]byte(text))
	return x, r.form
}

// restated writes the parent's relations between rows that are lost because
// cells of theirs are: with the rows that hold these cells, and the added rows
// beside them.
func (d *Draft) restated(f *Form) string {
	var b strings.Builder
	for _, rel := range f.Parent.Relations {
		if rel.ByRow || rel.Scope == InAgencies || slices.ContainsFunc(f.Relations, func(r *Relation) bool { return r.ID == rel.ID }) || len(rel.Equations) == 0 {
			continue
		}
		e := rel.Equations[0]
		left, ok1 := f.operands(e.Left)
		right, ok2 := f.operands(e.Right)
		if !ok1 || !ok2 {
			continue
		}
		op := " = "
		if e.AtLeast {
			op = " >= "
		}
		formula := lang.Text{ZH: f.spelled(left+op+right, rel, lang.ZH), EN: f.spelled(left+op+right, rel, lang.EN)}
		fmt.Fprintf(&b, "  - id: %s\n    equation: %s\n    formula: %s\n    explain: %s\n    message: %s\n",
			rel.ID, left+op+right, quoted(formula), quoted(d.Explain), quoted(d.Message))
	}
	if b.Len() == 0 {
		return ""
	}
	return "\nrelations:\n" + b.String()
}

// operands writes a side of an equation between rows in the variant's own rows.
func (f *Form) operands(terms []Term) (text string, ok bool) {
	minus := map[*Row]bool{}
	from := map[*Row]From{}
	var rows []*Row
	for _, t := range terms {
		own := f.partOf[t.Cell]
		if own < 0 {
			return "", false
		}
		row := f.Cells[own].Row
		if !slices.Contains(rows, row) {
			rows = append(rows, row)
			minus[row], from[row] = t.Minus, t.From
		} else if minus[row] != t.Minus || from[row] != t.From {
			return "", false
		}
	}
	if len(rows) > 1 {
		for _, row := range f.OwnRows() {
			beside := slices.IndexFunc(rows, func(r *Row) bool { return parentPath(r.Path) == parentPath(row.Path) })
			if beside >= 0 && !slices.Contains(rows, row) && len(f.partsOf(row.First)) == 0 {
				rows = append(rows, row)
				minus[row], from[row] = minus[rows[beside]], from[rows[beside]]
			}
		}
	}
	for i, row := range rows {
		switch {
		case minus[row]:
			text += " - "
		case i > 0:
			text += " + "
		}
		text += [...]string{This: "", Previous: wordPrevious + ".", Children: wordChildren + "."}[from[row]] + strings.TrimPrefix(row.Path, row.Table.ID+".")
	}
	return strings.TrimSpace(text), true
}

// spelled writes an equation with the labels of its rows.
func (f *Form) spelled(equation string, rel *Relation, tag lang.Tag) string {
	table := f.Parent.Cells[rel.Equations[0].At].Row.Table.ID
	words := strings.Fields(equation)
	for i, word := range words {
		if row, ok := f.rows[table+"."+strings.TrimPrefix(word, wordPrevious+".")]; ok {
			words[i] = row.Label.In(tag)
		}
	}
	return strings.Join(words, " ")
}

func parentPath(path string) string { return path[:strings.LastIndexByte(path, '.')] }

// draftWriter writes the tables of a draft.
type draftWriter struct {
	strings.Builder
	of   *Form
	t    DraftTable
	done map[int]bool // rows that are added, by index
}

func (w *draftWriter) line(depth int, text string) {
	w.WriteString(strings.Repeat("  ", depth) + text + "\n")
}

func (w *draftWriter) table(s *Set, of *Form, t DraftTable) {
	w.of, w.t, w.done = of, t, map[int]bool{}
	if t.From != nil {
		theirs := s.table(t.From, t.ID)
		if t.Blocks == nil {
			w.node(1, "- ", theirs)
			return
		}
		w.line(1, "- id: "+t.ID)
		w.line(2, "blocks:")
		for i, n := range nodes(s.table(of, t.ID).Get("blocks")) {
			if k, other := t.Blocks[i]; other {
				n = nodes(theirs.Get("blocks"))[k]
			}
			w.node(3, "- ", n)
		}
		return
	}
	w.line(1, "- id: "+t.ID)
	w.line(2, "rows:")
	w.more(t.ID, nil, 3)
	w.groups(of.Table(t.ID).Body, t.ID, 3)
}

// table returns what a form's file says of a table.
func (s *Set) table(f *Form, id string) *yamlpos.Node {
	list := nodes(s.readers[f.ID].root.Get("tables"))
	i := slices.IndexFunc(list, func(n *yamlpos.Node) bool { return text(n, "id") == id })
	if i < 0 {
		return &yamlpos.Node{Kind: yamlpos.Map}
	}
	return list[i]
}

// groups writes the rows that the document has.
func (w *draftWriter) groups(list []*Group, path string, depth int) {
	for _, g := range list {
		here := path
		if g.ID != "" {
			here += "." + g.ID
		}
		below := g.appendRows(nil)
		absent := !slices.ContainsFunc(below, func(r *Row) bool { return !w.t.Absent[r] })
		switch {
		case g.ID != "" && w.t.Merged[here]:
			rel := strings.TrimPrefix(here, w.t.ID+".")
			w.line(depth, "- {id: "+g.ID+", merges: ["+rel+".*]}")
		case absent:
		case g.Row != nil || g.ID != "" && !slices.ContainsFunc(below, w.differs) && !w.within(here):
			w.line(depth, "- id: "+g.ID)
		case g.ID != "":
			w.line(depth, "- id: "+g.ID)
			w.line(depth+1, "rows:")
			w.groups(g.Under, here, depth+2)
		default:
			w.line(depth, "- label: "+quoted(g.Label))
			w.line(depth+1, "rows:")
			w.groups(g.Under, here, depth+2)
		}
		w.more(path, below, depth)
	}
}

// differs reports whether a row is absent, or one is added below it.
func (w *draftWriter) differs(row *Row) bool {
	return w.t.Absent[row] || slices.ContainsFunc(w.t.Added, func(a DraftRow) bool { return a.After == row })
}

// within reports whether a group below the path is merged.
func (w *draftWriter) within(path string) bool {
	for merged := range w.t.Merged {
		if strings.HasPrefix(merged, path+".") {
			return true
		}
	}
	return false
}

// more writes the rows that are added below some rows, in the group with the path.
func (w *draftWriter) more(path string, below []*Row, depth int) {
	for i, a := range w.t.Added {
		if a.In == path && (a.After == nil && below == nil || slices.Contains(below, a.After)) && !w.done[i] {
			w.done[i] = true
			w.line(depth, "- {id: added_"+strconv.Itoa(len(w.done))+", label: "+strconv.Quote(a.Label)+"}")
		}
	}
}

// node writes a value of a form's file.
func (w *draftWriter) node(depth int, lead string, n *yamlpos.Node) {
	for i := range n.Items {
		item := &n.Items[i]
		key := lead + item.Key + ":"
		if i == 0 {
			lead = strings.Repeat(" ", len(lead))
		}
		switch {
		case item.Kind == yamlpos.Scalar:
			w.line(depth, key+" "+flow(item))
		case item.Kind == yamlpos.List && len(item.Items) > 0 && item.Items[0].Kind == yamlpos.Map:
			w.line(depth, key)
			for k := range item.Items {
				w.node(depth+2, "- ", &item.Items[k])
			}
		default:
			w.line(depth, key+" "+flow(item))
		}
	}
}

// flow writes a value in one line.
func flow(n *yamlpos.Node) string {
	var parts []string
	for i := range n.Items {
		item := flow(&n.Items[i])
		if n.Kind == yamlpos.Map {
			item = n.Items[i].Key + ": " + item
		}
		parts = append(parts, item)
	}
	switch n.Kind {
	case yamlpos.Map:
		return "{" + strings.Join(parts, ", ") + "}"
	case yamlpos.List:
		return "[" + strings.Join(parts, ", ") + "]"
	}
	if plainScalar.MatchString(n.Text) && !n.Quoted {
		return n.Text
	}
	return strconv.Quote(n.Text)
}

// plainScalar are ids, numbers, true and false.
var plainScalar = regexp.MustCompile(`^[a-z0-9_-]+$`)

// quoted writes a label.
func quoted(x lang.Text) string {
	return "{zh: " + strconv.Quote(x.In(lang.ZH)) + ", en: " + strconv.Quote(x.In(lang.EN)) + "}"
}
