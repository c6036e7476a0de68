package yamlpos

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"annals/generator/diag"
)

// reads reports whether a text is "key: value", within the budget in bytes.
func reads(text string, budget *int) bool {
	if *budget -= len(text); *budget < 0 {
		return false
	}
	first, second, err := decode(text)
	return err == nil && second == nil && first != nil && len(first.Content) > 0 && first.Content[0].Kind == yaml.MappingNode
}

// mend returns the diagnostics of the slips in a text that cannot be read, if it
// can be read once all of them are repaired; otherwise nil. A line without whose
// repair the text can be read too, such as a line of a block of text, has no slip.
// A text is not mended if the budget does not suffice to read it once for each slip.
func (d *document) mend(budget *int) []diag.Diagnostic {
	for _, width := range [...]int{2, 4, 8} { // of a tab
		var slips []slip
		for n := range d.lines {
			if s, ok := recognise(d.line(n+1), width); ok && s.from >= 0 {
				s.shift(d.lines[n])
				slips = append(slips, s)
			}
		}
		if len(slips) == 0 || len(slips)*len(d.text) > *budget || !reads(d.repaired(slips, -1), budget) {
			continue
		}
		var list []diag.Diagnostic
		for i, s := range slips {
			if !reads(d.repaired(slips, i), budget) {
				list = append(list, d.mended(s))
			}
		}
		return list
	}
	return nil
}

// repaired returns the text with all slips repaired but one.
func (d *document) repaired(slips []slip, but int) string {
	var b strings.Builder
	done := 0
	for i, s := range slips {
		if i == but {
			continue
		}
		b.WriteString(d.text[done:s.from])
		b.WriteString(s.with)
		done = s.to
	}
	return b.String() + d.text[done:]
}

// realign looks for the one line of those from first to last, and the one
// indentation of those in use, with which the text can be read; of an item of a
// list, for the one that can do without its dash.
func (d *document) realign(first, last int, budget *int) (slip, bool) {
	levels := map[int]bool{}
	for n := range d.lines {
		if indent, ok := d.indentation(n + 1); ok {
			levels[indent] = true
		}
	}
	const most = 12 // levels; the form has four
	var found []slip
	for n := first; n <= last && len(levels) <= most && *budget > 0; n++ {
		indent, ok := d.indentation(n)
		if item := strings.HasPrefix(d.line(n)[indent:], "- "); item {
			s := slip{"dash", indent, indent + 1, indent, indent + 2, ""}
			s.shift(d.lines[n-1])
			if reads(d.repaired([]slip{s}, -1), budget) {
				found = append(found, s)
			}
			continue
		}
		for level := range levels {
			s := slip{"indent", indent, len(d.line(n)), 0, indent, strings.Repeat(" ", level)}
			s.shift(d.lines[n-1])
			if ok && level != indent && reads(d.repaired([]slip{s}, -1), budget) {
				found = append(found, s)
			}
		}
	}
	if len(found) != 1 {
		return slip{}, false
	}
	return found[0], true
}

// indentation returns the number of spaces before a line's content, if it has any.
func (d *document) indentation(line int) (int, bool) {
	text := d.line(line)
	rest := strings.TrimLeft(text, " ")
	return len(text) - len(rest), rest != "" && rest[0] != '#'
}
