package archive

import (
	"strconv"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// ReadAgency turns the front matter of an _index.md into an agency. What is
// wrong with it is told; the agency is as complete as it can be, so that its
// reports are still checked.
func ReadAgency(path string, doc *content.Document) (*Agency, []diag.Diagnostic) {
	a := &Agency{Path: path, File: doc.File, Body: doc.Body, Name: path, Kind: Department, NameSpan: source.At(1, 1)}
	if doc.Body != nil && len(doc.Body.Sections) == 0 {
		a.Body = nil
	}
	if doc.Front == nil {
		return a, nil
	}
	m := open(doc.File, doc.Front)
	if n := m.need("name"); n != nil {
		if s, ok := m.line(n); ok {
			a.Name, a.NameSpan = s, n.Span
		}
	}
	if n := m.need("kind"); n != nil {
		a.Kind = readKind(m, n)
	}
	if n := m.take("short"); n != nil {
		a.Short, _ = m.line(n)
	}
	for _, n := range m.list("former_names") {
		if s, ok := m.line(&n); ok {
			a.FormerNames = append(a.FormerNames, s)
		}
	}
	a.Since, a.Until = m.year("since"), m.year("until")
	if a.Since != 0 && a.Until != 0 && a.Since > a.Until {
		m.report(diag.New("value/years", doc.Front.Get("until").Span.In(doc.File)))
	}
	a.Rulemaking = m.flag("rulemaking")
	if n := m.take("contact"); n != nil {
		a.Contact = readContact(m, n)
	}
	return a, m.close()
}

func readKind(m *keys, n *yamlpos.Node) Kind {
	s, ok := m.line(n)
	if !ok {
		return Department
	}
	for _, k := range Kinds {
		if string(k) == s {
			return k
		}
	}
	known := make([]string, len(Kinds))
	for i, k := range Kinds {
		known[i] = string(k)
	}
	m.oneOf(n, known)
	return Department
}

func readContact(m *keys, n *yamlpos.Node) (c Contact) {
	if n.Kind != yamlpos.Map {
		m.report(diag.New("value/map", n.Span.In(m.file)))
		return c
	}
	sub := open(m.file, n)
	for _, field := range []struct {
		key string
		to  *string
	}{{"office", &c.Office}, {"address", &c.Address}, {"postcode", &c.Postcode}, {"phone", &c.Phone}, {"email", &c.Email}} {
		if v := sub.take(field.key); v != nil {
			*field.to, _ = sub.line(v)
		}
	}
	m.found = append(m.found, sub.close()...)
	return c
}

// year reads an optional year.
func (m *keys) year(key string) int {
	n := m.take(key)
	if n == nil {
		return 0
	}
	s, ok := m.line(n)
	if !ok {
		return 0
	}
	y, err := strconv.Atoi(s)
	if err != nil || len(s) != 4 || y < 1900 {
		m.report(diag.New("value/year", n.Span.In(m.file), "text", s))
		return 0
	}
	return y
}
