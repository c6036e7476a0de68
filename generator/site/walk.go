package site

import (
	"annals/generator/diag"
)

// Batch is pages that belong together.
type Batch struct {
	Pages []Document
	Emit  Emit         // where they go; nil for wherever all others do
	Done  func() error // called after the last; may be nil
}

// Walk makes the pages that show more than one agency, in batches: of each
// branch its years, its coverage and the page of its agency, then the pages that
// exist once.
func (p *Plan) Walk(in *Archive, rules []diag.Rule, free []*Free, batch func(Batch) error) error {
	w := newWalker(p, in, batch)
	top, err := w.visit(nil, in.Roots)
	if err != nil {
		return err
	}
	if len(in.Roots) == 0 {
		if err := w.pages(top); err != nil {
			return err
		}
	}
	return batch(Batch{Pages: append(w.once(top, rules, free), w.treePages(top)...)})
}

// pages makes the pages of a branch, unless they are there already.
func (w *walker) pages(n *node) error {
	var b Batch
	if w.in.Open != nil {
		name := "branch/"
		if n.agency != nil {
			name += n.agency.Path
		}
		var err error
		if b.Emit, b.Done, err = w.in.Open(name, w.key(n)); err != nil || b.Emit == nil {
			return err
		}
	}
	rows := n.rows()
	b.Pages = append(w.yearPages(n, rows), w.coveragePages(n)...)
	if n.agency != nil {
		b.Pages = append(b.Pages, w.agencyPages(n)...)
	}
	return w.batch(b)
}
