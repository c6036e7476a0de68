// Package snapshot encodes the results of a build for each agency, so that the
// next build works only on agencies that have changed.
//
// The rules are:
//
// - The results for an agency depend only on the bytes of its files, of the
// settings, and of the agencies around it; Key hashes all of these. Nothing is
// invalidated; a snapshot with another key is just not used.
// - Diagnostics are stored too, with all of their words and places, so that the
// next build reports them unchanged.
// - A file is identified by the hash of its bytes. It is assumed unchanged
// without being read only if its stamp is the same and had settled
// (cache.Stamp.Settled); modification times alone prove nothing.
package snapshot

import (
	"crypto/sha256"
	"encoding/binary"

	"annals/generator/archive"
	"annals/generator/cache"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/wire"
)

// Outcome is the result of reading and checking an agency's folder: everything
// that the rest of the archive needs from it.
type Outcome struct {
	Files       Files             // of the folder, as they were read
	Torn        bool              // a file changed between two readings: the outcome must not be stored
	Entries     []archive.Entry   // of published reports, in ascending years
	Diagnostics []diag.Diagnostic // about its reports; what is accepted is not among them
	Refs        []site.Ref        // links in its Markdown
	Unreleased  bool              // the next release may have lines of it
	Withdrawn   []archive.Withdrawn
	Prose       []Prose
	Record      [sha256.Size]byte // of the file beside its reports that proves them; zero where there is none
	Lines       [][]byte          // these, if a release is being made; not stored
	Blob        cache.Record      // where the search index finds its texts
}

// Prose is what is remembered of a published report's prose, so that it can be held
// against that of all other agencies.
type Prose struct {
	Year    int
	Hashes  []uint32 // of its sentences, sorted
	Accepts bool     // the report accepts a finding of a rule across agencies
}

// Agency is an agency as the last build left it.
type Agency struct {
	Agency archive.Agency    // without its place in the tree and its text
	Plain  bool              // its _index.md has no text
	Found  []diag.Diagnostic // about its _index.md
	Outcome
}

// Encode encodes an agency, the diagnostics about its _index.md, and its
// Outcome.
func Encode(a *archive.Agency, found []diag.Diagnostic, o *Outcome) []byte {
	w := &writer{b: make([]byte, 0, 1024)}
	w.files(o.Files)
	w.agency(a)
	w.diagnostics(found)
	w.diagnostics(o.Diagnostics)
	w.b = wire.AppendBool(w.b, o.Unreleased)
	w.b = append(w.b, o.Record[:]...)
	w.number(len(o.Withdrawn))
	for _, x := range o.Withdrawn {
		for _, n := range [...]int{x.Year, x.Date.Year, x.Date.Month, x.Date.Day} {
			w.number(n)
		}
		w.text(x.Reason)
	}
	w.number(len(o.Prose))
	for _, p := range o.Prose {
		w.number(p.Year)
		w.b = wire.AppendBool(w.b, p.Accepts)
		w.number(len(p.Hashes))
		for _, h := range p.Hashes {
			w.b = binary.LittleEndian.AppendUint32(w.b, h)
		}
	}
	w.number(len(o.Entries))
	for i := range o.Entries {
		w.b = o.Entries[i].Append(w.b)
	}
	w.number(len(o.Refs))
	for _, r := range o.Refs {
		w.place(r.Place)
		w.text(r.Target)
		w.text(r.Fragment)
	}
	return w.b
}

