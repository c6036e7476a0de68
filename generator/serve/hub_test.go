package serve

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"annals/generator/lang"
)

// sse reads server-sent events.
type sse struct {
	resp  *http.Response
	lines *bufio.Scanner
}

func (r *running) listen(t *testing.T) *sse {
	t.Helper()
	resp := r.get(t, "GET", "/.annals/events", "Sec-Fetch-Site: same-origin")
	if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("events: %d %v", resp.StatusCode, resp.Header)
	}
	return &sse{resp, bufio.NewScanner(resp.Body)}
}

// next returns the data of the next message.
func (s *sse) next() string {
	for s.lines.Scan() {
		if data, ok := strings.CutPrefix(s.lines.Text(), "data: "); ok {
			return data
		}
	}
	return "end"
}

func (s *sse) want(t *testing.T, want string) {
	t.Helper()
	if got := s.next(); got != want {
		t.Fatalf("message %q instead of %q", got, want)
	}
}

// answer is the answer to a page that was loaded at a version, and has shown some
// diagnostics.
type answer struct {
	Status               int
	Reload               bool
	Version, Diagnostics string
	Items                []Item
}

func (r *running) ask(t *testing.T, page, since, seen string) (x answer) {
	t.Helper()
	resp := r.get(t, "GET", "/.annals/diagnostics?"+url.Values{"page": {page}, "since": {since}, "seen": {seen}}.Encode(), "Sec-Fetch-Site: same-origin")
	if text := body(t, resp); resp.StatusCode == 200 {
		if err := json.Unmarshal([]byte(text), &x); err != nil {
			t.Fatal(err)
		}
	}
	x.Status = resp.StatusCode
	return x
}

// A stream sends a message at the start, because its page may have missed a change,
// and after every update with a change.
func TestEvents(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	s := r.listen(t)
	s.want(t, r.hub.boot+"-0")
	r.Publish(Update{})
	r.Publish(Update{Changed: []string{"index.html"}})
	s.want(t, r.hub.boot+"-1")
	r.Publish(Update{Diagnostics: []Item{{Rule: "x"}}})
	s.want(t, r.hub.boot+"-1")
	r.Publish(Update{Diagnostics: []Item{{Rule: "x"}}})
	r.Publish(Update{All: true})
	s.want(t, r.hub.boot+"-2")
}

func TestWhoReloads(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	first := r.hub.version()
	reloads := func(since string, want map[string]bool) {
		t.Helper()
		for page, want := range want {
			if got := r.ask(t, page, since, ""); got.Reload != want {
				t.Errorf("%s since %s: reload %v", page, since, got.Reload)
			}
		}
	}
	const report, agency, lost = "/agencies/a/2024/", "/agencies/a/", "/missing/"
	reloads(first, map[string]bool{report: false, agency: false, lost: false})
	r.Publish(Update{Changed: []string{"agencies/a/2024/index.html"}})
	second := r.hub.version()
	reloads(first, map[string]bool{report: true, agency: false, lost: true})
	r.Publish(Update{Changed: []string{"agencies/a/2024/report.json"}})
	reloads(second, map[string]bool{report: true, agency: false, lost: true})
	third := r.hub.version()
	r.Publish(Update{Diagnostics: []Item{{File: "a.md", Severity: "error"}}})
	reloads(third, map[string]bool{report: false, agency: false, lost: false})
	r.Publish(Update{Changed: []string{"assets/style-2.css"}})
	reloads(third, map[string]bool{report: true, agency: true, lost: true})
	fourth := r.hub.version()
	r.Publish(Update{All: true})
	reloads(fourth, map[string]bool{report: true, agency: true, lost: true})
	reloads(r.hub.version(), map[string]bool{report: false, agency: false, lost: false})
	// A version of another run, of the future, or none at all.
	for _, since := range []string{"", "x-0", r.hub.boot + "-99", r.hub.boot + "-", r.hub.boot} {
		reloads(since, map[string]bool{agency: true})
	}
	// More updates than the hub keeps.
	for range maxRecent + 1 {
		r.Publish(Update{Changed: []string{"agencies/a/2024/index.html"}})
	}
	reloads(fourth, map[string]bool{agency: true})
}

