// Package browsertest runs pages in a headless Chromium, for the tests of
// other packages. The environment variable CHROMIUM names the browser's program;
// without it the system's Chromium is used. CHROMIUM=oldest means the oldest
// version that pages must work in. A test is skipped only if there is no browser.
package browsertest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a browser may run, and how long one question to a page may
// take.
const (
	patience = 10 * time.Minute
	answer   = 2 * time.Minute
)

// Find returns the browser's program, or "" where there is none.
func Find() string {
	if named := os.Getenv("CHROMIUM"); named != "" {
		return named
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Tab is a browser's tab. It is the context that functions of chromedp take.
type Tab struct {
	context.Context

	mu     sync.Mutex
	faults []string
	asked  []string
}

// Open starts a browser that makes no requests besides those of the pages it
// visits, and stops it at the end of the test.
func Open(t testing.TB) *Tab {
	t.Helper()
	path := Find()
	switch path {
	case "":
		t.Skip("no Chromium on this machine: pages are not tried in a browser")
	case oldest:
		path = findOldest(t)
	}
	return open(t, path)
}

func open(t testing.TB, path string) *Tab {
	t.Helper()
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, patience)
	t.Cleanup(cancel)
	x := &Tab{Context: ctx}
	if err := chromedp.Listen(ctx, x.hear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	return x
}

// Another opens a further tab of the same browser.
func (x *Tab) Another(t testing.TB) *Tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(x)
	t.Cleanup(cancel)
	y := &Tab{Context: ctx}
	if err := chromedp.Listen(ctx, y.hear); err != nil {
		t.Fatal(err)
	}
	return y
}

// Before has every page that the tab opens run a script first.
func (x *Tab) Before(t testing.TB, script string) {
	t.Helper()
	if _, err := chromedp.Call(x, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
		t.Fatal(err)
	}
}

// Close closes the tab.
func (x *Tab) Close(t testing.TB) {
	t.Helper()
	if _, err := chromedp.Call(x, page.Close, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
}

// hear collects the messages of the console, which include violations of the
// security policy, and the addresses requested.
func (x *Tab) hear(ev any) {
	switch e := ev.(type) {
	case *log.EventEntryAdded:
		if uncalledFor(e.Entry.URL) {
			return // its answer comes when it likes: with this page, or with the next
		}
		x.Fault("console: %s %s", e.Entry.Text, e.Entry.URL)
	case *runtime.EventConsoleAPICalled:
		x.Fault("console: %s", e.Type)
	case *runtime.EventExceptionThrown:
		x.Fault("exception: %s", e.ExceptionDetails.Text)
	case *network.EventRequestWillBeSent:
		if uncalledFor(e.Request.URL) {
			return
		}
		x.mu.Lock()
		x.asked = append(x.asked, e.Request.URL)
		x.mu.Unlock()
	}
}

// uncalledFor reports whether Chromium asks for an address by itself: of a page
// that names no icon, for that of its host.
func uncalledFor(url string) bool { return strings.HasSuffix(url, "/favicon.ico") }

// Fault adds something that must not happen to what Faults returns.
func (x *Tab) Fault(format string, args ...any) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.faults = append(x.faults, fmt.Sprintf(format, args...))
}

// Faults returns the faults of the pages since the last call.
func (x *Tab) Faults() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	list := x.faults
	x.faults = nil
	return list
}

// Requests returns the addresses that were asked for since the last call.
func (x *Tab) Requests() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	list := x.asked
	x.asked = nil
	return list
}

// Visit opens a page and waits until it is loaded.
func (x *Tab) Visit(t testing.TB, url string) {
	t.Helper()
	if err := chromedp.Do(x, chromedp.Navigate(url)); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
}

// Press types on the keyboard.
func (x *Tab) Press(t testing.TB, keys string) {
	t.Helper()
	if err := chromedp.Do(x, chromedp.KeyEvent(keys)); err != nil {
		t.Fatal(err)
	}
}

// Until waits for a condition to hold, on the page or on the one after it, and
// reports whether it came to hold within ten seconds.
func (x *Tab) Until(condition string) bool {
	for range 500 {
		// During a navigation no page can evaluate the condition: try again.
		if ok, err := chromedp.Run(x, chromedp.Evaluate[bool]("!!("+condition+")")); err == nil && ok {
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

// Await waits for a condition to hold.
func (x *Tab) Await(t testing.TB, condition string) {
	t.Helper()
	if !x.Until(condition) {
		t.Fatalf("it never became true that %s\n%s", condition, x.Shown(t))
	}
}

// Shown returns the address of the page and the text on it.
func (x *Tab) Shown(t testing.TB) string {
	t.Helper()
	return Eval[string](t, x, `location.href + "\n" + document.body.innerText`)
}

// Eval returns the value of a JavaScript expression on a tab's page; of a promise,
// the value that it resolves to.
func Eval[T any](t testing.TB, x context.Context, expression string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(x, answer)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.300s: %v", expression, err)
	}
	return v
}

// Serve serves a site on this machine below a path that begins and ends with
// a slash, and returns the address of its root.
func Serve(t testing.TB, below string, site http.Handler) string {
	t.Helper()
	s := httptest.NewServer(http.StripPrefix(strings.TrimSuffix(below, "/"), site))
	t.Cleanup(s.Close)
	return s.URL + below
}
