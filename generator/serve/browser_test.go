package serve

import (
	"context"
	"os/exec"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"
)

// TestBrowser opens a page under the strict policy that built pages have, and
// watches it reload and show diagnostics, whose texts try to be markup.
func TestBrowser(t *testing.T) {
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			browser = p
			break
		}
	}
	if browser == "" {
		t.Skip("no Chromium on this machine: the live script is not run")
	}
	page := func(text string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"><title>x</title></head><body><p id="text">` + text + `</p></body></html>`)}
	}
	site := &swap{}
	site.set(fstest.MapFS{"a/index.html": page("one")})
	r := run(t, Options{Site: site})

	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.NoSandbox)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate("http://"+r.host+"/a/")); err != nil {
		t.Fatal(err)
	}
	wait := func(expression string) {
		t.Helper()
		for range 400 {
			// While the page reloads there is nothing to ask: ask again.
			if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && ok {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		html, err := chromedp.Run(ctx, chromedp.OuterHTML("html"))
		t.Fatalf("never: %s\n%s\n%v", expression, html, err)
	}
	wait(`document.querySelector('#text')?.textContent === 'one'`)
	site.set(fstest.MapFS{"a/index.html": page("two")})
	r.Publish(Update{Changed: []string{"a/index.html"}})
	wait(`document.querySelector('#text')?.textContent === 'two'`)

	attack := `<img src=x onerror="document.title='broken'"></script>`
	r.Publish(Update{Diagnostics: []Item{
		{File: attack, Line: 3, Column: 7, Severity: "error", Rule: attack, Message: attack, Page: "/a/"},
		{File: "b.md", Severity: "error", Rule: "r", Message: "m", Page: "javascript:alert(1)"},
		{File: "c.md", Severity: "error", Rule: "r", Message: "m", Page: "//evil.example/"},
	}})
	wait(`document.querySelectorAll('.annals-live-item').length === 3`)
	wait(`document.querySelector('.annals-live-message').textContent.startsWith('<img')`)
	wait(`document.querySelectorAll('.annals-live img').length === 0 && document.title === 'x'`)
	wait(`[...document.querySelectorAll('.annals-live a')].map((a) => a.getAttribute('href')).join() === '/a/'`)
	wait(`getComputedStyle(document.querySelector('.annals-live')).position === 'fixed'`)
	wait(`document.querySelector('#text').textContent === 'two'`)

	r.Publish(Update{})
	wait(`!document.querySelector('.annals-live')`)
}
