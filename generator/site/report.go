package site

import (
	"slices"
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/sitemap"
)

// ReportPage is the page of one agency's report for one year.
type ReportPage struct {
	Page
	Source *archive.Report // for the functions that print tables and prose

	Year      int
	Agency    Link
	Lang      string   // of the agency's words, as HTML's lang attribute has it: zh-CN
	Published string   // 2025-01-10, or ""
	Filing    string   // on-time, late, undated: a key among the words
	Official  string   // the document that prescribes the form
	Summary   bool     // the prose is the archive's, not the document's
	Masked    []string // why digits of the report are masked

	Previous *Link // the agency's report before this one, and after it
	Next     *Link
	YearPage Link   // the year, where all agencies stand together
	Years    string // those of the agency's reports, with spaces between; "" where the form has no cells

	Figures     []KeyFigure // what the page begins with; none where the form has no figures
	Sections    []Section
	Checked     *Checked // what was checked
	Faults      []Notice
	Accepted    []Notice
	Corrections []Correction
	Corrected   bool // one of them is the agency's own
	Versions    []Version
	Verify      string // the page that verifies it; "" for a report that is of no release
	Footnotes   []Footnote
	Charts      []Chart
	Compare     int // the year that Last stands for; 0 where there is nothing to compare with
	Last        []archive.Fact

	Origin      Link // where the report was published
	OriginFile  Link // the attachment it was taken from; without Href where it is not published, or may act in a browser
	OriginSum   string
	Attachments []Attachment
	JSON, CSV   string // links to the data; CSV is "" where the site has few files
	SourceHref  string // the content file in the repository; "" without one
	History     string
	Mistake     string
	Citation    string

	marks map[int]Mark
}

// Section is a part of the report, in the official order.
type Section struct {
	ID      string           // id on the page: part-overview
	Heading string           // 一、总体情况; "" for the preface, and in a free form for text before the first heading
	Table   string           // id of the official table, "" in a section of prose
	Index   int              // of the table in the form
	Blocks  *content.Section // the agency's words, or nil
	Absent  bool             // the report has no such section
	Own     bool             // no section of the form: text after them, and in a free form before them
}

// Notice is a finding that is shown on the page.
type Notice struct {
	ID     string // id on the page: finding-1
	Rule   string
	Cell   string // cell, row or table; "" for the report as a whole
	Label  string // what Cell is called
	Text   string
	Reason string // why it stands, for an accepted one
	Whose  string // whose reason that is: a key among the words
}

// Correction is something that was corrected after publication.
type Correction struct {
	Date, Cell, Label, Was, Note string

	Kind string // correction or transcription, as of a Change
	URL  string // of the agency's notice
}

// Footnote is a note to a cell.
type Footnote struct {
	Number      int
	Cell, Label string
	Text        string
}

// Attachment is a file to download, or, without Href, one that the archive only
// keeps.
type Attachment struct {
	Href, Name, Kind string
	Size             string // 1.2 MB
	SHA256           string
}

// Mark says that a cell is more than its value.
type Mark struct {
	Notes    []int  // numbers of footnotes
	Fault    string // id of the notice
	Accepted string
}

// Mark returns the mark of a cell.
func (r *ReportPage) Mark(cell int) (Mark, bool) {
	m, ok := r.marks[cell]
	return m, ok
}

// Report makes the page of reports[i]; reports are one agency's, in
// ascending years.
func (p *Plan) Report(reports []*archive.Report, i int, findings []archive.Finding) *ReportPage {
	r := reports[i]
	a := r.Agency
	path := ReportPath(a, r.Year)
	root := Root(path)
	year := strconv.Itoa(r.Year)
	crumbs := append(p.chain(root, a), Link{Text: year})
	x := &ReportPage{
		Page:   p.page(sitemap.Report, path, r.Title, p.Words("report-description"), crumbs),
		Source: r, Year: r.Year, Agency: Link{root + AgencyPath(a), a.Name},
		Lang: r.Form.Language.Code, Published: Day(r.Published), Filing: p.filing(a.Kind, r.Year, r.Published, r.FromPage).Name(),
		Official: r.Form.Official.In(p.tag), Summary: r.Summary, Masked: r.Redacted, YearPage: Link{root + YearPath(r.Year, nil, 1), year},
		Charts: reportCharts(r, p.tag), JSON: sitemap.ReportData,
	}
	x.article(r.Published, a.Name)
	if p.Config.FewFiles {
		x.JSON = "../" + sitemap.AgencyData
	} else if len(r.Facts) > 0 {
		x.CSV = sitemap.ReportTables
	}
	x.neighbours(reports, i, root)
	if len(r.Form.Cells) > 0 {
		x.Years = years(reports)
	}
	x.figures(p.tag)
	x.sections(p.tag)
	x.notes(p, r, findings)
	x.origin(p, r)
	x.Citation = p.citation(a.Name, r.Title)
	return x
}

