package render_test

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"annals/generator/export"
	"annals/generator/lang"
	"annals/generator/render"
	"annals/generator/testdata/browsertest"
	"annals/generator/testdata/sitetest"
)

// tools is where npm puts axe-core and html-validate: npm ci --prefix there.
const tools = "testdata/npm"

// write makes a whole site on the disk.
func write(t *testing.T, x *sitetest.Loaded) string {
	t.Helper()
	dir := t.TempDir()
	if keep := os.Getenv("ANNALS_KEEP_PAGES"); keep != "" {
		dir = keep
	}
	emit := func(path string, data []byte) error {
		file := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, data, 0o644)
	}
	r, diags, err := render.New(render.Options{Site: x.Config, Forms: x.Forms.Forms(), Free: x.Free})
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	e := export.New(x.Config, x.Forms.Forms(), r.Plan.Words)
	for _, a := range x.Agencies {
		if err := r.Agency(a, emit); err != nil {
			t.Fatal(err)
		}
		if err := e.Agency(a, emit); err != nil {
			t.Fatal(err)
		}
	}
	// The search page asks for its index as it opens; there is none to search.
	if err := emit("search/root.json", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	if err := r.Global(x.Archive, x.Free, 1, emit); err != nil {
		t.Fatal(err)
	}
	files, forms, err := e.Global(x.Archive, x.Free, 1, emit)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Data(files, forms, emit); err != nil {
		t.Fatal(err)
	}
	return dir
}

// views are one page of every kind.
var views = []string{
	"index.html", "years/index.html", "years/2023/index.html", "agencies/index.html", "agencies/x/gov/index.html", "agencies/x/gov/b2/index.html",
	"agencies/x/gov/2020/index.html", "agencies/x/gov/2022/index.html", "agencies/x/gov/2023/index.html", "agencies/x/gov/b/2023/index.html",
	"coverage/index.html", "explore/index.html", "search/index.html", "data/index.html", "rules/index.html", "about/index.html", "hostile/index.html", "404.html",
}

// check reports what a tab's pages did that they must not do, and clears the list.
func check(t *testing.T, x *browsertest.Tab, base, where string) {
	t.Helper()
	for _, f := range x.Faults() {
		t.Errorf("%s%s", where, f)
	}
	for _, u := range x.Requests() {
		if !strings.HasPrefix(u, base) && !strings.HasPrefix(u, "about:") && !strings.HasPrefix(u, "blob:") {
			t.Errorf("%srequest off the site: %s", where, u)
		}
	}
}

// serve serves a folder below a deep path, as a column of another site.
func serve(t *testing.T, dir string) string {
	t.Helper()
	return browsertest.Serve(t, "/a/deep/path/", http.FileServer(http.Dir(dir)))
}

func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, render.Rich(t)))
	x := browsertest.Open(t)
	axe, err := os.ReadFile(filepath.Join(tools, "node_modules/axe-core/axe.min.js"))
	if err != nil {
		t.Skip("axe-core is not installed: npm ci --prefix generator/render/testdata/npm")
	}
	for size, width := range map[string]int64{"phone": 360, "desktop": 1280} {
		if err := chromedp.Do(x, chromedp.EmulateViewport(width, 800)); err != nil {
			t.Fatal(err)
		}
		for _, view := range views {
			x.Visit(t, base+view)
			x.Await(t, `document.readyState === "complete" && (!document.getElementById("explore-app") || document.querySelector("#explore-rows tr"))`)
			check(t, x, base, size+" "+view+": ")
			if browsertest.Eval[bool](t, x, `document.documentElement.scrollWidth > innerWidth + 1`) {
				t.Errorf("%s %s: the page is wider than the screen", size, view)
			}
			browsertest.Eval[int](t, x, string(axe)+";0")
			for _, scheme := range []string{"light", "dark"} {
				_, err := chromedp.Call(x, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range violations(t, x) {
					t.Errorf("%s %s %s: axe: %s", scheme, size, view, v)
				}
			}
			x.Faults() // the policy may refuse requests of axe itself
		}
	}
}

// violations runs axe, which the page has loaded, and returns what it found.
func violations(t *testing.T, x *browsertest.Tab) []string {
	t.Helper()
	return browsertest.Eval[[]string](t, x, `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v =>
		v.id + ": " + v.help + "\n" + v.nodes.slice(0, 3).map(n => "\t" + n.html + "\n\t" + n.failureSummary).join("\n")))`)
}

func TestPagesFromTheDiskWithoutScripts(t *testing.T) {
	t.Parallel()
	base := "file://" + write(t, render.Rich(t)) + "/"
	x := browsertest.Open(t)
	for _, scripts := range []bool{false, true} {
		if _, err := chromedp.Call(x, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
			t.Fatal(err)
		}
		for _, view := range views {
			x.Visit(t, base+view)
			title, err := chromedp.Run(x, chromedp.Title())
			if err != nil || title == "" {
				t.Errorf("%s: title %q, %v", view, title, err)
			}
			check(t, x, base, fmt.Sprintf("%s, scripts %v: ", view, scripts))
		}
	}
}

