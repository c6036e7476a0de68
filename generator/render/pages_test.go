package render

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"annals/generator/archive"
	"annals/generator/config"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/site"
	"annals/generator/sitemap"
	"annals/generator/testdata/sitetest"
)

// rich is an archive that has everything that pages can show, with a published
// fault.
func rich(t testing.TB) *sitetest.Loaded {
	t.Helper()
	forms, _ := form.Load(fstest.MapFS{})
	x := sitetest.Load(t, sitetest.Rich(forms))
	for _, in := range x.Agencies {
		if in.Agency.Kind != archive.Government {
			continue
		}
		for _, r := range in.Reports {
			if r.Year == 2022 {
				d := diag.Diagnostic{Rule: "row-total", Cell: r.Form.Cells[r.Form.Figures[0]].ID, Message: lang.Same(sitetest.Hostile)}
				for _, row := range r.Form.Rows {
					in.Findings[2022] = append(in.Findings[2022], archive.Finding{Diagnostic: diag.Diagnostic{Rule: "balance", Cell: row.Path}, Accepted: true})
				}
				for _, table := range r.Form.Tables {
					in.Findings[2022] = append(in.Findings[2022], archive.Finding{Diagnostic: diag.Diagnostic{Rule: "balance", Cell: table.ID}})
				}
				in.Findings[2022] = append(in.Findings[2022], []archive.Finding{{Diagnostic: d}, {Diagnostic: diag.Diagnostic{Rule: "missing-section", Cell: "overview"}}}...)
			}
		}
	}
	return x
}

// parsed reads a page as a browser would.
func parsed(t testing.TB, page string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func elements(root *html.Node, yield func(*html.Node)) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			yield(n)
		}
	}
}

// The elements and attributes that pages are made of. Anything else can only
// come from content that acts as markup.
var known = strings.Fields(`html head meta title link script body a header div form label input button nav ul ol li main footer
	h1 h2 h3 h4 h5 h6 p section article aside table caption thead tbody tr th td span small b strong em del code pre blockquote
	br hr sup img dl dt dd details summary figure figcaption svg desc rect text line circle select option dialog noscript`)

func TestContentIsTextEverywhere(t *testing.T) {
	x := rich(t)
	for path, page := range all(t, x, newRenderer(t, x, nil)) {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		scripts := 0
		elements(parsed(t, page), func(n *html.Node) {
			if !slices.Contains(known, n.Data) && !(n.Data == "style" && path == sitemap.NotFound.Path()) {
				t.Errorf("%s: element <%s>", path, n.Data)
			}
			if n.Data == "script" {
				scripts++
				if attr(n, "type") != "application/ld+json" && (n.FirstChild != nil || !strings.Contains(attr(n, "src"), "assets/")) {
					t.Errorf("%s: a script that is no asset", path)
				}
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
					t.Errorf("%s: attribute %s=%q", path, a.Key, a.Val)
				}
				if a.Key == "href" || a.Key == "src" || a.Key == "action" {
					if v := strings.ToLower(strings.TrimSpace(a.Val)); strings.HasPrefix(v, "javascript") || strings.HasPrefix(v, "data:") || strings.HasPrefix(v, "/") || strings.Contains(v, "ZgotmplZ") {
						t.Errorf("%s: %s=%q", path, a.Key, a.Val)
					}
				}
			}
		})
		if strings.Contains(page, "ZgotmplZ") {
			t.Errorf("%s: html/template refused a value", path)
		}
	}
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	x := rich(t)
	follow(t, all(t, x, newRenderer(t, x, nil)))
}

// An archive whose lists do not fit on a page: one agency with more children
// than a page shows, and a tree with more branches than that.
func TestLongListsAreCut(t *testing.T) {
	forms, _ := form.Load(fstest.MapFS{})
	x := &sitetest.Loaded{Config: config.Default(), Forms: forms, Archive: &site.Archive{Years: []int{2022, 2023}, Forms: forms.Forms()}}
	f, _ := forms.ForYear(2022)
	packed := archive.Pack(make([]archive.Fact, len(f.Cells)))
	add := func(path string, kind archive.Kind, parent *archive.Agency) *archive.Agency {
		a := &archive.Agency{Path: path, Name: path, Kind: kind, Parent: parent}
		if parent != nil {
			parent.Children = append(parent.Children, a)
		} else {
			x.Archive.Roots = append(x.Archive.Roots, a)
		}
		x.Agencies = append(x.Agencies, &site.Agency{Agency: a, Forms: forms.Forms()})
		return a
	}
	wide := add("wide", archive.Region, nil)
	for i := range 2*site.Limit + 1 {
		add(fmt.Sprintf("wide/d%d", i), archive.Department, wide)
	}
	for i := range site.Limit + 1 {
		add(fmt.Sprintf("r%d", i), archive.Department, nil)
	}
	x.Archive.Reports = func(a *archive.Agency) []archive.Entry {
		if !a.Reports() || a.Path != "wide/d7" {
			return nil
		}
		return []archive.Entry{{Agency: a, Year: 2022, Form: f, Packed: packed}}
	}
	files := all(t, x, newRenderer(t, x, nil))
	for path, text := range files {
		if n := strings.Count(text, "<li>") + strings.Count(text, "<tr>"); n > site.Limit+120 {
			t.Errorf("%s has %d rows and items", path, n)
		}
	}
	for _, path := range []string{"agencies/wide/3.html", "years/2023/wide/3.html", "coverage/wide/3.html", "agencies/2.html", "coverage/2.html"} {
		if files[path] == "" {
			t.Errorf("there is no %s", path)
		}
	}
	// The report itself was not rendered; its page only has to be there.
	files["agencies/wide/d7/2022/index.html"] = `<a href="../../../../index.html">x</a>`
	follow(t, files)
}

