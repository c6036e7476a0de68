package render

import (
	"bytes"
	"compress/gzip"
	"math"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/testdata/sitetest"
)

// find returns the elements for which a condition holds.
func find(root *html.Node, is func(*html.Node) bool) (list []*html.Node) {
	elements(root, func(n *html.Node) {
		if is(n) {
			list = append(list, n)
		}
	})
	return list
}

func class(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(strings.Fields(attr(n, "class")), name) }
}

func id(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return attr(n, "id") == name }
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func TestReportBeginsWithFiveFigures(t *testing.T) {
	x := rich(t)
	page := parsed(t, all(t, x, newRenderer(t, x, nil))["agencies/x/gov/2022/index.html"])
	var got []string
	for _, n := range find(find(page, class("key"))[0], func(n *html.Node) bool { return n.Parent.Data == "dl" }) {
		got = append(got, text(n))
		if a := find(n, func(n *html.Node) bool { return n.Data == "a" }); len(find(page, id(strings.TrimPrefix(attr(a[0], "href"), "#")))) != 1 {
			t.Errorf("%s leads to no cell", text(n))
		}
	}
	// The numbers of 2022 are 22, 44 and 66, by turns; those of 2021 21, 42 and 63.
	want := []string{"本年新收政府信息公开申请数量22较上年 +1", "本年度办理结果66较上年 +3", "予以公开66较上年 +3", "部分公开22较上年 +1", "结转下年度继续办理22较上年 +1"}
	if !slices.Equal(got, want) {
		t.Errorf("the page begins with %q, want %q", got, want)
	}
}

// The contents lead to every part with a heading, and to what follows them.
func TestReportHasContents(t *testing.T) {
	x := rich(t)
	page := parsed(t, all(t, x, newRenderer(t, x, nil))["agencies/x/gov/2023/index.html"])
	var linked, headed []string
	for _, n := range find(find(page, class("contents"))[0], func(n *html.Node) bool { return n.Data == "a" }) {
		linked = append(linked, text(n))
	}
	for _, n := range find(find(page, class("parts"))[0], func(n *html.Node) bool { return n.Data == "h2" && attr(n, "id") != "report-notes" }) {
		headed = append(headed, text(n))
	}
	if len(headed) < 8 || !slices.Equal(linked, headed) {
		t.Errorf("the contents are %q, the headings %q", linked, headed)
	}
}

// The downloads and the corrections are in one place.
func TestOnePlaceForTheRecord(t *testing.T) {
	x := rich(t)
	page := parsed(t, all(t, x, newRenderer(t, x, nil))["agencies/x/gov/2023/index.html"])
	record := find(page, id("report-data"))
	if len(record) != 1 {
		t.Fatalf("%d records", len(record))
	}
	within := text(record[0])
	for _, want := range []string{"更正记录", "2024-06-01", "原为 5。", "修改历史", "引用方式", "https://www.example.gov.cn/2023.html"} {
		if !strings.Contains(within, want) {
			t.Errorf("the record has no %q: %s", want, within)
		}
		if main := text(find(page, id("main-content"))[0]); strings.Count(main, want) != strings.Count(within, want) {
			t.Errorf("%q stands elsewhere too", want)
		}
	}
	downloads := func(root *html.Node) int {
		return len(find(root, func(n *html.Node) bool {
			return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "download" })
		}))
	}
	if n := downloads(record[0]); n < 2 || n != downloads(page) {
		t.Errorf("%d of %d downloads are in the record", n, downloads(page))
	}
}

