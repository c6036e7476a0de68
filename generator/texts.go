package generator

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/mentions"
	"annals/generator/privacy"
	"annals/generator/prose"
	"annals/generator/snapshot"
)

// texts checks what the reports of an agency, in ascending years, say in their
// prose, and counts the numbers in it. The text of a report is made once, for all
// rules about it.
func (b *Built) texts(s *source, all []*archive.Report, o *snapshot.Outcome) (found []diag.Diagnostic, counts []archive.Mentioned) {
	copied := copied{Built: b, source: s, names: names(s.agency)}
	var last *archive.Report
	counts = make([]archive.Mentioned, len(all))
	for i, r := range all {
		text := prose.Of(r)
		if len(text.Parts) > 0 {
			x := b.mentions.For(r.Form).Judge(r, last, text)
			found = append(found, x.Findings...)
			counts[i] = x.Mentioned()
			found = append(found, b.words.Judge(r, text)...)
		}
		found = append(found, copied.check(r, text, o)...)
		last = r
	}
	return found, counts
}

// once leaves out of more what found has told already: that the unit of a figure
// slipped, which both last year's figure and the text may show.
func once(found, more []diag.Diagnostic) []diag.Diagnostic {
	return slices.DeleteFunc(more, func(d diag.Diagnostic) bool {
		return d.Rule == "unit-slip" && slices.ContainsFunc(found, func(x diag.Diagnostic) bool {
			return x.Rule == d.Rule && x.Cell == d.Cell && x.Place.File == d.Place.File
		})
	})
}

// ShowText prints what is seen in the prose of the report in a file, and what it
// is held against. It reports whether the file is a report that can be read.
func (l *Library) ShowText(w io.Writer, file string, tag lang.Tag) (ok bool, err error) {
	for _, s := range l.sources {
		if !strings.HasPrefix(file, "content/agencies/"+s.folder.Path+"/") {
			continue
		}
		for i := range s.folder.Reports {
			f := &s.folder.Reports[i]
			if f.Path != file {
				continue
			}
			r := l.Report(s.agency, f.Year)
			if r == nil {
				return false, nil
			}
			text := prose.Of(r)
			res := l.mentions.For(r.Form).Look(r, l.Report(s.agency, f.Year-1), text)
			var shown bytes.Buffer
			if err := mentions.Show(&shown, r, text, &res, tag); err != nil {
				return true, err
			}
			_, err := w.Write(privacy.Mask(shown.Bytes()))
			return true, err
		}
	}
	return false, nil
}
