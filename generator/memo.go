package generator

import (
	"encoding/binary"
	"errors"

	"annals/generator/archive"
	"annals/generator/cache"
	"annals/generator/form"
	"annals/generator/site"
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
	b = binary.AppendUvarint(b, uint64(len(m.files)))
	for _, f := range m.files {
		b = appendString(b, f.path)
		b = f.stamp.Append(b)
		b = append(b, f.sum[:]...)
	}
	a := &m.agency
	b = append(b, bit(m.plain)|bit(a.Rulemaking)<<1)
	for _, s := range []string{a.Name, a.Short, string(a.Kind), a.Contact.Office, a.Contact.Address, a.Contact.Postcode, a.Contact.Phone, a.Contact.Email} {
		b = appendString(b, s)
	}
	b = binary.AppendUvarint(b, uint64(len(a.FormerNames)))
	for _, s := range a.FormerNames {
		b = appendString(b, s)
	}
	b = binary.AppendUvarint(b, uint64(a.Since))
	b = binary.AppendUvarint(b, uint64(a.Until))
	b = binary.AppendUvarint(b, uint64(len(m.entries)))
	for i := range m.entries {
		e := &m.entries[i]
		b = appendString(b, e.Form.ID)
		b = appendString(b, e.Title)
		for _, n := range []int{e.Year, e.Published.Year, e.Published.Month, e.Published.Day, e.Errors, e.Warnings, e.Accepted, e.Corrections} {
			b = binary.AppendUvarint(b, uint64(n))
		}
		b = appendString(b, string(e.Packed))
	}
	b = binary.AppendUvarint(b, uint64(len(m.refs)))
	for _, r := range m.refs {
		for _, s := range []string{r.Place.File, r.Target, r.Fragment} {
			b = appendString(b, s)
		}
		for _, n := range []int32{r.Place.Line, r.Place.Column, r.Place.EndLine, r.Place.EndColumn} {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	return b
}

func bit(v bool) byte {
	if v {
		return 1
	}
	return 0
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

var errMemo = errors.New("the record is damaged")

// decode reads a record. The cache has compared its checksum already, so that
// a fault here is a record of another shape.
func (m *remembered) decode(data []byte, forms *form.Set) (err error) {
	d := &decoder{rest: data}
	m.files = make([]fileHash, d.count())
	for i := range m.files {
		f := &m.files[i]
		f.path = d.string()
		f.stamp = cache.Stamp{Size: d.varint(), Modified: int64(d.fixed()), Changed: int64(d.fixed()), Inode: d.uvarint(), Device: d.uvarint()}
		copy(f.sum[:], d.bytes(len(f.sum)))
	}
	a := &m.agency
	flags := d.bytes(1)
	if len(flags) == 1 {
		m.plain, a.Rulemaking = flags[0]&1 != 0, flags[0]&2 != 0
	}
	a.Name, a.Short, a.Kind = d.string(), d.string(), archive.Kind(d.string())
	a.Contact = archive.Contact{Office: d.string(), Address: d.string(), Postcode: d.string(), Phone: d.string(), Email: d.string()}
	for range d.count() {
		a.FormerNames = append(a.FormerNames, d.string())
	}
	a.Since, a.Until = int(d.uvarint()), int(d.uvarint())
	m.entries = make([]archive.Entry, d.count())
	for i := range m.entries {
		e := &m.entries[i]
		id := d.string()
		e.Title = d.string()
		for _, n := range []*int{&e.Year, &e.Published.Year, &e.Published.Month, &e.Published.Day, &e.Errors, &e.Warnings, &e.Accepted, &e.Corrections} {
			*n = int(d.uvarint())
		}
		e.Packed = []byte(d.string())
		var ok bool
		if e.Form, ok = forms.Form(id); !ok {
			return errMemo
		}
	}
	m.refs = make([]site.Ref, d.count())
	for i := range m.refs {
		r := &m.refs[i]
		r.Place.File, r.Target, r.Fragment = d.string(), d.string(), d.string()
		for _, n := range []*int32{&r.Place.Line, &r.Place.Column, &r.Place.EndLine, &r.Place.EndColumn} {
			*n = int32(d.uvarint())
		}
	}
	if d.bad || len(d.rest) > 0 {
		return errMemo
	}
	return nil
}

// decoder reads what encode wrote; a short record makes it bad, and then it
// returns zeros.
type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.rest)
	return v * uint64(d.skip(n))
}

func (d *decoder) varint() int64 {
	v, n := binary.Varint(d.rest)
	return v * int64(d.skip(n))
}

// skip passes n bytes and returns 1, or 0 where there are none.
func (d *decoder) skip(n int) int {
	if n <= 0 || n > len(d.rest) {
		d.bad, d.rest = true, nil
		return 0
	}
	d.rest = d.rest[n:]
	return 1
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.rest) {
		d.bad, d.rest = true, nil
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) fixed() uint64 {
	b := d.bytes(8)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint64(b)
}

func (d *decoder) string() string { return string(d.bytes(d.count())) }

// count reads a number of things that are still to come, each at least a byte.
func (d *decoder) count() int {
	n := d.uvarint()
	if n > uint64(len(d.rest)) {
		d.bad, d.rest = true, nil
		return 0
	}
	return int(n)
}
