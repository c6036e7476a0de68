// Package render turns the pages that site has planned into HTML.
//
// A page is one execution of its kind's layout, a html/template file, which
// escapes every value for the place where it stands. What would be slow or
// cannot be done there is a function that layouts call:
//
//   - table prints an official table. The table's layout is executed once per
//     form, with marks in the place of the values, and cut at the marks; a
//     report's table is those pieces with its digits between them. Only a cell
//     that is more than digits is made by a layout of its own.
//   - prose prints Markdown. Elements are written by this package from the
//     syntax tree and everything else is escaped, so that content cannot act.
//   - values and rows print the figures and the lines of lists, cut and filled
//     in the same way.
//   - chart and trend draw SVG with classes, never with style attributes.
//
// Words in the language of the site are put into the layouts when they are
// read, and so are the names of styles and scripts, which carry a hash of
// their content and can be cached for ever. White space between tags is taken
// out then too, once, instead of from every page.
//
// A Renderer is immutable and safe for use by several goroutines.
package render

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"html/template"
	"io/fs"
	"sync"

	"annals/generator/config"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/site"
)

// Options are what a Renderer is made of.
type Options struct {
	Site      *config.Site
	Forms     []*form.Form
	Free      []*site.Free // the free pages, for the menu
	Overrides fs.FS        // the site's own layouts folder, or nil
	Header    []byte       // HTML of the host site, put around every page as it is
	Footer    []byte
}

// Renderer makes pages.
type Renderer struct {
	Plan *site.Plan

	tag         lang.Tag
	forms       []*form.Form
	kinds       map[site.Kind]*template.Template
	cell        *template.Template
	tables      map[*form.Form][]*printed
	blank       string // a blank cell, and a missing one
	missing     string
	value       [2]string // what stands around a figure in a list
	noValue     string    // in its place where there is none, or none to compare
	broken      string
	shapes      *shapes // nil where the site has layouts of its own
	words       words
	assets      []asset
	header      template.HTML
	footer      template.HTML
	fingerprint [32]byte
	buffers     sync.Pool
}

// Emit takes a finished file. The data are valid until it returns.
type Emit = site.Emit

// New reads and compiles the layouts. A mistake in a layout of the site's own
// is a diagnostic.
func New(o Options) (*Renderer, []diag.Diagnostic, error) {
	set, diags, err := readLayouts(o.Overrides)
	if err != nil || len(diags) > 0 {
		return nil, diags, err
	}
	r := &Renderer{
		tag: o.Site.Language, forms: o.Forms, words: set.words, assets: set.assets,
		header: trusted(o.Header), footer: trusted(o.Footer),
		kinds: map[site.Kind]*template.Template{}, tables: map[*form.Form][]*printed{},
		buffers: sync.Pool{New: func() any { return new(work) }},
	}
	r.Plan = site.New(o.Site, func(key string) string { return set.words.in(key, r.tag) }, o.Free)
	if !set.own {
		r.shapes = &shapes{byKey: map[string]*shape{}}
	}
	h := sha256.New()
	h.Write(set.sum[:])
	h.Write(o.Header)
	h.Write([]byte{0})
	h.Write(o.Footer)
	h.Sum(r.fingerprint[:0])
	if diags := r.compile(set); len(diags) > 0 {
		return nil, diags, nil
	}
	return r, nil, nil
}

// Fingerprint changes whenever a layout, a word, an asset or the host site's
// header or footer does.
func (r *Renderer) Fingerprint() [32]byte { return r.fingerprint }

// Agency makes the pages of one agency: its own and those of its reports.
func (r *Renderer) Agency(in *site.Agency, emit Emit) error {
	for i, report := range in.Reports {
		if err := r.report(r.Plan.Report(in.Reports, i, in.Findings[report.Year]), emit); err != nil {
			return err
		}
	}
	for _, page := range r.Plan.Agency(in) {
		if err := r.agency(page, emit); err != nil {
			return err
		}
	}
	return nil
}

