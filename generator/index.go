package generator

import (
	"iter"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/output"
	"annals/generator/search"
	"annals/generator/site"
)

// searchPart is an agency's part of the search index.
func searchPart(a *archive.Agency, reports []*archive.Report) []byte {
	in := &search.Agency{Path: a.Path, Name: a.Name, Short: a.Short, Former: a.FormerNames, Kind: string(a.Kind)}
	for _, r := range reports {
		x := search.Report{Year: r.Year, URL: site.ReportFile(a, r.Year, ""), Title: r.Title}
		for _, s := range r.Body.Sections {
			part := search.Section{Heading: s.Heading, Text: r.Body.Text(s.Blocks)}
			if _, _, official := r.Form.Section(s.Heading); official {
				part.Heading = ""
			}
			x.Sections = append(x.Sections, part)
		}
		for _, n := range r.Notes {
			x.Footnotes = append(x.Footnotes, n.Text)
		}
		for _, f := range r.Attachments {
			x.Attachments = append(x.Attachments, f.Name)
		}
		in.Reports = append(in.Reports, x)
	}
	return search.Part(in)
}

// searchIndex makes the index from the parts, which lie in the cache.
func (b *build) searchIndex(group *output.Group) error {
	var failed error
	memo := &searchMemo{b}
	parts := iter.Seq2[[]byte, error](func(yield func([]byte, error) bool) {
		for _, u := range b.units {
			if !yield(b.partOf(u), nil) {
				return
			}
		}
	})
	o := search.Options{Labels: labels(b.forms.Forms()), Cache: memo, Kept: func(path string) bool {
		ok, err := group.Has(path)
		if err != nil {
			failed = err
		}
		return ok
	}}
	emitted := map[string]bool{} // equal content has one name, and is one file
	err := search.Build(parts, o, func(path string, data []byte) error {
		if emitted[path] {
			return nil
		}
		emitted[path] = true
		if data == nil {
			return group.Retain(path)
		}
		return group.Stage(path, data)
	})
	if failed != nil {
		return failed
	}
	return err
}

// partOf returns a unit's part; one that the cache has lost is made again.
func (b *build) partOf(u *unit) []byte {
	if data := b.store.Large(u.part); len(data) > 0 {
		return data
	}
	again := &unit{agency: u.agency, folder: u.folder}
	all, _ := b.reports(again)
	published := all[:0]
	for _, r := range all {
		if !r.Draft {
			published = append(published, r)
		}
	}
	return searchPart(u.agency, published)
}

// labels are the official words of the forms' cells, each with the page that
// shows the figure.
func labels(forms []*form.Form) []search.Label {
	var list []search.Label
	seen := map[lang.Text]bool{}
	for i := len(forms) - 1; i >= 0; i-- {
		for _, row := range forms[i].Rows {
			for _, text := range []lang.Text{row.Label, row.Full} {
				if !seen[text] {
					seen[text] = true
					list = append(list, search.Label{Text: text, URL: site.FigureAddress(row)})
				}
			}
		}
	}
	return list
}

// searchMemo keeps what the index makes between builds.
type searchMemo struct{ b *build }

func (m *searchMemo) Get(key [32]byte) ([]byte, bool) {
	name := shardName(key)
	r, ok := m.b.store.Get(name)
	if !ok {
		return nil, false
	}
	data := m.b.store.Large(r)
	if data == nil {
		return nil, false
	}
	m.b.store.Keep(name, r)
	return data, true
}

func (m *searchMemo) Put(key [32]byte, value []byte) {
	m.b.store.Put(shardName(key), key, nil, value)
}

// shardName cannot be the path of an agency.
func shardName(key [32]byte) string { return shardPrefix + string(key[:]) }

const shardPrefix = "search\x00"
