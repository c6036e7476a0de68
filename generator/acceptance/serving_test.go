package acceptance

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"annals/generator/testdata/browsertest"
)

// serving is a process that runs `annals serve` on an archive.
type serving struct {
	dir, url string
	log      *strings.Builder
	mu       *sync.Mutex
}

// program builds the program.
func program(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "annals")
	if out, err := exec.Command("go", "build", "-o", path, "../../cmd/annals").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// serve builds the program and starts it. It returns when the site can be loaded.
func serve(t testing.TB, dir string) *serving {
	t.Helper()
	cmd := exec.Command(program(t), "serve", "--dir", dir, "--addr", "127.0.0.1:0", "--lang", "en")
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &serving{dir: dir, log: new(strings.Builder), mu: new(sync.Mutex)}
	ready, ended := make(chan string, 1), make(chan struct{})
	go func() {
		defer close(ended)
		for lines := bufio.NewScanner(said); lines.Scan(); {
			if at := regexp.MustCompile(`http://\S+`).FindString(lines.Text()); at != "" {
				ready <- strings.TrimSuffix(at, "/")
			}
			s.mu.Lock()
			s.log.WriteString(lines.Text() + "\n")
			s.mu.Unlock()
		}
	}()
	t.Cleanup(func() {
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		<-ended
		if err := cmd.Wait(); err != nil {
			t.Error("the server did not end well:", err)
		}
	})
	select {
	case s.url = <-ready:
	case <-ended:
		t.Fatal("serve has ended:\n", s.log)
	}
	return s
}

// get returns a page and the version in the address of its live script.
func (s *serving) get(t testing.TB, path string) (body, version string) {
	t.Helper()
	resp, err := http.Get(s.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if m := liveVersion.FindSubmatch(data); m != nil {
		version = string(m[1])
	}
	return string(data), version
}

var liveVersion = regexp.MustCompile(`data-version="([\w-]+)"`)

// await acts like a page in a browser: it waits for events, and reloads when the
// server says so, until the page has the text.
func (s *serving) await(t testing.TB, path, text string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		body, version := s.get(t, path)
		if strings.Contains(body, text) {
			return
		}
		if err := s.reload(ctx, path, version); err != nil {
			t.Fatalf("%s never had %q: %v\n%s", path, text, err, s.log)
		}
	}
}

// reload returns when a page that was loaded at a version must reload. It asks the
// server after each message of the stream.
func (s *serving) reload(ctx context.Context, path, version string) error {
	ask := func(path string) (*http.Response, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/.annals/"+path, nil)
		if err != nil {
			return nil, err
		}
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		return http.DefaultClient.Do(req)
	}
	events, err := ask("events")
	if err != nil {
		return err
	}
	defer events.Body.Close()
	for lines := bufio.NewScanner(events.Body); lines.Scan(); {
		if !strings.HasPrefix(lines.Text(), "data: ") {
			continue
		}
		answer, err := ask("diagnostics?" + url.Values{"page": {path}, "since": {version}}.Encode())
		if err != nil {
			return err
		}
		var news struct{ Reload bool }
		err = json.NewDecoder(answer.Body).Decode(&news)
		answer.Body.Close()
		if err != nil || news.Reload {
			return err
		}
	}
	return errors.New("the stream has ended")
}

// window is a tab that reports what its page shows.
type window struct {
	*browsertest.Tab
	shown chan string // the mark of a page that is loaded, or "!" for the overlay
}

// look reports the first mark of each page that is loaded, and the overlay as soon
// as it is shown.
const look = `(() => {
  const loaded = () => shown((document.documentElement.textContent.match(/存盘\d+次/) ?? ['none'])[0]);
  if (document.readyState === 'complete') loaded(); else addEventListener('load', loaded);
  new MutationObserver(() => { if (document.querySelector('.annals-live')) shown('!') }).observe(document, { childList: true, subtree: true });
})()`

func openWindow(t testing.TB) *window {
	t.Helper()
	w := &window{Tab: browsertest.Open(t), shown: make(chan string, 1000)}
	err := chromedp.Listen(w, func(ev any) {
		if e, ok := ev.(*cdpruntime.EventBindingCalled); ok && e.Name == "shown" {
			w.shown <- e.Payload
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(w, cdpruntime.AddBinding, cdpruntime.AddBindingParams{Name: "shown"}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(w, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: look}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *window) reload(t testing.TB) {
	t.Helper()
	if _, err := chromedp.Run(w, chromedp.Evaluate[any]("location.reload()")); err != nil {
		t.Fatal(err)
	}
}

// await returns when the window shows the mark.
func (w *window) await(t testing.TB, mark string) {
	t.Helper()
	timeout := time.After(time.Minute)
	for {
		select {
		case got := <-w.shown:
			if got == mark {
				return
			}
		case <-timeout:
			t.Fatal("never shown: ", mark)
		}
	}
}

// forget discards what has been shown so far.
func (w *window) forget() {
	for len(w.shown) > 0 {
		<-w.shown
	}
}
