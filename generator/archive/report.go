package archive

import (
	"strings"
	"time"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// ReadReport binds a report's document to its form: the form is the one that
// the report names or the one that covers the year. It returns nil only where
// no form can be found; otherwise the report is as complete as it can be and
// the diagnostics say what is missing. A title that the report does not give is
// the form's, in the language of the site.
func ReadReport(a *Agency, year int, doc *content.Document, attachments []content.Attachment, forms *form.Set, tag lang.Tag) (*Report, []diag.Diagnostic) {
	r := &Report{
		Agency: a, Year: year, File: doc.File, Body: doc.Body, Attachments: attachments,
		Key: source.At(1, 1),
	}
	if doc.Front == nil {
		return nil, nil
	}
	m := open(doc.File, doc.Front)
	r.Form = findForm(m, year, forms)
	r.Draft = m.flag("draft")
	if r.Form != nil {
		r.Title = r.Form.NameReport(a.Name, year, tag)
	}
	if n := m.take("title"); n != nil {
		if s, ok := m.line(n); ok {
			r.Title = s
		}
	}
	if n := m.take("published"); n != nil {
		r.Published = m.date(n)
		if r.Published != (Date{}) && r.Published.Year <= year {
			m.report(diag.New("published-early", n.Span.In(m.file), "text", n.Text, "year", year))
		}
	}
	if n := m.take("source"); n != nil {
		r.Source = readOrigin(m, n, attachments)
	}
	if r.Form == nil {
		return nil, m.found
	}
	b := binder{keys: m, report: r}
	if !r.Form.Covers(year) {
		b.fitting(forms)
	}
	b.tables()
	r.Accepts = readAccepts(m)
	r.Notes = b.notes()
	r.Corrections = b.corrections()
	m.known = append(m.known, r.Form.Keys("")...)
	return r, m.close()
}

func findForm(m *keys, year int, forms *form.Set) *form.Form {
	n := m.take("form")
	if n == nil {
		f, ok := forms.ForYear(year)
		if !ok {
			key := "form-year/none"
			if f != nil {
				key = "form-year/several"
			}
			m.report(diag.New(key, m.node.Span.In(m.file), "year", year))
			return nil
		}
		return f
	}
	id, ok := m.line(n)
	if !ok {
		return nil
	}
	f, ok := forms.Form(id)
	if !ok {
		var known []string
		for _, f := range forms.Forms() {
			known = append(known, f.ID)
		}
		m.report(diag.New("form-year/unknown", n.Span.In(m.file), "form", id, "known", strings.Join(known, ", ")))
		return nil
	}
	if !f.Covers(year) {
		m.report(diag.New("form-year", n.Span.In(m.file), "form", id, "year", year, "years", f.Years()))
	}
	return f
}

// date reads a calendar date.
func (m *keys) date(n *yamlpos.Node) Date {
	s, ok := m.line(n)
	if !ok {
		return Date{}
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		m.report(diag.New("date", n.Span.In(m.file), "text", s))
		return Date{}
	}
	return Date{t.Year(), int(t.Month()), t.Day()}
}

func readOrigin(m *keys, n *yamlpos.Node, attachments []content.Attachment) (o Origin) {
	if n.Kind != yamlpos.Map {
		m.report(diag.New("value/map", n.Span.In(m.file)))
		return o
	}
	sub := open(m.file, n)
	if v := sub.take("url"); v != nil {
		if s, ok := sub.line(v); ok {
			if safe, ok := content.SafeURL(s); ok && (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) {
				o.URL = safe
			} else {
				sub.report(diag.New("value/url", v.Span.In(m.file), "text", s))
			}
		}
	}
	sum := sub.take("sha256")
	if v := sub.take("file"); v != nil {
		if s, ok := sub.line(v); ok {
			o.File, o.SHA256 = findAttachment(sub, v, sum, s, attachments)
		}
	} else if sum != nil {
		if s, ok := sub.line(sum); ok && !isSHA256(s) {
			sub.report(diag.New("value/sha256", sum.Span.In(m.file), "text", s))
		}
	}
	m.found = append(m.found, sub.close()...)
	return o
}

func findAttachment(m *keys, at, sum *yamlpos.Node, name string, attachments []content.Attachment) (file, sha string) {
	for _, x := range attachments {
		if x.Name != name {
			continue
		}
		if sum != nil {
			if s, ok := m.line(sum); ok && !isSHA256(s) {
				m.report(diag.New("value/sha256", sum.Span.In(m.file), "text", s))
			} else if ok && !strings.EqualFold(s, x.SHA256) {
				m.report(diag.New("attachment/changed", sum.Span.In(m.file), "file", name, "want", x.SHA256))
			}
		}
		return x.Name, x.SHA256
	}
	m.report(diag.New("attachment/missing", at.Span.In(m.file), "file", name))
	return "", ""
}

func isSHA256(s string) bool {
	return len(s) == 64 && strings.Trim(strings.ToLower(s), "0123456789abcdef") == ""
}

func readAccepts(m *keys) []Accept {
	var list []Accept
	for _, n := range m.list("accept") {
		if n.Kind != yamlpos.Map {
			m.report(diag.New("value/map", n.Span.In(m.file)))
			continue
		}
		sub := open(m.file, &n)
		a := Accept{Span: n.Span}
		if v := sub.need("rule"); v != nil {
			a.Rule, _ = sub.line(v)
			a.Span = v.Span
		}
		if v := sub.take("cell"); v != nil {
			a.Cell, _ = sub.line(v)
		}
		if v := sub.need("reason"); v != nil {
			a.Reason, _ = sub.line(v)
		}
		m.found = append(m.found, sub.close()...)
		if a.Rule != "" && a.Reason != "" {
			list = append(list, a)
		}
	}
	return list
}