// citation is how a report is cited. A strings.Replacer would be built for
// each report, which takes longer than all else that is said here.
func (p *Plan) citation(agency, title string) string {
	parts := strings.Split(p.Words("citation-text"), "{title}")
	for i, s := range parts {
		parts[i] = strings.ReplaceAll(s, "{agency}", agency)
	}
	return strings.Join(parts, title)
}

func (x *ReportPage) neighbours(reports []*archive.Report, i int, root string) {
	if i > 0 {
		b := reports[i-1]
		x.Previous = &Link{root + ReportPath(b.Agency, b.Year), strconv.Itoa(b.Year)}
		if b.Year == x.Year-1 {
			x.Last = continued(x.Source.Form, b)
			if x.Last != nil {
				x.Compare = b.Year
			}
		}
	}
	if i+1 < len(reports) {
		b := reports[i+1]
		x.Next = &Link{root + ReportPath(b.Agency, b.Year), strconv.Itoa(b.Year)}
	}
}

func years(reports []*archive.Report) string {
	b := make([]byte, 0, 5*len(reports))
	for i, r := range reports {
		if i > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(r.Year), 10)
	}
	return string(b)
}

// continued are the facts of an earlier report by the cells of form f; a cell
// that does not continue is Missing. It is nil where nothing continues.
func continued(f *form.Form, earlier *archive.Report) []archive.Fact {
	if earlier.Form == f {
		return earlier.Facts
	}
	same := f.Continues(earlier.Form)
	if same == nil || len(earlier.Facts) == 0 {
		return nil
	}
	list := make([]archive.Fact, len(f.Cells))
	for i, cells := range same {
		list[i] = archive.Sum(earlier.Facts, cells, f.Cells[i].Column.Type)
	}
	return list
}

// sections puts the prose and the tables in the order of the form. Prose
// under a heading that the form does not have is kept, after the rest.
func (x *ReportPage) sections(tag lang.Tag) {
	f := x.Source.Form
	var prose []content.Section
	if x.Source.Body != nil {
		prose = x.Source.Body.Sections
	}
	used := make([]bool, len(prose))
	x.Sections = make([]Section, 0, len(f.Sections)+len(prose))
	if len(prose) > 0 && prose[0].Heading == "" {
		used[0] = true
		if len(prose[0].Blocks) > 0 {
			before := Section{ID: "part-0", Blocks: &prose[0], Own: f.Free}
			if f.Preface != nil {
				before.ID = "part-" + f.Preface.ID
			}
			x.Sections = append(x.Sections, before)
		}
	}
	for _, s := range f.Sections {
		y := Section{ID: "part-" + s.ID, Heading: s.Heading.In(tag)}
		if s.Table != nil {
			y.Table, y.Index = s.Table.ID, slices.Index(f.Tables, s.Table)
		}
		for i := range prose {
			if !used[i] && heads(f, s, prose[i].Heading) {
				used[i], y.Blocks = true, &prose[i]
				break
			}
		}
		if s.Table == nil && y.Blocks == nil {
			if s.Optional {
				continue
			}
			y.Absent = true
		}
		x.Sections = append(x.Sections, y)
	}
	for i := range prose {
		if !used[i] {
			x.Sections = append(x.Sections, Section{ID: "part-" + strconv.Itoa(i+1), Heading: prose[i].Heading, Blocks: &prose[i], Own: true})
		}
	}
}

// heads reports whether a heading is that of the section. It first compares the
// exact text, since nearly all headings are spelt as in the form.
func heads(f *form.Form, s *form.Section, heading string) bool {
	if heading == f.Own(s.Label) {
		return true
	}
	for _, other := range f.Sections {
		if heading == f.Own(other.Label) {
			return false
		}
	}
	t, _, ok := f.Section(heading)
	return ok && t == s
}
