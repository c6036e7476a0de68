package site

import (
	"crypto/sha256"
	"encoding/binary"

	"annals/generator/archive"
)

// A branch is sealed with a hash of everything below it that its pages show:
// who the agencies are and what stands in their reports. An edit changes the
// seals on the way from its agency to the root, and no others, so that the
// pages of all other branches need not be made again.

// seal computes the node's sum from its own agency and the sums below it.
func (w *walker) seal(n *node) {
	b := w.buf[:0]
	if n.agency != nil {
		b = appendAgency(b, n.agency)
		for _, e := range w.in.Reports(n.agency) {
			b = AppendEntry(b, &e)
		}
	}
	for _, c := range n.children {
		b = append(b, c.sum[:]...)
	}
	n.sum = sha256.Sum256(b)
	w.buf = b
}

// key is the node's sum with what its pages show of anything above it.
func (w *walker) key(n *node) [32]byte {
	b := append([]byte(nil), n.sum[:]...)
	for a := n.agency; a != nil; a = a.Parent {
		b = appendAgency(b, a)
	}
	for _, y := range w.in.Years {
		b = binary.AppendVarint(b, int64(y))
	}
	for _, f := range w.plan.facts.Free {
		b = appendText(appendText(b, f.Href), f.Text)
	}
	return sha256.Sum256(b)
}

func appendAgency(b []byte, a *archive.Agency) []byte {
	b = appendText(appendText(appendText(b, a.Path), a.Name), string(a.Kind))
	b = binary.AppendVarint(b, int64(a.Since))
	b = binary.AppendVarint(b, int64(a.Until))
	return binary.AppendVarint(b, int64(len(a.Children)))
}

// AppendEntry appends everything that pages and files show of a report, for a
// hash.
func AppendEntry(b []byte, e *archive.Entry) []byte {
	b = appendText(appendText(b, e.Form.ID), e.Title)
	for _, n := range [...]int{e.Year, e.Published.Year, e.Published.Month, e.Published.Day,
		e.Updated.Year, e.Updated.Month, e.Updated.Day, e.Errors, e.Warnings, e.Accepted, e.Corrections} {
		b = binary.AppendVarint(b, int64(n))
	}
	b = binary.AppendUvarint(b, uint64(len(e.Packed)))
	return append(b, e.Packed...)
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}
