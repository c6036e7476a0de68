package serve

import (
	"fmt"
	"testing"
	"testing/fstest"

	"annals/generator/testdata/browsertest"
)

// TestBrowser opens a page with the strict security policy of built pages. The page
// must reload, and show diagnostics whose texts look like markup.
func TestBrowser(t *testing.T) {
	browsertest.InBoth(t, reloadsAndShows)
}

func page(text string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(`<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"><title>x</title></head><body><p id="text">` + text + `</p></body></html>`)}
}

func reloadsAndShows(t *testing.T, open func(testing.TB) *browsertest.Tab) {
	x := open(t)
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

// A browser opens at most six connections to a server. Each of any number of tabs
// must receive the events, also after the leading tab was closed or left the site.
func TestSevenTabs(t *testing.T) {
	browsertest.InBoth(t, func(t *testing.T, open func(testing.TB) *browsertest.Tab) { manyTabs(t, open, "") })
}

// At the address of another machine without TLS no tab can lead, so that all poll.
func TestSevenTabsWithoutLocks(t *testing.T) {
	manyTabs(t, browsertest.Open, "delete Navigator.prototype.locks")
}

func manyTabs(t *testing.T, open func(testing.TB) *browsertest.Tab, before string) {
	site := &swap{}
	files := func(text string) fstest.MapFS {
		all := fstest.MapFS{}
		for i := range 8 {
			all[fmt.Sprintf("%d/index.html", i)] = page(text)
		}
		return all
	}
	site.set(files("zero"))
	r := run(t, Options{Site: site})
	var tabs []*browsertest.Tab
	for i := range 8 {
		if i == 0 {
			tabs = append(tabs, open(t))
		} else {
			tabs = append(tabs, tabs[0].Another(t))
		}
		tabs[i].Before(t, before)
		tabs[i].Visit(t, fmt.Sprintf("http://%s/%d/", r.host, i))
	}
	if locks := browsertest.Eval[bool](t, tabs[7], `"locks" in navigator`); locks != (before == "") {
		t.Errorf("there are locks: %v", locks)
	}
	show := func(text string, tabs []*browsertest.Tab) {
		t.Helper()
		site.set(files(text))
		r.Publish(Update{All: true})
		for _, x := range tabs {
			x.Await(t, `document.querySelector('#text')?.textContent === '`+text+`'`)
		}
	}
	show("one", tabs)
	r.Publish(Update{Diagnostics: []Item{{File: "a.md", Severity: "error", Rule: "r", Message: "m"}}})
	for _, x := range tabs {
		x.Await(t, `document.querySelectorAll('.annals-live-item').length === 1`)
	}
	r.Publish(Update{})
	tabs[1].Close(t)
	tabs[0].Visit(t, "about:blank")
	show("two", tabs[2:])
	// A page that did not change is not reloaded.
	browsertest.Eval[int](t, tabs[7], `window.kept = 1`)
	site.set(files("three"))
	r.Publish(Update{Changed: []string{"6/index.html"}})
	tabs[6].Await(t, `document.querySelector('#text')?.textContent === 'three'`)
	r.Publish(Update{Diagnostics: []Item{{File: "b.md", Severity: "error", Rule: "r", Message: "m"}}})
	tabs[7].Await(t, `document.querySelectorAll('.annals-live-item').length === 1 && window.kept === 1`)
}
