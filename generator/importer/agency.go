package importer

import (
	"path"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/source"
)

// findAgency finds the agency whose name the document gives: in its title, in
// the file's name, or as a line of its own. The longest name wins, so that a
// county's bureau is not taken for its county; two names of one length are
// two readings.
func (n *names) findAgency(lines []textLine, o Options) {
	if o.Agency != "" {
		for i := range o.Agencies {
			if o.Agencies[i].Path == o.Agency {
				n.agency = &o.Agencies[i]
			}
		}
		return
	}
	texts := []string{n.title, strings.TrimSuffix(path.Base(o.File), path.Ext(o.File))}
	for dir := path.Dir(o.File); dir != "." && dir != "/"; dir = path.Dir(dir) {
		texts = append(texts, path.Base(dir))
	}
	names := len(texts)
	texts = append(texts, n.signedBy)
	for i, p := range lines {
		if i < 5 || i >= len(lines)-5 {
			texts = append(texts, p.Text)
		}
	}
	for i, text := range texts {
		if n.agency = n.match(form.Normalise(text), i < names, o.Agencies); n.agency != nil || len(n.rivals) > 0 {
			return
		}
	}
}

// match finds the agency that a text names: inside the text, or, where inside
// is false, as all of it.
func (n *names) match(text string, inside bool, agencies []Agency) *Agency {
	var best []*Agency
	length := 0
	for i := range agencies {
		a := &agencies[i]
		for j, name := range append([]string{a.Name, a.Short}, a.Former...) {
			key := form.Normalise(name)
			whole := !inside || j == 1 // a short name inside a text proves little
			if key == "" || whole && text != key || !strings.Contains(text, key) || len(key) < length {
				continue
			}
			if len(key) > length {
				best, length = nil, len(key)
			}
			if !slices.Contains(best, a) {
				best = append(best, a)
			}
		}
	}
	if len(best) > 1 {
		for _, a := range best {
			n.rivals = append(n.rivals, a.Path)
		}
		return nil
	}
	if len(best) == 1 {
		return best[0]
	}
	return nil
}

// settleAgency fills the agency of the result.
func (n *names) settleAgency(res *Result, o Options) (diags []diag.Diagnostic, ok bool) {
	at := source.Place{File: o.File}
	switch {
	case n.agency == nil && o.Agency != "":
		return []diag.Diagnostic{diag.New("import-unknown/no-agency", at, "path", o.Agency)}, false
	case len(n.rivals) > 0:
		return []diag.Diagnostic{diag.New("import-ambiguous/agency", at, "names", strings.Join(n.rivals, ", "))}, false
	case n.agency == nil:
		return []diag.Diagnostic{diag.New("import-unknown/agency", at, "title", n.title)}, false
	}
	res.Agency = *n.agency
	if o.Agency == "" {
		return nil, true
	}
	// Does the title name another body than the one that was asked for?
	title := form.Normalise(n.title)
	for _, name := range append([]string{n.agency.Name, n.agency.Short}, n.agency.Former...) {
		if key := form.Normalise(name); key != "" && strings.Contains(title, key) {
			return nil, true
		}
	}
	if who := n.bodyOf(n.title); who != "" {
		diags = append(diags, diag.New("import-contradiction/agency", at, "found", who, "used", n.agency.Name))
	}
	return diags, true
}

// bodyOf is the part of a title before the year: the body that reports.
func (n *names) bodyOf(title string) string {
	i := n.in.Year.Regexp().FindStringIndex(title)
	if i == nil || i[0] == 0 {
		return ""
	}
	return strings.TrimPrefix(title[:i[0]], n.in.TitlePrefix)
}
