// Package snapshot is what a build remembers of each agency, so that the next
// one works only on what has changed.
//
// The rules are:
//
//   - What is known of an agency is a function of bytes: those of its files, of
//     the settings, of the agencies around it (Key). Nothing is invalidated; a
//     snapshot with another key is just not used.
//   - Diagnostics are remembered with the rest, each with all of its words and
//     places, so that they are told again as they were.
//   - A file is what its bytes are. That it has the bytes that were read is
//     believed without reading them only if its stamp is the same and had
//     settled before; modification times alone prove nothing.
package snapshot

import (
	"annals/generator/archive"
	"annals/generator/cache"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/wire"
)

// Outcome is what the work on an agency's folder comes to: all that the rest
// of the archive needs of it.
type Outcome struct {
	Files       Files             // of the folder, as they were read
	Torn        bool              // a file changed between two readings: nothing of this may be remembered
	Entries     []archive.Entry   // of published reports, in ascending years
	Diagnostics []diag.Diagnostic // about its reports; what is accepted is not among them
	Refs        []site.Ref        // links in its Markdown
	Blob        cache.Record      // where the search index finds its texts
}

// Agency is an agency as the last build left it.
type Agency struct {
	Agency archive.Agency    // without its place in the tree and its text
	Plain  bool              // its _index.md has no text
	Found  []diag.Diagnostic // about its _index.md
	Outcome
}

// Encode writes a snapshot of an agency and what came of it.
func Encode(a *archive.Agency, found []diag.Diagnostic, o *Outcome) []byte {
	w := &writer{b: make([]byte, 0, 1024)}
	w.files(o.Files)
	w.agency(a)
	w.diagnostics(found)
	w.diagnostics(o.Diagnostics)
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

// Decode reads what Encode wrote. It is false for anything else, and for a
// form that is not there any more.
func Decode(data []byte, forms *form.Set) (*Agency, bool) {
	r := &reader{Reader: wire.NewReader(data)}
	a := new(Agency)
	a.Files = r.readFiles()
	r.agency(a)
	a.Found = r.diagnostics()
	a.Diagnostics = r.diagnostics()
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

// reader reads it.
type reader struct {
	*wire.Reader
	names []string
}

// The fewest bytes of one of each.
const (
	leastPlace = 5
	leastRef   = leastPlace + 2
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
	a.Since, a.Until, a.Rulemaking = int(r.Uvarint()), int(r.Uvarint()), r.Bool()
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
	b = wire.AppendUvarint(b, uint64(a.Since))
	b = wire.AppendUvarint(b, uint64(a.Until))
	return wire.AppendBool(b, a.Rulemaking)
}
