// Package render turns the pages that site has planned into HTML.
//
// A page is what its kind's layout, a html/template file, makes of the page's
// data. html/template parses the layout and decides how each value is escaped
// for the place where it stands; executing it takes ten times as long as the
// rest of a page, so that a layout is translated into a program once, for the
// type of its data (program.go, translate.go, expr.go, escape.go). What programs
// know is a part of html/template, all that the built-in layouts use and nearly
// all that a site's own do. A page whose layout uses something else, and one
// whose program fails, is executed by html/template, which stays the judge of
// what a page is. Nothing about a layout is written down beside it: a field that
// is added to a page's data and printed by its layout needs no other edit.
//
// Pages were filled into skeletons before, cut from an executed page at marks in
// the place of its texts. They were faster by a few microseconds, but a list
// beside each layout had to say which of its fields are texts, a page with
// anything unusual had none, and content could spell the marks.
//
// What would be slow or cannot be done in a layout is a function that layouts
// call (functions.go):
//
//   - table prints an official table. The table's layout is executed once per
//     form, with marks in the place of the values, and cut at the marks; a
//     report's table is those pieces with its digits between them. Only a cell
//     that is more than digits is made by a layout of its own.
//   - prose prints Markdown. Elements are written by this package from the
//     syntax tree and everything else is escaped, so that content cannot act.
//   - values and rows print the figures and the lines of lists, by layouts.
//   - chart and trend draw SVG with classes, never with style attributes.
//
// Words in the language of the site are put into the layouts when they are
// read, and so are the names of styles and scripts, which carry a hash of
// their content and can be cached for ever. White space between tags is taken
// out then too, once, instead of from every page.
//
// A Renderer is safe for use by several goroutines.
package render

import (
	"crypto/sha256"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"sync"

	"annals/generator/bug"
	"annals/generator/config"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/htmltext"
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

	// Nonce is part of the marks that stand in layouts for what is put in later:
	// letters and digits that nobody can have foreseen. No file depends on it.
	Nonce string
}

// Renderer makes pages.
type Renderer struct {
	Plan *site.Plan

	tag         lang.Tag
	forms       []*form.Form
	kinds       map[site.Kind]*template.Template
	cell        *template.Template
	tables      map[*form.Form][]*printed
	value       *template.Template // a figure in a list
	functions   map[string]function
	marks       marks
	escapers    map[string]*escaper
	sources     map[string]string // layouts as they are written
	own         bool              // some of them are the site's own
	programs    sync.Map          // of *program by programKey
	translating sync.Mutex        // guards inFull
	inFull      map[Refusal]bool
	words       words
	assets      []asset
	header      template.HTML
	footer      template.HTML
	fingerprint [32]byte
	runs        sync.Pool
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
	x := newest.Load()
	if x == nil || !x.of(o, set) {
		x = &compiled{options: o.plain(), forms: slices.Clone(o.Forms), sum: set.sum}
		if x.renderer, diags, err = newFrom(x.options, x.forms, set); x.renderer == nil {
			return nil, diags, err
		}
		newest.Store(x)
	}
	return x.renderer, nil, nil
}

func newFrom(o Options, forms []*form.Form, set *layoutSet) (*Renderer, []diag.Diagnostic, error) {
	var err error
	r := &Renderer{
		tag: o.Site.Language, forms: forms, words: set.words, assets: set.assets,
		header: trusted(o.Header), footer: trusted(o.Footer),
		kinds: map[site.Kind]*template.Template{}, tables: map[*form.Form][]*printed{},
		marks: newMarks(o.Nonce), sources: set.files, own: set.ownPages(), inFull: map[Refusal]bool{},
	}
	r.runs.New = func() any { return &run{r: r} }
	r.functions = r.newFunctions()
	if r.escapers, err = newEscapers(); err != nil {
		return nil, nil, err
	}
	r.Plan = site.New(o.Site, func(key string) string { return set.words.in(key, r.tag) }, o.Free)
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

// Agency makes the pages of one agency: those of its reports, and its own, which
// Global makes if there are others below it.
func (r *Renderer) Agency(in *site.Agency, emit Emit) error {
	for i, report := range in.Reports {
		page := r.Plan.Report(in.Reports, i, in.Findings[report.Year])
		r.Plan.AddVersions(page, in.Versions[report.Year], in.Proven)
		r.Plan.AddChecked(page, in.Checked[report.Year])
		if err := r.Page(page, emit); err != nil {
			return err
		}
	}
	for _, w := range in.Withdrawn {
		if err := r.Page(r.Plan.Withdrawn(in.Agency, w), emit); err != nil {
			return err
		}
	}
	for _, m := range in.Moved {
		if err := r.Page(r.Plan.Moved(in.Agency, m), emit); err != nil {
			return err
		}
	}
	if len(in.Agency.Children) > 0 {
		return nil
	}
	return r.Page(r.Plan.Agency(in), emit)
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
func (r *Renderer) batch(b site.Batch, emit Emit) (err error) {
	defer bug.Catch(&err)
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
func (r *Renderer) Page(page site.Document, emit Emit) error {
	p := page.Common()
	x := r.runs.Get().(*run)
	defer r.runs.Put(x)
	x.b, x.root = x.b[:0], string(htmltext.Append(nil, p.Root))
	if err := x.layout(r.kinds[p.Kind], page); err != nil {
		return r.fault(page, fmt.Errorf("layout %s.html, page %s: %w", p.Kind, p.Path, err))
	}
	return emit(p.Path, x.b)
}
