package render_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"annals/generator/testdata/browsertest"
	"annals/generator/testdata/sitetest"
)

// counties is an archive of three counties with forty departments each. In 2023
// the third department of a county is missing, in 2024 the fifth, and the
// seventh was late; of the second county's all is in.
func counties(t *testing.T) *sitetest.Loaded {
	t.Helper()
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("title: 档案\n")}, "content/agencies/p/_index.md": {Data: []byte("---\nname: 某省\nkind: region\n---\n")}}
	for c, county := range []string{"清荆县", "丰宁县", "临水县"} {
		at := fmt.Sprintf("content/agencies/p/c%d/", c)
		fsys[at+"_index.md"] = &fstest.MapFile{Data: []byte("---\nname: " + county + "\nkind: region\n---\n")}
		for d := range 40 {
			at := fmt.Sprintf("%sd%02d/", at, d)
			fsys[at+"_index.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\nname: %s第%d局\nkind: department\n---\n", county, d)}
			for _, year := range []int{2023, 2024, 2025} {
				published := fmt.Sprintf("%d-01-20", year+1)
				switch {
				case c != 1 && (year == 2023 && d == 3 || year == 2024 && d == 5):
					continue
				case c != 1 && year == 2024 && d == 7:
					published = "2025-02-20"
				}
				text := fmt.Sprintf("---\npublished: %s\nproactive:\n  permits: %d\n---\n", published, d*(c+1))
				fsys[fmt.Sprintf("%s%d.md", at, year)] = &fstest.MapFile{Data: []byte(text)}
			}
		}
	}
	return sitetest.Load(t, fsys)
}

// TestTwoClicksToWhoIsMissing: from home to the names of a county's agencies that
// have not published 2024: two clicks, on a phone too, in old browsers too.
func TestTwoClicksToWhoIsMissing(t *testing.T) {
	t.Parallel()
	dir := write(t, counties(t))
	browsertest.InBoth(t, func(t *testing.T, open func(testing.TB) *browsertest.Tab) {
		base := serve(t, dir)
		x := open(t)
		for _, width := range []int64{390, 1280} {
			if err := chromedp.Do(x, chromedp.EmulateViewport(width, 844)); err != nil {
				t.Fatal(err)
			}
			x.Visit(t, base+"index.html")
			for _, step := range [][2]string{{`main a[href="coverage/index.html"]`, `#coverage-branches`}, {`#coverage-branches a[href$="c0/index.html"]`, `#missing-2024`}} {
				if !browsertest.Eval[bool](t, x, `(() => { const a = document.querySelector('`+step[0]+`'); if (!a || !a.offsetParent) return false; a.click(); return true; })()`) {
					t.Fatalf("%d px: %s is not to be seen", width, step[0])
				}
				x.Await(t, `document.readyState === "complete" && !document.querySelector('`+step[0]+`') && !!document.querySelector("`+step[1]+`")`)
			}
			seen := `Array.from(document.querySelectorAll("#missing-2024 li")).filter(li => li.offsetParent).map(li => li.textContent).join()`
			if got := browsertest.Eval[string](t, x, seen); got != "清荆县第5局" {
				t.Errorf("%d px: the page names %q", width, got)
			}
			if n := browsertest.Eval[int](t, x, `document.documentElement.scrollWidth`); int64(n) > width {
				t.Errorf("%d px: the page is %d px wide", width, n)
			}
			check(t, x, base, fmt.Sprintf("%d px: ", width))
		}
	})
}

