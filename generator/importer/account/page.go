package account

import (
	"bytes"
	_ "embed"
	"html/template"
	"path"
	"slices"
	"strconv"
	"sync"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer"
	"annals/generator/importer/bind"
	"annals/generator/lang"
	"annals/generator/sitemap"
)

// Folder is where the server has these pages.
const Folder = "/_import/"

// StyleFile is the name of their style in it.
const StyleFile = "style.css"

//go:embed style.css
var Style []byte

//go:embed page.html
var pageHTML string

// layouts are the pages of a language. The policy in them is the one of the site.
var layouts = sync.OnceValue(func() map[lang.Tag]*template.Template {
	m := map[lang.Tag]*template.Template{}
	for _, tag := range []lang.Tag{lang.ZH, lang.EN} {
		m[tag] = template.Must(template.New("").Funcs(template.FuncMap{
			"say": func(key string, args ...any) string { return say(tag, key, args...) },
		}).Parse(pageHTML))
	}
	return m
})

func execute(name string, data any, tag lang.Tag) ([]byte, error) {
	var b bytes.Buffer
	err := layouts()[tag].ExecuteTemplate(&b, name, data)
	return b.Bytes(), err
}

// head is what every page has.
type head struct{ Lang, Title string }

// sheet is the page of a document.
type sheet struct {
	head
	Document, Report, Site     string // the document; the report's file; the report's page
	Tally                      tally
	Changed                    int // figures that were changed since
	FirstDiffers, FirstChanged string
	Decisions                  []struct{ About, Value, Why string }
	Tables                     []*sheetTable
	All                        []sheetCell
	Cut, Metadata, Labels      []sheetLine
	Stretches                  []sheetStretch
	Findings                   []struct{ Severity, Message, Rule string }
}

type sheetTable struct {
	Label, ID string
	Blocks    []sheetBlock
}

type sheetBlock struct {
	Label   string
	Columns []struct{ Label, ID string }
	Rows    []sheetRow
}

type sheetRow struct {
	Label, Path, Place string
	Cells              []sheetCell
}

type sheetCell struct {
	ID, Label, Class, Where   string
	Printed, Taken, Now, Note string
	Differs, Changed          bool
}

type sheetLine struct{ Where, Why, Text string }

type sheetStretch struct {
	Head  string
	Lines []sheetLine
}

// Address is the page of a report in the folder.
func Address(agency string, year int) string {
	return Folder + sitemap.Address(sitemap.Of(sitemap.Report).Path.File(sitemap.At{Agency: agency, Year: year}))
}

// Page is the account of a document as a page. The facts are the figures that
// the report has now; nil if it is on another form than was recognised.
func Page(o importer.Outcome, facts []archive.Fact, tag lang.Tag) ([]byte, error) {
	r := o.Result
	a := &r.Account
	x := sheet{head: head{string(tag), say(tag, "title", "agency", r.Agency.Name, "year", r.Year)}, Document: diag.Visible(o.Document),
		Report: o.File, Site: "/" + sitemap.Address(sitemap.Of(sitemap.Report).Path.File(sitemap.At{Agency: r.Agency.Path, Year: r.Year})), Tally: count(o)}
	for _, d := range a.Decisions {
		x.Decisions = append(x.Decisions, struct{ About, Value, Why string }{d.About.In(tag), d.Value.In(tag), d.Why.In(tag)})
	}
	cells := make([]sheetCell, len(a.Figures))
	for i := range a.Figures {
		cells[i] = cell(&a.Figures[i], tag)
		if facts != nil {
			cells[i].compare(&facts[i], a.Figures[i].Cell.Column)
		}
		if c := &cells[i]; c.Changed {
			x.Changed++
			if x.FirstChanged == "" {
				x.FirstChanged = c.ID
			}
		} else if c.Differs && x.FirstDiffers == "" {
			x.FirstDiffers = c.ID
		}
	}
	x.All = cells
	x.tables(r.Form, a, tag)
	x.Cut, x.Metadata, x.Labels = lines(passages(a, bind.Reported), tag), lines(passages(a, bind.Metadata), tag), lines(passages(a, bind.Label), tag)
	for _, s := range stretches(a) {
		x.Stretches = append(x.Stretches, sheetStretch{say(tag, "part", "part", s.part, "n", len(s.lines)), lines(s.lines, tag)})
	}
	for _, d := range o.Diags {
		x.Findings = append(x.Findings, struct{ Severity, Message, Rule string }{d.Severity.String(), d.Message.In(tag), d.Rule})
	}
	return execute("page", &x, tag)
}

