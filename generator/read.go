package generator

import (
	"crypto/sha256"
	"encoding/hex"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/snapshot"
)

// reader reads the reports of an archive.
type reader struct {
	*Library
	unsaved map[string][]byte // by file: bytes that replace those on the disk
	kept    *readings         // nil: every report is read whenever it is asked for
}

// readings caches reports by their files. It does not notice changes of the
// files.
type readings struct {
	reports     map[string]filed
	attachments map[string]attached
}

// mostReadings is the largest number of reports kept. One takes about 100 kB.
const mostReadings = 512

// filed is a report as read from its file, with its diagnostics.
type filed struct {
	report *archive.Report // nil if there is none that can be read
	found  []diag.Diagnostic
	files  snapshot.Files // paths and hashes of what was read
}

// attached are the attachments of a report.
type attached struct {
	list  []content.Attachment
	found []diag.Diagnostic
	files snapshot.Files // of those that could be read, the refused ones too
}

// report reads and binds one report and its attachments.
func (r *reader) report(s *source, f *content.Report) filed {
	if r.kept == nil {
		return r.bind(s, f, r.attachments(f))
	}
	a, ok := r.kept.attachments[f.Path]
	if !ok {
		a = r.attachments(f)
		r.kept.attachments[f.Path] = a
	}
	if _, ok := r.unsaved[f.Path]; ok {
		return r.bind(s, f, a)
	}
	x, ok := r.kept.reports[f.Path]
	if !ok {
		if len(r.kept.reports) >= mostReadings {
			clear(r.kept.reports)
		}
		x = r.bind(s, f, a)
		r.kept.reports[f.Path] = x
	}
	return x
}

// document reads a Markdown file. It returns the hash of the file even if it
// cannot be read as Markdown.
func (r *reader) document(file string) (doc *content.Document, read snapshot.Files, found []diag.Diagnostic) {
	text, ok := r.unsaved[file]
	if !ok {
		if text, found = files.Read(r.files, file, files.MaxText); text == nil {
			return nil, nil, found
		}
	}
	doc, found = content.ParseDocument(file, text)
	if doc == nil {
		return nil, snapshot.Files{{Path: file, Sum: sha256.Sum256(text)}}, found
	}
	return doc, snapshot.Files{{Path: file, Sum: doc.Hash}}, found
}

func (r *reader) attachments(f *content.Report) (a attached) {
	for _, x := range f.Attachments {
		read, found := content.ReadAttachment(r.files, x.Path, "")
		var sum [sha256.Size]byte
		if n, err := hex.Decode(sum[:], []byte(read.SHA256)); err == nil && n == len(sum) {
			a.files = append(a.files, snapshot.File{Path: read.File, Sum: sum})
		}
		a.found = append(a.found, found...)
		if len(found) == 0 {
			found, ok := read.Settle(r.site.Publish)
			a.found = append(a.found, found...)
			if ok {
				a.list = append(a.list, read)
			}
		}
	}
	return a
}

func (r *reader) bind(s *source, f *content.Report, a attached) filed {
	doc, read, found := r.document(f.Path)
	read = append(read, a.files...)
	if doc == nil {
		return filed{found: found, files: read}
	}
	found = append(found, a.found...)
	report, more := archive.ReadReport(s.agency, f.Year, doc, a.list, r.Forms, r.site.Language)
	return filed{report: report, found: append(found, more...), files: read}
}
