package acceptance

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"annals/generator"
	"annals/generator/cli"
	"annals/generator/diag"
)

// Ten thousand: go test ./generator/acceptance -run TestServeEqualsClean -edits 10000 -timeout 1h -v
var serveEdits = flag.Int("edits", 150, "edits of TestServeEqualsClean")

// Whatever is done to an archive while it is served, and however fast, the site
// served in the end equals that of a clean build, byte for byte, and no memory,
// goroutines or open files have leaked. The watcher, the session and the server are
// those of the command.
func TestServeEqualsClean(t *testing.T) {
	edits := *serveEdits
	if testing.Short() {
		edits = min(edits, 50)
	}
	dir := t.TempDir()
	start(t, dir)
	h := &host{t: t, dir: dir}
	h.start()
	rng := rand.New(rand.NewPCG(11, 12))
	m := &editor{t: t, dir: dir, rng: rng}
	first := files(t, filepath.Join(dir, "content"))
	h.settled("at the start")

	const round = 250
	var early, last costs
	for i := 1; i <= edits; i++ {
		h.did = append(h.did, h.edit(m))
		if rng.IntN(3) > 0 {
			time.Sleep(time.Duration(rng.IntN(60)) * time.Millisecond)
		}
		if i%50 == 0 {
			h.settled(fmt.Sprintf("after %d edits", i))
		}
		if i%round == 0 || i == edits {
			// As if git discarded all changes: the archive is what it was at the
			// start, so that costs can be compared.
			h.checkout(first)
			h.settled(fmt.Sprintf("after %d edits, all undone", i))
			last = costsNow()
			if early == (costs{}) {
				early = last
			}
			t.Logf("%d edits: %v", i, last)
		}
	}
	if last.goroutines > early.goroutines+4 || last.handles > early.handles+4 || last.heap > early.heap*5/4+4<<20 {
		t.Errorf("early: %v; at the end: %v", early, last)
	}
}

// costs are the resources that a process holds.
type costs struct {
	heap                uint64
	goroutines, handles int
}

func (c costs) String() string {
	return fmt.Sprintf("%.1f MB of heap, %d goroutines, %d open files", float64(c.heap)/1e6, c.goroutines, c.handles)
}

func costsNow() costs {
	http.DefaultClient.CloseIdleConnections()
	var m runtime.MemStats
	for range 3 { // finalizers may free objects that have finalizers themselves
		runtime.GC()
		time.Sleep(20 * time.Millisecond)
	}
	runtime.ReadMemStats(&m)
	list, _ := os.ReadDir("/proc/self/fd") // empty on systems without /proc
	return costs{m.HeapAlloc, runtime.NumGoroutine(), len(list)}
}

// host is `annals serve` in this process.
type host struct {
	t        *testing.T
	dir, url string
	did      []string
	burst    int
	broken   bool
	stop     func()
}

func (h *host) start() {
	ctx, cancel := context.WithCancel(context.Background())
	at, ended := make(chan string, 1), make(chan int, 1)
	env := cli.Env{In: strings.NewReader(""), Out: io.Discard, Err: &finder{at: at}, Getenv: func(string) string { return "" }}
	go func() { ended <- cli.Main(ctx, []string{"serve", "--dir", h.dir, "--addr", "127.0.0.1:0"}, env) }()
	select {
	case h.url = <-at:
	case code := <-ended:
		h.t.Fatal("serve ended with ", code)
	}
	h.stop = sync.OnceFunc(func() {
		cancel()
		if code := <-ended; code != 0 {
			h.t.Error("serve ended with ", code)
		}
	})
	h.t.Cleanup(h.stop)
}

// allowDeletions does what the program asks for where many reports would go.
func (h *host) allowDeletions() {
	h.stop()
	var out strings.Builder
	env := cli.Env{In: strings.NewReader(""), Out: &out, Err: &out, Getenv: func(string) string { return "" }}
	if code := cli.Main(h.t.Context(), []string{"build", "--allow-deletions", "--dir", h.dir}, env); code != 0 {
		h.t.Fatalf("build --allow-deletions ended with %d\n%s", code, &out)
	}
	h.start()
	h.did = append(h.did, "deletions are allowed")
}

// finder is a writer that waits for the server's address.
type finder struct {
	at    chan string
	found bool
}

func (f *finder) Write(p []byte) (int, error) {
	if m := regexp.MustCompile(`http://[\d.:]+`).Find(p); m != nil && !f.found {
		f.found = true
		f.at <- string(m)
	}
	return len(p), nil
}

