package release

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/source"
	"annals/generator/wire"
)

// LineError says that a line cannot be read again as the release wrote it.
type LineError struct {
	Diagnostic diag.Diagnostic
	cause      error
}

func (e *LineError) Error() string { return e.cause.Error() }
func (e *LineError) Unwrap() error { return e.cause }

// errChanged says that a file of the record changed while it was used.
var errChanged = errors.New("the file was changed meanwhile")

// Record is all releases of an archive: where each line stands, and its hash.
type Record struct {
	Releases []Release // from 1 on, without gaps
	Broken   bool      // its files are not what was written: nothing can be compared with them
	Forms    *form.Set // the archive's; nil if they are not known
	Making   string    // the program that makes the next release, while it is being made

	fsys      fs.FS
	files     []string
	leaves    [][sha256.Size]byte // of all lines of all files
	loose     []ref               // headers, and lines of agencies that moved
	last      string              // SHA-256 of the last file
	lines     map[string][]ref    // by the agency's path in the record, in the order of the releases
	moves     []move
	histories map[string]*History // by the agency's path in the content
	now       map[string]string   // by the path in the record: that in the content
}

// Release is what a header says of a release.
type Release struct {
	Number  int
	Date    string
	Program string
}

// ref is where a line of a report stands, and its hash.
type ref struct {
	sum       [sha256.Size]byte // Leaf of the line
	leaf      int               // number among the lines of all files, from 0; NoLeaf for one that is not written yet
	off       int64
	agency    string // as the line names it
	size      int32
	line      int32 // in its file, from 1
	file      int32
	release   int32 // number
	year      int32
	revision  int32
	withdrawn bool
	corrected bool   // it has corrections
	date      string // of the release
	text      []byte // of a line that is not written yet
}

// move is a line that says that an agency, with its reports, moved.
type move struct {
	from, to string
	release  int
}

// Empty reports whether the archive has no releases.
func (r *Record) Empty() bool { return len(r.Releases) == 0 }

// Sum is the hash of the last file, which names the one before it, and so on.
func (r *Record) Sum() string { return r.last }

// History is the record of one agency of the content.
type History struct {
	Path string
	Sum  [sha256.Size]byte // of all that the record has of it; zero for nothing
	From []string          // paths in the record from which it has moved since

	record *Record
	refs   []ref
}

// Of returns the history of an agency.
func (r *Record) Of(agency string) *History {
	if h := r.histories[agency]; h != nil {
		return h
	}
	return &History{Path: agency, record: r}
}

// Place brings the record together with the agencies of the content, of which
// some may have moved (archive.Agency.Aliases). An agency of the record that is
// nowhere any more is reported by the rule withdrawn.
func (r *Record) Place(agencies []*archive.Agency) (found []diag.Diagnostic) {
	if r.Broken || r.Empty() {
		return nil
	}
	here, aliases := map[string]bool{}, map[string]string{}
	for _, a := range agencies {
		here[a.Path] = true
		for _, old := range a.Aliases {
			aliases[old] = a.Path
		}
	}
	r.histories = make(map[string]*History, len(r.lines))
	r.now = make(map[string]string, len(r.lines))
	gone := map[string][]ref{}
	paths := slices.Sorted(maps.Keys(r.lines))
	slices.SortStableFunc(paths, func(a, b string) int { // an agency that is where it was comes before one that moved there
		switch {
		case here[a] == here[b]:
			return 0
		case here[a]:
			return -1
		}
		return 1
	})
	for _, path := range paths {
		to := path
		if !here[path] {
			to = moved(path, aliases, here)
		}
		h := r.histories[to]
		if to == "" || h != nil && h.has(r.lines[path]) {
			gone[path] = r.lines[path]
			continue
		}
		r.now[path] = to
		if h == nil {
			h = &History{Path: to, record: r}
			r.histories[to] = h
		}
		if to != path {
			h.From = append(h.From, path)
		}
		h.refs = append(h.refs, r.lines[path]...)
	}
	for _, h := range r.histories {
		slices.SortStableFunc(h.refs, func(a, b ref) int { return cmp.Compare(a.release, b.release) })
		h.Sum = h.sum()
	}
	for _, path := range slices.Sorted(maps.Keys(gone)) {
		found = append(found, r.gone(path, gone[path]))
	}
	return found
}

