package release

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/source"
)

// Read reads the record of an archive: the named files, relative to the folder
// that holds content/. Whatever is not as a release wrote it is reported by the
// rule release, and the record is then Broken.
func Read(fsys fs.FS, list []string) (*Record, []diag.Diagnostic) {
	r := &Record{fsys: fsys, lines: map[string][]ref{}}
	if len(list) == 0 {
		return r, nil
	}
	all, found := r.arrange(list)
	for i := range all {
		if len(found) > 0 {
			break // after the first fault the hashes of all that follows are wrong too
		}
		found = r.file(all[i])
	}
	r.Broken = len(found) > 0 && diag.Errors(found) > 0
	return r, found
}

// arrange puts the files in their order and finds what is there twice or not
// at all.
func (r *Record) arrange(list []string) (all []name, found []diag.Diagnostic) {
	for _, file := range list {
		n, ok := parseName(path.Base(file))
		if !ok {
			found = append(found, diag.New("release/name", files.Top(file), "name", path.Base(file)))
			continue
		}
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b name) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.date, b.date), cmp.Compare(a.part, b.part))
	})
	before := name{part: 1}
	for i, n := range all {
		at := files.Top(n.file())
		switch {
		case n.number == before.number && n.date != before.date:
			found = append(found, diag.New("release/twice", at, "n", Number(n.number), "other", path.Base(before.file())).
				With(files.Top(before.file()), diag.Say("release/other")))
			return nil, found
		case n.number == before.number+1 && n.part > 1 && n.number == all[len(all)-1].number && slices.Contains(r.Unfinished(), n.file()):
			return all[:i], found
		case n.number > before.number+1:
			found = append(found, diag.New("release/gap", at, "n", Number(before.number+1)))
			return nil, found
		case n.number != before.number && n.part > 1, n.number == before.number && n.part != before.part+1:
			found = append(found, diag.New("release/part", at, "name", path.Base(n.file())))
			return nil, found
		}
		before = n
	}
	return all, found
}

// Unfinished lists the files that a release which was interrupted has left: the
// first, which still stands beside its place (Staged), and those that follow it.
func (r *Record) Unfinished() (list []string) {
	entries, _ := fs.ReadDir(r.fsys, Folder)
	for _, e := range entries {
		first, hidden := strings.CutPrefix(e.Name(), ".")
		n, ok := parseName(first)
		if !hidden || !ok || n.part > 1 {
			continue
		}
		list = append(list, Folder+"/"+e.Name())
		for _, e := range entries {
			if m, ok := parseName(e.Name()); ok && m.number == n.number && m.date == n.date && m.part > 1 {
				list = append(list, Folder+"/"+e.Name())
			}
		}
	}
	return list
}

// Staged is the name of the first file of a release before it is put in its
// place, after the others.
func Staged(base string) string { return "." + base }

func (n name) file() string { return Folder + "/" + FileName(n.number, n.date, n.part) }

// zeros stand in a header for the hash of the file while it is computed.
var zeros = strings.Repeat("0", 2*sha256.Size)

// file reads one file, as a stream.
func (r *Record) file(n name) []diag.Diagnostic {
	file := n.file()
	f, _, found := files.Open(r.fsys, file)
	if f == nil {
		return found
	}
	defer f.Close()
	variant, line, err := r.scan(n, bufio.NewReaderSize(f, 1<<18))
	switch {
	case err != nil:
		return []diag.Diagnostic{files.Unreadable(file, err)}
	case variant != "":
		return []diag.Diagnostic{diag.New("release/"+variant, source.At(line, 1).In(file), "n", Number(n.number), "date", n.date)}
	}
	return nil
}

// scan reads the lines of a file into the record. variant is the message about
// what is wrong with the file, at the line.
func (r *Record) scan(n name, in *bufio.Reader) (variant string, line int, err error) {
	head, err := nextLine(in)
	if err != nil {
		return "", 0, err
	}
	h, ok := readHeader(n, head)
	switch {
	case !ok:
		return "header", 1, nil
	case h.Previous != r.last:
		return "previous", 1, nil
	}
	if n.part == 1 {
		r.Releases = append(r.Releases, Release{Number: n.number, Date: n.date, Program: h.Program})
	}
	r.files = append(r.files, n.file())
	whole, own := sha256.New(), sha256.New()
	whole.Write(head)
	own.Write(head[:len(head)-len(headEnd)])
	own.Write([]byte(zeros + headEnd[len(zeros):]))
	r.loose = append(r.loose, r.leaf(head, ref{size: int32(len(head)), line: 1, file: int32(len(r.files) - 1), release: int32(n.number), date: n.date}))
	off := int64(len(head))
	for line = 2; ; line++ {
		text, err := nextLine(in)
		if err != nil {
			return "", 0, err
		}
		if len(text) == 0 {
			break
		}
		whole.Write(text)
		own.Write(text)
		if !r.index(text, ref{off: off, size: int32(len(text)), line: int32(line), file: int32(len(r.files) - 1), release: int32(n.number), date: n.date}) {
			return "changed", line, nil
		}
		off += int64(len(text))
	}
	r.last = hex.EncodeToString(whole.Sum(nil))
	if hex.EncodeToString(own.Sum(nil)) != h.SHA256 {
		return "changed", 1, nil
	}
	return "", 0, nil
}

