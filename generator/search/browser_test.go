package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"

	"annals/generator/lang"
	"annals/generator/testdata/browsertest"
	"annals/layouts"
)

// searchApp is the hook for the script as the layout of the page has it, with
// its addresses and its words.
func searchApp(t testing.TB, tag lang.Tag) string {
	t.Helper()
	layout, err := layouts.Files.ReadFile("search.html")
	if err != nil {
		t.Fatal(err)
	}
	data, err := layouts.Files.ReadFile("words.json")
	if err != nil {
		t.Fatal(err)
	}
	words, err := lang.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	app := regexp.MustCompile(`(?s)<div id="search-app".*?</div>`).FindString(string(layout))
	app = regexp.MustCompile(`\{\{word "([a-z0-9-]+)"\}\}`).ReplaceAllStringFunc(app, func(call string) string {
		return html.EscapeString(words[strings.Split(call, `"`)[1]].In(tag))
	})
	return strings.NewReplacer("{{.Root}}", "../", `{{path "search-index"}}`, "../search/root.json", `{{path "agencies"}}`, "../agencies/index.html",
		`{{path "years"}}`, "../years/index.html", `{{path "agency"}}`, "../agencies/{agency}/index.html").Replace(app)
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'"

func page(language, head, body string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(`<!doctype html><html lang="` + language + `"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="` +
		policy + `"><title>x</title>` + head + `</head><body>` + body + `</body></html>`)}
}

// asset is a file of the layouts, a script as small as the site serves it.
func asset(t *testing.T, name string) *fstest.MapFile {
	t.Helper()
	data, err := os.ReadFile("../../layouts/assets/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if path.Ext(name) == ".js" {
		var out bytes.Buffer
		if err := (&js.Minifier{Version: 2015}).Minify(minify.New(), &out, bytes.NewReader(data), nil); err != nil {
			t.Fatal(err)
		}
		data = out.Bytes()
	}
	return &fstest.MapFile{Data: data}
}

// tab is a browser's tab on a site that is served with the strict policy.
type tab struct {
	*browsertest.Tab
	url string
}

func openTab(t *testing.T, site fstest.MapFS) *tab {
	t.Helper()
	return openTabIn(t, site, browsertest.Open)
}

func openTabIn(t *testing.T, site fstest.MapFS, open func(testing.TB) *browsertest.Tab) *tab {
	t.Helper()
	x := &tab{Tab: open(t)}
	files := http.FileServerFS(site)
	x.url = browsertest.Serve(t, "/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/favicon.ico":
			return
		case "/csp":
			body, _ := io.ReadAll(r.Body)
			x.Fault("policy: %s", body)
			return
		}
		w.Header().Set("Content-Security-Policy", policy+"; report-uri /csp")
		files.ServeHTTP(w, r)
	}))
	return x
}

func (x *tab) visit(t *testing.T, path string) {
	t.Helper()
	x.Visit(t, x.url+path)
}

// drive types a query and pages through all results.
const drive = `
window.settled = async () => {
	const results = document.querySelector(".search-results");
	for (let i = 0; i < 4000; i++) {
		if (results.getAttribute("aria-busy") !== "true") return;
		await new Promise(r => setTimeout(r, 5));
	}
	throw new Error("the search does not end: " + document.querySelector(".search-status").textContent);
};
window.drive = async (q, filters) => {
	const input = document.querySelector(".search-input");
	history.pushState(null, "", "?" + new URLSearchParams(filters));
	input.value = q;
	input.form.requestSubmit();
	await settled();
	const first = document.querySelector(".search-status").textContent;
	for (let b, n = 0; (b = document.querySelector(".search-results .search-reports + .search-more, .search-results .search-agencies + .search-more")); n++) {
		if (n > 2000) throw new Error("pages without end");
		b.click();
		for (let i = 0; b.isConnected && i < 4000; i++) await new Promise(r => setTimeout(r, 2));
	}
	const status = document.querySelector(".search-status");
	const label = document.querySelector(".search-figure a");
	return {
		urls: Array.from(document.querySelectorAll("[data-url]"), a => a.dataset.url),
		agencies: Array.from(document.querySelectorAll(".search-results [data-agency]"), a => a.dataset.agency),
		snippets: Array.from(document.querySelectorAll(".search-snippet"), p => p.textContent),
		marks: Array.from(document.querySelectorAll(".search-report"), p => p.querySelectorAll("mark").length),
		total: status.dataset.total || "", proven: status.dataset.proven || "", first,
		label: label ? label.getAttribute("href") : "",
	};
};
0`

type seen struct {
	URLs     []string `json:"urls"`
	Agencies []string `json:"agencies"`
	Snippets []string `json:"snippets"`
	Marks    []int    `json:"marks"`
	Total    string   `json:"total"`
	Proven   string   `json:"proven"`
	First    string   `json:"first"`
	Label    string   `json:"label"`
}

