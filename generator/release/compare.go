package release

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/source"
)

// The names by which entries of corrections call what is no cell.
const (
	Published = "published"
	FormID    = "form"
	Title     = "title"
)

// Verdict is what came of holding an agency's reports against its history.
type Verdict struct {
	Found      []diag.Diagnostic
	Unreleased bool     // the next release will have lines of the agency
	Lines      [][]byte // these, if they were asked for
}

// Compare holds the reports of an agency, drafts and withdrawn ones too, against
// what the last release says of them. filed are the years in which there is a
// file, whether or not it could be read. With lines, the verdict has the lines
// for the next release.
func (h *History) Compare(reports []*archive.Report, lines bool, filed func(year int) bool) (v Verdict) {
	if h.record.Broken {
		return v
	}
	for _, from := range h.From {
		v.line(lines, func() []byte { return Moved(h.Path, from) })
	}
	here := map[int]bool{}
	var buf []byte
	for _, r := range reports {
		past := h.of(r.Year)
		here[r.Year] = true
		if len(past) == 0 {
			if !r.Draft && r.Withdrawn == nil {
				v.line(lines, func() []byte { return Of(r, 1).Append(nil) })
			}
			continue
		}
		last := past[len(past)-1]
		if r.Draft {
			v.add(diag.New("withdrawn/draft", r.Key.In(r.File), "n", Number(int(last.release))).With(h.record.at(last)))
			continue
		}
		now := Of(r, int(last.revision))
		buf = now.Append(buf[:0])
		if Leaf(buf) == last.sum {
			continue
		}
		c := comparison{History: h, verdict: &v, report: r, now: now, last: last}
		differs, err := c.compare(past)
		if unread := new(LineError); errors.As(err, &unread) {
			v.add(unread.Diagnostic)
		}
		if differs {
			v.line(lines, func() []byte { c.now.Revision++; return c.now.Append(nil) })
		}
	}
	last := h.byYear()
	for _, year := range slices.Sorted(maps.Keys(last)) {
		if x := last[year]; !here[year] && !filed(year) {
			v.add(diag.New("withdrawn", files.Top(h.file(year)), "year", year, "n", Number(int(x.release))).With(h.record.at(x)))
		}
	}
	return v
}

// line notes a line of the next release, and makes it if it is asked for.
func (v *Verdict) line(wanted bool, make func() []byte) {
	v.Unreleased = true
	if wanted {
		v.Lines = append(v.Lines, make())
	}
}

func (v *Verdict) add(d diag.Diagnostic) { v.Found = append(v.Found, d) }

// byYear returns the last line of each report.
func (h *History) byYear() map[int]ref {
	m := map[int]ref{}
	for _, x := range h.refs {
		m[int(x.year)] = x
	}
	return m
}

// file is where a report of a year would be.
func (h *History) file(year int) string {
	return "content/agencies/" + h.Path + "/" + Number(year) + ".md"
}

// comparison holds one report against its last line.
type comparison struct {
	*History
	verdict *Verdict
	report  *archive.Report
	now     *State
	last    ref
	was     *State       // the last line that has values
	added   []Correction // entries that this line does not have
	drafts  []string     // entries of corrections for what changed without one
	first   int          // index in verdict.Found of the first finding that lacks one
}

// compare reports what differs without an entry of corrections that explains it. It
// reports whether the next release has a line of the report.
func (c *comparison) compare(past []ref) (differs bool, err error) {
	state, err := c.record.read(c.last)
	if err != nil {
		return false, err
	}
	before := state
	for i := len(past) - 1; i > 0 && past[i].withdrawn; i-- { // the first line of a report has values
		if state, err = c.record.read(past[i-1]); err != nil {
			return false, err
		}
	}
	if c.now.Withdrawn != nil {
		c.now = state.withdraw(c.now)
		return !before.like(c.now), nil
	}
	c.was, c.now.Values = state, valuesOf(c.report)
	gone := c.corrections()
	c.figures()
	c.fields()
	for _, old := range gone {
		if !slices.ContainsFunc(c.verdict.Found, func(d diag.Diagnostic) bool { return d.Cell == old.Cell && d.Place.File == c.report.File }) {
			c.tell("silent-change/correction", c.report.Key, "day", old.Date, "what", c.label(old.Cell), "was", cmp.Or(old.Was, "∅")).Cell = old.Cell
		}
	}
	if c.drafts != nil { // one repair for all, since it is one place
		c.verdict.Found[c.first].Fix = draft(c.report, c.drafts)
	}
	c.prose()
	return !before.like(c.now), nil
}

