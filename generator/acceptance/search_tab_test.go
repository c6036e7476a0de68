package acceptance

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"annals/generator/testdata/browsertest"
)

// siteTab is a browser's tab on a built site, which is served as a host would serve
// it: text is gzipped, and files with a hash in their names may be cached for ever.
type siteTab struct {
	*browsertest.Tab
	url  string // of the root, with a slash at its end
	site fs.FS
}

func openSite(b *testing.B, dir string) *siteTab {
	x := &siteTab{Tab: browsertest.Open(b), site: os.DirFS(dir)}
	x.url = browsertest.Serve(b, "/", http.HandlerFunc(x.serve))
	return x
}

var textKinds = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml",
}

// body returns what a host sends for a path: text gzipped, other files unchanged.
func (x *siteTab) body(name string) (data []byte, kind string) {
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	data, err := fs.ReadFile(x.site, name)
	if kind = textKinds[path.Ext(name)]; kind != "" && err == nil {
		var buf bytes.Buffer
		z := gzip.NewWriter(&buf)
		_, _ = z.Write(data)
		_ = z.Close()
		data = buf.Bytes()
	}
	return data, kind
}

func (x *siteTab) serve(w http.ResponseWriter, r *http.Request) {
	data, kind := x.body(r.URL.Path[1:])
	if data == nil {
		http.NotFound(w, r)
		return
	}
	if kind != "" {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", kind)
	}
	if !strings.HasSuffix(r.URL.Path, "/") && path.Base(r.URL.Path) != "root.json" {
		w.Header().Set("Cache-Control", "max-age=31536000, immutable")
	}
	_, _ = w.Write(data)
}

func (x *siteTab) open(b *testing.B) {
	x.Visit(b, "about:blank")
	x.Visit(b, x.url+"search/")
	browsertest.Eval[int](b, x, watch)
}

type visit struct {
	requests, bytes int
	ms              float64
}

// cold opens the page with the query and an empty cache. It counts the requests
// made until all ten results were shown, answered or not.
func (x *siteTab) cold(b *testing.B, query string) (v visit) {
	x.Visit(b, "about:blank")
	if _, err := chromedp.Call(x, network.ClearBrowserCache, cdp.Empty{}); err != nil {
		b.Fatal(err)
	}
	x.Requests()
	x.Visit(b, x.url+"search/?q="+url.QueryEscape(query))
	browsertest.Eval[int](b, x, watch)
	v.ms = browsertest.Eval[float64](b, x, `settled(() => true).then(t => t.All)`)
	for _, u := range x.Requests() {
		v.requests++
		name, _, _ := strings.Cut(strings.TrimPrefix(u, x.url), "?")
		data, _ := x.body(name)
		v.bytes += len(data)
	}
	return v
}

type typedTimes struct{ First, All float64 }

// typed puts the query into the box, as by one keystroke, and measures the times
// until the first results are shown and until all ten are.
func (x *siteTab) typed(b *testing.B, query string) typedTimes {
	q, _ := json.Marshal(query)
	return browsertest.Eval[typedTimes](b, x, fmt.Sprintf(`type(%s)`, q))
}

type pagedResults struct {
	URLs          []string `json:"urls"`
	Total         int      `json:"total"`
	Proven, Whole bool
}

// paged types the query and loads more results: all of them, or some if there are
// very many.
func (x *siteTab) paged(b *testing.B, query string) pagedResults {
	q, _ := json.Marshal(query)
	return browsertest.Eval[pagedResults](b, x, fmt.Sprintf(`type(%s).then(() => page(%d, %d, %d))`, q, pageAll, pageSome, pageProof))
}

// watch waits for changes of the page, never for time.
const watch = `
window.settled = (fresh, since = 0) => new Promise((done, fail) => {
	const box = document.querySelector(".search-results"), t = { First: 0, All: 0 };
	const stop = setTimeout(() => fail(new Error("the search does not end: " + document.querySelector(".search-status").textContent)), 60000);
	const look = () => {
		if (!fresh() || !box.querySelector("[data-url], [data-agency], .search-none, .search-figure, .search-more")) return;
		t.First ||= performance.now() - since;
		if (box.getAttribute("aria-busy") !== "false") return;
		t.All = performance.now() - since;
		clearTimeout(stop);
		see.disconnect();
		done(t);
	};
	const see = new MutationObserver(look);
	see.observe(box, { childList: true, attributes: true, subtree: true });
	look();
});
window.type = q => {
	const box = document.querySelector(".search-results"), input = document.querySelector(".search-input"), old = box.firstChild;
	const since = performance.now(), end = settled(() => box.firstChild !== old, since);
	input.value = q;
	input.dispatchEvent(new Event("input", { bubbles: true }));
	return end;
};
window.page = async (all, some, proof) => {
	const links = document.getElementsByClassName("search-report"), status = document.querySelector(".search-status").dataset;
	let next;
	for (;;) {
		next = document.querySelector(".search-reports + .search-more");
		const total = Number(status.total), proven = status.proven === "true";
		if (!next || links.length >= some && total > (proven ? all : proof)) break;
		const button = next, gone = new Promise(done => {
			const see = new MutationObserver(() => { if (!button.isConnected) { see.disconnect(); done(); } });
			see.observe(button.parentNode, { childList: true });
		});
		button.click();
		await gone;
	}
	return {
		urls: Array.from(document.querySelectorAll("[data-url]"), a => a.dataset.url),
		total: Number(status.total || 0), Proven: status.proven === "true", Whole: !next,
	};
};
0`