// Decode reads what Encode wrote. It returns false for any other data, and for
// a snapshot that names a form which is not in the set.
func Decode(data []byte, forms *form.Set) (*Agency, bool) {
	r := &reader{Reader: wire.NewReader(data)}
	a := new(Agency)
	a.Files = r.readFiles()
	r.agency(a)
	a.Found = r.diagnostics()
	a.Diagnostics = r.diagnostics()
	a.Unreleased = r.Bool()
	copy(a.Record[:], r.Fixed(len(a.Record)))
	for range r.Count(5) {
		x := archive.Withdrawn{Year: int(r.Uvarint())}
		x.Date = archive.Date{Year: int(r.Uvarint()), Month: int(r.Uvarint()), Day: int(r.Uvarint())}
		x.Reason = r.String()
		a.Withdrawn = append(a.Withdrawn, x)
	}
	for range r.Count(leastProse) {
		p := Prose{Year: int(r.Uvarint()), Accepts: r.Bool()}
		if n := r.Count(4); n > 0 {
			p.Hashes = make([]uint32, n)
			data := r.Fixed(4 * n)
			for i := range p.Hashes {
				p.Hashes[i] = binary.LittleEndian.Uint32(data[4*i:])
			}
		}
		a.Prose = append(a.Prose, p)
	}
	a.Entries = archive.ReadEntries(r.Reader, forms)
	if n := r.Count(leastRef); n > 0 {
		a.Refs = make([]site.Ref, n)
		for i := range a.Refs {
			a.Refs[i] = site.Ref{Place: r.place(), Target: r.String(), Fragment: r.String()}
		}
	}
	return a, r.Done()
}

// writer writes a snapshot. Most places are in the agency's own files, whose
// names stand at the beginning.
type writer struct {
	b     []byte
	names map[string]int // of the files, from 1
}

// reader reads what writer wrote.
type reader struct {
	*wire.Reader
	names []string
}

// The fewest bytes that an encoded value of each type takes.
const (
	leastPlace = 5
	leastRef   = leastPlace + 2
	leastProse = 1 + 1 + 1
)

func (w *writer) number(n int)  { w.b = wire.AppendUvarint(w.b, uint64(n)) }
func (w *writer) text(s string) { w.b = wire.AppendString(w.b, s) }

func (w *writer) files(list Files) {
	w.names = make(map[string]int, len(list))
	w.number(len(list))
	for i, f := range list {
		w.names[f.Path] = i + 1
		w.text(f.Path)
		w.b = f.Stamp.Append(w.b)
		w.b = append(w.b, f.Sum[:]...)
	}
}

func (r *reader) readFiles() Files {
	list := make(Files, r.Count(leastFile))
	r.names = make([]string, len(list))
	for i := range list {
		f := &list[i]
		f.Path = r.String()
		f.Stamp = cache.Stamp{Size: r.Varint(), Modified: int64(r.Uint64()), Changed: int64(r.Uint64()), Inode: r.Uvarint(), Device: r.Uvarint()}
		copy(f.Sum[:], r.Fixed(len(f.Sum)))
		r.names[i] = f.Path
	}
	return list
}

func (w *writer) agency(a *archive.Agency) {
	w.b = AppendAgency(w.b, a)
	w.b = wire.AppendBool(w.b, a.Body == nil)
	w.span(a.NameSpan)
}

func (r *reader) agency(to *Agency) {
	a := &to.Agency
	a.Name, a.Short, a.Kind = r.String(), r.String(), archive.Kind(r.String())
	a.Contact = archive.Contact{Office: r.String(), Address: r.String(), Postcode: r.String(), Phone: r.String(), Email: r.String()}
	for range r.Count(1) {
		a.FormerNames = append(a.FormerNames, r.String())
	}
	for range r.Count(1) {
		a.Aliases = append(a.Aliases, r.String())
	}
	a.Since, a.Until, a.Rulemaking = int(r.Uvarint()), int(r.Uvarint()), archive.Power(r.Byte())
	to.Plain = r.Bool()
	a.NameSpan = r.span()
}

// AppendAgency appends everything that stands in an agency's _index.md and can
// be shown, except its text.
func AppendAgency(b []byte, a *archive.Agency) []byte {
	c := &a.Contact
	for _, s := range [...]string{a.Name, a.Short, string(a.Kind), c.Office, c.Address, c.Postcode, c.Phone, c.Email} {
		b = wire.AppendString(b, s)
	}
	b = wire.AppendUvarint(b, uint64(len(a.FormerNames)))
	for _, s := range a.FormerNames {
		b = wire.AppendString(b, s)
	}
	b = wire.AppendUvarint(b, uint64(len(a.Aliases)))
	for _, s := range a.Aliases {
		b = wire.AppendString(b, s)
	}
	b = wire.AppendUvarint(b, uint64(a.Since))
	b = wire.AppendUvarint(b, uint64(a.Until))
	return append(b, byte(a.Rulemaking))
}
