package search

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"annals/generator/lang"
	"annals/generator/testdata/browsertest"
)

// searchTab opens the search page over an index.
func searchTab(t *testing.T, site fstest.MapFS) *tab {
	t.Helper()
	site["search/index.html"] = page("zh-CN", `<script src="../search.js"></script>`, `<main>`+searchApp(t, lang.ZH)+`</main>`)
	site["search.js"] = asset(t, "search.js")
	x := openTab(t, site)
	x.visit(t, "search/")
	browsertest.Eval[int](t, x, drive)
	return x
}

// A keystroke is answered at once if no search is running. While one is running, the
// next keystrokes wait for a pause, and only the last query is searched for.
func TestTyping(t *testing.T) {
	t.Parallel()
	x := searchTab(t, built(t, corpus(5, 8, 2)))
	type typed struct {
		First, Second string // what the address holds right after the keystrokes
		Files         int    // of lists that are loaded for the third
		Shown         string
	}
	got := browsertest.Eval[typed](t, x, `(async () => {
		const input = document.querySelector(".search-input"), asked = () => new URLSearchParams(location.search).get("q");
		const key = q => { input.value = q; input.dispatchEvent(new Event("input")); };
		const out = {};
		await drive("公示", {});
		key("政");
		out.First = asked();
		for (const q of ["政府", "政府信", "政府信息", "安", "安保", "安保昌", "政府"]) key(q);
		out.Second = asked();
		while (asked() !== "政府") await new Promise(r => setTimeout(r, 5));
		await settled();
		out.Files = performance.getEntriesByType("resource").filter(e => e.name.includes("/search/g/")).length;
		out.Shown = document.querySelector(".search-results mark").textContent;
		return out;
	})()`)
	// 公示, 政, 政府, and which names are 政 as a whole: no other lists.
	if got.First != "政" || got.Second != "政" || got.Shown != "政府" || got.Files > 4 {
		t.Errorf("%+v", got)
	}
	if first := browsertest.Eval[bool](t, x, `(() => {
		const input = document.querySelector(".search-input"), key = q => { input.value = q; input.dispatchEvent(new Event("input")); };
		input.dispatchEvent(new CompositionEvent("compositionstart"));
		key("xin xi");
		const waits = new URLSearchParams(location.search).get("q") === "政府";
		input.value = "信息";
		input.dispatchEvent(new CompositionEvent("compositionend"));
		return waits && new URLSearchParams(location.search).get("q") === "信息";
	})()`); !first {
		t.Error("what an input method composes is not searched for, and its end at once")
	}
	for _, f := range x.Faults() {
		t.Error(f)
	}
}

// A query whose grams are in the names of very many agencies, but which is in no
// name, does not make the page read the names of all.
func TestFewNamesAreRead(t *testing.T) {
	t.Parallel()
	var agencies []Agency
	for i := range 900 {
		name := fmt.Sprintf("%c%c县大数据管理局", 0x5b89+i/30, 0x5e38+i%30)
		agencies = append(agencies, Agency{Path: fmt.Sprintf("a%03d", i), Name: name, Kind: "department", Reports: []Report{
			{Year: 2024, URL: fmt.Sprintf("a%03d/2024/", i), Title: name + "2024年报告", Sections: []Section{{Text: "无。"}}},
		}})
	}
	x := searchTab(t, built(t, agencies))
	const names = `performance.getEntriesByType("resource").filter(e => e.name.endsWith("/names.bin")).length`
	if got := browsertest.Eval[seen](t, x, `drive("大数据管理局2", {year: "2023"})`); len(got.URLs)+len(got.Agencies) != 0 {
		t.Errorf("found %v", got)
	}
	if n := browsertest.Eval[int](t, x, names); n > 3 {
		t.Errorf("%d files of names are read for a query that no name holds", n)
	}
	if got := browsertest.Eval[seen](t, x, `drive("大数据管理局", {year: "2023"})`); len(got.Agencies) != len(agencies) {
		t.Errorf("%d agencies are found", len(got.Agencies))
	}
	if n := browsertest.Eval[int](t, x, names); n < 5 {
		t.Errorf("only %d files of names: the test does not try what it should", n)
	}
}

