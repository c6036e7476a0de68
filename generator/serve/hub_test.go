package serve

import (
	"bufio"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"annals/generator/lang"
)

// stream reads server-sent events.
type sse struct {
	resp  *http.Response
	lines *bufio.Scanner
}

func (r *running) listen(t *testing.T, query string, headers ...string) *sse {
	t.Helper()
	resp := r.get(t, "GET", "/.annals/events?"+query, append(headers, "Sec-Fetch-Site: same-origin")...)
	if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("events: %d %v", resp.StatusCode, resp.Header)
	}
	return &sse{resp, bufio.NewScanner(resp.Body)}
}

// next returns the next event and its id.
func (s *sse) next(t *testing.T) (event, id string) {
	t.Helper()
	for s.lines.Scan() {
		switch name, value, _ := strings.Cut(s.lines.Text(), ": "); {
		case name == "event":
			event = value
		case name == "id":
			id = value
		case s.lines.Text() == "" && event != "":
			return event, id
		}
	}
	return "end", ""
}

func (s *sse) want(t *testing.T, want string) (id string) {
	t.Helper()
	got, id := s.next(t)
	if got != want {
		t.Fatalf("event %q instead of %q", got, want)
	}
	return id
}

func TestEvents(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	v := r.hub.version()
	report := r.listen(t, "since="+v+"&page=/agencies/a/2024/")
	agency := r.listen(t, "since="+v+"&page=/agencies/a/")
	lost := r.listen(t, "since="+v+"&page=/missing/")
	for _, s := range []*sse{report, agency, lost} {
		s.want(t, "diagnostics")
	}
	r.Publish(Update{Changed: []string{"agencies/a/2024/index.html"}})
	report.want(t, "reload")
	lost.want(t, "reload")
	r.Publish(Update{Changed: []string{"agencies/a/2024/report.json"}})
	report.want(t, "reload")
	lost.want(t, "reload")
	// The agency's page has heard nothing of this so far.
	r.Publish(Update{Diagnostics: []Item{{File: "a.md", Severity: "error"}}})
	for _, s := range []*sse{agency, report, lost} {
		s.want(t, "diagnostics")
	}
	r.Publish(Update{Changed: []string{"assets/style-2.css"}, Diagnostics: []Item{{File: "a.md", Severity: "error"}}})
	for _, s := range []*sse{agency, report, lost} {
		s.want(t, "reload")
	}
	r.Publish(Update{All: true})
	agency.want(t, "diagnostics")
	id := agency.want(t, "reload")

	// One that comes back, or whose page was loaded before the last change,
	// is told of it; one that has missed nothing is not.
	back := r.listen(t, "since=x&page=/", "Last-Event-ID: "+id)
	back.want(t, "diagnostics")
	late := r.listen(t, "since="+v+"&page=/")
	late.want(t, "diagnostics")
	late.want(t, "reload")
	r.Publish(Update{Diagnostics: []Item{{Rule: "x"}}})
	back.want(t, "diagnostics")
}

// A page that is gone says so, though no file of its own was written.
func TestPageThatIsGone(t *testing.T) {
	files := siteFS()
	site := &swap{}
	site.set(files)
	r := run(t, Options{Site: site})
	v := r.hub.version()
	gone := r.listen(t, "since="+v+"&page=/agencies/a/2024/")
	home := r.listen(t, "since="+v+"&page=/")
	gone.want(t, "diagnostics")
	home.want(t, "diagnostics")
	fewer := siteFS()
	delete(fewer, "agencies/a/2024/index.html")
	site.set(fewer)
	r.Publish(Update{Changed: []string{"agencies/a/index.html"}})
	gone.want(t, "reload")
	r.Publish(Update{Changed: []string{"index.html"}})
	home.want(t, "reload")
}

func TestInjectedVersionIsTheOneThatEventsCompare(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	r.Publish(Update{All: true})
	_, after, _ := strings.Cut(body(t, r.get(t, "GET", "/")), `data-version="`)
	v, _, _ := strings.Cut(after, `"`)
	s := r.listen(t, "page=/&since="+v)
	s.want(t, "diagnostics")
	r.Publish(Update{Diagnostics: []Item{{Rule: "x"}}})
	s.want(t, "diagnostics")
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

// TestScriptHasNoStringSinks: the overlay shows names and texts of content.
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
		if h.join("", "") == nil {
			t.Fatal("refused too early")
		}
	}
	if h.join("", "") != nil {
		t.Error("no limit")
	}
}