// Global makes the pages that show more than one agency, and the assets. The
// data page is made by Data, once its files are known. Pages are rendered by
// the given number of goroutines, so emit may be called by several at a time.
func (r *Renderer) Global(in *site.Archive, free []*site.Free, workers int, emit Emit) error {
	for _, a := range r.assets {
		if err := emit(a.path, a.data); err != nil {
			return err
		}
	}
	batches := make(chan site.Batch, max(1, workers))
	failed := make(chan error, max(1, workers))
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for b := range batches {
				if err := r.batch(b, emit); err != nil {
					failed <- err
					for range batches { // let the walk end
					}
					return
				}
			}
		})
	}
	err := r.Plan.Walk(in, diag.Rules(), free, func(b site.Batch) error {
		batches <- b
		return nil
	})
	close(batches)
	wg.Wait()
	select {
	case first := <-failed:
		return first
	default:
		return err
	}
}

// batch renders pages that belong together.
func (r *Renderer) batch(b site.Batch, emit Emit) error {
	if b.Emit != nil {
		emit = b.Emit
	}
	for _, p := range b.Pages {
		if err := r.Page(p, emit); err != nil {
			return err
		}
	}
	if b.Done != nil {
		return b.Done()
	}
	return nil
}

// Data makes the pages that describe the files to download.
func (r *Renderer) Data(files []site.DataFile, forms []site.Link, emit Emit) error {
	for _, p := range r.Plan.Data(files, forms) {
		if err := r.Page(p, emit); err != nil {
			return err
		}
	}
	return nil
}

// Page renders any page of the plan.
func (r *Renderer) Page(page any, emit Emit) error {
	p := pageOf(page)
	return r.page(p.Kind, p.Path, page, emit)
}

func (r *Renderer) page(kind site.Kind, path string, data any, emit Emit) error {
	w := r.buffers.Get().(*work)
	defer r.buffers.Put(w)
	w.page.Reset()
	if err := r.kinds[kind].Execute(&w.page, data); err != nil {
		return fmt.Errorf("layout %s.html, page %s: %w", kind, path, err)
	}
	w.final = appendRooted(w.final[:0], w.page.Bytes(), site.Root(path))
	return emit(path, w.final)
}

// report renders the page of a report, by its shape where it has one.
func (r *Renderer) report(page *site.ReportPage, emit Emit) error {
	w := r.buffers.Get().(*work)
	defer r.buffers.Put(w)
	var ok bool
	var err error
	if w.final, ok, err = r.reportPage(w.final[:0], &w.outline, page); err != nil {
		return err
	} else if ok {
		return emit(page.Path, w.final)
	}
	return r.page(page.Kind, page.Path, page, emit)
}

// agency renders the page of an agency, by its shape where it has one.
func (r *Renderer) agency(page *site.AgencyPage, emit Emit) error {
	w := r.buffers.Get().(*work)
	defer r.buffers.Put(w)
	var ok bool
	var err error
	if w.final, ok, err = r.agencyPage(w.final[:0], &w.outline, page); err != nil {
		return err
	} else if ok {
		return emit(page.Path, w.final)
	}
	return r.page(page.Kind, page.Path, page, emit)
}

// work is what a goroutine makes a page in.
type work struct {
	page    bytes.Buffer
	final   []byte
	outline outline
}

// appendRooted appends a page with the way to the root in the place of its
// marks.
func appendRooted(b, page []byte, root string) []byte {
	for {
		i := bytes.Index(page, []byte(rootMark))
		if i < 0 {
			return append(b, page...)
		}
		b = append(append(b, page[:i]...), root...)
		page = page[i+len(rootMark):]
	}
}

// pageOf returns what all pages have.
func pageOf(page any) *site.Page {
	switch p := page.(type) {
	case *site.HomePage:
		return &p.Page
	case *site.YearsPage:
		return &p.Page
	case *site.YearPage:
		return &p.Page
	case *site.TreePage:
		return &p.Page
	case *site.AgencyPage:
		return &p.Page
	case *site.ReportPage:
		return &p.Page
	case *site.CoveragePage:
		return &p.Page
	case *site.ExplorePage:
		return &p.Page
	case *site.SearchPage:
		return &p.Page
	case *site.DataPage:
		return &p.Page
	case *site.RulesPage:
		return &p.Page
	case *site.FreePage:
		return &p.Page
	case *site.NotFoundPage:
		return &p.Page
	}
	panic(fmt.Sprintf("render: no page %T", page))
}
