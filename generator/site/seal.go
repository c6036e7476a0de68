package site

import (
	"crypto/sha256"

	"annals/generator/archive"
	"annals/generator/wire"
)

// A branch has a hash, its seal, of everything below it that its pages show:
// the agencies and the entries of their reports. An edit changes only the seals
// of the agency and of the agencies above it, so that the pages of all other
// branches need not be made again.

// seal computes the node's sum from its own agency and the sums below it.
func (w *walker) seal(n *node) {
	b := w.buf[:0]
	if n.agency != nil {
		b = appendAgency(b, n.agency)
		for _, e := range w.in.Reports(n.agency) {
			b = e.Append(b)
		}
		for _, x := range w.gone[n.agency] {
			b = wire.AppendUvarint(b, uint64(x.Year))
		}
	}
	for _, c := range n.children {
		b = append(b, c.sum[:]...)
	}
	n.sum = sha256.Sum256(b)
	w.buf = b
}

// key hashes the node's sum and what its pages show of the agencies above it.
func (w *walker) key(n *node) [32]byte {
	b := append([]byte(nil), n.sum[:]...)
	if n.agency != nil {
		b = appendProfile(b, n.agency)
	}
	for a := n.agency; a != nil; a = a.Parent {
		b = appendAgency(b, a)
	}
	for _, y := range w.in.Years {
		b = wire.AppendUvarint(b, uint64(y))
	}
	b = wire.AppendBool(b, len(w.in.Releases) > 0)
	for _, f := range w.plan.facts.Free {
		b = wire.AppendString(wire.AppendString(b, f.Href), f.Text)
	}
	return sha256.Sum256(b)
}

// appendProfile appends what only the agency's own page shows of it.
func appendProfile(b []byte, a *archive.Agency) []byte {
	c := &a.Contact
	for _, s := range [...]string{a.Short, c.Office, c.Address, c.Postcode, c.Phone, c.Email} {
		b = wire.AppendString(b, s)
	}
	b = wire.AppendUvarint(b, uint64(len(a.FormerNames)))
	for _, s := range a.FormerNames {
		b = wire.AppendString(b, s)
	}
	if a.Body != nil {
		b = wire.AppendString(b, string(a.Body.Source))
	}
	return b
}

func appendAgency(b []byte, a *archive.Agency) []byte {
	for _, s := range [...]string{a.Path, a.Name, string(a.Kind)} {
		b = wire.AppendString(b, s)
	}
	for _, n := range [...]int{a.Since, a.Until, len(a.Children)} {
		b = wire.AppendUvarint(b, uint64(n))
	}
	return b
}
