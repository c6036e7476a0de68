package serve

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// hostilePaths are request targets as they are sent over the wire.
var hostilePaths = []string{
	"/../secret", "/../../etc/passwd", "/..", "/.", "/./", "//", "///", "//evil.example/", "//evil.example", "/a/../../secret",
	"/%2e%2e/secret", "/%2e%2e%2fsecret", "/%2E%2E%2Fsecret", "/..%2fsecret", "/..%5csecret", "/%2e%2e%5csecret", `/..\secret`, `/\..\secret`,
	"/%252e%252e%252fsecret", "/%c0%ae%c0%ae/secret", "/%c0%af", "/%u002e%u002e/secret", "/....//secret", "/..;/secret", "/..%00/secret",
	"/%00", "/index.html%00.txt", "/%00index.html", "/%0d%0aSet-Cookie:x", "/%0a", "/%ff%fe", "/%", "/%zz", "/%e2%80%8b",
	"/index.html::$DATA", "/index.html:stream", "/C:/Windows/win.ini", "/c:%5cboot.ini", "/file:///etc/passwd", "/etc/passwd", "//etc/passwd",
	"/.git/config", "/.git/", "/.git", "/%2egit/config", "/.GIT/config", "/.env", "/.annals-stage/x", "/.annals/../.git/config",
	"/.annals", "/.annals/", "/.annals/events/", "/.annals//events", "/.annals/%2e%2e/index.html", "/.annals/live.js/", "/.annals/live.js%00",
	"/index.html/", "/index.html/.", "/index.html/..", "/index.html/x", "/INDEX.HTML", "/index.html.", "/index.html%20", "/index.html ",
	"/agencies/a//", "/agencies//a/", "/agencies/./a/", "/agencies/a/2024/../../../.git/config", "/agencies%2fa%2f2024%2f", "/agencies%5ca",
	"/?raw??", "/index.html?raw??", "/agencies/a/2024/report.json?import&raw??", "/@fs/etc/passwd", "/@fs/etc/passwd?raw??", "/@id/x", "/__proto__",
	"/index.html?import&url=%2f%2e%2e", "/?page=/../../secret", "/#/../secret", "/con", "/nul", "/aux.html", "/lpt1", "/CON/", "/~root/", "/proc/self/environ",
	"/" + strings.Repeat("a/", 3000), "/" + strings.Repeat("a", 5000), "/" + strings.Repeat("../", 500) + "etc/passwd", "/" + strings.Repeat("%2e%2e%2f", 300),
	"/*", "*", "", " ", "http://evil.example/", "http://localhost/../secret", "https://localhost/", "file:///etc/passwd", "localhost:80", "index.html", "?x", "javascript:1",
}

// hostileHeaders are added to a request for the page, and to one for the events.
var hostileHeaders = []string{
	"Host: evil.example", "Host: ", "Host: localhost@evil.example", "Host: evil.example#localhost", "Host: localhost,evil.example", "Host: localhost evil.example",
	"Host: [::1", "Host: [::1]evil", "Host: ::1", "Host: localhost:", "Host: localhost:99999999999", "Host: localhost:-1", "Host: \x00", "Host: 2130706433", "Host: 0x7f.1", "Host: 127.1",
	"Origin: null", "Origin: http://evil.example", "Origin: file://", "Origin: http://localhost:3000", "Origin: \xff", "Origin: http://[::1", "Origin: http://127.0.0.1.nip.io",
	"Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: x", "X-Forwarded-Host: evil.example", "X-Original-URL: /.git/config", "X-Rewrite-URL: /.git/config",
	"X-HTTP-Method-Override: DELETE", "Range: bytes=0-0,1-1,2-2", "Range: bytes=-9223372036854775808", "Range: bytes=9223372036854775807-", "Range: x", "If-Range: x", "If-None-Match: *",
	"If-Modified-Since: Mon, 01 Jan 0001 00:00:00 GMT", "Accept-Encoding: " + strings.Repeat("gzip,", 2000), "Cookie: " + strings.Repeat("a", 20_000), "X-Big: " + strings.Repeat("a", 100_000),
	"Transfer-Encoding: chunked", "Transfer-Encoding: x", "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 5", "Expect: 100-continue", "Expect: x",
	"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk",
	"Last-Event-ID: \x00", "Last-Event-ID: " + strings.Repeat("9", 9000), "No colon", ": x", " : x", "X\x00: y", strings.Repeat("X: y\r\n", 900) + "X: y",
}