var hostile = []string{
	"__proto__", "constructor", "hasOwnProperty __proto__", "toString", `<img src=x onerror=alert(1)>`, `"><script>1</script>`,
	".*", "[^x]+(", `\d{2,}`, "%00%ff", "\x00\x01\x1d\x1e", "\u200b", "\ufffd", " ", `"`, `""`, `" "`, `"未闭合`, "'; --", "…", "＂政府＂", "𠀀𠀁", "é", "ﬁ",
	strings.Repeat("政府信息公开", 600), strings.Repeat("a b c 政 ", 800), strings.Repeat(`"`, 99),
}

func TestBrowserEqualsQuery(t *testing.T) {
	t.Parallel()
	agencies := corpus(5, 8, 2)
	browserEqualsQuery(t, agencies, built(t, agencies), 150)
}

// As in an archive of millions, whose lists come in volumes.
func TestBrowserReadsVolumes(t *testing.T) {
	t.Parallel()
	agencies := corpus(6, 5, 3)
	browserEqualsQuery(t, agencies, builtIn(t, agencies, 20), 30)
}

func browserEqualsQuery(t *testing.T, agencies []Agency, site fstest.MapFS, n int) {
	site["search/index.html"] = page("zh-CN", `<link rel="stylesheet" href="../style.css"><script src="../search.js"></script>`, `<main>`+searchApp(t, lang.ZH)+`</main>`)
	site["search.js"], site["style.css"] = asset(t, "search.js"), asset(t, "style.css")
	x := openTab(t, site)
	x.visit(t, "search/")
	before := browsertest.Eval[[]string](t, x, `Object.getOwnPropertyNames(Object.prototype)`)
	browsertest.Eval[int](t, x, drive)

	rng := rand.New(rand.NewPCG(3, 3))
	queries := sample(rng, agencies, n)
	queries = append(queries, hostile...)
	for _, a := range agencies[:14] {
		queries = append(queries, a.Name, spellName(a.Name)[:3])
	}
	queries = append(queries, "cqljd", "chongqinglu", "文旅局", "（一）予以公开", "GRANTED", "wlj")
	found, inexact := 0, 0
	for i, q := range queries {
		f := Filters{}
		switch i % 7 {
		case 1:
			f.Year = 2024 - rng.IntN(2)
		case 2:
			f.Agency = agencies[rng.IntN(len(agencies))].Path
		case 3:
			f.Kind = "department"
		case 4:
			f.Sort = ByYear
		case 5:
			f.Sort = ByName
		}
		params := map[string]string{"agency": f.Agency, "kind": f.Kind, "sort": f.Sort}
		if f.Year != 0 {
			params["year"] = fmt.Sprint(f.Year)
		}
		call, err := json.Marshal([]any{q, params})
		if err != nil {
			t.Fatal(err)
		}
		got := browsertest.Eval[seen](t, x, `drive(...`+string(call)+`)`)
		want, err := Query(site, q, f)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%.60q %+v", q, f)
		if diff := cmp.Diff(urls(want.Reports), got.URLs); diff != "" {
			t.Fatalf("%s: Go (-) and the browser (+) find:\n%s", name, diff)
		}
		wantAgencies := []string{}
		for _, a := range want.Agencies {
			wantAgencies = append(wantAgencies, a.Path)
		}
		if diff := cmp.Diff(wantAgencies, got.Agencies); diff != "" {
			t.Fatalf("%s: agencies by Go (-) and by the browser (+):\n%s", name, diff)
		}
		if len(got.URLs)+len(got.Agencies) > 0 && (got.Proven != "true" || got.Total != fmt.Sprint(len(got.URLs))) {
			t.Errorf("%s: in the end %s reports, proven %s; %d are shown", name, got.Total, got.Proven, len(got.URLs))
		}
		for i, r := range want.Reports {
			var s strings.Builder
			for _, span := range r.Snippet {
				s.WriteString(span.Text)
			}
			if s.String() != got.Snippets[i] {
				t.Fatalf("%s: snippet %q, the browser has %q", name, s.String(), got.Snippets[i])
			}
		}
		if slices.Contains(got.Marks, 0) {
			t.Errorf("%s: a result without a mark", name)
		}
		if wantLabel := want.Label != nil; wantLabel != (got.Label != "") {
			t.Errorf("%s: label %q", name, got.Label)
		}
		found += len(got.URLs)
		if strings.Contains(got.First, "最多") {
			inexact++
		}
	}
	t.Logf("%d results; %d queries had an unproven number at first", found, inexact)
	if found == 0 || inexact == 0 {
		t.Error("the queries do not try what they should")
	}
	if after := browsertest.Eval[[]string](t, x, `Object.getOwnPropertyNames(Object.prototype)`); !slices.Equal(before, after) {
		t.Errorf("Object.prototype is now %v", after)
	}
	for _, s := range []string{`"\ud800政"`, `"\udfff"`, `"政\ud800"`} {
		browsertest.Eval[seen](t, x, `drive(`+s+`, {})`)
	}
	for _, f := range x.Faults() {
		t.Error(f)
	}
}
