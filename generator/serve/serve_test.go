package serve

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"
)

const home = "<!doctype html><html><head><title>x</title></head><body><p>home</p></body></html>"

func siteFS() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"index.html":                    file(home),
		"404.html":                      file("<body>none</body>"),
		"agencies/a/index.html":         file("<body>a</body>"),
		"agencies/a/2024/index.html":    file("<body>a24</body>"),
		"agencies/a/2024/report.json":   file(`{"a":1}`),
		"agencies/a/2024/tables.csv":    file("a,b\n"),
		"assets/style-1.css":            file("body{}"),
		"assets/style.0123456789.css":   file("p{}"),
		"fragment/index.html":           file("no body"),
		"agencies/a/2024/original.html": file("<script>x</script>"),
		"附件/年报.docx":                    file("docx"),
		".well-known/security.txt":      file("Contact"),
		".git/config":                   file("SECRET"),
		"agencies/a/.annals-stage/x":    file("SECRET"),
		"empty/x.txt":                   file(""),
		"agencies/a/2024/unknown.type":  file("?"),
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

func TestRunEnds(t *testing.T) {
	before := runtime.NumGoroutine()
	r := run(t, Options{Site: siteFS()})
	var streams []*sse
	for range 5 {
		s := r.listen(t)
		s.want(t, r.hub.version())
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
	if err := s.Listen(); err == nil || !strings.Contains(err.Error(), r.host) {
		t.Errorf("error %v", err)
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

// TestManyUpdates: 10,000 updates with streams that are read, are not read, or are
// opened and closed. Memory and open files must not grow.
func TestManyUpdates(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	r.listen(t) // never read from
	reading := r.listen(t)
	var heard atomic.Int64
	go func() {
		for reading.lines.Scan() {
			heard.Add(1)
		}
	}()
	visit := func() {
		s := r.listen(t)
		s.next()
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
	if heard.Load() < 20 {
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