// A page that was removed must reload, although none of its files was written.
func TestPageThatIsGone(t *testing.T) {
	site := &swap{}
	site.set(siteFS())
	r := run(t, Options{Site: site})
	v := r.hub.version()
	fewer := siteFS()
	delete(fewer, "agencies/a/2024/index.html")
	site.set(fewer)
	r.Publish(Update{Changed: []string{"agencies/a/index.html"}})
	if !r.ask(t, "/agencies/a/2024/", v, "").Reload || r.ask(t, "/", v, "").Reload {
		t.Error("only the page that is gone has to be loaded again")
	}
}

// Diagnostics that a page has already are not sent again.
func TestNoNews(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	x := r.ask(t, "/", r.hub.version(), "")
	if x.Status != 200 || x.Items == nil || x.Version != r.hub.version() {
		t.Errorf("%+v", x)
	}
	if x := r.ask(t, "/", x.Version, x.Diagnostics); x.Status != 204 {
		t.Errorf("%+v", x)
	}
	r.Publish(Update{Diagnostics: []Item{{Rule: "x"}}})
	if x := r.ask(t, "/", x.Version, x.Diagnostics); x.Status != 200 || x.Reload || len(x.Items) != 1 {
		t.Errorf("%+v", x)
	}
}

func TestInjectedVersionIsTheOneThatIsCompared(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	r.Publish(Update{All: true})
	_, after, _ := strings.Cut(body(t, r.get(t, "GET", "/")), `data-version="`)
	v, _, _ := strings.Cut(after, `"`)
	if r.ask(t, "/", v, "").Reload {
		t.Error("a page that was just loaded has to be loaded again")
	}
}

func TestDiagnostics(t *testing.T) {
	r := run(t, Options{Site: siteFS(), Lang: lang.EN})
	get := func() (report struct {
		Errors int
		Title  string
		Held   bool
		Items  []Item
	}) {
		resp := r.get(t, "GET", "/.annals/diagnostics", "Sec-Fetch-Site: same-origin")
		if err := json.Unmarshal([]byte(body(t, resp)), &report); err != nil {
			t.Fatal(err)
		}
		return report
	}
	if got := get(); got.Errors != 0 || got.Items == nil {
		t.Errorf("at first: %+v", got)
	}
	items := []Item{
		{File: "a/2024.md", Line: 3, Column: 9, Severity: "error", Rule: "sum", Message: "</script><img src=x onerror=alert(1)>", Page: "/agencies/a/2024/"},
		{File: "a/2023.md", Severity: "warning", Rule: "w"},
	}
	r.Publish(Update{Diagnostics: items})
	if got := get(); got.Held || strings.Contains(got.Title, "last good") {
		t.Errorf("where errors are marked the page is that of now: %+v", got)
	}
	r.Publish(Update{Diagnostics: items, Held: true})
	if got := get(); !got.Held || !strings.Contains(got.Title, "last good") {
		t.Errorf("the site is held: %+v", got)
	}
	if got := get(); got.Errors != 1 || len(got.Items) != 2 || got.Items[0] != items[0] || !strings.HasPrefix(got.Title, "1 error") {
		t.Errorf("%+v", got)
	}
}

// TestScriptHasNoStringSinks: the live script never parses strings as markup or
// code, because the overlay shows names and texts of content.
func TestScriptHasNoStringSinks(t *testing.T) {
	for _, sink := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc", ".style", "setAttribute('on", "setAttribute('style"} {
		if strings.Contains(string(liveScript), sink) {
			t.Errorf("live.js uses %s", sink)
		}
	}
}

func TestTooManyStreams(t *testing.T) {
	h := newHub("x")
	for range maxStreams {
		if h.join() == nil {
			t.Fatal("refused too early")
		}
	}
	if h.join() != nil {
		t.Error("no limit")
	}
}
