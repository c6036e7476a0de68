package acceptance

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"annals/generator"
	"annals/generator/form"
	"annals/generator/testdata/browsertest"
	"annals/generator/testdata/sitetest"
)

// reading is an archive as its readers see it: its folder, and of every kind of
// page the largest.
type reading struct {
	dir   string
	views []string
}

var dated = regexp.MustCompile(`(?m)^published: .*\n`)

// newReading makes pages of agencies with a report for each of the years. The
// first agency has figures of seven digits and no dates, the second a long name, and the last
// has not published its newest report.
func newReading(t *testing.T, agencies, years int) *reading {
	t.Helper()
	c := makeCorpus(7, agencies, years)
	agency := func(i int) string { return strings.TrimSuffix(c.last[i], "2024.md") }
	busy := maker{rng: rand.New(rand.NewPCG(1, 1)), busy: 40_000, inForce: 1_234_567}
	for y := 2024 - years + 1; y <= 2024; y++ {
		c.files[fmt.Sprintf("%s%d.md", agency(0), y)] = dated.ReplaceAllString(busy.report(y), "")
	}
	c.files[agency(1)+"_index.md"] = "---\nname: 第一县人力资源和社会保障局退役军人事务管理服务中心（外国专家工作办公室）\nkind: department\n---\n"
	if years > 1 {
		delete(c.files, c.last[len(c.last)-1])
	}
	dir := t.TempDir()
	c.write(t, dir, rand.New(rand.NewPCG(1, 1)))
	return read(t, dir)
}

// richReading has everything that pages can show.
func richReading(t *testing.T) *reading {
	t.Helper()
	forms, diags := form.Load(fstest.MapFS{})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	site := sitetest.Rich(forms)
	// What is wrong beyond its figures is never published.
	delete(site, "content/hostile.md")
	site["content/agencies/x/gov/a/2023.md"].Data = append(site["content/agencies/x/gov/a/2023.md"].Data, "\n## 存在的主要问题及改进情况\n\n无。\n\n## 其他需要报告的事项\n\n无。\n"...)
	dir := t.TempDir()
	for name, f := range site {
		text := strings.ReplaceAll(string(f.Data), "\n## "+sitetest.Hostile, "\n")
		if name == "content/site.yaml" {
			text += "on_error: mark\n"
		}
		writeFile(t, filepath.Join(dir, name), text)
	}
	return read(t, dir)
}

func read(t *testing.T, dir string) *reading {
	t.Helper()
	x := &reading{dir: filepath.Join(dir, "public")}
	res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: x.dir})
	if err != nil || !res.Published {
		t.Fatalf("%v, %d diagnostics", err, len(res.Diagnostics))
	}
	kind := regexp.MustCompile(`<body class="kind-([a-z-]+)"`)
	largest := map[string]int{}
	page := map[string]string{}
	for name, text := range files(t, x.dir) {
		if m := kind.FindStringSubmatch(text); m != nil && (len(text) > largest[m[1]] || len(text) == largest[m[1]] && name < page[m[1]]) {
			largest[m[1]], page[m[1]] = len(text), name
		}
	}
	for _, name := range page {
		x.views = append(x.views, name)
	}
	slices.Sort(x.views)
	return x
}

// open opens a page and waits for what its scripts make of it.
func (x *reading) open(t *testing.T, tab *browsertest.Tab, base, view string) {
	t.Helper()
	script, err := os.ReadFile("testdata/measure.js")
	if err != nil {
		t.Fatal(err)
	}
	tab.Visit(t, base+view)
	tab.Await(t, `document.readyState === "complete" && (!document.getElementById("explore-app") || document.querySelector("#explore-rows tr"))`)
	browsertest.Eval[int](t, tab, string(script)+";0")
}

func (x *reading) serve(t *testing.T) string {
	return browsertest.Serve(t, "/", http.FileServer(http.Dir(x.dir)))
}

// size is a screen in pixels of CSS, as zoom leaves them.
type size struct {
	name          string
	width, height int64
	phone         bool
}

var screens = []size{
	{"a small phone", 320, 640, true}, {"a phone", 390, 844, true},
	{"a desk at 400 %", 320, 200, false}, {"a desk at 200 %", 640, 400, false}, {"a desk", 1280, 800, false},
}

