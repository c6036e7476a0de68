package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"annals/generator/lang"
)

const home = "<!doctype html><html><head><title>x</title></head><body><p>home</p></body></html>"

func siteFS() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"index.html":                   file(home),
		"404.html":                     file("<body>none</body>"),
		"agencies/a/index.html":        file("<body>a</body>"),
		"agencies/a/2024/index.html":   file("<body>a24</body>"),
		"agencies/a/2024/report.json":  file(`{"a":1}`),
		"agencies/a/2024/tables.csv":   file("a,b\n"),
		"assets/style-1.css":           file("body{}"),
		"fragment.html":                file("no body"),
		"附件/年报.docx":                   file("docx"),
		".well-known/security.txt":     file("Contact"),
		".git/config":                  file("SECRET"),
		"agencies/a/.annals-stage/x":   file("SECRET"),
		"empty/x.txt":                  file(""),
		"agencies/a/2024/unknown.type": file("?"),
	}
}

// running is a server on a port of its own.
type running struct {
	*Server
	host string
	end  func() error
}

func run(t *testing.T, o Options) *running {
	t.Helper()
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	url, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- s.Run(ctx, func(u string) { url <- u }) }()
	r := &running{Server: s}
	select {
	case u := <-url:
		r.host = strings.TrimSuffix(strings.TrimPrefix(u, "http://"), "/")
	case err := <-ended:
		t.Fatal(err)
	}
	r.end = func() error { cancel(); return <-ended }
	t.Cleanup(func() { cancel() })
	return r
}

