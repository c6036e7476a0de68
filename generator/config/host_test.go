package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"annals/generator/files"
)

// Everything that the pages' policy refuses is reported at its place, and nothing
// else is.
func TestRefused(t *testing.T) {
	const base = "https://www.example.gov.cn/zfxxgk/nb/"
	for text, want := range map[string][]string{
		"<a href=\"/\">首页</a><img src=\"/logo.png\" alt=\"\">":                                               nil,
		"<link rel=stylesheet href=/host.css><script src='/host.js' defer></script>":                         nil,
		"<img src=https://www.example.gov.cn/logo.png><img src=\"//WWW.example.gov.cn/a.png\">":              nil,
		"<a href=https://other.example/>x</a><form action=/search></form>":                                   nil,
		"<script type=\"application/ld+json\">{}</script><link rel=canonical href=https://b.example/>":       nil,
		"<!-- <style></style> --><p title=\" style=x onclick=y\" data-style=a>onclick=\"x\" style=\"y\"</p>": nil,
		"<a href=\"mailto:a@example.cn\">x</a><a href='#top'>x</a><a href=''>x</a>":                          nil,
		"<p>页\n眉</p>\n<p STYLE='color:red'\n onclick=f()>":                                                   {"3:4-21 host-html", "4:2-13 host-html"},
		"页<style>\np{}</style>":                                {"1:2-9 host-html"},
		"<script>f()</script><script type=module>f()</script>": {"1:1-9 host-html", "1:21-41 host-html"},
		"<script src=https://cdn.example/a.js></script>":       {"1:9-37 host-html"},
		"<img src=https://cdn.example/a.png>":                  {"1:6-35 host-html"},
		"<img src=\"data:image/png;base64,AA==\">":             {"1:6-38 host-html"},
		"<img src=http://www.example.gov.cn/a.png>":            {"1:6-41 host-html"},
		"<img srcset='/a.png 1x, //cdn.example/b.png 2x'>":     {"1:6-48 host-html"},
		"<svg><image xlink:href=//cdn.example/a.svg /></svg>":  {"1:13-43 host-html"},
		"<link rel='shortcut icon' href=//cdn.example/a.ico>":  {"1:27-51 host-html"},
		"<iframe src=/weather></iframe>":                       {"1:1-22 host-html"},
		"<video src=/a.mp4></video><object data=/a></object>":  {"1:1-19 host-html", "1:27-43 host-html"},
		"<base href=/>": {"1:1-14 host-html"},
		"<form action=https://search.example/></form>":          {"1:7-37 host-html"},
		"<input type=submit formaction=//search.example/>":      {"1:20-48 host-html"},
		"<a href=\" JavaScript:f()\">x</a>":                     {"1:4-26 host-html"},
		"<a href='java&#115;cript:f()'>x</a>":                   {"1:4-30 host-html"},
		"<img src=logo.png><a href=news/>x</a>":                 {"1:6-18 host-html", "1:22-32 host-html"},
		"<noscript><p style=a>x</p></noscript><p style=b>x</p>": {"1:14-21 host-html", "1:41-48 host-html"},
		"<p a='>' style=\"b\"><p style":                         {"1:10-19 host-html"},
	} {
		s := &Site{BaseURL: base, Footer: Partial{"footer.html", []byte(text)}}
		if diff := cmp.Diff(want, lines(s.Refused())); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	// Without base_url the archive's own host is not known.
	s := &Site{Header: Partial{"h.html", []byte(`<img src="https://www.example.gov.cn/a.png">`)}}
	if got := s.Refused(); len(got) != 1 || got[0].Place.File != "h.html" {
		t.Errorf("%v", got)
	}
	// If header and footer are the same file it is checked once.
	s.Footer = s.Header
	if got := s.Refused(); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

// Whatever is in the file, all diagnostics have places in it, and reading is quick.
func FuzzRefused(f *testing.F) {
	f.Add("<p style='a'>\n<svg><script>")
	f.Add("<noscript><noscript><style>")
	f.Add("<a a a=a/=b href=<>\xff")
	f.Fuzz(func(t *testing.T, text string) {
		s := &Site{Header: Partial{"h.html", []byte(text)}}
		for _, d := range s.Refused() {
			start := files.Span(s.Header.HTML, 0, len(text))
			if d.Place.Line < 1 || d.Place.Line > start.EndLine || d.Place.Column < 1 {
				t.Errorf("%v", d.Place)
			}
		}
	})
}

func BenchmarkRefused(b *testing.B) {
	for name, text := range map[string]string{"faults": "<p style>", "nested": "<noscript>", "attributes": "<p " + strings.Repeat("style ", 10)} {
		s := &Site{Header: Partial{"h.html", []byte(strings.Repeat(text, MaxPartial/len(text)))}}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s.Refused()
			}
		})
	}
}
