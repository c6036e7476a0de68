package form

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/locale"
	"annals/generator/yamlpos"
)

// language reads the form's language. If the form sets none, it is the language of
// its title, or Chinese if the title is in both.
func (r *reader) language(n, title *yamlpos.Node) {
	tags := []lang.Tag{lang.ZH, lang.EN}
	tag := lang.EN
	if title != nil {
		words := title
		if zh := title.Get(string(lang.ZH)); zh != nil {
			words = zh
		}
		if strings.ContainsFunc(words.Text, func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
			tag = lang.ZH
		}
	}
	if i, ok := r.oneOf(n, []string{string(lang.ZH), string(lang.EN)}); ok {
		tag = tags[i]
	}
	r.form.Language = locale.For(tag)
}

// The placeholders in a title of reports for the agency's name and the report's year.
const (
	AgencyMark = "{agency}"
	YearMark   = "{year}"
)

// reportTitle reads the title of reports that set none of their own.
func (r *reader) reportTitle(n *yamlpos.Node) {
	f := r.form
	if n == nil {
		f.ReportTitle = lang.Text{ZH: locale.For(lang.ZH).ReportTitle, EN: locale.For(lang.EN).ReportTitle}
		return
	}
	f.ReportTitle = r.label(n)
	for _, text := range [...]string{f.ReportTitle.ZH, f.ReportTitle.EN} {
		if text == "" {
			continue
		}
		rest := strings.NewReplacer(AgencyMark, "", YearMark, "").Replace(text)
		if !strings.Contains(text, AgencyMark) || !strings.Contains(text, YearMark) || strings.ContainsAny(rest, "{}") {
			r.add(diag.New("form/report-title", n.Span.In(r.File), "text", text, "agency", AgencyMark, "year", YearMark))
		}
	}
}

// NameReport returns the title of a report that gives none of its own.
func (f *Form) NameReport(agency string, year int, tag lang.Tag) string {
	text := strings.Replace(f.ReportTitle.In(tag), YearMark, strconv.Itoa(year), 1)
	return strings.Replace(text, AgencyMark, agency, 1)
}

// signs are the tokens that need no language.
var signs = []string{"/", "-", "—"}

// Token reports whether a text is one that documents print in a cell which
// has no number.
func (f *Form) Token(text string) bool {
	kept, ok := f.Language.Tokens[text]
	return ok && kept == text || slices.Contains(signs, text)
}

// Tokens lists the texts that a cell may have in place of a number in a report's
// file: the empty text, the signs, and the words of the form's language.
func (f *Form) Tokens() []string {
	words := slices.Sorted(maps.Values(f.Language.Tokens))
	return slices.Concat([]string{""}, signs, slices.Compact(words))
}

// Own returns a text in the language of the form's documents.
func (f *Form) Own(x lang.Text) string { return x.In(f.Language.Language) }

// ownText makes a text of words in the language of the form's documents.
func (f *Form) ownText(words string) lang.Text {
	if f.Language.Language == lang.EN {
		return lang.Text{EN: words}
	}
	return lang.Text{ZH: words}
}

// name sets the names that are made from other names: those of the preface, of parts
// with their numbers, of tables and of cells.
func (f *Form) name() {
	if !f.Free {
		f.Preface = &Section{ID: PrefaceID, Optional: true,
			Label: lang.Text{ZH: locale.For(lang.ZH).Preface, EN: locale.For(lang.EN).Preface}}
	}
	for i, s := range f.Sections {
		s.Heading = lang.Text{ZH: f.numbered(s, i, lang.ZH), EN: f.numbered(s, i, lang.EN)}
		if s.Table != nil {
			s.Table.Label = cmp.Or(s.Table.Label, s.Label)
		}
	}
	for _, t := range f.Tables {
		t.Label = cmp.Or(t.Label, lang.Same(t.ID))
	}
	for i := range f.Cells {
		c := &f.Cells[i]
		c.Label, c.Short = cellLabel(c), unnumbered(c.Row.Label)
	}
	for _, r := range f.Relations {
		for _, e := range r.Equations {
			if e.Derived < 0 || r.Scope != InReport {
				continue
			}
			if r.ByRow {
				f.Cells[e.Derived].Total = true
			} else if g := groupOf(f.Cells[e.Derived].Row.Table.Body, f.Cells[e.Derived].Row); g != nil {
				f.Cells[e.Derived].Short = unnumbered(g.Label)
			}
		}
	}
	for i := range f.Cells {
		if c := &f.Cells[i]; len(c.Row.Columns) > 1 && !c.Total {
			c.Short = lang.Text{ZH: c.Short.In(lang.ZH) + " · " + c.Column.Label.In(lang.ZH), EN: c.Short.In(lang.EN) + " · " + c.Column.Label.In(lang.EN)}
		}
	}
}

// numbered returns the heading of part i, number and label, in a language.
func (f *Form) numbered(s *Section, i int, tag lang.Tag) string {
	return locale.For(tag).Heading(f.number(s, i, tag), s.Label.In(tag))
}

// number returns the number of part i. In a language that is not the form's, one
// written in the form's own numerals (一) is replaced by digits (1).
func (f *Form) number(s *Section, i int, tag lang.Tag) string {
	if tag != f.Language.Language && strings.Trim(s.Number, f.Language.Numerals) == "" && s.Number != "" {
		return strconv.Itoa(i + 1)
	}
	return s.Number
}

func unnumbered(x lang.Text) lang.Text {
	return lang.Text{ZH: locale.For(lang.ZH).Unnumbered(x.ZH), EN: locale.For(lang.EN).Unnumbered(x.EN)}
}

func groupOf(list []*Group, row *Row) *Group {
	for _, g := range list {
		for _, u := range g.Under {
			if u.Row == row {
				return g
			}
		}
		if found := groupOf(g.Under, row); found != nil {
			return found
		}
	}
	return nil
}

func cellLabel(c *Cell) lang.Text {
	if len(c.Row.Columns) == 1 {
		return c.Row.Full
	}
	return chain(c.Row.Full, c.Column.Label)
}

// chain joins a label to the labels above it: 行政诉讼·复议后起诉.
func chain(above, label lang.Text) lang.Text {
	if above == (lang.Text{}) {
		return label
	}
	return lang.Text{
		ZH: above.In(lang.ZH) + "·" + label.In(lang.ZH),
		EN: above.In(lang.EN) + " · " + label.In(lang.EN),
	}
}
