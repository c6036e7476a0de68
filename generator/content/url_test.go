package content

import "testing"

func TestSafeURLAccepts(t *testing.T) {
	for raw, want := range map[string]string{
		"https://www.gov.cn/":                    "https://www.gov.cn/",
		"http://example.gov.cn:8080/a?b=c&d=e#f": "http://example.gov.cn:8080/a?b=c&d=e#f",
		"HTTPS://www.gov.cn":                     "HTTPS://www.gov.cn",
		"https://www.gov.cn/政务公开/":               "https://www.gov.cn/%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80/",
		"https://x.cn/?u=javascript:alert(1)":    "https://x.cn/?u=javascript:alert(1)",
		"https://x.cn/a%20b":                     "https://x.cn/a%20b",
		"mailto:office@example.gov.cn":           "mailto:office@example.gov.cn",
		"tel:0351-5321234":                       "tel:0351-5321234",
		"2023/":                                  "2023/",
		"../2023/index.md":                       "../2023/index.md",
		"./original.pdf":                         "./original.pdf",
		"附件 1.pdf":                               "%E9%99%84%E4%BB%B6%201.pdf",
		"a/b:c":                                  "a/b:c",
		"?q=1:2":                                 "?q=1:2",
		"#notes":                                 "#notes",
		"":                                       "",
		"  index.md ":                            "index.md",
	} {
		if got, ok := SafeURL(raw); !ok || got != want {
			t.Errorf("SafeURL(%q) = %q, %v, want %q", raw, got, ok, want)
		}
	}
}

// hostile are addresses as attackers spell them.
var hostile = []string{
	"javascript:alert(1)", "JavaScript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "\tjavascript:alert(1)", "\njavascript:alert(1)",
	"java\tscript:alert(1)", "java\nscript:alert(1)", "java\r\nscript:alert(1)", "java script:alert(1)", "javascript :alert(1)", "javascript\t:alert(1)",
	"\x01javascript:alert(1)", "\x00javascript:alert(1)", "java\x00script:alert(1)", "\x1bjavascript:alert(1)", "\x7fjavascript:alert(1)",
	"\u00a0javascript:alert(1)", "\u3000javascript:alert(1)", "\u200bjavascript:alert(1)", "java\u200bscript:alert(1)", "java\u00adscript:alert(1)",
	"\ufeffjavascript:alert(1)", "\u2028javascript:alert(1)", "\u202ejavascript:alert(1)", "\u0085javascript:alert(1)",
	"javascript&colon;alert(1)", "javascript&#58;alert(1)", "javascript&#x3a;alert(1)", "javascript&#0000058alert(1)", "&#106;avascript:alert(1)",
	"&#x6A;avascript:alert(1)", "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)",
	"javascript&amp;colon;alert(1)", "javascript&amp;#58;alert(1)", "java&#9;script:alert(1)", "java&#x0A;script:alert(1)",
	"javascript%3Aalert(1)", "javascript%3aalert(1)", "%6Aavascript:alert(1)", "%6a%61%76%61%73%63%72%69%70%74%3Aalert(1)", "javascript%253Aalert(1)", "javascript%3Aalert(1)%", "%zzjavascript%3Aalert(1)", "%6a!61%76%Aa%",
	"java%0ascript:alert(1)", "%09javascript:alert(1)", "%00javascript:alert(1)", "%E2%80%8Bjavascript:alert(1)", "javascript%26colon;alert(1)",
	"data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "data:image/svg+xml,<svg onload=alert(1)>", "DATA:,x", "d&#97;ta:,x",
	"vbscript:msgbox(1)", "VbScript:x", "file:///etc/passwd", "file:c:\\x", "blob:https://x/1", "about:blank", "view-source:https://x/", "ftp://x/",
	"ws://x/", "intent://x#Intent;end", "ms-word:ofe|u|https://x/a.docx", "chrome://settings", "jar:https://x!/y", "livescript:x", "mocha:x", "feed:javascript:x",
	"//evil.example/", "\u00a0//evil.example/", "\u3000/etc/passwd", "\u200b//evil.example/", "///evil.example/", "/\\evil.example/", "\\\\evil.example\\x", "/etc/passwd", "/", "%2f%2fevil.example", "%5c%5cevil.example", "&sol;&sol;evil.example",
	"https:evil.example", "https:/evil.example", "https:///evil.example", "https:\\\\evil.example", "https://", "http://?x", "http:",
	"https://www.gov.cn@evil.example/", "https://user:pass@evil.example/", "https://www.gov.cn%40evil.example/", "https://www.gov.cn\\@evil.example/",
	"https://x\u202ey/", "https://x/\u2066y", "https://x/\x01", "https://x/\xff", "https://\"onclick=x/", "https://x'y/", "https://<b>/",
	"mailto:", "mailto://x", "tel:", ".git/config", "../.env", "a/.htpasswd", "%2egit/config", "a/%2e%67it/x",
	"javascript%25252525253Aalert(1)", ":javascript", "1:2",
}

func TestSafeURLRefuses(t *testing.T) {
	if len(hostile) < 100 {
		t.Fatalf("only %d addresses", len(hostile))
	}
	for _, raw := range hostile {
		if got, ok := SafeURL(raw); ok {
			t.Errorf("SafeURL(%q) = %q", raw, got)
		}
		if got, ok := SafeImage(raw); ok {
			t.Errorf("SafeImage(%q) = %q", raw, got)
		}
	}
}

func TestSafeImage(t *testing.T) {
	for raw, want := range map[string]bool{
		"a.png": true, "图/统计图.JPG": true, "./a.jpg": true, "x/../a.png": true,
		"a.svg": false, "a.gif": false, "a.html": false, "https://x.cn/a.png": false, "../a.png": false, "x/../../a.png": false,
		"a.png?x": false, "a.png#x": false, "": false, "%2e%2e/a.png": false, ".png": false,
	} {
		if _, ok := SafeImage(raw); ok != want {
			t.Errorf("SafeImage(%q) = %v", raw, ok)
		}
	}
}

// FuzzSafeURL proves that what is accepted is still accepted as returned, and
// that nothing in it can end an attribute or begin a scheme that is not
// listed.
func FuzzSafeURL(f *testing.F) {
	for _, raw := range hostile {
		f.Add(raw)
	}
	f.Add("../2023/附件 1.pdf?x=%E4%B8%AD#y")
	f.Fuzz(func(t *testing.T, raw string) {
		got, ok := SafeURL(raw)
		if !ok {
			return
		}
		for i := range len(got) {
			if c := got[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' || c == '\\' {
				t.Fatalf("SafeURL(%q) = %q", raw, got)
			}
		}
		if again, ok := SafeURL(got); !ok || again != got {
			t.Fatalf("SafeURL(%q) = %q, and of that %q, %v", raw, got, again, ok)
		}
	})
}
