package generator

import (
	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/prose"
)

// texts checks what the reports of an agency, in ascending years, say in their
// prose. The text of a report is made once, for all rules about it.
func (b *Built) texts(all []*archive.Report) (found []diag.Diagnostic) {
	var last *archive.Report
	for _, r := range all {
		if text := prose.Of(r); len(text.Parts) > 0 {
			found = append(found, b.mentions.For(r.Form).Judge(r, last, text).Findings...)
		}
		last = r
	}
	return found
}