// withdraw returns the state of a report that now is withdrawn: the hashes stay,
// nothing else does.
func (s *State) withdraw(now *State) *State {
	return &State{Agency: now.Agency, Year: now.Year, Revision: now.Revision, Withdrawn: now.Withdrawn, Name: now.Name, Kind: now.Kind,
		Data: s.Data, Text: s.Text, Files: s.Files}
}

// like reports whether two states say the same. Numbers of revisions and the
// agency's path are no part of that, nor is how a program wrote the line.
func (s *State) like(t *State) bool {
	if (s.Withdrawn == nil) != (t.Withdrawn == nil) || s.Withdrawn != nil && *s.Withdrawn != *t.Withdrawn {
		return false
	}
	return s.Name == t.Name && s.Kind == t.Kind && s.Title == t.Title && s.Published == t.Published && s.Form == t.Form &&
		s.Text == t.Text && maps.Equal(s.Files, t.Files) && slices.Equal(s.Notes, t.Notes) &&
		slices.Equal(s.Corrections, t.Corrections) && slices.Equal(s.Values, t.Values)
}

// corrections finds the entries that are new, and those that are gone. One that
// is gone is reported if its figure is still the corrected one.
func (c *comparison) corrections() (gone []Correction) {
	left := slices.Clone(c.now.Corrections)
	for _, old := range c.was.Corrections {
		i := slices.Index(left, old)
		if i < 0 {
			i = slices.IndexFunc(left, old.same)
		}
		if i < 0 {
			gone = append(gone, old)
			continue
		}
		if left[i] != old {
			c.tell("prose-change/correction", c.report.Corrections[slices.Index(c.now.Corrections, left[i])].Span, "day", old.Date,
				"was", old.Note+" "+old.URL, "is", left[i].Note+" "+left[i].URL)
		}
		left = slices.Delete(left, i, i+1)
	}
	c.added = left
	slices.SortStableFunc(c.added, func(a, b Correction) int { return cmp.Compare(a.Date, b.Date) })
	return gone
}

// led reports whether the new entries, one after the other, explain how one value
// of a cell became another: the first has the old value as its was, each further
// one another value than the one before. first is the first entry about the cell, if there is any.
func (c *comparison) led(cell, was, is string) (first *Correction, ok bool) {
	value := was
	for i := range c.added {
		x := &c.added[i]
		if x.Cell != cell {
			continue
		}
		if first == nil {
			first = x
			if !sameWritten(x.Was, value) {
				return first, false
			}
		} else if sameWritten(x.Was, value) {
			return first, false // it corrects nothing
		}
		value = x.Was
	}
	return first, first != nil && !sameWritten(value, is)
}

func sameWritten(a, b string) bool {
	return a == b || a != "" && b != "" && number(a) == number(b)
}

// figures compares the cells.
func (c *comparison) figures() {
	was, now := c.was.Values.byCell(), c.now.Values.byCell()
	f := c.report.Form
	for i := range f.Cells {
		id := f.Cells[i].ID
		a, b := was[id], cmp.Or(now[id], plainZero)
		if a == "" {
			a = c.record.leftOut(c.was.Form, id)
			if a == nothing && (b == plainZero || Written(b) == "") {
				continue // the other form of the report brings such rows with it
			}
		}
		if !equal(a, b) && i < len(c.report.Facts) {
			c.cell(id, a, b, c.report.Facts[i].Span)
		}
		delete(was, id)
	}
	if c.was.Form != c.now.Form {
		return // the other cells are of the other form, which fields reports
	}
	for _, id := range slices.Sorted(maps.Keys(was)) {
		if was[id] != nothing {
			c.cell(id, was[id], nothing, source.Span{})
		}
	}
}