// cell is a figure as the page shows it.
func cell(f *importer.Figure, tag lang.Tag) sheetCell {
	c := sheetCell{ID: f.Cell.ID, Label: f.Cell.Label.In(tag), Where: say(tag, "nowhere"), Note: diag.Visible(f.Note),
		Printed: shown(f.Found, f.Printed), Taken: shown(f.Found, f.Taken), Differs: f.Found && f.Differs()}
	switch {
	case !f.Found:
		c.Class = "bad"
	case c.Differs || f.Note != "":
		c.Class = "mind"
	}
	if f.Found {
		c.Where = where(f.At, tag)
	}
	return c
}

// compare marks a figure that the report has otherwise now.
func (c *sheetCell) compare(f *archive.Fact, column *form.Column) {
	text := f.Text
	if f.Known() {
		text = string(f.AppendNumber(nil, column.Type))
	}
	c.Now = shown(f.Status != archive.Missing, text)
	if c.Changed = c.Now != c.Taken; c.Changed {
		c.Class = "mind"
	}
}

// tables puts the figures in the rows and columns of the form.
func (x *sheet) tables(f *form.Form, a *importer.Account, tag lang.Tag) {
	for _, b := range blocks(f) {
		if n := len(x.Tables); n == 0 || x.Tables[n-1].ID != b.table.ID {
			x.Tables = append(x.Tables, &sheetTable{Label: b.table.Label.In(tag), ID: b.table.ID})
		}
		t := x.Tables[len(x.Tables)-1]
		y := sheetBlock{Label: t.Label}
		for _, c := range b.columns {
			y.Columns = append(y.Columns, struct{ Label, ID string }{c.Label.In(tag), c.ID})
		}
		for _, r := range b.rows {
			y.Rows = append(y.Rows, sheetRow{r.Label.In(tag), r.Path, place(figures(a, r), tag), x.All[r.First : r.First+len(r.Columns)]})
		}
		t.Blocks = append(t.Blocks, y)
	}
}

func lines(list []importer.Passage, tag lang.Tag) (all []sheetLine) {
	for _, p := range list {
		all = append(all, sheetLine{where(p.At, tag), p.Went.In(tag), diag.Visible(p.Text)})
	}
	return all
}

// Line is a document in the list of them.
type Line struct {
	Agency  string // its name
	Outcome importer.Outcome
	Path    string // of the agency
	Year    int
}

// perPage is how many documents a page of the list has: each is read for it.
const perPage = 25

// Index is a page of the list of documents, from page 0. The documents are n;
// load reads the one of an index. It is not ok if there is no such page.
func Index(page, n int, load func(i int) Line, tag lang.Tag) (data []byte, ok bool, err error) {
	first, last := page*perPage, min((page+1)*perPage, n)
	if page < 0 || page > 0 && first >= n {
		return nil, false, nil
	}
	type line struct {
		Href, Agency, Original, Failed string
		Year                           int
		Tally                          tally
	}
	x := struct {
		head
		Lines        []line
		Newer, Older string
	}{head: head{string(tag), say(tag, "index")}}
	for i := first; i < last; i++ {
		l := load(i)
		y := line{Href: Address(l.Path, l.Year), Agency: l.Agency, Original: path.Base(l.Outcome.Document), Year: l.Year, Tally: count(l.Outcome)}
		if l.Outcome.Result == nil {
			y.Failed = say(tag, "unread")
			if i := slices.IndexFunc(l.Outcome.Diags, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }); i >= 0 {
				y.Failed = l.Outcome.Diags[i].Message.In(tag)
			}
		}
		x.Lines = append(x.Lines, y)
	}
	number := func(page int) string {
		if page == 0 {
			return Folder
		}
		return Folder + strconv.Itoa(page+1) + "/"
	}
	if page > 0 {
		x.Newer = number(page - 1)
	}
	if last < n {
		x.Older = number(page + 1)
	}
	data, err = execute("index", &x, tag)
	return data, true, err
}
