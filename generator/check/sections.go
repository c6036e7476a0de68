package check

import (
	"bytes"
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// sections compares the headings of a report's body with the parts of its
// form. Parts that are tables need no heading in the body, and the preface has
// none. A free form prescribes no parts.
func sections(r *archive.Report) []diag.Diagnostic {
	if r.Form.Free || r.Body == nil {
		return nil
	}
	var found diag.Collector
	seen := map[*form.Section]source.Span{}
	end := r.Key
	for _, s := range r.Body.Sections {
		at := s.Span.In(r.File)
		if s.Heading == "" {
			continue // the preface
		}
		end = s.Span
		part, _, ok := r.Form.Section(s.Heading)
		if !ok {
			found.Add("unknown-section", func() diag.Diagnostic { return unknownSection(r.Form, s.Heading, at) })
			continue
		}
		if first, twice := seen[part]; twice {
			found.Add("unknown-section", func() diag.Diagnostic {
				return diag.New("unknown-section/twice", at, "heading", s.Heading).With(first.In(r.File), diag.Say("unknown-section/first"))
			})
			continue
		}
		seen[part] = s.Span
	}
	for _, part := range r.Form.Sections {
		if _, ok := seen[part]; !ok && part.Table == nil && !part.Optional {
			found.Add("missing-section", func() diag.Diagnostic {
				if d, ok := unmarked(r, part); ok {
					return d
				}
				return diag.New("missing-section", end.In(r.File), "section", part.Label).OnCell(part.ID)
			})
		}
	}
	return found.List()
}

// unmarked returns the diagnostic of a missing part whose heading is there, on the
// one line that has it, but is not marked as one of level two.
func unmarked(r *archive.Report, part *form.Section) (diag.Diagnostic, bool) {
	const marks = "#\uff03* \t\u00a0\u3000"
	const longest, most = 200, 2000 // bytes of a heading, and lines that are searched
	var found []diag.Diagnostic
	start := r.Body.Start
	for n := 0; start < len(r.Body.Source) && n < most; n++ {
		line, _, _ := bytes.Cut(r.Body.Source[start:], []byte("\n"))
		end := start + len(bytes.TrimRight(line, "\r"))
		if text := strings.Trim(string(r.Body.Source[start:end]), marks); text != "" && len(text) < longest {
			if is, _, ok := r.Form.Section(text); ok && is == part {
				d := diag.New("missing-section/unmarked", r.Body.Span(start, end).In(r.File), "section", part.Label, "text", text).OnCell(part.ID)
				d.Fix = &diag.Fix{Place: d.Place, Replace: "## " + text}
				found = append(found, d)
			}
		}
		start += len(line) + 1
	}
	if len(found) != 1 {
		return diag.Diagnostic{}, false
	}
	return found[0], true
}

func unknownSection(f *form.Form, heading string, at source.Place) diag.Diagnostic {
	var labels []string
	for _, part := range f.Sections {
		labels = append(labels, part.Label.ZH)
	}
	if like, ok := yamlpos.Suggest(heading, labels); ok {
		return diag.New("unknown-section/suggest", at, "form", f.ID, "heading", heading, "like", like)
	}
	return diag.New("unknown-section", at, "form", f.ID, "heading", heading)
}
