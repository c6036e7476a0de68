package check

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
)

// title compares the title that a report gives with what its form calls reports of
// this agency and year.
func title(r *archive.Report) []diag.Diagnostic {
	v, f := r.Form.Review, r.Form
	if v == nil || r.TitleSpan.Line == 0 {
		return nil
	}
	lead := f.ReportTitle.In(f.Language.Language)
	want := f.NameReport(r.Agency.Name, r.Year, f.Language.Language)
	if r.Title == want {
		return nil
	}
	t := named{title: form.Normalise(f.Language.Figures(r.Title))}
	exact := slices.ContainsFunc(append([]string{lead}, v.Titles...), t.fits)
	if !exact {
		t.guess(f, r.Year)
	}
	key, severity := "title-form", diag.Notice
	args := []any{"title", r.Title, "want", want}
	switch {
	case t.year != 0 && t.year != r.Year:
		key, severity = "title-form/year", diag.Error
		args = append(args, "year", t.year, "report", r.Year)
	case t.agency != "" && whose(t.agency, r.Agency, f) == another:
		key, severity = "title-form/agency", diag.Error
		args = append(args, "agency", t.agency, "name", r.Agency.Name)
	case exact && whose(t.agency, r.Agency, f) == same:
		return nil
	}
	d := diag.New(key, r.TitleSpan.In(r.File), args...)
	d.Severity = severity
	return []diag.Diagnostic{d}
}

// named is a title, normalised, and the agency and year in it.
type named struct {
	title  string
	agency string // "" where it names none
	year   int    // 0 where it names none
}

// fits reports whether the title is as the pattern, and takes agency and year.
func (t *named) fits(pattern string) bool {
	year, agency := strings.Index(pattern, form.YearMark), strings.Index(pattern, form.AgencyMark)
	if year < agency || agency < 0 {
		return false // such a form is not in use
	}
	before := form.Normalise(pattern[:agency])
	between := form.Normalise(pattern[agency+len(form.AgencyMark) : year])
	after := form.Normalise(pattern[year+len(form.YearMark):])
	rest, ok1 := strings.CutPrefix(t.title, before)
	rest, ok2 := strings.CutSuffix(rest, after)
	if !ok1 || !ok2 || len(rest) < 4 {
		return false
	}
	n, err := strconv.Atoi(rest[len(rest)-4:])
	name, ok := strings.CutSuffix(rest[:len(rest)-4], between)
	if err != nil || !ok || name == "" {
		return false
	}
	t.agency, t.year = name, n
	return true
}

// guess takes agency and year from a title that is as no pattern. A title that
// names the report's year and others is taken for one of that year.
func (t *named) guess(f *form.Form, year int) {
	doc := f.Language.Document
	for _, m := range doc.Year.Regexp().FindAllStringSubmatch(t.title, -1) {
		if n, _ := strconv.Atoi(m[1]); t.year != year {
			t.year = n
		}
	}
	t.agency = doc.Bare.Regexp().ReplaceAllString(t.title, "")
}

// owner says whether a name is the agency's.
type owner uint8

const (
	same    owner = iota
	unclear       // a name that may be the agency's, or none
	another
)

// whose compares the name in a title with an agency's. Short and former names are
// the agency's, and so is a name of which some characters are left out, that is
// without its region, or with one above it.
func whose(name string, a *archive.Agency, f *form.Form) owner {
	doc := f.Language.Document
	bare := func(s string, endings []string) string {
		for _, end := range endings {
			s = strings.TrimSuffix(s, end)
		}
		return s
	}
	within := func(s string) string {
		for above := a.Parent; above != nil; above = above.Parent {
			region := bare(bare(form.Normalise(above.Name), doc.Offices), doc.Governments)
			s = strings.TrimPrefix(s, region)
		}
		return s
	}
	verdict := another
	if !doc.Body.Regexp().MatchString(name) || within(name) == "" {
		verdict = unclear
	}
	for _, own := range append([]string{a.Name, a.Short}, a.FormerNames...) {
		if own = form.Normalise(own); own == "" {
			continue
		}
		seat := bare(bare(own, doc.Offices), doc.Governments)
		if name == own || bare(bare(name, doc.Offices), doc.Governments) == seat && seat != "" {
			return same
		}
		full := within(own)
		for _, short := range []string{within(name), doc.Local.Regexp().ReplaceAllString(begin(name), "") + name[len(begin(name)):]} {
			switch {
			case short == "" || full == "":
			case end(short) == end(full) && (begin(short) == begin(full) && (among(short, full) || among(full, short)) || among(own, short)):
				return same
			case begin(short) == begin(full) && len(short) > 2*len(end(short)) && among(short[:len(short)-len(end(short))], full):
				verdict = unclear
			}
		}
	}
	return verdict
}

func begin(s string) string { _, n := utf8.DecodeRuneInString(s); return s[:n] }
func end(s string) string   { _, n := utf8.DecodeLastRuneInString(s); return s[len(s)-n:] }

// among reports whether all characters of short stand in full, in their order.
func among(short, full string) bool {
	for _, c := range full {
		if first, n := utf8.DecodeRuneInString(short); n > 0 && first == c {
			short = short[n:]
		}
	}
	return short == ""
}