// For a long query whose grams are in every report, but which is in none, the page
// would have to read the whole archive. It stops soon, shows how far it has come, and
// goes on if the reader asks for it.
func TestLongQueryStops(t *testing.T) {
	t.Parallel()
	var agencies []Agency
	for i := range 120 {
		agencies = append(agencies, Agency{Path: fmt.Sprintf("a%03d", i), Name: fmt.Sprintf("第%d局", i), Kind: "department", Reports: []Report{
			{Year: 2024, URL: fmt.Sprintf("a%03d/2024/", i), Title: "报告", Sections: []Section{{Text: "政府信息公开政府信息公开。"}}},
		}})
	}
	x := searchTab(t, built(t, agencies))
	type state struct {
		Blocks  int
		Status  string
		More    bool
		Address string
	}
	got := browsertest.Eval[state](t, x, `(async () => {
		const input = document.querySelector(".search-input");
		input.value = "政府信息公开".repeat(300);
		input.dispatchEvent(new Event("input"));
		await settled();
		return {
			Blocks: performance.getEntriesByType("resource").filter(e => /\/2024-\d+\.bin$/.test(e.name)).length,
			Status: document.querySelector(".search-status").textContent,
			More: document.querySelector(".search-more") !== null,
			Address: location.search,
		};
	})()`)
	if got.Blocks > 8 || got.Status != "最多 112 份报告，已核对 0 份" || !got.More || got.Address != "" {
		t.Errorf("%+v", got)
	}
	if all := browsertest.Eval[seen](t, x, `drive("政府信息公开".repeat(300), {})`); len(all.URLs) != 0 || all.Total != "0" || all.Proven != "true" {
		t.Errorf("at the end %+v", all)
	}
}

// A page that was open while the site was published anew finds the new contents.
func TestPublishedAnew(t *testing.T) {
	t.Parallel()
	site := built(t, corpus(5, 60, 2)) // large enough that the next query needs files not loaded yet
	x := searchTab(t, site)
	if got := browsertest.Eval[seen](t, x, `drive("政府信息", {})`); len(got.URLs) == 0 {
		t.Fatal("nothing is found")
	}
	now := corpus(8, 60, 2)
	for path := range site {
		if strings.HasPrefix(path, "search/") && path != "search/index.html" {
			delete(site, path)
		}
	}
	maps.Copy(site, built(t, now))
	for _, q := range []string{"规范性文件", "公示", now[1].Name} {
		want, err := Query(site, q, Filters{})
		if err != nil {
			t.Fatal(err)
		}
		got := browsertest.Eval[seen](t, x, fmt.Sprintf(`drive(%q, {})`, q))
		if diff := cmp.Diff(urls(want.Reports), got.URLs); diff != "" || len(got.URLs) == 0 {
			t.Errorf("%s:\n%s", q, diff)
		}
	}
}

// later moves the clock of a page eleven seconds ahead.
const later = `(now => { performance.now = () => now() + 11000; })(performance.now.bind(performance)), 0`

// A page that was open while the site was published anew finds characters, and
// pairs of characters whose lists it has read, that were nowhere before.
func TestNewCharacters(t *testing.T) {
	t.Parallel()
	agencies := corpus(5, 8, 2)
	site := built(t, agencies)
	x := searchTab(t, site)
	queries := []string{"龘", "龘靐齉", "安龘", "政公"}
	for _, q := range queries {
		if got := browsertest.Eval[seen](t, x, fmt.Sprintf(`drive(%q, {})`, q)); len(got.URLs) != 0 {
			t.Fatalf("%s is found before it is there", q)
		}
	}
	r := &agencies[2].Reports[0]
	r.Sections = append(r.Sections, Section{Text: "龘靐齉；安龘。政公"})
	for path := range site {
		if strings.HasPrefix(path, "search/") && path != "search/index.html" {
			delete(site, path)
		}
	}
	maps.Copy(site, built(t, agencies))
	for _, q := range queries {
		browsertest.Eval[int](t, x, later)
		got := browsertest.Eval[seen](t, x, fmt.Sprintf(`drive(%q, {})`, q))
		if len(got.URLs) != 1 || got.URLs[0] != r.URL {
			t.Errorf("%s: %v", q, got.URLs)
		}
	}
	for _, f := range x.Faults() {
		t.Error(f)
	}
}

// If nothing is found, the page looks for a newer index, unless it did so a moment
// ago. If something is found, it does not look for one within a minute.
func TestRootIsAskedForOnce(t *testing.T) {
	t.Parallel()
	x := searchTab(t, built(t, corpus(5, 8, 2)))
	// The page's clock is stopped and only moved by later, because the machine may be
	// slow. A request is listed some time after its answer was read.
	browsertest.Eval[int](t, x, `(now => { performance.now = () => now; })(performance.now()), 0`)
	const roots = `(async want => {
		const roots = () => performance.getEntriesByType("resource").filter(e => e.name.endsWith("/root.json")).length;
		for (let i = 0; roots() < want && i < 1000; i++) await new Promise(r => setTimeout(r, 5));
		return roots();
	})(%d)`
	ask := func(query string, want int) {
		t.Helper()
		browsertest.Eval[seen](t, x, fmt.Sprintf(`drive(%q, {})`, query))
		if n := browsertest.Eval[int](t, x, fmt.Sprintf(roots, want)); n != want {
			t.Errorf("%d requests for the root after %s, want %d", n, query, want)
		}
	}
	ask("政府信息", 1)
	ask("龘", 1)
	browsertest.Eval[int](t, x, later)
	ask("公示", 1)
	ask("龘", 2)
	ask("靐", 2)
	for range 6 {
		browsertest.Eval[int](t, x, later)
	}
	ask("公示", 3)
}
