package release

import (
	"slices"
	"strings"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// Today stands in a drafted entry for the day on which it is written, which no
// check knows. Dated puts it in.
const Today = "{today}"

// Dated returns the diagnostics with the day in the entries that they draft.
func Dated(list []diag.Diagnostic, day string) []diag.Diagnostic {
	list = slices.Clone(list)
	for i, d := range list {
		if d.OfRecord() && d.Fix != nil {
			list[i].Fix = &diag.Fix{Place: d.Fix.Place, Replace: strings.ReplaceAll(d.Fix.Replace, Today, day)}
		}
	}
	return list
}

// drafted is an entry that leads to what is now in a cell.
func drafted(cell, was string) string {
	if c := was[0]; c == '"' && (cell == Published || cell == FormID) {
		was = Written(was)
	} else if was == nothing {
		was = `""`
	}
	return "{date: " + Today + ", cell: " + cell + ", was: " + was + ", by: " + archive.ByAgency + "}"
}

// draft is the repair that adds entries to the corrections of a report, after
// those that are there. It is nil where they are written as nobody expects.
func draft(r *archive.Report, entries []string) *diag.Fix {
	text := r.Body.Source
	parts, _ := content.Split(r.File, text)
	front, _ := yamlpos.Parse(r.File, parts.Front, parts.FrontLine)
	if !parts.Found || front == nil {
		return nil
	}
	end := "\n"
	if strings.Contains(parts.Front, "\r\n") {
		end = "\r\n"
	}
	lines := strings.Split(parts.Front, "\n")
	before := int(parts.FrontSpan.EndLine) // the line before which the entries are written
	indent, head := "  ", "corrections:"+end
	if list := front.Get("corrections"); list != nil {
		if list.Kind != yamlpos.List || len(list.Items) == 0 {
			return nil
		}
		if last := list.Items[len(list.Items)-1].Span; list.Span.Line == list.KeySpan.Line { // [{…}, {…}]
			return &diag.Fix{Place: source.At(int(last.EndLine), int(last.EndColumn)).In(r.File), Replace: ", " + strings.Join(entries, ", ")}
		}
		line := lines[int(list.Items[0].Span.Line)-parts.FrontLine]
		dash := strings.IndexByte(line, '-')
		if dash < 0 || strings.TrimSpace(line[:dash]) != "" {
			return nil
		}
		indent, head = line[:dash], ""
		for _, next := range front.Items {
			if next.KeySpan.Line > list.KeySpan.Line {
				before = min(before, int(next.KeySpan.Line))
			}
		}
	}
	var b strings.Builder
	b.WriteString(head)
	for _, entry := range entries {
		b.WriteString(indent + "- " + entry + end)
	}
	return &diag.Fix{Place: source.At(before, 1).In(r.File), Replace: b.String()}
}