// has reports whether the history has reports of the same years as the lines,
// which then are another agency's: its reports cannot have moved here.
func (h *History) has(lines []ref) bool {
	years := map[int32]bool{}
	for _, x := range h.refs {
		years[x.year] = true
	}
	return slices.ContainsFunc(lines, func(x ref) bool { return years[x.year] })
}

// moved finds the agency that an agency of the record is now: it, or one above
// it, is an alias of one that is there.
func moved(agency string, aliases map[string]string, here map[string]bool) string {
	for above := agency; above != "."; above = path.Dir(above) {
		if to, ok := aliases[above]; ok && here[to+agency[len(above):]] {
			return to + agency[len(above):]
		}
	}
	return ""
}

func (r *Record) gone(agency string, refs []ref) diag.Diagnostic {
	last := refs[len(refs)-1]
	return diag.New("withdrawn/agency", files.Top("content/agencies/"+agency+"/_index.md"), "agency", agency, "years", years(refs)).
		With(r.at(last))
}

// years lists the years of lines: 2021, 2022.
func years(refs []ref) string {
	seen := map[int32]bool{}
	for _, x := range refs {
		seen[x.year] = true
	}
	var list []string
	for _, y := range slices.Sorted(maps.Keys(seen)) {
		list = append(list, strconv.Itoa(int(y)))
	}
	return strings.Join(list, ", ")
}

// sum hashes all that the pages and findings of an agency are made from.
func (h *History) sum() [sha256.Size]byte {
	b := make([]byte, 0, 64*len(h.refs))
	for _, from := range h.From {
		b = wire.AppendString(b, from)
	}
	for _, x := range h.refs {
		b = append(b, x.sum[:]...)
		b = wire.AppendString(b, x.date)
		b = wire.AppendVarint(b, int64(x.release))
		b = wire.AppendString(b, h.madeBy(x))
	}
	return sha256.Sum256(b)
}

// Released returns the version of the program that made the first release with the
// report of a year; "" if none has it.
func (h *History) Released(year int) string {
	if list := h.of(year); len(list) > 0 {
		return diag.ProgramVersion(h.madeBy(list[0]))
	}
	return ""
}

// madeBy names the program that made the release of a line.
func (h *History) madeBy(x ref) string {
	if n := int(x.release); n > 0 && n <= len(h.record.Releases) {
		return h.record.Releases[n-1].Program
	}
	return h.record.Making
}

// of returns the lines of a report, the newest last.
func (h *History) of(year int) (list []ref) {
	for _, x := range h.refs {
		if int(x.year) == year {
			list = append(list, x)
		}
	}
	return list
}

// leftOut is the value of a cell that a line of a report in a form leaves out: a
// plain 0, or nothing if the form has no such cell.
func (r *Record) leftOut(id, cell string) string {
	if r.Forms != nil {
		if f, ok := r.Forms.Form(id); ok {
			if _, ok := f.Cell(cell); !ok {
				return nothing
			}
		}
	}
	return plainZero
}

// at is the place of a line, and what is said of it.
func (r *Record) at(x ref) (source.Place, lang.Text) {
	return source.At(int(x.line), 1).In(r.files[x.file]), diag.Say("release/here", "n", Number(int(x.release)), "date", x.date)
}

// read reads a line once more. The error is a *LineError.
func (r *Record) read(x ref) (*State, error) {
	s, err := r.again(x)
	if err != nil {
		at := source.At(int(x.line), 1).In(r.files[x.file])
		return nil, &LineError{diag.New("release/changed", at, "n", Number(int(x.release)), "date", x.date), err}
	}
	return s, nil
}

func (r *Record) again(x ref) (*State, error) {
	line, err := r.text(x)
	if err != nil {
		return nil, err
	}
	return Parse(line)
}

// text reads a line, with its end, once more.
func (r *Record) text(x ref) ([]byte, error) {
	if x.text != nil {
		return x.text, nil
	}
	f, err := r.fsys.Open(r.files[x.file])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, x.size)
	if at, ok := f.(io.ReaderAt); ok {
		_, err = at.ReadAt(data, x.off)
	} else if _, err = io.CopyN(io.Discard, f, x.off); err == nil {
		_, err = io.ReadFull(f, data)
	}
	if err != nil && err != io.EOF {
		return nil, err
	}
	if Leaf(data) != x.sum {
		return nil, errChanged
	}
	return data, nil
}
