package importer

import (
	"path"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/source"
)

// findAgency finds the agency whose name is in the document's title, in the
// file's name or in those of its folders, or is a line of its own. The longest name
// wins, so that a county's bureau is not taken for its county; if there are two of
// that length, the agency is ambiguous. A name that goes on is that of another
// agency, such as a branch, and so is one that begins earlier. If the title is of
// a body that is not known, nothing else says whose the document is, except the
// file's name, if the title does not name the region. A name without its region
// counts only if the document names the region.
func (n *names) findAgency(lines []textLine, o Options) {
	if o.Agency != "" {
		n.agencyFrom = "given"
		for i := range o.Agencies {
			if o.Agencies[i].Path == o.Agency {
				n.agency = &o.Agencies[i]
			}
		}
		return
	}
	texts := []string{n.title, strings.TrimSuffix(path.Base(o.File), path.Ext(o.File))}
	from := []string{"title", "name"}
	for dir := path.Dir(o.File); dir != "." && dir != "/"; dir = path.Dir(dir) {
		texts, from = append(texts, path.Base(dir)), append(from, "folder")
	}
	inside := len(texts)
	texts, from = append(texts, n.signedBy), append(from, "signature")
	for i, p := range lines {
		if i < 5 || i >= len(lines)-5 {
			texts, from = append(texts, p.Text), append(from, "line")
		}
	}
	for i := range texts {
		texts[i] = n.key(n.language.Figures(n.in.Bracketed.Regexp().ReplaceAllString(texts[i], "")))
	}
	known := n.keys(o.Agencies, func(region string) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, region) }) ||
			slices.ContainsFunc(lines, func(p textLine) bool { return strings.Contains(form.Normalise(p.Text), region) })
	})
	for i, text := range texts {
		if n.agency = n.match(text, i < inside, i == 0, known); n.agency != nil || len(n.rivals) > 0 {
			n.agencyFrom = from[i]
			return
		}
		// The title, or the file's name, is of another body.
		if i < 2 && len(n.near) > 0 || i == 0 && n.namesRegion(text) || i == 1 && n.namesBody(texts[0]) {
			return
		}
	}
}

// namesBody reports whether a title says more than its year and that it is a
// report: whose it is.
func (n *names) namesBody(title string) bool {
	rest := n.in.Bare.Regexp().ReplaceAllString(title, "")
	return rest != "" && !n.in.Local.Regexp().MatchString(rest)
}

// namesRegion reports whether a title has a body's name with that of a region.
func (n *names) namesRegion(title string) bool {
	return n.namesBody(title) && n.in.Regional.Regexp().MatchString(n.in.Bare.Regexp().ReplaceAllString(title, ""))
}

// key returns a text as names are compared in it: normalised, and with the
// language's usual short forms in place of the long ones.
func (n *names) key(text string) string {
	text = form.Normalise(text)
	for _, pair := range n.in.ShortForms {
		text = strings.ReplaceAll(text, pair[0], pair[1])
	}
	return text
}

// agencyKey is one of the names by which a document may call an agency.
type agencyKey struct {
	agency *Agency
	key    string
	whole  bool // counts only if it is the whole text
	local  bool // lacks the region's name, and counts only at the beginning of the text
	ends   bool // is a short form, after which nothing may follow
}

// keys lists the names of the agencies. named reports whether the document names
// a region.
func (n *names) keys(agencies []Agency, named func(region string) bool) (list []agencyKey) {
	regions := map[string]bool{}
	for i := range agencies {
		a := &agencies[i]
		for _, name := range append([]string{a.Name}, a.Former...) {
			list = append(list, agencyKey{agency: a, key: n.key(name), ends: n.key(name) != form.Normalise(name)})
		}
		region := form.Normalise(a.Region)
		here, asked := regions[region]
		if !asked {
			here = region != "" && named(region)
			regions[region] = here
		}
		list = append(list, agencyKey{agency: a, key: n.key(a.Short), whole: !here, local: here, ends: true})
		if rest, ok := strings.CutPrefix(form.Normalise(a.Name), region); ok && here {
			list = append(list, agencyKey{agency: a, key: n.key(rest), local: true, ends: true})
		}
	}
	return list
}

// match returns the agency whose name is in the text or, if inside is false, is
// the whole text. If title is true, every word that follows is of the name. If there
// is none, or more than one, it returns nil and sets near or rivals.
func (n *names) match(text string, inside, title bool, known []agencyKey) *Agency {
	var best []*Agency
	length := 0
	for _, k := range known {
		if k.key == "" || len(k.key) < length || !strings.Contains(text, k.key) || (!inside || k.whole) && text != k.key {
			continue
		}
		before, after, _ := strings.Cut(text, k.key)
		if n.goesOn(after, k.ends || title) || k.local && !n.in.Local.Regexp().MatchString(before) || !k.local && !n.in.NameBegins.Regexp().MatchString(before) {
			if len(n.near) < 5 && !slices.Contains(n.near, k.agency.Path) {
				n.near = append(n.near, k.agency.Path)
			}
			continue
		}
		if len(k.key) > length {
			best, length = nil, len(k.key)
		}
		if !slices.Contains(best, k.agency) {
			best = append(best, k.agency)
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

// goesOn reports whether the text behind a name makes it the name of another
// body: it begins with the rest of a body's name; or, if the name must end there,
// with anything at all.
func (n *names) goesOn(after string, ends bool) bool {
	if at := n.in.NameEnds.Regexp().FindStringIndex(after); at != nil {
		after = after[:at[0]]
	}
	if ends {
		return after != ""
	}
	runes := []rune(after)
	for i := range min(len(runes), 12) {
		if n.in.Body.Regexp().MatchString(string(runes[:i+1])) {
			return true
		}
	}
	return false
}

// settleAgency fills the agency of the result.
func (n *names) settleAgency(res *Result, o Options) (diags []diag.Diagnostic, ok bool) {
	at := source.Place{File: o.File}
	switch {
	case n.agency == nil && o.Agency != "":
		return []diag.Diagnostic{diag.New("import-unknown/no-agency", at, "path", o.Agency)}, false
	case len(n.rivals) > 0:
		return []diag.Diagnostic{diag.New("import-ambiguous/agency", at, "names", strings.Join(n.rivals, ", "))}, false
	case n.agency == nil && len(n.near) > 0:
		return []diag.Diagnostic{diag.New("import-unknown/agency-near", at, "title", n.title, "names", strings.Join(n.near, ", "))}, false
	case n.agency == nil:
		return []diag.Diagnostic{diag.New("import-unknown/agency", at, "title", n.title)}, false
	}
	res.Agency = *n.agency
	if o.Agency == "" {
		return nil, true
	}
	// Does the title name another body than the one that was asked for?
	title := n.key(n.title)
	for _, name := range append([]string{n.agency.Name, n.agency.Short}, n.agency.Former...) {
		key := n.key(name)
		if _, after, ok := strings.Cut(title, key); ok && key != "" && !n.goesOn(after, false) {
			return nil, true
		}
	}
	if who := n.bodyOf(n.title); who != "" {
		diags = append(diags, diag.New("import-contradiction/agency", at, "found", who, "used", n.agency.Name))
	}
	return diags, true
}

// bodyOf returns the part of a title before the year, which names the public body
// that reports; "" if there is none.
func (n *names) bodyOf(title string) string {
	i := n.in.Year.Regexp().FindStringIndex(title)
	if i == nil || i[0] == 0 {
		return ""
	}
	return strings.TrimPrefix(title[:i[0]], n.in.TitlePrefix)
}
