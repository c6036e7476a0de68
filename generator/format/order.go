package format

import (
	"path"
	"slices"
	"strings"

	"annals/generator/form"
	"annals/generator/keys"
)

// order sorts the keys of the document. It returns false if two keys of the front
// matter mean the same row, which only the editor can resolve.
func (d *document) order() bool {
	switch {
	case path.Base(d.file) == "site.yaml":
		sortTable(d.top, keys.Site())
	case path.Base(d.file) == "_index.md":
		sortTable(d.top, keys.Agency())
	case d.form != nil:
		return d.orderReport()
	}
	return true
}

func (d *document) orderReport() bool {
	ok := true
	for _, e := range d.top.kids {
		if keys.Report().Key(e.key) != nil {
			continue
		}
		if path, found := d.form.Key("", e.key); found {
			ok = d.orderRows(e, path) && ok
		}
	}
	ok = ok && unique(d.top)
	sortTable(d.top, keys.Report(), d.form.Keys("")...)
	return ok
}

// orderRows sets the key of a table or group of the form to its id, and sorts the
// entries below it.
func (d *document) orderRows(e *entry, path string) bool {
	e.path, e.isTable = path, true
	e.key = path[strings.LastIndexByte(path, '.')+1:]
	if !d.form.Group(path) {
		e.flow = e.flow || d.fitsLine(e)
		return true
	}
	ok := true
	for _, k := range e.kids {
		if below, found := d.form.Key(path, k.key); found && k.keyed {
			ok = d.orderRows(k, below) && ok
		}
	}
	ok = ok && unique(e)
	sortKeys(e, d.form.Keys(path))
	return ok
}

// fitsLine reports whether the numbers of a row that are on lines of their own can
// be written on one line.
func (d *document) fitsLine(e *entry) bool {
	for _, k := range e.kids {
		if !k.flow || k.node.Null() || len(k.node.Items) > 0 || len(k.above)+len(k.beside)+len(k.below) > 0 ||
			!k.node.Quoted && strings.ContainsAny(k.node.Text, ",[]{}:#") {
			return false
		}
	}
	row, ok := d.form.Row(e.path)
	return ok && row != nil && len(e.kids) > 0 && !e.kids[0].keyed
}

// unique reports whether no two entries below e have the same key.
func unique(e *entry) bool {
	seen := map[string]bool{}
	for _, k := range e.kids {
		if k.keyed && seen[k.key] {
			return false
		}
		seen[k.key] = true
	}
	return true
}

// sortTable sorts an entry and those below it in the order of a table of keys.
// tables are the tables of the report's form.
func sortTable(e *entry, t keys.Table, tables ...string) {
	sortKeys(e, t.Names(tables...))
	for _, kid := range e.kids {
		switch k := t.Key(kid.key); {
		case k == nil:
		case k.List || k.Named:
			for _, item := range kid.kids {
				sortTable(item, k.Keys)
			}
		default:
			sortTable(kid, k.Keys)
		}
	}
}

// sortKeys sorts the keys of an entry in the given order. Other keys come after
// them in the order of the source.
func sortKeys(e *entry, order []string) {
	rank := func(k *entry) int {
		if i := slices.Index(order, k.key); k.keyed && i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(e.kids, func(a, b *entry) int { return rank(a) - rank(b) })
}

// tableRows lists the entries of a document's rows by the row of the form.
func (d *document) tableRows() map[*form.Row]*entry {
	rows := map[*form.Row]*entry{}
	for _, e := range d.top.all(nil) {
		if e.isTable {
			if row, ok := d.form.Row(e.path); ok {
				rows[row] = e
			}
		}
	}
	return rows
}
