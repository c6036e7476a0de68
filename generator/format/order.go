package format

import (
	"path"
	"slices"
	"strings"

	"annals/generator/form"
)

// The keys of the documents, in the order of the content format. In a
// report's keys "" stands for the tables of its form.
var (
	SiteKeys = []string{
		"title", "base_url", "language", "owner", "icp", "police_record", "site_code", "party_mark", "contact",
		"deadlines", "on_error", "header", "footer", "repository", "files",
	}
	AgencyKeys  = []string{"name", "kind", "short", "former_names", "since", "until", "rulemaking", "contact"}
	ContactKeys = []string{"office", "address", "postcode", "phone", "email"}
	ReportKeys  = []string{"form", "title", "published", "source", "draft", "", "accept", "notes", "corrections"}
	SourceKeys  = []string{"url", "file", "sha256"}
	ItemKeys    = map[string][]string{
		"accept":      {"rule", "cell", "reason"},
		"notes":       {"cell", "note"},
		"corrections": {"date", "cell", "was", "note"},
	}
)

// order sorts the keys of the document. It returns false where two keys of
// the front matter mean the same row, which is for the editor to mend.
func (d *document) order() bool {
	switch {
	case path.Base(d.file) == "site.yaml":
		sortKeys(d.top, SiteKeys)
	case path.Base(d.file) == "_index.md":
		sortKeys(d.top, AgencyKeys)
		sortBelow(d.top, "contact", ContactKeys)
	case d.form != nil:
		return d.orderReport()
	}
	return true
}

func (d *document) orderReport() bool {
	ok := true
	for _, e := range d.top.kids {
		if slices.Contains(ReportKeys, e.key) && e.key != "" {
			continue
		}
		if path, found := d.form.Key("", e.key); found {
			ok = d.orderRows(e, path) && ok
		}
	}
	var keys []string
	for _, k := range ReportKeys {
		if k == "" {
			keys = append(keys, d.form.Keys("")...)
		} else {
			keys = append(keys, k)
		}
	}
	ok = ok && unique(d.top)
	sortKeys(d.top, keys)
	sortBelow(d.top, "source", SourceKeys)
	for key, order := range ItemKeys {
		for _, e := range d.top.kids {
			if e.key == key {
				for _, item := range e.kids {
					sortKeys(item, order)
				}
			}
		}
	}
	return ok
}

// orderRows gives a table or group of the form its id, and sorts what is in it.
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

// fitsLine reports whether the numbers of a row that were written below each
// other can stand on its line.
func (d *document) fitsLine(e *entry) bool {
	for _, k := range e.kids {
		if !k.flow || len(k.node.Items) > 0 || len(k.above)+len(k.beside)+len(k.below) > 0 ||
			!k.node.Quoted && strings.ContainsAny(k.node.Text, ",[]{}:#") {
			return false
		}
	}
	row, ok := d.form.Row(e.path)
	return ok && row != nil && len(e.kids) > 0 && !e.kids[0].keyed
}

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

func sortBelow(top *entry, key string, order []string) {
	for _, e := range top.kids {
		if e.key == key {
			sortKeys(e, order)
		}
	}
}

// sortKeys sorts the keys of an entry by the given order; others come after
// them, as they stood.
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
