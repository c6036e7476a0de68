package acceptance

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"annals/generator/testdata/browsertest"
)

// The table of docs/performance.md for serve, on archives of BenchmarkTable's
// sizes, or on one's own, which is changed:
//
//	go test ./generator/acceptance -run '^$' -bench Serve -benchtime 1x -timeout 1h -sizes 1000,10000,100000 -where /dev/shm/annals
//	go test ./generator/acceptance -run '^$' -bench Serve -benchtime 1x -archives copy/of/one,copy/of/another
var (
	archives = flag.String("archives", "", "folders with archives for BenchmarkServe, with commas, in place of made ones")
	saves    = flag.Int("saves", 100, "saves of each kind in BenchmarkServe")
)

// BenchmarkServe measures the time from an editor's save to the page that shows it,
// with the time for which the watcher waits. It does so in Chromium, until the page
// has been loaded, and for a client that acts like a page. It prints the median, the
// 95th percentile and the maximum. The time of Chromium's reload is included. The
// editor pauses at random for up to a second, so that saves come while the server is
// idle, is about to begin a full build, and is building.
func BenchmarkServe(b *testing.B) {
	if b.N > 1 {
		return
	}
	dirs := strings.Split(*archives, ",")
	if *archives == "" {
		dirs = nil
		for text := range strings.SplitSeq(*sizes, ",") {
			n, err := strconv.Atoi(text)
			if err != nil {
				b.Fatal(err)
			}
			top := *where
			if top == "" {
				top = b.TempDir()
			}
			dir := filepath.Join(top, "serve-"+text)
			fullCorpus(7, n/4, 4).write(b, dir, rand.New(rand.NewPCG(1, 1)))
			dirs = append(dirs, dir)
		}
	}
	for _, dir := range dirs {
		b.Run(filepath.Base(dir), func(b *testing.B) { measureServe(b, dir) })
	}
}

// A desk is an editor at work on one report.
type desk struct {
	b    *testing.B
	file string
	text string
	n    int
	rng  *rand.Rand
}

// savings are the ways in which editors save.
var savings = []func(path string, data []byte) error{
	func(path string, data []byte) error { return os.WriteFile(path, data, 0o644) }, // in place, as VS Code does
	func(path string, data []byte) error { // a temporary file, then a rename, as most do
		temp := filepath.Join(filepath.Dir(path), ".goutputstream-X3K9")
		if err := os.WriteFile(temp, data, 0o644); err != nil {
			return err
		}
		return os.Rename(temp, path)
	},
	func(path string, data []byte) error { // in place, and down to the disk
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0o644)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := f.Write(data); err != nil {
			return err
		}
		return f.Sync()
	},
	func(path string, data []byte) error { // vim: its swap file, a test file in the folder, the old file renamed, the new one written, the old one removed
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".swp"), data, 0o600); err != nil {
			return err
		}
		try := filepath.Join(filepath.Dir(path), "4913")
		if err := os.WriteFile(try, nil, 0o644); err != nil {
			return err
		}
		if err := os.Remove(try); err != nil {
			return err
		}
		if err := os.Rename(path, path+"~"); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
		return os.Remove(path + "~")
	},
}

// save changes the report and returns the mark that its page now has.
func (d *desk) save(change func(string) string) (mark string, began time.Time) {
	d.n++
	mark = fmt.Sprintf("存盘%d次", d.n)
	text := strings.Replace(d.text, "## 总体情况\n", "## 总体情况\n\n"+mark+"。\n", 1)
	if text = change(text); !strings.Contains(text, mark) {
		d.b.Fatal("no place for a mark in ", d.file)
	}
	began = time.Now()
	if err := savings[d.n%len(savings)](d.file, []byte(text)); err != nil {
		d.b.Fatal(err)
	}
	return mark, began
}

func (d *desk) pause() { time.Sleep(time.Duration(d.rng.IntN(1000)) * time.Millisecond) }

func same(text string) string { return text }