func TestExplore(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, render.Rich(t)))
	x := browsertest.Open(t)
	x.Visit(t, base+"explore/index.html")
	x.Await(t, `document.querySelector("#explore-rows tr")`)
	if got := browsertest.Eval[string](t, x, `document.getElementById("explore-status").textContent`); !strings.Contains(got, "3 个机关") {
		t.Errorf("status %q", got)
	}
	if got := browsertest.Eval[string](t, x, `document.querySelector("#explore-rows th").textContent`); got != "某县人民政府" {
		t.Errorf("the first row is %q", got)
	}
	browsertest.Eval[bool](t, x, `(() => { const f = document.getElementById("explore-figure"); f.value = "ratio:disclosure"; return f.dispatchEvent(new Event("change")); })()`)
	x.Await(t, `location.search.includes("ratio")`)
	if browsertest.Eval[string](t, x, `document.getElementById("explore-formula").textContent`) == "" {
		t.Error("a ratio is shown without its formula")
	}
	// The address leads to the same choice.
	address := browsertest.Eval[string](t, x, `location.href`)
	x.Visit(t, "about:blank")
	x.Visit(t, address)
	x.Await(t, `document.querySelector("#explore-rows tr")`)
	if got := browsertest.Eval[string](t, x, `document.getElementById("explore-figure").value`); got != "ratio:disclosure" {
		t.Errorf("after a reload the figure is %q", got)
	}
	check(t, x, base, "")
}

func TestChoiceOfViewStays(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, render.Rich(t)))
	x := browsertest.Open(t)
	x.Visit(t, base+"index.html")
	size := browsertest.Eval[float64](t, x, `parseFloat(getComputedStyle(document.body).fontSize)`)
	browsertest.Eval[int](t, x, `document.querySelector("[data-view=large]").click(), document.querySelector("[data-view=contrast]").click(), 0`)
	x.Visit(t, base+"rules/index.html")
	if got := browsertest.Eval[float64](t, x, `parseFloat(getComputedStyle(document.body).fontSize)`); got < 1.25*size {
		t.Errorf("large text is %v, was %v", got, size)
	}
	if got := browsertest.Eval[string](t, x, `document.querySelector("[data-view=contrast]").getAttribute("aria-pressed")`); got != "true" {
		t.Errorf("high contrast is pressed: %s", got)
	}
}

func TestSlashLeadsToTheSearch(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, render.Rich(t)))
	x := browsertest.Open(t)
	press := func(key string) bool {
		return browsertest.Eval[bool](t, x, `!document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "`+key+`", bubbles: true, cancelable: true}))`)
	}
	at := `document.activeElement.id`
	for _, page := range []string{"index.html", "agencies/x/gov/2023/index.html"} {
		x.Visit(t, base+page)
		if !press("/") || browsertest.Eval[string](t, x, at) != "site-search" {
			t.Errorf("%s: / leads to %q", page, browsertest.Eval[string](t, x, at))
		}
		if press("/") {
			t.Errorf("%s: / is not written into the box", page)
		}
		press("Escape")
		if got := browsertest.Eval[string](t, x, at); got != "" {
			t.Errorf("%s: Escape leads to %q", page, got)
		}
	}
	x.Visit(t, base+"search/index.html")
	x.Await(t, `document.getElementById("search-query")`)
	browsertest.Eval[int](t, x, `document.activeElement.blur(), 0`)
	if !press("/") || browsertest.Eval[string](t, x, at) != "search-query" {
		t.Errorf("on the page of the search, / leads to %q", browsertest.Eval[string](t, x, at))
	}
	check(t, x, base, "")
}

// The printed report is the official document, without the site around it.
func TestPrintedReport(t *testing.T) {
	t.Parallel()
	base := "file://" + write(t, render.Rich(t)) + "/"
	x := browsertest.Open(t)
	x.Visit(t, base+"agencies/x/gov/2023/index.html")
	browsertest.Eval[int](t, x, record+`.open = true, 0`) // of which only the line is printed
	pdf, err := chromedp.Run(x, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("no pdftotext on this machine: the printed page is not read")
	}
	file := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(out)), "")
	if n := strings.Count(string(out), "\f"); n > 5 {
		t.Errorf("the printed report has %d pages", n)
	}
	for _, want := range []string{"2023年政府信息公开工作年度报告", "一、总体情况", "申请人情况", "结转下年度继续办理", "项表内、9项跨年", "—1—"} {
		if !strings.Contains(text, want) {
			t.Errorf("the printed report has no %q", want)
		}
	}
	// After the text stand who reports and when, and where the report was published.
	end := text[strings.LastIndex(text, "六、其他需要报告的事项"):]
	if !regexp.MustCompile(`某县人民政府2024-04-04原文网址:https://www\.example\.gov\.cn/2023\.html`).MatchString(end) {
		t.Errorf("the printed report ends with %q", end)
	}
	for _, not := range []string{"首页", "与上年比较", "下载", "主办单位", "目录", "较上年", "点按", "不证明数字真实"} {
		if strings.Contains(text, not) {
			t.Errorf("the printed report has %q", not)
		}
	}
}

func TestHTMLIsValid(t *testing.T) {
	t.Parallel()
	tool, err := filepath.Abs(filepath.Join(tools, "node_modules/.bin/html-validate"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(tool); err != nil {
		t.Skip("html-validate is not installed: npm ci --prefix generator/render/testdata/npm")
	}
	var pages []string
	for _, tag := range []lang.Tag{lang.ZH, lang.EN} {
		x := render.Rich(t)
		x.Config.Language = tag
		dir := write(t, x)
		for _, v := range views {
			pages = append(pages, filepath.Join(dir, v))
		}
	}
	sort.Strings(pages)
	config, err := filepath.Abs(filepath.Join(tools, "htmlvalidate.json"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(tool, append([]string{"--config", config, "--formatter", "text"}, pages...)...)
	cmd.Dir = tools
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("html-validate: %v\n%s", err, out)
	}
}
