package importer

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer/draft"
	"annals/generator/locale"
	"annals/generator/source"
)

var yearIn = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[^0-9]|$)`)

// names are the title, agency, year and dates that a document gives.
type names struct {
	draft     *draft.Draft
	language  *locale.Locale   // language in which the document is read
	in        *locale.Document // its data about documents
	title     string           // the whole title, on one line
	published string           // date of publication, 2025-01-10, or ""
	fromPage  bool             // published is metadata of a page or a field of it
	period    int              // year of the period that the text says it covers, or 0

	lines      []textLine                  // paragraphs of the text itself, in order
	titleAt    int                         // index of the title's last line, or -1
	titleParts map[*draft.Paragraph]bool   // lines of the title
	heads      map[*draft.Paragraph]string // lines that hold only metadata, and of which kind
	around     map[*draft.Paragraph]bool   // lines of the page that are not part of the report
	aside      map[draft.Origin]bool       // places of cells that are not part of the report
	signed     *draft.Paragraph            // the signature, or nil
	signedBy   string                      // the body that the signature names, or ""
	signedOn   string                      // the date of the signature
	agency     *Agency
	agencyFrom string   // where its name was found: given, title, name, folder, signature, line
	rivals     []string // paths of agencies, if more than one fits equally well
	near       []string // paths of agencies whose name is part of a longer one
}

// textLine is a paragraph and the index of its block in the draft.
type textLine struct {
	*draft.Paragraph
	block int
}

// recognise reads title and period from the text, in the first of the forms'
// languages in which a title is found. The rest is read by locate, once it is known
// where the parts of the report are.
func recognise(d *draft.Draft, o Options) *names {
	var best *names
	tried := map[*locale.Locale]bool{}
	for _, f := range o.Forms.Forms() {
		if tried[f.Language] || best != nil && best.title != "" {
			continue
		}
		tried[f.Language] = true
		if n := recogniseIn(d, f.Language, o); best == nil || n.title != "" {
			best = n
		}
	}
	return best
}

// recogniseIn is recognise in one language.
func recogniseIn(d *draft.Draft, l *locale.Locale, o Options) *names {
	n := &names{draft: d, language: l, in: &l.Document, titleParts: map[*draft.Paragraph]bool{}, heads: map[*draft.Paragraph]string{},
		around: map[*draft.Paragraph]bool{}, aside: map[draft.Origin]bool{}}
	for i, b := range d.Blocks {
		if b.Paragraph != nil && b.Paragraph.Role == draft.Body {
			n.lines = append(n.lines, textLine{b.Paragraph, i})
		}
	}
	n.titleAt = n.findTitle(n.lines, o)
	for _, p := range n.lines {
		if m := n.in.Period.Regexp().FindStringSubmatch(p.Text); m != nil && m[1] == m[2] && n.period == 0 {
			n.period, _ = strconv.Atoi(m[1])
		}
	}
	return n
}

// crumbs are the signs between the steps of a way through a site, at whose end its
// pages may print a title.
const crumbs = ">›»→"

// maxTitle is the largest number of characters that the line of a title may have.
const maxTitle = 60

// findTitle finds the title in the lines before the first heading, and
// returns the index of its last line, or -1.
func (n *names) findTitle(lines []textLine, o Options) int {
	at, linked := -1, -1 // linked is a title that is a link: a page may list those of other years
scan:
	for i, p := range lines {
		if i > 0 && o.isHeading(p.Text) && at >= 0 {
			break
		}
		if i+1 < len(lines) && n.wraps(p.Text, lines[i+1].Text) {
			n.titleParts[p.Paragraph] = true
			at = i + 1
			break scan
		}
		if utf8.RuneCountInString(p.Text) <= maxTitle && n.isTitle(p.Text) && !n.in.Sentence.Regexp().MatchString(p.Text) && !n.in.Introduces.Regexp().MatchString(p.Text) &&
			!o.isHeading(p.Text) && !strings.ContainsAny(p.Text, crumbs) {
			dated := yearIn.MatchString(n.language.Figures(p.Text))
			switch {
			case !p.Links:
				at = i
			case dated && linked < 0:
				linked = i
			}
			if dated && !p.Links {
				break scan
			}
		}
	}
	if at < 0 {
		at = linked
	}
	if at < 0 {
		for _, t := range n.draft.Titles {
			if n.isTitle(t) {
				n.title = n.unlabelled(squeeze(t))
				break
			}
		}
		return -1
	}
	first := at
	if first > 0 && n.titleParts[lines[first-1].Paragraph] {
		first--
	}
	if first == at && at > 0 && n.fits(lines[at-1].Text, o) {
		first = at - 1
	}
	if at+1 < len(lines) && n.in.YearAlone.Regexp().MatchString(lines[at+1].Text) {
		at++
	}
	for _, p := range lines[first : at+1] {
		n.title += p.Text
		n.titleParts[p.Paragraph] = true
	}
	n.title = n.unlabelled(squeeze(n.title))
	if n.draft.Page {
		for _, p := range lines[:first] {
			n.around[p.Paragraph] = true
		}
	}
	return at
}

// unlabelled removes a label such as "标题：" from a title.
func (n *names) unlabelled(title string) string {
	return title[len(n.in.TitleLabel.Regexp().FindString(title)):]
}

// isTitle reports whether a line reads like a report's title, in simplified or
// traditional characters.
func (n *names) isTitle(line string) bool {
	return n.in.Title.Regexp().MatchString(form.Normalise(line))
}

// wraps reports whether a title goes on in the next line, as in text from a PDF.
func (n *names) wraps(line, next string) bool {
	return utf8.RuneCountInString(next) <= maxTitle/3 && utf8.RuneCountInString(line+next) <= maxTitle && yearIn.MatchString(n.language.Figures(line)) &&
		!n.isTitle(line) && !n.isTitle(next) && n.isTitle(line+next) && !n.in.Sentence.Regexp().MatchString(line+next) && !n.in.Introduces.Regexp().MatchString(next)
}

// isHeading reports whether a form has a section of that name.
func (o Options) isHeading(text string) bool {
	for _, headings := range o.headings {
		if headings.Find(text) != nil {
			return true
		}
	}
	return false
}

// fits reports whether the line is the name of an agency of this archive, or
// reads like the name of a public body.
func (n *names) fits(line string, o Options) bool {
	for _, a := range o.Agencies {
		if same(line, a.Name) {
			return true
		}
		for _, f := range a.Former {
			if same(line, f) {
				return true
			}
		}
	}
	return utf8.RuneCountInString(line) <= 30 && n.in.Body.Regexp().MatchString(line)
}

// squeeze removes the spaces of a title, except those between words in Latin letters.
func squeeze(s string) string {
	runes := []rune(s)
	var b strings.Builder
	for i, r := range runes {
		if r == ' ' && (i == 0 || i == len(runes)-1 || runes[i-1] > 127 || runes[i+1] > 127) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// same reports whether two names are equal when normalised, and not empty.
func same(a, b string) bool { return b != "" && form.Normalise(a) == form.Normalise(b) }

// year returns the year that the document or the caller names, or 0.
func (n *names) year(o Options) int {
	if o.Year != 0 {
		return o.Year
	}
	y, _ := n.found(o)
	return y
}

// found returns the year that the document itself names, and where: in its title,
// else as the period that it covers, else in the file's name; 0 if there is none.
func (n *names) found(o Options) (year int, from string) {
	for i, s := range []string{n.language.Figures(n.title), n.language.Figures(path.Base(o.File))} {
		from = [...]string{"title", "name"}[i]
		if m := n.in.Year.Regexp().FindStringSubmatch(s); m != nil {
			y, _ := strconv.Atoi(m[1])
			return y, from
		}
		if m := yearIn.FindStringSubmatch(s); m != nil {
			y, _ := strconv.Atoi(m[1])
			return y, from
		}
		if n.period != 0 {
			return n.period, "period"
		}
	}
	return 0, ""
}

// settle sets agency and year of the result, and reports where the document and
// the caller differ. ok is false if either is unknown.
func (n *names) settle(res *Result, o Options) (diags []diag.Diagnostic, ok bool) {
	at := source.Place{File: o.File}
	ok = true
	res.Year = n.year(o)
	found, _ := n.found(o)
	switch {
	case res.Year == 0:
		diags = append(diags, diag.New("import-unknown/year", at, "title", n.title))
		ok = false
	case found != 0 && found != res.Year:
		diags = append(diags, diag.New("import-contradiction/year", at, "found", strconv.Itoa(found), "used", strconv.Itoa(res.Year)))
	case n.period != 0 && n.period != res.Year:
		diags = append(diags, diag.New("import-contradiction/period", at, "found", strconv.Itoa(n.period), "year", strconv.Itoa(res.Year)))
	}
	if y, err := strconv.Atoi(n.published[:min(4, len(n.published))]); err == nil && res.Year != 0 && y <= res.Year {
		diags = append(diags, diag.New("import-contradiction/date", at, "date", n.published, "year", strconv.Itoa(res.Year)))
	}
	if n.signed != nil && n.signedOn != n.published {
		diags = append(diags, diag.New("import-contradiction/signed", n.signed.At.Place(), "signed", n.signedOn, "published", n.published, "where", n.signed.At.Words()))
	}
	more, known := n.settleAgency(res, o)
	return append(diags, more...), ok && known
}