// wrong turns a number into a text that is none, as a typing mistake does.
func wrong(text string) string { return strings.Replace(text, "  permits: ", "  permits: x", 1) }

func measureServe(b *testing.B, dir string) {
	list, err := filepath.Glob(filepath.Join(dir, "content/agencies/*/*/*/*/2023.md"))
	if err != nil || len(list) == 0 {
		b.Fatal("no report of 2023 in ", dir, err)
	}
	d := &desk{b: b, file: list[len(list)/2], rng: rand.New(rand.NewPCG(3, 3))}
	data, err := os.ReadFile(d.file)
	if err != nil {
		b.Fatal(err)
	}
	d.text = string(data)
	s := serve(b, dir)
	rel, _ := filepath.Rel(filepath.Join(dir, "content"), d.file)
	path := "/" + strings.TrimSuffix(filepath.ToSlash(rel), ".md") + "/"

	print := func(name string, list []time.Duration) {
		slices.Sort(list)
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		fmt.Printf("%-14s %-34s p50 %6.1f ms  p95 %6.1f ms  worst %6.1f ms\n", filepath.Base(dir), name,
			ms(list[len(list)/2]), ms(list[len(list)*95/100]), ms(list[len(list)-1]))
	}
	row := func(name string, measure func(list []time.Duration) []time.Duration) {
		var list []time.Duration
		for range *saves {
			list = measure(list)
			d.pause()
		}
		print(name, list)
	}
	fmt.Println()
	if browsertest.Find() != "" {
		w := openWindow(b)
		w.Visit(b, s.url+path)
		d.pause()
		row("browser: a reload by itself", func(list []time.Duration) []time.Duration {
			w.forget()
			began := time.Now()
			w.reload(b)
			w.await(b, "none")
			return append(list, time.Since(began))
		})
		row("browser: report", func(list []time.Duration) []time.Duration {
			w.forget()
			mark, began := d.save(same)
			w.await(b, mark)
			return append(list, time.Since(began))
		})
		var repairs []time.Duration
		row("browser: fault, to the overlay", func(list []time.Duration) []time.Duration {
			w.forget()
			_, began := d.save(wrong)
			w.await(b, "!")
			list = append(list, time.Since(began))
			d.pause()
			w.forget()
			mark, began := d.save(same)
			w.await(b, mark)
			repairs = append(repairs, time.Since(began))
			return list
		})
		print("browser: repair, to the page", repairs)
	} else {
		b.Log("no Chromium: only the client without a browser is measured")
	}
	row("client: report", func(list []time.Duration) []time.Duration {
		mark, began := d.save(same)
		s.await(b, path, mark)
		return append(list, time.Since(began))
	})
	for _, page := range []string{"/years/2023/", "/"} {
		row("client: "+page+" after a number", func(list []time.Duration) []time.Duration {
			_, version := s.get(b, page)
			_, began := d.save(func(text string) string {
				return permits.ReplaceAllString(text, fmt.Sprintf("  permits: %d", 10_000+d.n))
			})
			if err := s.reload(b.Context(), page, version); err != nil {
				b.Fatal(err)
			}
			s.get(b, page)
			return append(list, time.Since(began))
		})
	}
	newest := filepath.Join(filepath.Dir(d.file), "2024.md")
	if data, err = os.ReadFile(newest); err != nil {
		b.Fatal(err)
	}
	row("client: a new report", func(list []time.Duration) []time.Duration {
		if err := os.Remove(newest); err != nil {
			b.Fatal(err)
		}
		address := strings.Replace(path, "/2023/", "/2024/", 1)
		for body := "总体情况"; strings.Contains(body, "总体情况"); body, _ = s.get(b, address) {
			d.pause()
		}
		began := time.Now()
		if err := os.WriteFile(newest, data, 0o644); err != nil {
			b.Fatal(err)
		}
		s.await(b, address, "总体情况")
		return append(list, time.Since(began))
	})
}

var permits = regexp.MustCompile(`  permits: \d+`)