// cell reports that a cell has another value, unless entries of corrections explain it.
func (c *comparison) cell(id, was, is string, at source.Span) {
	first, ok := c.led(id, Written(was), Written(is))
	switch {
	case ok:
	case first != nil:
		c.tell("silent-change/led", at, "what", c.label(id), "was", Printed(was), "is", Printed(is), "entry", cmp.Or(first.Was, Blank)).Cell = id
	default:
		if c.drafts == nil {
			c.first = len(c.verdict.Found)
		}
		c.drafts = append(c.drafts, drafted(id, was))
		c.tell("silent-change", at, "what", c.label(id), "was", Printed(was), "is", Printed(is)).Cell = id
	}
}

// fields compares the date, the form and the title.
func (c *comparison) fields() {
	for _, x := range [...]struct {
		name, was, is string
		at            source.Span
	}{
		{Published, c.was.Published, c.now.Published, c.report.PublishedSpan},
		{FormID, c.was.Form, c.now.Form, c.report.FormSpan},
		{Title, c.was.Title, c.now.Title, c.report.TitleSpan},
	} {
		if x.was == x.is || x.name == Title && strings.ReplaceAll(x.was, c.was.Name, c.now.Name) == x.is {
			continue
		}
		c.cell(x.name, string(quote(nil, x.was)), string(quote(nil, x.is)), x.at)
	}
}

// prose compares what is no figure: a hash is all that the record has of the
// text and the files. An entry of corrections about no cell stands for them.
func (c *comparison) prose() {
	if slices.ContainsFunc(c.added, func(x Correction) bool { return x.Cell == "" }) {
		return
	}
	if c.was.Text != c.now.Text {
		c.tell("prose-change", c.report.Key, "was", short(c.was.Text), "is", short(c.now.Text))
	}
	names := maps.Clone(c.was.Files)
	if names == nil {
		names = map[string]string{}
	}
	maps.Copy(names, c.now.Files)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if was, is := c.was.Files[name], c.now.Files[name]; was != is {
			c.tell("prose-change/file", c.report.Key, "name", name, "was", short(was), "is", short(is))
		}
	}
	c.notes()
}

func (c *comparison) notes() {
	left := slices.Clone(c.now.Notes)
	for _, old := range c.was.Notes {
		if i := slices.Index(left, old); i >= 0 {
			left = slices.Delete(left, i, i+1)
			continue
		}
		is, at := "", c.report.Key
		if i := slices.IndexFunc(left, func(n Note) bool { return n.Cell == old.Cell && !slices.Contains(c.was.Notes, n) }); i >= 0 {
			is, at = left[i].Note, c.report.Notes[slices.Index(c.now.Notes, left[i])].Span
			left = slices.Delete(left, i, i+1)
		}
		c.tell("prose-change/note", at, "what", c.label(old.Cell), "was", old.Note, "is", cmp.Or(is, "∅")).Cell = old.Cell
	}
	for _, n := range left {
		c.tell("prose-change/note", c.report.Notes[slices.Index(c.now.Notes, n)].Span, "what", c.label(n.Cell), "was", "∅", "is", n.Note).Cell = n.Cell
	}
}

// short is the beginning of a hash, as people compare them.
func short(sum string) string {
	if sum == "" {
		return "∅"
	}
	return sum[:12]
}

// tell adds a diagnostic about the report, with the line of the record that differs.
func (c *comparison) tell(key string, at source.Span, args ...any) *diag.Diagnostic {
	if at.Line == 0 {
		at = c.report.Key
	}
	args = append(args, "n", Number(int(c.last.release)), "date", c.last.date)
	c.verdict.add(diag.New(key, at.In(c.report.File), args...).With(c.record.at(c.last)))
	return &c.verdict.Found[len(c.verdict.Found)-1]
}
