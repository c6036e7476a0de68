package generator

import (
	"errors"

	"annals/generator/archive"
	"annals/generator/cache"
	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/wire"
)

// remembered is what the cache keeps of an agency: the evidence that its files
// are those that were read, who it is, and what became of its reports. Only
// agencies without any diagnostic are remembered.
type remembered struct {
	files   []fileHash
	agency  archive.Agency // without its place in the tree
	plain   bool           // the agency's _index.md has no text
	entries []archive.Entry
	refs    []site.Ref
}

// fileHash is the hash of a file's content, and its stamp when it was read.
type fileHash struct {
	path  string
	stamp cache.Stamp
	sum   [32]byte
}

func (m *remembered) encode() []byte {
	b := make([]byte, 0, 512)
	b = wire.AppendUvarint(b, uint64(len(m.files)))
	for _, f := range m.files {
		b = wire.AppendString(b, f.path)
		b = f.stamp.Append(b)
		b = append(b, f.sum[:]...)
	}
	a := &m.agency
	b = wire.AppendBool(b, m.plain)
	b = wire.AppendBool(b, a.Rulemaking)
	for _, s := range []string{a.Name, a.Short, string(a.Kind), a.Contact.Office, a.Contact.Address, a.Contact.Postcode, a.Contact.Phone, a.Contact.Email} {
		b = wire.AppendString(b, s)
	}
	b = wire.AppendUvarint(b, uint64(len(a.FormerNames)))
	for _, s := range a.FormerNames {
		b = wire.AppendString(b, s)
	}
	b = wire.AppendUvarint(b, uint64(a.Since))
	b = wire.AppendUvarint(b, uint64(a.Until))
	b = wire.AppendUvarint(b, uint64(len(m.entries)))
	for i := range m.entries {
		e := &m.entries[i]
		b = wire.AppendString(b, e.Form.ID)
		b = wire.AppendString(b, e.Title)
		for _, n := range []int{e.Year, e.Published.Year, e.Published.Month, e.Published.Day, e.Errors, e.Warnings, e.Accepted, e.Corrections} {
			b = wire.AppendUvarint(b, uint64(n))
		}
		b = wire.AppendString(b, e.Packed)
	}
	b = wire.AppendUvarint(b, uint64(len(m.refs)))
	for _, r := range m.refs {
		for _, s := range []string{r.Place.File, r.Target, r.Fragment} {
			b = wire.AppendString(b, s)
		}
		for _, n := range []int32{r.Place.Line, r.Place.Column, r.Place.EndLine, r.Place.EndColumn} {
			b = wire.AppendUvarint(b, uint64(n))
		}
	}
	return b
}

var errMemo = errors.New("the record is damaged")

// The fewest bytes that encode writes for one of each.
const (
	leastFile  = 1 + 3 + 16 + 32
	leastEntry = 11
	leastRef   = 7
)

// decode reads a record. The cache has compared its checksum already, so that
// a fault here is a record of another shape.
func (m *remembered) decode(data []byte, forms *form.Set) (err error) {
	d := wire.NewReader(data)
	m.files = make([]fileHash, d.Count(leastFile))
	for i := range m.files {
		f := &m.files[i]
		f.path = d.String()
		f.stamp = cache.Stamp{Size: d.Varint(), Modified: int64(d.Uint64()), Changed: int64(d.Uint64()), Inode: d.Uvarint(), Device: d.Uvarint()}
		copy(f.sum[:], d.Fixed(len(f.sum)))
	}
	a := &m.agency
	m.plain, a.Rulemaking = d.Bool(), d.Bool()
	a.Name, a.Short, a.Kind = d.String(), d.String(), archive.Kind(d.String())
	a.Contact = archive.Contact{Office: d.String(), Address: d.String(), Postcode: d.String(), Phone: d.String(), Email: d.String()}
	for range d.Count(1) {
		a.FormerNames = append(a.FormerNames, d.String())
	}
	a.Since, a.Until = int(d.Uvarint()), int(d.Uvarint())
	m.entries = make([]archive.Entry, d.Count(leastEntry))
	for i := range m.entries {
		e := &m.entries[i]
		id := d.String()
		e.Title = d.String()
		for _, n := range []*int{&e.Year, &e.Published.Year, &e.Published.Month, &e.Published.Day, &e.Errors, &e.Warnings, &e.Accepted, &e.Corrections} {
			*n = int(d.Uvarint())
		}
		e.Packed = d.Bytes()
		var ok bool
		if e.Form, ok = forms.Form(id); !ok {
			return errMemo
		}
	}
	m.refs = make([]site.Ref, d.Count(leastRef))
	for i := range m.refs {
		r := &m.refs[i]
		r.Place.File, r.Target, r.Fragment = d.String(), d.String(), d.String()
		for _, n := range []*int32{&r.Place.Line, &r.Place.Column, &r.Place.EndLine, &r.Place.EndColumn} {
			*n = int32(d.Uvarint())
		}
	}
	if !d.Done() {
		return errMemo
	}
	return nil
}