// TestCoverageIsFiltered: the filter leaves what has the chosen year, fault and
// name, and its address leads to the same.
func TestCoverageIsFiltered(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, counties(t)))
	x := browsertest.Open(t)
	x.Visit(t, base+"coverage/index.html")
	seen := `Array.from(document.querySelectorAll("#coverage-exceptions li")).filter(li => li.offsetParent).map(li => li.textContent).join()`
	all := browsertest.Eval[string](t, x, seen)
	set := func(id, value string) string {
		browsertest.Eval[bool](t, x, `(() => { const f = document.getElementById("`+id+`"); f.value = "`+value+`"; return f.dispatchEvent(new Event("input", {bubbles: true})); })()`)
		return browsertest.Eval[string](t, x, seen)
	}
	if got := set("coverage-year", "2024"); got != "清荆县第5局,临水县第5局,清荆县第7局,临水县第7局" {
		t.Errorf("of 2024: %s", got)
	}
	if got := set("coverage-fault", "late"); got != "清荆县第7局,临水县第7局" {
		t.Errorf("late in 2024: %s", got)
	}
	branches := `Array.from(document.querySelectorAll("#coverage-branches tbody tr")).filter(r => r.offsetParent).map(r => r.cells[0].textContent).join()`
	if got := browsertest.Eval[string](t, x, branches); got != "某省,清荆县,临水县" {
		t.Errorf("branches with late reports in 2024: %s", got)
	}
	if got := set("coverage-name", "临水"); got != "临水县第7局" {
		t.Errorf("late in 2024, by name: %s", got)
	}
	if got := browsertest.Eval[string](t, x, branches); got != "临水县" {
		t.Errorf("branches by name: %s", got)
	}
	address := browsertest.Eval[string](t, x, `location.href`)
	x.Visit(t, "about:blank")
	x.Visit(t, address)
	if got := browsertest.Eval[string](t, x, seen); got != "临水县第7局" {
		t.Errorf("by the address: %s", got)
	}
	set("coverage-year", "")
	set("coverage-fault", "")
	if got := set("coverage-name", ""); got != all {
		t.Errorf("without a choice: %s, was %s", got, all)
	}
	check(t, x, base, "")
}

// TestTablesAreSorted: a click on a head sorts, a second one the other way, and a
// third gives back the order of the page.
func TestTablesAreSorted(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, counties(t)))
	x := browsertest.Open(t)
	x.Visit(t, base+"agencies/p/c0/index.html")
	rows := `Array.from(document.querySelectorAll(".children tbody tr")).map(r => r.cells[0].textContent.replace(/\D+/g, "")).slice(0, 3).join()`
	page := browsertest.Eval[string](t, x, rows)
	for _, want := range []string{"39,38,37", "0,1,2", page} {
		browsertest.Eval[int](t, x, `document.querySelector(".children thead th:last-child button").click(), 0`)
		if got := browsertest.Eval[string](t, x, rows); got != want {
			t.Errorf("the first rows are %s, want %s", got, want)
		}
	}
	check(t, x, base, "")
}

// TestNoPageIsAFlood: what a reader goes through by the keyboard is bounded, and
// the home page has at most 60 links.
func TestNoPageIsAFlood(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, counties(t)))
	x := browsertest.Open(t)
	for page, most := range map[string]int{"index.html": 60, "coverage/index.html": 60, "coverage/p/c0/index.html": 100, "agencies/p/c0/index.html": 100} {
		x.Visit(t, base+page)
		if n := browsertest.Eval[int](t, x, `document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']").length`); n > most {
			t.Errorf("%s has %d stops", page, n)
		}
	}
}

// TestCountyPagesAreAccessible: pages of an archive with branches have no faults
// that axe-core and html-validate know.
func TestCountyPagesAreAccessible(t *testing.T) {
	t.Parallel()
	dir := write(t, counties(t))
	axe, err := os.ReadFile(filepath.Join(tools, "node_modules/axe-core/axe.min.js"))
	if err != nil {
		t.Skip("axe-core is not installed: npm ci --prefix generator/render/testdata/npm")
	}
	base := serve(t, dir)
	x := browsertest.Open(t)
	pages := []string{"index.html", "coverage/index.html", "coverage/p/c0/index.html", "agencies/p/index.html", "agencies/p/c0/index.html", "agencies/p/c0/d05/index.html"}
	args := []string{"--config", filepath.Join(tools, "htmlvalidate.json"), "--formatter", "text"}
	for _, page := range pages {
		args = append(args, filepath.Join(dir, page))
		x.Visit(t, base+page)
		check(t, x, base, page+": ")
		browsertest.Eval[int](t, x, string(axe)+";0")
		for _, v := range violations(t, x) {
			t.Errorf("%s: axe: %s", page, v)
		}
		x.Faults() // the policy may refuse axe something
	}
	if out, err := exec.Command(filepath.Join(tools, "node_modules/.bin/html-validate"), args...).CombinedOutput(); err != nil {
		t.Errorf("html-validate: %v\n%s", err, out)
	}
}
