package serve

import (
	"strings"
	"testing"
)

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