var hostileWhole = []string{
	"\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/0.9\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
	"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", "CONNECT / HTTP/1.1\r\nHost: localhost\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
	"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", "get / HTTP/1.1\r\nHost: localhost\r\n\r\n", "G\x00T / HTTP/1.1\r\nHost: localhost\r\n\r\n", strings.Repeat("A", 9000) + " / HTTP/1.1\r\nHost: localhost\r\n\r\n",
	"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", "GET / HTTP/1.1\nHost: localhost\n\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "\x00\x00\x00\x00\r\n\r\n",
	"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\nx", "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
	"GET / HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n", "GET  /  HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET /\tx HTTP/1.1\r\nHost: localhost\r\n\r\n",
}

// TestHostileRequests sends each as raw bytes. After each, the server must still
// answer a request for the page.
func TestHostileRequests(t *testing.T) {
	r := run(t, Options{Site: siteFS()})

	var requests []string
	for _, p := range hostilePaths {
		requests = append(requests, "GET "+p+" HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\r\n")
	}
	for _, h := range hostileHeaders {
		for _, p := range []string{"/", "/.annals/diagnostics"} {
			host := "Host: localhost\r\n"
			if strings.HasPrefix(h, "Host:") {
				host = ""
			}
			requests = append(requests, "GET "+p+" HTTP/1.1\r\n"+host+h+"\r\n\r\n")
		}
	}
	requests = append(requests, hostileWhole...)
	if len(requests) < 200 {
		t.Fatalf("only %d requests", len(requests))
	}
	for _, request := range requests {
		answer := raw(t, r.host, request)
		short := request[:min(len(request), 80)]
		for _, leak := range []string{"SECRET", "evil", "root:", "Access-Control", "panic", "goroutine"} {
			if strings.Contains(answer, leak) {
				t.Errorf("%q: the answer holds %q", short, leak)
			}
		}
		if answer != "" && !strings.HasPrefix(answer, "HTTP/1.") {
			t.Errorf("%q: no HTTP: %.80q", short, answer)
		}
		if strings.HasPrefix(answer, "HTTP/1.1 5") && !strings.HasPrefix(answer, "HTTP/1.1 501") && !strings.HasPrefix(answer, "HTTP/1.1 505") {
			t.Errorf("%q: %.80q", short, answer)
		}
		if resp := r.get(t, "GET", "/"); resp.StatusCode != http.StatusOK {
			t.Fatalf("%q: afterwards the page answers %d", short, resp.StatusCode)
		}
	}
}

// raw sends bytes, ends its side of the connection, and returns the answer.
func raw(t *testing.T, host, request string) string {
	t.Helper()
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	io.WriteString(conn, request) // the server may have closed the connection before the end
	conn.(*net.TCPConn).CloseWrite()
	answer, err := io.ReadAll(bufio.NewReader(conn))
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%.80q: no end of the answer", request)
	}
	return string(answer)
}

func FuzzSiteName(f *testing.F) {
	for _, p := range hostilePaths {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p string) {
		name, _, ok := siteName(p)
		if !ok {
			return
		}
		for part := range strings.SplitSeq(name, "/") {
			if part == "" || part == ".." || part[0] == '.' && name != "." && part != ".well-known" || strings.ContainsAny(part, "\\:\x00") {
				t.Errorf("%q is the name %q", p, name)
			}
		}
	})
}
