// Package baseline reads and writes the baseline of an archive: the findings that
// were there when it began to use a rule, and that fail nothing until they are
// mended. It is a file beside content/, one finding a line, kept in git.
//
// A line names its finding by rule, file and cell, and by the hash of the sentence
// or line that it is about, so that it outlives edits beside it and a rule's other
// words, and ends with the next edit of the line itself.
package baseline

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/source"
)

// File is its name, beside content/.
const File = "baseline.jsonl"

// Entry names a finding.
type Entry struct {
	File string `json:"file"`
	Rule string `json:"rule"`
	Cell string `json:"cell,omitempty"`
	Text string `json:"text"` // Hash of what it is about
}

// Baseline is how many findings of each name are known.
type Baseline struct {
	count map[Entry]int
	place map[Entry]source.Span
	files map[string]bool
}

// line is an entry in the file, with how many findings it stands for if these are several.
type line struct {
	Entry
	Count int `json:"count,omitempty"`
}

// Read reads the baseline of an archive; it is empty if there is none. A line that
// cannot be read is a diagnostic, and so is a file that cannot.
func Read(fsys fs.FS) (*Baseline, []diag.Diagnostic) {
	b := &Baseline{count: map[Entry]int{}, place: map[Entry]source.Span{}, files: map[string]bool{}}
	if _, err := fs.Stat(fsys, File); err != nil {
		return b, nil
	}
	data, found := files.Read(fsys, File, files.MaxText)
	n := 0
	for text := range bytes.Lines(data) {
		n++
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		var x line
		dec := json.NewDecoder(bytes.NewReader(text))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&x); err != nil || x.File == "" || x.Rule == "" || x.Text == "" {
			d := diag.New("baseline/line", source.At(n, 1).In(File))
			d.Severity = diag.Error
			found = append(found, d)
			continue
		}
		b.count[x.Entry] += max(x.Count, 1)
		b.place[x.Entry] = source.At(n, 1)
		b.files[x.File] = true
	}
	return b, found
}

// Has reports whether any finding in the file is known.
func (b *Baseline) Has(file string) bool { return b.files[file] }

// Count returns how many findings of the name are known.
func (b *Baseline) Count(e Entry) int { return b.count[e] }

// Unused returns a notice for each entry that is not among those that were found.
func (b *Baseline) Unused(found map[Entry]int) (list []diag.Diagnostic) {
	for e, at := range b.place {
		if found[e] == 0 {
			list = append(list, diag.New("baseline", at.In(File), "rule", e.Rule, "file", e.File).OnCell(e.Cell))
		}
	}
	return list
}

// Write returns the file that knows the findings.
func Write(found map[Entry]int) []byte {
	var list []line
	for e, n := range found {
		x := line{Entry: e}
		if n > 1 {
			x.Count = n
		}
		list = append(list, x)
	}
	slices.SortFunc(list, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Text, b.Text))
	})
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for _, x := range list {
		_ = enc.Encode(x) // texts and numbers always can be
	}
	return out.Bytes()
}

// Hash names what a finding is about: its sentence, or the line on which it stands.
func Hash(d *diag.Diagnostic, text []byte) string {
	about := d.Text
	if about == "" {
		for n := int32(1); n < d.Place.Line; n++ {
			_, text, _ = bytes.Cut(text, []byte("\n"))
		}
		at, _, _ := bytes.Cut(text, []byte("\n"))
		about = string(at)
	}
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(about), " ")))
	return hex.EncodeToString(sum[:8])
}

// Of returns the name of a finding whose hash is known.
func Of(d *diag.Diagnostic) Entry {
	return Entry{File: d.Place.File, Rule: d.Rule, Cell: d.Cell, Text: d.Known}
}