// Without scripts the comparison has the equations of a figure with their
// numbers, and its address.
func TestComparisonHasEquations(t *testing.T) {
	x := rich(t)
	files := all(t, x, newRenderer(t, x, nil))
	lines := func(path, cell string) []string {
		page := parsed(t, files[path])
		named := find(page, func(n *html.Node) bool {
			return attr(n, "href") == "#"+cell && n.Parent.Data == "th" && n.Parent.Parent.Parent.Data == "tbody"
		})
		if len(named) != 1 {
			t.Fatalf("%s compares %s %d times", path, cell, len(named))
		}
		var list []string
		for d := range find(named[0].Parent.Parent, class("formula"))[0].ChildNodes() {
			if d.Type == html.TextNode {
				list = append(list, d.Data)
			}
		}
		return list
	}
	for cell, want := range map[string][]string{
		"requests.new.total":                     {"22 ≠ 22 + 44 + 66 + 22 + 44 + 66"},
		"requests.carried_in.total":              {"44 ≠ 44 + 66 + 22 + 44 + 66 + 22", "44 ≠ 21"},
		"proactive.normative_documents.in_force": {"22 ≠ 21 + 44 − 66"},
		"reviews.litigation_direct.total":        {"22 ≠ 66 + 22 + 44 + 66"},
	} {
		if got := lines("agencies/x/gov/2022/index.html", cell); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
	if got := lines("agencies/x/gov/a/2023/index.html", "requests.new.total"); !slices.Equal(got, []string{"0 = 0 + 0 + 0 + 0 + 0 + 0"}) {
		t.Errorf("zeros: %q", got)
	}
}

func TestEquationsOfWhatIsMissing(t *testing.T) {
	number := func(n int64) archive.Fact { return archive.Fact{Status: archive.Number, Value: n} }
	facts := []archive.Fact{number(5), number(2), {Status: archive.Blank}, number(math.MaxInt64)}
	last := []archive.Fact{number(7)}
	term := func(cell int, from form.From) form.Term { return form.Term{Cell: cell, From: from} }
	minus := func(cell int) form.Term { return form.Term{Cell: cell, Minus: true} }
	for want, e := range map[string]form.Equation{
		"5 − 2 ≠ 2":                   {Left: []form.Term{term(0, form.This), minus(1)}, Right: []form.Term{term(1, form.This)}},
		"5 = 5":                       {Left: []form.Term{term(0, form.This)}, Right: []form.Term{term(0, form.This)}},
		"5 = — + 2":                   {Left: []form.Term{term(0, form.This)}, Right: []form.Term{term(2, form.This), term(1, form.This)}},
		"5 ≠ 7":                       {Left: []form.Term{term(0, form.This)}, Right: []form.Term{term(0, form.Previous)}},
		"2 = —":                       {Left: []form.Term{term(1, form.This)}, Right: []form.Term{term(1, form.Previous)}},
		"5 ≥ 2":                       {Left: []form.Term{term(0, form.This)}, Right: []form.Term{term(1, form.This)}, AtLeast: true},
		"2 < 5":                       {Left: []form.Term{term(1, form.This)}, Right: []form.Term{term(0, form.This)}, AtLeast: true},
		"5 = 9223372036854775807 + 5": {Left: []form.Term{term(0, form.This)}, Right: []form.Term{term(3, form.This), term(0, form.This)}},
	} {
		if got := string((&line{}).appendEquation(nil, &e, facts, last)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A caption that repeats the heading above it is only for screen readers.
func TestCaptionsAreNotRepeated(t *testing.T) {
	x := rich(t)
	for path, page := range all(t, x, newRenderer(t, x, nil)) {
		if strings.HasPrefix(path, "agencies/") && strings.Contains(page, `class="official`) {
			for _, c := range find(parsed(t, page), func(n *html.Node) bool { return n.Data == "caption" }) {
				if !class("sr")(c) {
					t.Errorf("%s: the caption %q is shown", path, text(c))
				}
			}
		}
	}
}

// If there is nothing to draw, a sentence says so.
func TestSentenceInsteadOfEmptyCharts(t *testing.T) {
	x := rich(t)
	files := all(t, x, newRenderer(t, x, nil))
	for path, want := range map[string]string{"agencies/x/gov/b/2023/index.html": "不作图", "agencies/x/gov/b/index.html": "历年均为 0 或没有数据：本年新收政府信息公开申请数量、"} {
		page := parsed(t, files[path])
		if n := len(find(page, func(n *html.Node) bool { return n.Data == "svg" })); n > 0 || !strings.Contains(text(page), want) {
			t.Errorf("%s: %d charts of nothing, and no %q", path, n, want)
		}
	}
	if n := strings.Count(files["agencies/x/gov/a/index.html"], "<svg"); n != 8 || strings.Contains(files["agencies/x/gov/a/index.html"], "历年均为 0") {
		t.Errorf("an agency with figures has %d charts", n)
	}
}

// A report and the styles it needs come in 45 KB.
func TestWeightOfAReport(t *testing.T) {
	for name, x := range map[string]*sitetest.Loaded{"rich": rich(t), "own": own(t)} {
		r := newRenderer(t, x, nil)
		packed := func(s string) int {
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			if _, err := w.Write([]byte(s)); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			return b.Len()
		}
		styles, reports := 0, 0
		files := all(t, x, r)
		for path, s := range files {
			if strings.HasSuffix(path, ".css") {
				styles += packed(s)
			}
		}
		for path, s := range files {
			if strings.Contains(s, `<body class="kind-report">`) {
				reports++
				if n := packed(s) + styles; n > 45<<10 {
					t.Errorf("%s: %s takes %d bytes with its styles", name, path, n)
				}
			}
		}
		if styles == 0 || reports < 5 {
			t.Errorf("%s: %d reports, styles of %d bytes", name, reports, styles)
		}
	}
}
