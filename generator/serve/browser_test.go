package serve

import (
	"testing"
	"testing/fstest"

	"annals/generator/browsertest"
)

// TestBrowser opens a page under the strict policy that built pages have, and
// watches it reload and show diagnostics, whose texts try to be markup.
func TestBrowser(t *testing.T) {
	x := browsertest.Open(t)
	page := func(text string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"><title>x</title></head><body><p id="text">` + text + `</p></body></html>`)}
	}
	site := &swap{}
	site.set(fstest.MapFS{"a/index.html": page("one")})
	r := run(t, Options{Site: site})

	x.Visit(t, "http://"+r.host+"/a/")
	x.Await(t, `document.querySelector('#text')?.textContent === 'one'`)
	site.set(fstest.MapFS{"a/index.html": page("two")})
	r.Publish(Update{Changed: []string{"a/index.html"}})
	x.Await(t, `document.querySelector('#text')?.textContent === 'two'`)

	attack := `<img src=x onerror="document.title='broken'"></script>`
	r.Publish(Update{Diagnostics: []Item{
		{File: attack, Line: 3, Column: 7, Severity: "error", Rule: attack, Message: attack, Page: "/a/"},
		{File: "b.md", Severity: "error", Rule: "r", Message: "m", Page: "javascript:alert(1)"},
		{File: "c.md", Severity: "error", Rule: "r", Message: "m", Page: "//evil.example/"},
	}})
	x.Await(t, `document.querySelectorAll('.annals-live-item').length === 3`)
	x.Await(t, `document.querySelector('.annals-live-message').textContent.startsWith('<img')`)
	x.Await(t, `document.querySelectorAll('.annals-live img').length === 0 && document.title === 'x'`)
	x.Await(t, `[...document.querySelectorAll('.annals-live a')].map((a) => a.getAttribute('href')).join() === '/a/'`)
	x.Await(t, `getComputedStyle(document.querySelector('.annals-live')).position === 'fixed'`)
	x.Await(t, `document.querySelector('#text').textContent === 'two'`)

	r.Publish(Update{})
	x.Await(t, `!document.querySelector('.annals-live')`)
}
