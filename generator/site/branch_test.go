package site_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/testdata/sitetest"
)

// planned are the pages of an archive that show more than one agency, and those
// of the agencies without others below them.
func planned(t *testing.T, x *sitetest.Loaded) map[string]site.Document {
	t.Helper()
	p := site.New(x.Config, func(key string) string { return key }, nil)
	pages := map[string]site.Document{}
	add := func(d site.Document) {
		if pages[d.Common().Path] != nil {
			t.Errorf("%s is planned twice", d.Common().Path)
		}
		pages[d.Common().Path] = d
	}
	for _, a := range x.Agencies {
		if len(a.Agency.Children) == 0 {
			add(p.Agency(a))
		}
	}
	err := p.Walk(x.Archive, nil, nil, func(b site.Batch) error {
		for _, d := range b.Pages {
			add(d)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// sample is an archive of the reports named: a path, a year, what stands before
// the tables, and the first of the key figures.
type sample struct {
	agencies map[string]string // by path: the front matter
	reports  []string          // "x/a 2024 2025-01-10 7", a date of - for none
	settings string
}

func (s sample) load(t *testing.T) *sitetest.Loaded {
	t.Helper()
	forms, _ := form.Load(fstest.MapFS{})
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("title: t\n" + s.settings)}}
	for path, front := range s.agencies {
		fsys["content/agencies/"+path+"/_index.md"] = &fstest.MapFile{Data: []byte("---\n" + front + "\n---\n")}
	}
	for _, r := range s.reports {
		var path, published, number, more string
		var year int
		if n, _ := fmt.Sscan(r, &path, &year, &published, &number, &more); n < 4 {
			t.Fatal(r)
		}
		f, _ := forms.ForYear(year)
		head := strings.Replace(more, ":", ": ", 1) + "\n"
		if published != "-" {
			head += "published: " + published + "\n"
		}
		cell := f.Cells[f.Figures[0]]
		keys := strings.Split(cell.Row.Path, ".")
		values := make([]string, len(cell.Row.Columns))
		for i := range values {
			values[i] = number
		}
		for i, k := range keys {
			head += strings.Repeat("  ", i) + k + ":"
			if i == len(keys)-1 {
				head += " [" + strings.Join(values, ", ") + "]"
			}
			head += "\n"
		}
		fsys["content/agencies/"+path+"/"+fmt.Sprint(year)+".md"] = &fstest.MapFile{Data: []byte("---\n" + head + "---\n")}
	}
	return sitetest.Load(t, fsys)
}

const (
	region     = "name: 某县\nkind: region"
	department = "kind: department\nname: "
)

// county is three departments: one with every report, one late, one that never
// published, and one that did last year only.
func county() sample {
	return sample{
		agencies: map[string]string{"x": region, "x/a": department + "甲", "x/b": department + "乙", "x/c": department + "丙", "x/d": department + "丁"},
		reports: []string{
			"x/a 2023 2024-01-10 5", "x/a 2024 2025-01-10 7", "x/b 2023 2024-01-10 1", "x/b 2024 2025-03-01 20", "x/d 2023 2024-01-10 3"},
	}
}

func texts(list []site.Link) (names []string) {
	for _, l := range list {
		names = append(names, l.Text)
	}
	return names
}

// TestRegionHasFigures: the page of a region shows what is in, of how many.
func TestRegionHasFigures(t *testing.T) {
	pages := planned(t, county().load(t))
	x := pages["agencies/x/index.html"].(*site.AgencyPage)
	b := x.Below
	if b == nil || b.Year != 2024 || b.Count.Reported != 2 || b.Count.Expected != 4 || b.Share != "50.0%" {
		t.Fatalf("%+v", b)
	}
	if got := b.Totals[0].Text; got != "27" {
		t.Errorf("the total is %s", got)
	}
	if diff := cmp.Diff([][]string{{"丙", "丁"}, {"乙"}}, [][]string{texts(b.Missing), texts(b.Late)}); diff != "" {
		t.Errorf("missing and late (-want +got):\n%s", diff)
	}
	if len(b.Years) != 2 || b.Years[1].Year != 2023 || b.Years[1].Values[0].Text != "9" || b.Years[1].Count.Reported != 3 {
		t.Errorf("years: %+v", b.Years)
	}
	m := b.Multiples[0]
	if m.ID != b.Figures[0].ID || len(m.Points) != 2 || m.Points[0].N != 9 || m.Points[0].Reported != 3 || m.Points[0].Expected != 4 || m.Points[1].N != 27 {
		t.Errorf("drawing: %+v", m)
	}
	var children []string
	for _, c := range b.Children {
		children = append(children, c.Name+" "+c.Filing+" "+c.Values[0].Text)
	}
	if diff := cmp.Diff([]string{"甲 on-time 7", "乙 late 20", "丙 missing ", "丁 missing "}, children); diff != "" {
		t.Errorf("children (-want +got):\n%s", diff)
	}
}

// TestMissingIsSaidOnOwnPage: an agency's page says of every year what coverage
// says of it.
func TestMissingIsSaidOnOwnPage(t *testing.T) {
	for _, settings := range []string{"", "coverage: dates\n"} {
		x := county()
		x.settings = settings
		x.agencies["x/e"] = department + "戊\nuntil: 2023"
		pages := planned(t, x.load(t))
		coverage := pages["coverage/x/index.html"].(*site.CoveragePage)
		for _, row := range coverage.Rows {
			page := pages["agencies/"+map[string]string{"甲": "x/a", "乙": "x/b", "丙": "x/c", "丁": "x/d", "戊": "x/e"}[row.Name]+"/index.html"].(*site.AgencyPage)
			missing := 0
			for i, c := range row.Cells {
				year := coverage.Years[i].Year
				filing := site.NotExpected.Name()
				if k := slices.IndexFunc(page.Years, func(y site.AgencyYear) bool { return y.Year == year }); k >= 0 {
					filing = page.Years[k].Filing
				}
				if filing != c.Filing {
					t.Errorf("%s in %d: %s on its page, %s on the page of coverage", row.Name, year, filing, c.Filing)
				}
				if c.Filing == "missing" || c.Filing == "absent" {
					missing = year
				} else if c.Filing != "not-expected" {
					missing = 0
				}
			}
			if page.Missing != missing {
				t.Errorf("%s: the newest missing year is %d on its page, and %d by coverage", row.Name, page.Missing, missing)
			}
		}
	}
}

// TestDatesWithoutVerdicts: with coverage: dates no page says that a report is
// late or missing.
func TestDatesWithoutVerdicts(t *testing.T) {
	x := county()
	x.settings = "coverage: dates\n"
	archive := x.load(t)
	plan := site.New(archive.Config, func(key string) string { return key }, nil)
	for _, a := range archive.Agencies {
		for i := range a.Reports {
			if p := plan.Report(a.Reports, i, nil); p.Filing != "undated" {
				t.Errorf("%s: %s", p.Path, p.Filing)
			}
		}
	}
	for path, d := range planned(t, archive) {
		switch p := d.(type) {
		case *site.CoveragePage:
			for _, r := range p.Rows {
				for _, c := range r.Cells {
					if c.Filing == "late" || c.Filing == "on-time" || c.Filing == "missing" || c.Href != "" && c.Date == "" {
						t.Errorf("%s: %s %+v", path, r.Name, c)
					}
				}
			}
			if len(p.Deadlines) > 0 || len(p.Exceptions) > 0 && (p.Exceptions[0].Lists[0].Word != "absent" || len(p.Exceptions[0].Lists) > 1) {
				t.Errorf("%s: %+v %+v", path, p.Deadlines, p.Exceptions)
			}
		case *site.YearPage:
			for _, r := range p.Rows {
				if r.Filing != "undated" && r.Filing != "absent" && r.Filing != "not-expected" {
					t.Errorf("%s: %s is %s", path, r.Name, r.Filing)
				}
			}
		}
	}
}

// TestExceptionsComeByYearAndBranch: the page of the whole archive names who has
// not published, by year and county.
func TestExceptionsComeByYearAndBranch(t *testing.T) {
	pages := planned(t, county().load(t))
	var got []string
	for _, y := range pages["coverage/index.html"].(*site.CoveragePage).Exceptions {
		for _, l := range y.Lists {
			for _, g := range l.Groups {
				got = append(got, fmt.Sprint(y.Year, " ", l.Fault, " ", g.Branch.Href, " ", texts(g.Names)))
			}
		}
	}
	want := []string{"2024 missing ../coverage/x/index.html [丙 丁]", "2024 late ../coverage/x/index.html [乙]", "2023 missing ../coverage/x/index.html [丙]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestDateOfAPageIsNotLate: a date that a web page gave proves no delay.
func TestDateOfAPageIsNotLate(t *testing.T) {
	x := county()
	x.reports[3] += " published_from:page"
	b := planned(t, x.load(t))["agencies/x/index.html"].(*site.AgencyPage).Below
	if b.Count.Late != 0 || len(b.Late) != 0 || b.Children[1].Filing != "undated" {
		t.Errorf("%+v", b)
	}
}

// TestRollupNamesTheChild: where a government's figure differs from the sum, the
// page names the child that makes the difference.
func TestRollupNamesTheChild(t *testing.T) {
	for name, c := range map[string]struct {
		own      string
		children []string // of a, b and c; "" for no report
		want     string
	}{
		"equal sums":                   {"6", []string{"1", "2", "3"}, "0"},
		"one is the difference":        {"4", []string{"1", "2", "3"}, "-2 rollup-equal 乙 2"},
		"one is not in":                {"9", []string{"1", "2", ""}, "6 rollup-missing 丙"},
		"two could be the difference":  {"2", []string{"2", "2", "3"}, "-5 rollup-largest 丙 3"},
		"none is alone":                {"100", []string{"7", "2", "3"}, "88 rollup-largest 甲 7"},
		"one has no number":            {"9", []string{"1", `"/"`, "3"}, "rollup-blank 乙"},
		"all are zero and one is in":   {"5", []string{"0", "", ""}, "5"},
		"nothing of the children's in": {"5", []string{"", "", ""}, ""},
	} {
		x := sample{agencies: map[string]string{"g": "name: 县政府\nkind: government", "g/a": department + "甲", "g/b": department + "乙", "g/c": department + "丙"},
			reports: []string{"g 2024 2025-01-10 " + c.own}}
		for i, n := range c.children {
			if n != "" {
				x.reports = append(x.reports, "g/"+string(rune('a'+i))+" 2024 2025-01-10 "+n)
			}
		}
		page := planned(t, x.load(t))["agencies/g/index.html"].(*site.AgencyPage)
		r := page.Rollups[0].Rows[0]
		child := ""
		if r.Child != nil {
			child = r.Child.Text
		}
		if got := strings.Join(strings.Fields(fmt.Sprint(r.Difference, " ", r.Cause, " ", child, " ", r.Figure)), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestHomeIsAnEntrance: the home page leads to everything, and lists little.
func TestHomeIsAnEntrance(t *testing.T) {
	x := sample{agencies: map[string]string{"p": "name: 省\nkind: region"}}
	for c := range 40 {
		path := fmt.Sprintf("p/c%02d", c)
		x.agencies[path] = "name: 市" + fmt.Sprint(c) + "\nkind: region"
		x.agencies[path+"/a"] = department + "局" + fmt.Sprint(c)
		for year := 2019; year < 2026; year++ {
			x.reports = append(x.reports, fmt.Sprintf("%s/a %d %d-01-%02d 1", path, year, year+1, 1+c%31))
		}
	}
	home := planned(t, x.load(t))["index.html"].(*site.HomePage)
	if n := len(home.Years) + len(home.News) + len(home.Corrected); n > 20 || !home.MoreYears {
		t.Errorf("%d links to years and reports", n)
	}
	if len(home.Tree) != 1 || len(home.Tree[0].Under) > 20 || home.Whole || !home.Tree[0].Under[0].More {
		t.Errorf("the tree: %+v", home.Tree)
	}
	if n := home.News[0]; n.Year != 2025 || n.Date != "2026-01-31" || n.Agency != "局30" {
		t.Errorf("the newest: %+v", n)
	}
}
