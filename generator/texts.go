package generator

import (
	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/prose"
	"annals/generator/snapshot"
)

// texts checks what the reports of an agency, in ascending years, say in their
// prose. The text of a report is made once, for all rules about it.
func (b *Built) texts(s *source, all []*archive.Report, o *snapshot.Outcome) (found []diag.Diagnostic) {
	copied := copied{Built: b, source: s, names: names(s.agency)}
	var last *archive.Report
	for _, r := range all {
		text := prose.Of(r)
		if len(text.Parts) > 0 {
			found = append(found, b.mentions.For(r.Form).Judge(r, last, text).Findings...)
		}
		found = append(found, copied.check(r, text, o)...)
		last = r
	}
	return found
}
