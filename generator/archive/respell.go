package archive

import (
	"regexp"
	"strings"
	"unicode"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// Characters that are typed with a Chinese keyboard in place of those of YAML.
const (
	quotes     = "\"'\u201c\u201d\u2018\u2019\u300c\u300d\u300e\u300f"
	stops      = "\u3002\uff0c\u3001\uff1b;,."
	separators = "\uff0c\u3001\uff1b;|\uff5c"
	brackets   = "[]\u3010\u3011\uff3b\uff3d()\uff08\uff09\u3014\u3015"
)

// respell returns what a badly written cell most certainly says, as a report's
// file has it, or "". The key is that of the message about what is wrong with
// the text, and what are the characters that are.
func respell(text string, column *form.Column, in *form.Form) (right, key, what string) {
	note := func(k, w string) {
		if key == "" {
			key, what = k, w
		}
	}
	s := text
	if inner := strings.Trim(s, quotes); inner != s {
		note("quotes", "")
		s = inner
	}
	if inner := strings.TrimRight(s, stops+wide(" ")); inner != s {
		note("end", s[len(inner):])
		s = inner
	}
	if narrow := strings.Map(lang.Narrow, s); narrow != s {
		note("wide", s)
		s = narrow
	}
	if in.Token(s) {
		return `"` + s + `"`, key, what
	}
	if m := in.Language.Number.Remarked.Regexp().FindStringSubmatch(s); m != nil && m[2]+m[3] != "" {
		note("unit", m[2]+m[3])
		if money := strings.HasSuffix(m[2], in.Language.Number.Money); m[3] != "" || money != (column.Type == form.Amount) || money && m[2] != in.Own(column.Unit) {
			return "", key, what
		}
		s = m[1]
	}
	if grouped(s) {
		note("separator", ",")
		s = strings.ReplaceAll(s, ",", "")
	}
	if digits := in.Language.Figures(s); digits != s && onlyDigits(digits) {
		note("numeral", s)
		s = digits
	}
	s = strings.TrimPrefix(s, "+")
	for len(s) > 1 && s[0] == '0' && s[1] != '.' {
		s = s[1:]
	}
	if _, problem := readNumber(s, column.Type); problem == "" {
		return s, key, what
	}
	letter := strings.IndexFunc(s, func(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) })
	switch {
	case key != "":
	case letter >= 0 && strings.ContainsAny(s, "0123456789"):
		note("letter", s[letter:letter+1])
	case onlyDigits(strings.Join(strings.Fields(s), "")):
		note("space", s)
	case len(behindNumber.FindString(s)) > 0:
		note("unit", s[len(behindNumber.FindString(s)):])
	}
	return "", key, what
}

var behindNumber = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?\s*`)

// wide returns a text with the full-width spaces that may stand for its spaces.
func wide(s string) string { return s + "\u00a0\u3000" }

// misspelt returns the diagnostic of a cell that is not written as it should be.
func (b *binder) misspelt(n *yamlpos.Node, cell *form.Cell, problem string) diag.Diagnostic {
	right, key, what := "", "", ""
	if problem != "not-a-number/empty" && problem != "negative" {
		right, key, what = respell(n.Text, cell.Column, b.report.Form)
	}
	if problem == "not-a-number" && key != "" {
		problem += "/" + key
	}
	d := diag.New(problem, n.Span.In(b.File), "text", n.Text, "what", what, "right", right).OnCell(cell.ID)
	if right != "" && (right != n.Text || n.Quoted) {
		d.Fix = &diag.Fix{Place: n.Span.In(b.File), Replace: right}
	}
	return d
}

// pieces are the values of a row, as they were most likely meant.
type pieces struct {
	list  []string
	marks []string    // what separates them in place of a comma
	at    source.Span // the first of marks
}

// cut adds the pieces of a text that begins at a place.
func (p *pieces) cut(text string, at source.Span) {
	mark := func(i int, s string) {
		if len(p.marks) == 0 {
			p.at = source.OnLine(int(at.Line), int(at.Column)+i, 1)
		}
		for _, m := range p.marks {
			if m == s {
				return
			}
		}
		p.marks = append(p.marks, s)
	}
	from, i, gap := 0, 0, -1 // gap: the character at which white space alone follows a piece
	for off, r := range text {
		between := strings.ContainsRune(separators+brackets+",", r)
		if between || unicode.IsSpace(r) {
			if from < off {
				p.list = append(p.list, strings.TrimRight(text[from:off], "."))
				gap = i
			}
			from = off + len(string(r))
			if between && r != ',' {
				mark(i, string(r))
			}
			if between {
				gap = -1
			}
		} else if gap >= 0 {
			mark(gap, " ")
			gap = -1
		}
		i++
	}
	if from < len(text) {
		p.list = append(p.list, text[from:])
	}
}

// split returns the pieces of a row that has a wrong number of values.
func split(item *yamlpos.Node) (p pieces) {
	var values []yamlpos.Node
	switch item.Kind {
	case yamlpos.Scalar:
		values = []yamlpos.Node{*item}
	case yamlpos.List:
		values = item.Items
	}
	for _, n := range values {
		if n.Quoted || n.Kind != yamlpos.Scalar {
			p.list = append(p.list, `"`+n.Text+`"`)
		} else {
			p.cut(n.Text, n.Span)
		}
	}
	return p
}

// ungroup joins the groups of three digits that commas have cut numbers into, if
// as many are joined as there are too many values: those without a space between.
func ungroup(item *yamlpos.Node, most int) (list []string, first source.Span) {
	for i, n := range item.Items {
		if last := len(list) - 1; i > 0 && n.Span.Column == item.Items[i-1].Span.EndColumn+1 && onlyDigits(n.Text) && len(n.Text) == 3 &&
			onlyDigits(list[last]) && list[last] != "0" && len(item.Items[i-1].Text) <= 3 {
			if list[last] += n.Text; first.Line == 0 {
				first = item.Items[i-1].Span.To(n.Span)
			}
			continue
		}
		list = append(list, n.Text)
	}
	if len(list) != most || first.Line == 0 {
		return nil, first
	}
	return list, first
}

// remade returns the row's list with the pieces as its values, each respelt where
// needed; "" if they are not as many as it takes, or one is no value.
func (b *binder) remade(list []string, row *form.Row) string {
	if len(list) != len(row.Columns) {
		return ""
	}
	for i, s := range list {
		right, _, _ := respell(s, row.Columns[i], b.report.Form)
		if right == "" {
			return ""
		}
		list[i] = right
	}
	return "[" + strings.Join(list, ", ") + "]"
}
