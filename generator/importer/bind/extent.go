package bind

import (
	"slices"

	"annals/generator/importer/draft"
)

// Extent is where the parts of the report begin and end, as blocks of the
// draft: the first and the last that is a heading of the form or holds a table
// of it. ok is false where there is none.
func (b *Bound) Extent() (first, last int, ok bool) { return b.first, b.last, b.last >= 0 }

// enclose finds the innermost element of a page that holds all headings, if
// they are most of the form's. What lies between two of them lies in it too.
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

// outside reports whether a block is none of the report for where it stands.
func (b *binder) outside(d *draft.Draft, k *block) bool {
	return b.Core != nil && !b.Core.Holds(d.Blocks[k.index()].In)
}

// measure notes the extent.
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

// index is the number of the draft's block.
func (k *block) index() int {
	if k.paragraph != nil {
		return k.paragraph.block
	}
	return k.rows[0][0].block
}
