package generator

import (
	"context"
	"sync"

	"annals/generator/archive"
	"annals/generator/cache"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/search"
	"annals/generator/site"
)

// searchBlob returns the blob from which the search index of an agency is made.
func searchBlob(a *archive.Agency, reports []*archive.Report) []byte {
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
			if !f.Kept {
				x.Attachments = append(x.Attachments, f.Name)
			}
		}
		in.Reports = append(in.Reports, x)
	}
	return search.Part(in)
}

// searchIndex makes the index from the agencies' blobs, which lie in the cache.
func (b *build) searchIndex(ctx context.Context, group *summed) error {
	sources := make([]search.Source, len(b.sources))
	for i, s := range b.sources {
		sources[i] = search.Source{Path: s.agency.Path, Sum: b.outcomes[i].Blob.Sum()}
	}
	o := search.Options{
		Load:   func(i int) ([]byte, error) { return b.blobOf(b.sources[i]), nil },
		Labels: labels(b.formsInUse()),
		Fewer:  b.site.FewFiles,
		Cache:  &shardCache{b: b, known: map[[32]byte]cache.Record{}},
		Kept:   group.Has,
	}
	emitted := map[string]bool{} // equal content has one name, and is one file
	return search.Build(sources, o, func(path string, data []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if emitted[path] {
			return nil
		}
		emitted[path] = true
		if data == nil {
			return group.Retain(path)
		}
		return group.Stage(path, data)
	})
}

// blobOf returns an agency's blob, and makes it again if the cache has lost it.
func (b *build) blobOf(s *source) []byte {
	if data := b.store.Large(b.outcomes[s.index].Blob); len(data) > 0 {
		return data
	}
	pages, _ := b.judge(s)
	return searchBlob(s.agency, pages.Reports)
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

// shardCache implements search.Cache on the cache of the archive.
type shardCache struct {
	b     *build
	mu    sync.Mutex
	known map[[32]byte]cache.Record // what this build has put or kept
}

func (m *shardCache) Get(key [32]byte) ([]byte, bool) {
	if !m.Keep(key) {
		return nil, false
	}
	data := m.b.store.Large(m.record(key))
	return data, data != nil
}

func (m *shardCache) Put(key [32]byte, value []byte) {
	m.note(key, m.b.store.Put(shardName(key), key, nil, value))
}

func (m *shardCache) Keep(key [32]byte) bool {
	r, ok := m.b.store.Get(shardName(key))
	if ok {
		m.b.store.Keep(shardName(key), r)
		m.note(key, r)
	}
	return ok
}

func (m *shardCache) Read(key [32]byte, p []byte, off int64) bool {
	return m.b.store.Read(m.record(key), p, off)
}

func (m *shardCache) note(key [32]byte, r cache.Record) {
	m.mu.Lock()
	m.known[key] = r
	m.mu.Unlock()
}

func (m *shardCache) record(key [32]byte) cache.Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.known[key]
}

// shardName cannot be the path of an agency.
func shardName(key [32]byte) string { return shardPrefix + string(key[:]) }

const shardPrefix = "search\x00"