// get sends a request with headers given as "Name: value".
func (r *running) get(t *testing.T, method, path string, headers ...string) *http.Response {
	t.Helper()
	req, err := http.NewRequest(method, "http://"+r.host+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if name == "Host" {
			req.Host = value
		}
		req.Header.Add(name, value)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

func body(t *testing.T, resp *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestFiles(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	for _, c := range []struct {
		path, kind string
		status     int
		body       string // what the answer's body contains
	}{
		{"/", "text/html; charset=utf-8", 200, "<p>home</p><script src=\"/.annals/live.js?v="},
		{"/index.html", "text/html; charset=utf-8", 200, "home"},
		{"/agencies/a/?x=1", "text/html; charset=utf-8", 200, ">a<"},
		{"/agencies/a", "", 301, ""},
		{"/agencies/a/2024/report.json", "application/json", 200, `{"a":1}`},
		{"/agencies/a/2024/tables.csv", "text/csv; charset=utf-8", 200, "a,b"},
		{"/agencies/a/2024/unknown.type", "application/octet-stream", 200, "?"},
		{"/assets/style-1.css", "text/css; charset=utf-8", 200, "body{}"},
		{"/fragment.html", "text/html; charset=utf-8", 200, "no body<script"},
		{"/%E9%99%84%E4%BB%B6/%E5%B9%B4%E6%8A%A5.docx", types[".docx"], 200, "docx"},
		{"/.well-known/security.txt", "text/plain; charset=utf-8", 200, "Contact"},
		{"/missing/", "text/html; charset=utf-8", 404, "none<script"},
		{"/empty/", "text/html; charset=utf-8", 404, "none"},
		{"/empty", "text/html; charset=utf-8", 404, "none"},
		{"/index.html/", "text/html; charset=utf-8", 404, "none"},
		{"/.git/config", "text/html; charset=utf-8", 404, "none"},
		{"/agencies/a/.annals-stage/x", "text/html; charset=utf-8", 404, "none"},
	} {
		resp := r.get(t, "GET", c.path)
		got := body(t, resp)
		if resp.StatusCode != c.status || resp.Header.Get("Content-Type") != c.kind || !strings.Contains(got, c.body) {
			t.Errorf("%s: %d %s %q", c.path, resp.StatusCode, resp.Header.Get("Content-Type"), got)
		}
		if resp.Header.Get("Cache-Control") != "no-store" || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", c.path, resp.Header)
		}
		head := r.get(t, "HEAD", c.path)
		if head.StatusCode != c.status || head.Header.Get("Content-Length") != resp.Header.Get("Content-Length") || body(t, head) != "" {
			t.Errorf("HEAD %s: %d %v", c.path, head.StatusCode, head.Header)
		}
	}
	if to := r.get(t, "GET", "/agencies/a?q=%2F").Header.Get("Location"); to != "/agencies/a/?q=%2F" {
		t.Errorf("redirect to %q", to)
	}
}

func TestFolderLeavesTheSiteNever(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		t.Helper()
		os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("secret.txt", "SECRET")
	write("public/index.html", home)
	write("public/a/x.txt", "x")
	for link, to := range map[string]string{"link.txt": "../secret.txt", "up": "..", "abs.txt": filepath.Join(dir, "secret.txt"), "loop": "loop", "ok.txt": "a/x.txt"} {
		if err := os.Symlink(to, filepath.Join(dir, "public", link)); err != nil {
			t.Fatal(err)
		}
	}
	r := run(t, Options{Site: Folder(filepath.Join(dir, "public"))})
	for _, p := range []string{"/link.txt", "/up/secret.txt", "/abs.txt", "/loop", "/../secret.txt"} {
		if resp := r.get(t, "GET", p); resp.StatusCode != 404 || strings.Contains(body(t, resp), "SECRET") {
			t.Errorf("%s: %d", p, resp.StatusCode)
		}
	}
	if resp := r.get(t, "GET", "/ok.txt"); body(t, resp) != "x" {
		t.Errorf("a link within the site: %d", resp.StatusCode)
	}
	// A rebuild may put another folder in the place of the first.
	os.Rename(filepath.Join(dir, "public"), filepath.Join(dir, "old"))
	write("public/index.html", "<body>new</body>")
	if got := body(t, r.get(t, "GET", "/")); !strings.Contains(got, "new") {
		t.Errorf("the folder before the rename is served: %q", got)
	}
	// What is served differs from the file by the script element alone.
	data, _ := os.ReadFile(filepath.Join(dir, "public/index.html"))
	if strings.Contains(string(data), "annals") {
		t.Error("the script was written into the file")
	}
}

func TestHostsAndOrigins(t *testing.T) {
	r := run(t, Options{Site: siteFS(), Hosts: []string{"Preview.example"}})
	for _, c := range []struct {
		path    string
		headers string
		status  int
	}{
		{"/", "Host: localhost:1313", 200},
		{"/", "Host: LocalHost", 200},
		{"/", "Host: 127.0.0.1:9", 200},
		{"/", "Host: [::1]:1313", 200},
		{"/", "Host: [::1]", 200},
		{"/", "Host: preview.example:443", 200},
		{"/", "Host: evil.example", 403},
		{"/", "Host: evil.example:1313", 403},
		{"/", "Host: localhost.evil.example", 403},
		{"/", "Host: 127.0.0.1.evil.example", 403},
		{"/", "Host: 127.0.0.2", 403},
		{"/", "Host: 192.168.1.1", 403},
		{"/", "Host: 0.0.0.0", 403},
		{"/", "Host: localhost:x", 403},
		{"/", "Host: localhost:80:80", 403},
		{"/", "X-Forwarded-Host: localhost|Host: evil.example", 403},
		{"/", "X-Forwarded-Host: evil.example|Forwarded: host=evil.example", 200},
		{"/", "Origin: http://evil.example", 403},
		{"/", "Origin: null", 403},
		{"/", "Origin: ", 403},
		{"/", "Origin: http://HOST|Origin: http://evil.example", 403},
		{"/", "Origin: http://HOST", 200},
		{"/", "Origin: http://user@HOST", 403},
		{"/", "Origin: http://localhost:3000", 403},
		{"/", "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document", 200},
		{"/", "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: iframe", 403},
		{"/assets/style-1.css", "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors|Sec-Fetch-Dest: style", 403},
		{"/agencies/a/2024/report.json", "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: cors", 403},
		{"/agencies/a/2024/report.json", "Sec-Fetch-Site: same-site|Sec-Fetch-Mode: cors", 403},
		{"/agencies/a/2024/report.json", "Sec-Fetch-Site: same-origin|Sec-Fetch-Mode: cors", 200},
		{"/", "Sec-Fetch-Site: none", 200},
		{"/", "Sec-Fetch-Site: strange", 403},
		{"/.annals/diagnostics", "", 403},
		{"/.annals/diagnostics", "Sec-Fetch-Site: same-origin", 200},
		{"/.annals/diagnostics", "Sec-Fetch-Site: none", 403},
		{"/.annals/diagnostics", "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document", 403},
		{"/.annals/diagnostics", "Origin: http://HOST", 200},
		{"/.annals/diagnostics", "Referer: http://HOST/agencies/a/", 200},
		{"/.annals/diagnostics", "Referer: http://evil.example/", 403},
		{"/.annals/diagnostics", "Referer: http://HOST.evil.example/", 403},
		{"/.annals/events", "", 403},
		{"/.annals/events", "Origin: null", 403},
		{"/.annals/events", "Sec-Fetch-Site: cross-site", 403},
		{"/.annals/live.js", "", 403},
		{"/.annals/live.js", "Sec-Fetch-Site: same-origin", 200},
		{"/.annals/live.css", "Sec-Fetch-Site: same-origin", 200},
		{"/.annals/other", "Sec-Fetch-Site: same-origin", 404},
		{"/.annals/", "Sec-Fetch-Site: same-origin", 404},
	} {
		var headers []string
		if c.headers != "" {
			headers = strings.Split(strings.ReplaceAll(c.headers, "HOST", r.host), "|")
		}
		resp := r.get(t, "GET", c.path, headers...)
		if resp.StatusCode != c.status {
			t.Errorf("%s with %s: %d", c.path, c.headers, resp.StatusCode)
		}
		for name := range resp.Header {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s with %s: header %s", c.path, c.headers, name)
			}
		}
		if got := body(t, resp); strings.Contains(got, "evil") {
			t.Errorf("%s with %s: the answer repeats the request: %q", c.path, c.headers, got)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "BREW"} {
		for _, p := range []string{"/", "/.annals/events", "/missing"} {
			if resp := r.get(t, method, p, "Sec-Fetch-Site: same-origin"); resp.StatusCode != 405 {
				t.Errorf("%s %s: %d", method, p, resp.StatusCode)
			}
		}
	}
	if resp := r.get(t, "POST", "/", "Sec-Fetch-Site: cross-site"); resp.StatusCode != 403 {
		t.Errorf("a foreign POST: %d", resp.StatusCode)
	}
}

func TestAnyAddressHasNoNames(t *testing.T) {
	g := newGuard("0.0.0.0", nil)
	for host, want := range map[string]bool{"192.168.1.7:1313": true, "[fe80::1]:80": true, "localhost": true, "evil.example": false, "": false} {
		if g.knows(host) != want {
			t.Errorf("%q: %v", host, !want)
		}
	}
}

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

func TestInjectedVersionIsTheOneThatEventsCompare(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	r.Publish(Update{All: true})
	_, after, _ := strings.Cut(body(t, r.get(t, "GET", "/")), "live.js?v=")
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

func TestRunEnds(t *testing.T) {
	before := runtime.NumGoroutine()
	r := run(t, Options{Site: siteFS()})
	var streams []*sse
	for range 5 {
		s := r.listen(t, "page=/&since="+r.hub.version())
		s.want(t, "diagnostics")
		streams = append(streams, s)
	}
	idle, err := net.Dial("tcp", r.host) // a client that sends half a request
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	io.WriteString(idle, "GET / HTTP/1.1\r\nHost: local")
	if err := r.end(); err != nil {
		t.Fatal(err)
	}
	for _, s := range streams {
		s.want(t, "end")
		s.resp.Body.Close()
	}
	for i := 0; runtime.NumGoroutine() > before; i++ {
		if i == 300 {
			buf := make([]byte, 1<<16)
			t.Fatalf("goroutines are left:\n%s", buf[:runtime.Stack(buf, true)])
		}
		time.Sleep(10 * time.Millisecond)
	}
	if conn, err := net.Dial("tcp", r.host); err == nil {
		conn.Close()
		t.Error("somebody still listens")
	}
}

func TestRunNamesTheAddressInUse(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	s, err := New(Options{Site: siteFS(), Addr: r.host})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(context.Background(), nil); err == nil || !strings.Contains(err.Error(), r.host) {
		t.Errorf("error %v", err)
	}
}

func TestLoopbackByDefault(t *testing.T) {
	for addr, want := range map[string]string{"": "127.0.0.1:1313", ":8080": "127.0.0.1:8080", "0.0.0.0:80": "0.0.0.0:80", "[::1]:0": "[::1]:0"} {
		s, err := New(Options{Site: siteFS(), Addr: addr})
		if err != nil || s.addr != want {
			t.Errorf("%q: %s, %v", addr, s.addr, err)
		}
	}
	if _, err := New(Options{Site: siteFS(), Addr: "nonsense"}); err == nil {
		t.Error("an address without a port is accepted")
	}
}

// TestManyUpdates: 10,000 updates with streams that read, that do not read and
// that come and go. Nothing may pile up.
func TestManyUpdates(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	r.listen(t, "page=/&since="+r.hub.version()) // never read from
	reading := r.listen(t, "page=/agencies/a/&since="+r.hub.version())
	var heard atomic.Int64
	go func() {
		for reading.lines.Scan() {
			heard.Add(1)
		}
	}()
	visit := func() {
		s := r.listen(t, "page=/&since="+r.hub.version())
		s.want(t, "diagnostics")
		s.resp.Body.Close()
		body(t, r.get(t, "GET", "/"))
	}
	publish := func(n int) {
		for i := range n {
			r.Publish(Update{
				Changed:     []string{"index.html", "agencies/a/index.html"},
				Diagnostics: []Item{{File: fmt.Sprint(i), Severity: "error"}},
			})
			if i%500 == 0 {
				visit()
			}
		}
	}
	publish(501)
	goroutines, handles := runtime.NumGoroutine(), openFiles(t)
	publish(10_000)
	for i := 0; runtime.NumGoroutine() > goroutines+4 || openFiles(t) > handles+4; i++ {
		if i == 300 {
			t.Fatalf("%d goroutines and %d open files became %d and %d", goroutines, handles, runtime.NumGoroutine(), openFiles(t))
		}
		time.Sleep(10 * time.Millisecond)
	}
	if heard.Load() < 100 {
		t.Errorf("the stream that reads heard %d lines", heard.Load())
	}
}

// openFiles counts the process's open files where the system shows them.
func openFiles(t *testing.T) int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Log(err)
		return 0
	}
	return len(list)
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