// edit makes a random change to the archive that an editor or git may make.
func (h *host) edit(m *editor) string {
	switch m.rng.IntN(24) {
	case 0: // a branch with hundreds of files is added or removed
		h.burst++
		top := filepath.Join(h.dir, "content/agencies/branch")
		if h.burst%2 == 0 {
			if err := os.RemoveAll(top); err != nil {
				h.t.Fatal(err)
			}
			return "a branch goes"
		}
		bureau := filepath.Join(h.dir, "content/agencies/anping/bureau-0")
		if _, err := os.Stat(bureau); err != nil {
			return "nothing"
		}
		m.write("content/agencies/branch/_index.md", "---\nname: 分支\nkind: region\n---\n")
		for i := range 70 {
			copyTree(h.t, bureau, filepath.Join(top, fmt.Sprintf("d%d", i)))
		}
		return "a branch comes"
	case 1:
		if list := m.glob("content/agencies/anping/*/_index.md"); len(list) > 8 {
			name := filepath.Dir(list[m.rng.IntN(len(list))])
			if err := os.RemoveAll(filepath.Join(h.dir, name)); err != nil {
				h.t.Fatal(err)
			}
			return "remove " + name
		}
		return "nothing"
	case 2: // settings that cannot be read, or with none of the expected keys
		m.write("content/site.yaml", "title: [\n")
		h.broken = true
		return "break the settings"
	default:
		if h.broken && m.rng.IntN(3) == 0 {
			h.broken = false
			m.write("content/site.yaml", "title: 档案\nlanguage: zh-CN\n")
			return "mend the settings"
		}
		if list := m.glob("content/agencies/**/2???.md"); len(list) < 4 {
			return "nothing"
		}
		return m.edit()
	}
}

// checkout restores content/, and writes only the files that differ.
func (h *host) checkout(first map[string]string) {
	content := filepath.Join(h.dir, "content")
	now := files(h.t, content)
	for name := range now {
		if _, ok := first[name]; !ok {
			if err := os.Remove(filepath.Join(content, name)); err != nil {
				h.t.Fatal(err)
			}
		}
	}
	for name, text := range first {
		if now[name] != text {
			writeFile(h.t, filepath.Join(content, name), text)
		}
	}
	h.broken, h.burst = false, 0
	if err := os.RemoveAll(filepath.Join(h.dir, "layouts")); err != nil {
		h.t.Fatal(err)
	}
	h.did = append(h.did, "checkout")
}

// settled waits until the served site equals that of a clean build, and fails if
// it never does. If errors keep the site from changing, it waits until they are
// shown; if it is the number of reports that would go, these are allowed to.
func (h *host) settled(when string) {
	h.t.Helper()
	var program bytes.Buffer
	if code := cli.Main(h.t.Context(), []string{"version"}, cli.Env{Out: &program, Err: &program, Getenv: func(string) string { return "" }}); code != 0 {
		h.t.Fatal(program.String())
	}
	named, _, _ := strings.Cut(program.String(), "\n")
	clean, ok, _ := cleanBuildBy(h.t, named, h.dir)
	res, err := generator.Check(h.t.Context(), generator.Options{Dir: h.dir})
	if err != nil {
		h.t.Fatal(err)
	}
	errors := diag.Errors(res.Diagnostics)
	deadline := time.Now().Add(time.Minute)
	diff := ""
	for {
		if diff = h.differs(clean, errors, !ok); diff == "" {
			h.did = nil
			return
		}
		if ok && h.removals(clean) {
			h.allowDeletions()
			continue
		}
		if time.Now().After(deadline) {
			h.t.Fatalf("%s: %s\nafter:\n%s", when, diff, strings.Join(h.did, "\n"))
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// removals reports whether the site is held because many reports would go, and
// fails if they are not many.
func (h *host) removals(clean map[string]string) bool {
	var shown struct {
		Held  bool
		Items []struct{ Rule string }
	}
	if err := json.Unmarshal(h.get("/.annals/diagnostics"), &shown); err != nil {
		h.t.Fatal(err)
	}
	if !shown.Held || len(shown.Items) == 0 || shown.Items[0].Rule != "removal" {
		return false
	}
	gone := 0
	for name := range files(h.t, filepath.Join(h.dir, "public")) {
		if _, ok := clean[name]; !ok && reportPage.MatchString(name) {
			gone++
		}
	}
	if gone <= 20 {
		h.t.Fatalf("the site is held, and only %d reports would go", gone)
	}
	return true
}

var reportPage = regexp.MustCompile(`^agencies/.*/[0-9]{4}/index\.html$`)

func (h *host) differs(clean map[string]string, errors int, held bool) string {
	var said struct {
		Errors int
		Held   bool
		Items  []struct{ File, Message string }
	}
	if err := json.Unmarshal(h.get("/.annals/diagnostics"), &said); err != nil {
		return err.Error()
	}
	if said.Errors != errors || said.Held != held {
		return fmt.Sprintf("%d errors are shown, held %t, and there are %d, held %t: %.800v", said.Errors, said.Held, errors, held, said.Items)
	}
	if held {
		return ""
	}
	if diff := difference(files(h.t, filepath.Join(h.dir, "public")), clean); diff != "" {
		return diff
	}
	for name, want := range clean {
		got := script.ReplaceAll(h.get("/"+name), nil)
		if !bytes.Equal(got, []byte(want)) {
			return name + " is served otherwise than it is in the output folder"
		}
	}
	return ""
}

var script = regexp.MustCompile(`<script src="/\.annals/live\.js\?v=[\w-]+" data-version="[\w-]+" defer></script>`)

func (h *host) get(path string) []byte {
	h.t.Helper()
	req, err := http.NewRequest(http.MethodGet, h.url+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return data
}
