package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"annals/generator/archive"
	"annals/generator/site"
	"annals/generator/sitemap"
	"annals/generator/testdata/sitetest"
)

// words are stand-ins for those of the layouts.
func words(key string) string { return key }

// all writes every file of the archive of this repository.
func all(t *testing.T, change func(*sitetest.Loaded)) (map[string][]byte, []site.DataFile) {
	t.Helper()
	x := sitetest.Load(t, os.DirFS("../.."))
	if change != nil {
		change(x)
	}
	e := New(x.Config, x.Forms.Forms(), words)
	var mu sync.Mutex
	files := map[string][]byte{}
	emit := func(path string, data []byte) error {
		mu.Lock()
		defer mu.Unlock()
		if _, twice := files[path]; twice {
			t.Errorf("%s is written twice", path)
		}
		files[path] = bytes.Clone(data)
		return nil
	}
	for _, a := range x.Agencies {
		if err := e.Agency(a, emit); err != nil {
			t.Fatal(err)
		}
	}
	list, _, err := e.Global(x.Archive, x.Free, 2, emit)
	if err != nil {
		t.Fatal(err)
	}
	return files, list
}

func TestFilesAreWellFormed(t *testing.T) {
	files, list := all(t, func(x *sitetest.Loaded) { x.Config.SetBaseURL("https://example.org/a/") })
	for path, data := range files {
		switch filepath.Ext(path) {
		case ".json":
			if !json.Valid(data) {
				t.Errorf("%s: not JSON:\n%s", path, data)
			}
		case ".csv":
			text, ok := strings.CutPrefix(string(data), byteOrderMark)
			if !ok {
				t.Errorf("%s: no byte order mark", path)
			}
			// The reader fails on a record of another width.
			records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			for _, r := range records {
				for _, f := range r {
					if f != "" && strings.ContainsRune("=+-@\t\r", rune(f[0])) {
						t.Errorf("%s: a field begins like a formula: %q", path, f)
					}
				}
			}
		case ".xml":
			d := xml.NewDecoder(bytes.NewReader(data))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Errorf("%s: %v", path, err)
					break
				}
			}
		}
	}
	for _, f := range list {
		if _, ok := files["data/"+f.Href]; !ok {
			t.Errorf("the data page lists %s, which is not written", f.Href)
		}
	}
}

// Hosts that count files get the data of all reports of an agency in one file,
// and one for each year to explore.
func TestFewFiles(t *testing.T) {
	usual, _ := all(t, nil)
	files, _ := all(t, func(x *sitetest.Loaded) { x.Config.FewFiles = true })
	reports := 0
	for path, data := range files {
		if strings.HasSuffix(path, "/tables.csv") || strings.HasSuffix(path, "/report.json") || strings.Count(path, "/") > 2 && strings.HasPrefix(path, "explore/") {
			t.Errorf("%s is written", path)
		}
		if !strings.HasSuffix(path, "/reports.json") {
			continue
		}
		var list []map[string]any
		if err := json.Unmarshal(data, &list); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, got := range list {
			reports++
			var want map[string]any
			if err := json.Unmarshal(usual[fmt.Sprintf("%s/%v/report.json", strings.TrimSuffix(path, "/reports.json"), got["year"])], &want); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if got["schema"] != strings.Repeat("../", strings.Count(path, "/"))+sitemap.ReportSchema {
				t.Errorf("%s: the description is at %v", path, got["schema"])
			}
			delete(got, "schema")
			delete(want, "schema")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %v: %s", path, got["year"], diff)
			}
		}
	}
	if reports < 5 {
		t.Errorf("%d reports in the files of agencies", reports)
	}
}

func TestSameBytesTwice(t *testing.T) {
	a, _ := all(t, nil)
	b, _ := all(t, nil)
	for path := range a {
		if !bytes.Equal(a[path], b[path]) {
			t.Errorf("%s differs", path)
		}
	}
}

// A sitemap holds at most 50,000 addresses; more are cut into several.
func TestSitemapIsCut(t *testing.T) {
	x := sitetest.Load(t, os.DirFS("../.."))
	x.Config.SetBaseURL("https://example.org/a/")
	var free []*site.Free
	for i := range maxSitemap {
		free = append(free, &site.Free{Name: "p" + strconv.Itoa(i)})
	}
	files := map[string]string{}
	err := New(x.Config, nil, words).feeds(x.Archive, free, func(path string, data []byte) error {
		files[path] = string(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(files["sitemap-1.xml"], "<loc>"); n != maxSitemap {
		t.Errorf("the first sitemap has %d addresses", n)
	}
	if n := strings.Count(files["sitemap-2.xml"], "<loc>https://example.org/a/"); n < 10 || n > 100 {
		t.Errorf("the second sitemap has %d addresses", n)
	}
	if strings.Count(files["sitemap.xml"], "<sitemap>") != 2 {
		t.Errorf("the index is %s", files["sitemap.xml"])
	}
}

// The feed tells of corrections as of reports: what was corrected last stands
// first, with that day. With an address the feed says where it is itself.
func TestFeedTellsOfCorrections(t *testing.T) {
	x := sitetest.Load(t, os.DirFS("../.."))
	day := func(y, m, d int) archive.Date { return archive.Date{Year: y, Month: m, Day: d} }
	agency := &archive.Agency{Path: "a", Name: "a"}
	in := &site.Archive{Roots: []*archive.Agency{agency}}
	entries := []archive.Entry{
		{Agency: agency, Year: 2023, Title: "old", Published: day(2024, 1, 20), Updated: (&archive.Report{Published: day(2024, 1, 20),
			Corrections: []archive.Correction{{Date: day(2025, 3, 9)}, {Date: day(2025, 2, 1)}, {Date: day(2023, 1, 1)}}}).Updated()},
		{Agency: agency, Year: 2024, Title: "new", Published: day(2025, 1, 31), Updated: day(2025, 1, 31)},
	}
	in.Reports = func(*archive.Agency) []archive.Entry { return entries }
	for _, base := range []string{"https://example.org/a/", ""} {
		x.Config.BaseURL = base
		var feed struct {
			Updated string   `xml:"updated"`
			Links   []string `xml:"link"`
			Entries []struct {
				Title     string `xml:"title"`
				Published string `xml:"published"`
				Updated   string `xml:"updated"`
			} `xml:"entry"`
		}
		var text string
		err := New(x.Config, nil, words).feed(in, func(path string, data []byte) error {
			text = string(data)
			return xml.Unmarshal(data, &feed)
		})
		if err != nil {
			t.Fatal(err)
		}
		if feed.Updated != "2025-03-09T00:00:00Z" || len(feed.Entries) != 2 {
			t.Fatalf("%s", text)
		}
		if e := feed.Entries[0]; e.Title != "old" || e.Published != "2024-01-20T00:00:00Z" || e.Updated != "2025-03-09T00:00:00Z" {
			t.Errorf("%+v", e)
		}
		if e := feed.Entries[1]; e.Title != "new" || e.Published != e.Updated {
			t.Errorf("%+v", e)
		}
		self := `<link rel="self" type="application/atom+xml" href="https://example.org/a/feed.xml"/>`
		if strings.Contains(text, self) != (base != "") || strings.Count(text, `rel="self"`) != strings.Count(text, self) {
			t.Errorf("base_url %q: %s", base, text)
		}
	}
}