// follow follows every link from the home page: each leads to a file and to a
// place in it, and every page is reached.
func follow(t *testing.T, files map[string]string) {
	t.Helper()
	ids := map[string]map[string]bool{}
	pages := map[string]*html.Node{}
	for path, text := range files {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		pages[path] = parsed(t, text)
		ids[path] = map[string]bool{}
		elements(pages[path], func(n *html.Node) {
			if id := attr(n, "id"); id != "" {
				if ids[path][id] {
					t.Errorf("%s: the id %q stands twice", path, id)
				}
				ids[path][id] = true
			}
		})
	}
	reached := map[string]bool{sitemap.IndexFile: true, sitemap.NotFound.Path(): true}
	queue := []string{sitemap.IndexFile}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		elements(pages[path], func(n *html.Node) {
			for _, name := range []string{"href", "src", "action"} {
				ref := attr(n, name)
				if ref == "" && name == "href" && n.Data == "a" {
					t.Errorf("%s: a link without an address", path)
				}
				if ref == "" || site.Absolute(ref) {
					continue
				}
				target, fragment, _ := strings.Cut(ref, "#")
				to := path
				if target != "" {
					to = resolvePath(path, target)
				}
				if _, ok := files[to]; !ok {
					if !elsewhere(to) {
						t.Errorf("%s: dead link %q", path, ref)
					}
					continue
				}
				if fragment != "" && !ids[to][fragment] {
					t.Errorf("%s: %q leads to no place in %s", path, ref, to)
				}
				if pages[to] != nil && !reached[to] {
					reached[to] = true
					queue = append(queue, to)
				}
			}
		})
	}
	for path := range pages {
		if !reached[path] {
			t.Errorf("%s is not reached from the home page", path)
		}
	}
}

// elsewhere reports whether a file is written by another stage.
func elsewhere(path string) bool {
	switch path {
	case "feed.xml", "data/datapackage.json", "data/rules.schema.json", "data/findings.schema.json", "quality/findings.json", "data/agencies.csv", "data/forms/f.json":
		return true
	}
	return strings.HasSuffix(path, "/report.json") || strings.HasSuffix(path, "/tables.csv") || strings.HasSuffix(path, "/original.pdf")
}

func resolvePath(from, ref string) string {
	parts := strings.Split(from, "/")
	parts = parts[:len(parts)-1]
	for _, p := range strings.Split(ref, "/") {
		if p == ".." {
			if len(parts) == 0 {
				return "outside of the site"
			}
			parts = parts[:len(parts)-1]
		} else if p != "." {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "/")
}

func TestSameBytesTwice(t *testing.T) {
	a, b := rich(t), rich(t)
	x, y := all(t, a, newRenderer(t, a, nil)), all(t, b, newRenderer(t, b, nil))
	if len(x) != len(y) {
		t.Fatalf("%d files, then %d", len(x), len(y))
	}
	for path := range x {
		if x[path] != y[path] {
			t.Errorf("%s differs", path)
		}
	}
}

func TestEnglishPagesHaveEnglishWords(t *testing.T) {
	x := rich(t)
	x.Config.Language = lang.EN
	home := all(t, x, newRenderer(t, x, nil))[sitemap.IndexFile]
	if !strings.Contains(home, `<html lang="en">`) || !strings.Contains(home, "Skip to content") || strings.Contains(home, "跳到正文") {
		t.Error("the home page is not in English")
	}
}

func TestEmptyArchive(t *testing.T) {
	x := sitetest.Load(t, fstest.MapFS{"content/site.yaml": &fstest.MapFile{Data: []byte("title: 空\n")}})
	files := all(t, x, newRenderer(t, x, nil))
	if !strings.Contains(files[sitemap.IndexFile], "还没有收录报告") {
		t.Error("the home page of an empty archive does not say so")
	}
}

func TestHostSiteSurroundsThePage(t *testing.T) {
	x := rich(t)
	r := newRenderer(t, x, func(o *Options) {
		o.Header, o.Footer = []byte("<header>HOST</header>"), []byte("<footer>FOOT</footer>")
	})
	home := all(t, x, r)[sitemap.IndexFile]
	h, m, f := strings.Index(home, "<header>HOST</header>"), strings.Index(home, "<main"), strings.Index(home, "<footer>FOOT</footer>")
	if h < 0 || !(h < m && m < f) {
		t.Errorf("header at %d, main at %d, footer at %d", h, m, f)
	}
	if r.Fingerprint() == newRenderer(t, x, nil).Fingerprint() {
		t.Error("the fingerprint does not know the header")
	}
}
