package bind

import (
	"slices"

	"annals/generator/importer/draft"
)

// Extent returns the indexes of the draft's first and last block that is a
// heading of the form or belongs to one of its tables. ok is false if there is
// none.
func (b *Bound) Extent() (first, last int, ok bool) { return b.first, b.last, b.last >= 0 }

// enclose sets Core to the innermost element of a page that holds all headings
// that were found, if these are more than half of the form's.
func (b *binder) enclose(d *draft.Draft) {
	found := 0
	for _, k := range b.blocks {
		if !k.heading {
			continue
		}
		in := d.Blocks[k.index()].In
		if found++; found == 1 {
			b.Core = in
		}
		b.Core = b.Core.Common(in)
	}
	if found*2 <= len(b.Form.Sections) {
		b.Core = nil
	}
}

// HasOutline reports whether the document has the headings of most parts of the form.
func (b *Bound) HasOutline() bool {
	found := 0
	for _, s := range b.Prose {
		if s.Heading != nil {
			found++
		}
	}
	return found*2 > len(b.Form.Sections)
}

// outside reports whether a block lies outside of Core, so that it is not part
// of the report.
func (b *binder) outside(d *draft.Draft, k *block) bool {
	return b.Core != nil && !b.Core.Holds(d.Blocks[k.index()].In)
}

// measure sets first and last, the results of Extent.
func (b *binder) measure() {
	b.first, b.last = 0, -1
	isPart := func(k *block) bool { return k.heading || k.table != nil }
	if i := slices.IndexFunc(b.blocks, isPart); i >= 0 {
		b.first = b.blocks[i].index()
	}
	for _, k := range b.blocks {
		if isPart(k) {
			b.last = k.index()
		}
	}
}

// index returns the index of the block in the draft.
func (k *block) index() int {
	if k.paragraph != nil {
		return k.paragraph.block
	}
	return k.rows[0][0].block
}