// Every page can be read on every screen, in the colours and sizes that a
// reader can choose: names and labels are whole, rows and columns keep what
// they are called, nothing is cut, nothing is out of reach.
func TestPagesOnSmallScreens(t *testing.T) {
	t.Parallel()
	archives := map[string]*reading{"5 reports": newReading(t, 5, 1), "1,000 reports": newReading(t, 250, 4), "everything": richReading(t)}
	browsertest.InBoth(t, func(t *testing.T, open func(testing.TB) *browsertest.Tab) {
		tab := open(t)
		for name, x := range archives {
			base := x.serve(t)
			for _, view := range x.views {
				x.open(t, tab, base, view)
				for _, s := range screens {
					if err := chromedp.Do(tab, chromedp.EmulateViewport(s.width, s.height)); err != nil {
						t.Fatal(err)
					}
					for _, choice := range []string{"", "large contrast", "dark"} {
						if choice == "dark" && s.width != 320 {
							continue // it changes colours alone
						}
						browsertest.Eval[int](t, tab, fmt.Sprintf(`document.documentElement.className = %q, 0`, choice))
						faults := browsertest.Eval[[]string](t, tab, fmt.Sprintf(`measure(%v).concat(stays(%v))`, s.phone, s.phone))
						for i, f := range faults {
							if i == 5 {
								t.Errorf("%s, %s, %s %s: and %d more", name, view, s.name, choice, len(faults)-i)
								break
							}
							t.Errorf("%s, %s, %s %s: %s", name, view, s.name, choice, f)
						}
					}
				}
			}
		}
	})
}

// The lists of 200 agencies take at most eight sheets, each with its heads,
// and on paper too names and labels are whole.
func TestPagesOnPaper(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("no pdftotext on this machine: printed pages are not read")
	}
	x := newReading(t, 200, 4)
	browsertest.InBoth(t, func(t *testing.T, open func(testing.TB) *browsertest.Tab) {
		tab := open(t)
		base := x.serve(t)
		for _, view := range x.views {
			x.open(t, tab, base, view)
			pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "page.pdf")
			if err := os.WriteFile(file, pdf, 0o644); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(tool, "-layout", file, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			sheets := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
			wide := strings.HasPrefix(view, "years/") || strings.HasPrefix(view, "coverage/")
			if wide && len(sheets) > 8 {
				t.Errorf("%s: %d sheets", view, len(sheets))
			}
			if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
				t.Fatal(err)
			}
			width := int64(612) // of A4 without its margins
			if wide {
				width = 1017 // landscape
			}
			if err := chromedp.Do(tab, chromedp.EmulateViewport(width, 1000)); err != nil {
				t.Fatal(err)
			}
			for _, f := range browsertest.Eval[[]string](t, tab, `measure(false)`) {
				t.Errorf("%s on paper: %s", view, f)
			}
			if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A report's page comes over a slow line at once: with its styles and scripts
// it has at most 45 KB as hosts send it.
func TestReportPageIsSmall(t *testing.T) {
	t.Parallel()
	x := newReading(t, 5, 4)
	linked := regexp.MustCompile(`(?:href|src)="(?:\.\./)*(assets/[^"]+\.(?:css|js))"`)
	for _, view := range x.views {
		if ok, _ := path.Match("agencies/*/*/*/*/*/index.html", view); !ok {
			continue
		}
		page, err := os.ReadFile(filepath.Join(x.dir, view))
		if err != nil {
			t.Fatal(err)
		}
		sent := 0
		parts := [][]byte{page}
		for _, m := range linked.FindAllSubmatch(page, -1) {
			part, err := os.ReadFile(filepath.Join(x.dir, string(m[1])))
			if err != nil {
				t.Fatal(err)
			}
			parts = append(parts, part)
		}
		for _, part := range parts {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			_, _ = z.Write(part)
			_ = z.Close()
			sent += b.Len()
		}
		if len(parts) < 3 || sent > 45_000 {
			t.Errorf("%s: %d bytes in %d files", view, sent, len(parts))
		}
		return
	}
	t.Error("no report was found: ", x.views)
}
