package search

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"annals/generator/lang"
	"annals/generator/testdata/browsertest"
)

// TestBehaviour uses the search page as people do, in a browser of today and
// in one without raw deflate.
func TestBehaviour(t *testing.T) {
	t.Parallel()
	browsertest.InBoth(t, behaviour)
}

func behaviour(t *testing.T, open func(testing.TB) *browsertest.Tab) {
	agencies := []Agency{
		{Path: "a", Name: "娄烦县", Kind: "region"},
		{Path: "a/w", Name: "娄烦县文化和旅游局", Short: "文旅局", Kind: "department", Reports: []Report{
			{Year: 2024, URL: "a/w/2024/", Title: "娄烦县文化和旅游局2024年政府信息公开工作年度报告", Sections: []Section{{Text: "编制義務教育目录，更新ＡＰＰ。"}}},
			{Year: 2023, URL: "a/w/2023/", Title: "娄烦县文化和旅游局2023年政府信息公开工作年度报告", Sections: []Section{{Text: "全年<img src=x>培训。"}}},
		}},
		{Path: "b", Name: "财政局", Kind: "department", Reports: []Report{
			{Year: 2024, URL: "b/2024/", Title: "财政局2024年政府信息公开工作年度报告", Sections: []Section{{Heading: "义务教育", Text: "财政。"}}},
		}},
	}
	for i := range 60 {
		agencies[2].Reports = append(agencies[2].Reports, Report{Year: 1900 + i, URL: "b/" + string(rune('A'+i)) + "/", Title: "旧", Sections: []Section{{Text: "培训若干。"}}})
	}
	site := built(t, agencies)
	head := `<link rel="stylesheet" href="../style.css"><script src="../search.js"></script>`
	site["search/index.html"] = page("zh-CN", head, `<main>`+searchApp(t, lang.ZH)+`<p id="search-plain">x</p></main>`)
	site["en/index.html"] = page("en", head, `<main>`+searchApp(t, lang.EN)+`</main>`)
	site["a/w/2024/index.html"] = page("zh-CN", `<script src="../../../hits.js"></script>`,
		`<main><h1>娄烦县文化和旅游局2024年</h1><p>编制<strong>義務</strong>教育目录，更新ＡＰＰ。</p><details><summary>表</summary><table><tr><td>教育</td></tr></table></details></main>`)
	for _, name := range []string{"search.js", "style.css", "hits.js"} {
		site[name] = asset(t, name)
	}
	x := openTabIn(t, site, open)
	is := func(what, expression string) {
		t.Helper()
		if !x.Until(expression) {
			t.Fatalf("%s: never %s\n%s", what, expression, x.Shown(t))
		}
	}
	keys := func(s string) {
		t.Helper()
		x.Press(t, s)
	}
	const results = `document.querySelectorAll("[data-url]").length`
	const status = `document.querySelector(".search-status").textContent`

	x.visit(t, "search/")
	is("the plain text gives way", `document.querySelector("#search-plain").hidden && document.activeElement.id === "search-query"`)
	keys("义务教")
	is("results as one types", results+` === 2 && location.search === "?q=" + encodeURIComponent("义务教")`)
	is("headings before passing words", `document.querySelector("[data-url]").dataset.url === "b/2024/"`)
	is("the status says it", status+`.includes("2 份报告")`)
	is("marked as written", `document.querySelectorAll(".search-snippet mark")[1].textContent === "義務教"`)

	keys("\x1b")
	is("Escape clears", results+` === 0 && document.querySelector(".search-input").value === "" && location.search === ""`)
	keys("\x1b")
	is("Escape leaves the empty box", `document.activeElement === document.body`)
	// The DevTools protocol inserts the character even if the page prevents it.
	browsertest.Eval[int](t, x, `document.activeElement.blur(), document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true, cancelable: true })), 0`)
	is("/ focuses", `document.activeElement.id === "search-query" && document.activeElement.value === ""`)
	keys("文旅局\r")
	is("agencies above reports", `document.querySelector(".search-results [data-agency]").dataset.agency === "a/w" && document.querySelector(".search-alias mark").textContent === "文旅局"`)

	keys("\x1b")
	keys("培训\r")
	is("the first page", results+` === 10 && document.querySelectorAll(".search-more").length === 1`)
	is("counts in the filters", `Array.from(document.querySelector("select[name=agency]").options, o => o.textContent).join() === "全部,娄烦县 (1),财政局 (60)"`)
	browsertest.Eval[int](t, x, `document.querySelector(".search-more").click(), 0`)
	is("the next page", results+` === 30`)
	browsertest.Eval[int](t, x, `{ const s = document.querySelector("select[name=agency]"); s.value = "a"; s.dispatchEvent(new Event("change")); } 0`)
	is("a filter", results+` === 1 && new URLSearchParams(location.search).get("agency") === "a"`)
	is("markup is text", `document.querySelector(".search-snippet").textContent.includes("<img src=x>") && !document.querySelector(".search-results img")`)
	browsertest.Eval[int](t, x, `history.back(), 0`)
	is("back", results+` === 10 && location.search === "?q=" + encodeURIComponent("培训")`)
	browsertest.Eval[int](t, x, `document.querySelector(".search-input").select(), 0`)
	keys("没有的词\r")
	is("help where nothing is found", results+` === 0 && document.querySelector(".search-none a") && `+status+`.includes("0")`)

	x.visit(t, "search/?q="+url.QueryEscape("APP")+"&year=2024&kind=department")
	is("the address holds all", results+` === 1 && document.querySelector("select[name=year]").value === "2024" && document.querySelector("select[name=kind]").value === "department"`)
	x.visit(t, "search/?q="+url.QueryEscape("义务教育目录"))
	is("one result", results+` === 1`)
	browsertest.Eval[int](t, x, `document.querySelector(".search-input").focus(), document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true })), 0`)
	is("the arrow goes to the result", `document.activeElement.dataset.url === "a/w/2024/"`)
	browsertest.Eval[int](t, x, `document.activeElement.click(), 0`)
	is("the report opens with its hits", `location.pathname === "/a/w/2024/" && Array.from(document.querySelectorAll("mark.hit"), m => m.textContent).join("|") === "義務|教育目录"`)
	is("through other elements", `document.querySelector("p").textContent === "编制義務教育目录，更新ＡＰＰ。"`)
	browsertest.Eval[int](t, x, `location.hash = "q=app&q=教育", 0`)
	is("another address, other marks", `Array.from(document.querySelectorAll("mark.hit"), m => m.textContent).join("|") === "教育|ＡＰＰ|教育"`)
	browsertest.Eval[int](t, x, `location.hash = "", 0`)
	is("no query, no marks", `document.querySelectorAll("mark").length === 0`)

	x.visit(t, "en/?q=budget")
	is("in English where the page is", status+`.startsWith("0 reports")`)
	for _, f := range x.Faults() {
		t.Error(f)
	}

	dir := t.TempDir()
	for _, name := range []string{"search/index.html", "search.js", "style.css"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), site[name].Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	x.Visit(t, "file://"+dir+"/search/index.html?q=x")
	is("from a file it says why", `document.querySelector(".search-why").textContent.includes("file://") && document.querySelectorAll("#search-app a").length === 2`)
}