// headEnd is the end of a header: 64 digits, a quote, a brace and a line end.
var headEnd = zeros + "\"}\n"

func readHeader(n name, line []byte) (h Header, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if dec.Decode(&h) != nil || !bytes.HasSuffix(line, []byte(h.SHA256+headEnd[len(zeros):])) {
		return h, false
	}
	return h, len(h.SHA256) == len(zeros) && h.Release == n.number && max(h.Part, 1) == n.part && h.Date == n.date
}

// nextLine reads a line with its end; nothing at the end of the file. A line
// that has no end, or is longer than any that a release writes, is cut, and so
// is none.
func nextLine(in *bufio.Reader) ([]byte, error) {
	line, err := in.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		if err == io.EOF {
			err = nil
		}
		return line, err
	}
	long := bytes.Clone(line)
	for errors.Is(err, bufio.ErrBufferFull) && len(long) < files.MaxText {
		line, err = in.ReadSlice('\n')
		long = append(long, line...)
	}
	if err == io.EOF || errors.Is(err, bufio.ErrBufferFull) {
		err = nil
	}
	return long, err
}

// The beginnings of lines, which tell whose they are.
const (
	lineAgency    = `{"agency":"`
	lineYear      = `","year":`
	lineRevision  = `,"revision":`
	lineWithdrawn = `,"withdrawn":`
	lineCorrected = `,"corrections":[{"`
	lineMoved     = `","moved":"`
	lineEnd       = "\"}\n"
)

// index takes a line into the record. It is false for what is no line of a
// release.
func (r *Record) index(text []byte, at ref) bool {
	x, from, ok := lineOf(text)
	if !ok {
		return false
	}
	at = r.leaf(text, at)
	if from != "" {
		r.loose = append(r.loose, at)
		return r.move(from, x.agency, int(at.release))
	}
	list := r.lines[x.agency]
	if len(list) > 0 && list[0].agency == x.agency {
		x.agency = list[0].agency // one string for all
	}
	x.off, x.size, x.line, x.file, x.release, x.date = at.off, at.size, at.line, at.file, at.release, at.date
	x.sum, x.leaf = at.sum, at.leaf
	if !x.follows(list) {
		return false
	}
	r.lines[x.agency] = append(list, x)
	return true
}

// leaf takes a line's hash into the list of all, and into its ref.
func (r *Record) leaf(text []byte, at ref) ref {
	at.sum, at.leaf = Leaf(text), len(r.leaves)
	r.leaves = append(r.leaves, at.sum)
	return at
}

// follows reports whether a line of a report can come after the lines of its
// agency: a release has one of each report, with the next revision.
func (x ref) follows(list []ref) bool {
	for _, last := range slices.Backward(list) {
		if last.year == x.year {
			return last.release < x.release && last.revision == x.revision-1
		}
	}
	return x.revision == 1
}

// lineOf reads the beginning of a line: of a report, or of an agency that moved
// from another path.
func lineOf(text []byte) (x ref, from string, ok bool) {
	rest, ok := bytes.CutPrefix(text, []byte(lineAgency))
	end := bytes.IndexByte(rest, '"')
	if !ok || end < 0 || text[len(text)-1] != '\n' {
		return x, "", false
	}
	x.agency, rest = string(rest[:end]), rest[end:]
	if !content.ValidAgency(x.agency) {
		return x, "", false
	}
	if old, ok := bytes.CutPrefix(rest, []byte(lineMoved)); ok {
		old, ok = bytes.CutSuffix(old, []byte(lineEnd))
		return x, string(old), ok && content.ValidAgency(string(old))
	}
	year, rest, ok1 := number4(rest, lineYear)
	revision, rest, ok2 := number4(rest, lineRevision)
	x.year, x.revision = year, revision
	x.withdrawn = bytes.HasPrefix(rest, []byte(lineWithdrawn))
	x.corrected = bytes.Contains(rest, []byte(lineCorrected))
	return x, "", ok1 && ok2
}

// number4 reads a number of one to four digits that follows a text.
func number4(b []byte, before string) (n int32, rest []byte, ok bool) {
	b, ok = bytes.CutPrefix(b, []byte(before))
	i := 0
	for i < len(b) && i < 4 && '0' <= b[i] && b[i] <= '9' {
		n = 10*n + int32(b[i]-'0')
		i++
	}
	return n, b[i:], ok && i > 0
}

// move gives an agency the lines of another, which is no more. It is false if
// there are none, or the two are the same.
func (r *Record) move(from, to string, release int) bool {
	if len(r.lines[from]) == 0 || from == to {
		return false
	}
	r.moves = append(r.moves, move{from, to, release})
	r.lines[to] = append(r.lines[to], r.lines[from]...)
	delete(r.lines, from)
	slices.SortStableFunc(r.lines[to], func(a, b ref) int { return cmp.Compare(a.release, b.release) })
	return true
}
