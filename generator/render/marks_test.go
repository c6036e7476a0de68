package render

import (
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/testdata/sitetest"
	"annals/layouts"
)

// everywhere is an archive that has a text in every place where a text can
// stand, and layouts and words that have it too.
func everywhere(t testing.TB, text string) (*sitetest.Loaded, func(*Options)) {
	t.Helper()
	form, err := os.ReadFile("../form/testdata/foreign.yaml")
	if err != nil {
		t.Fatal(err)
	}
	words, err := layouts.Files.ReadFile("words.json")
	if err != nil {
		t.Fatal(err)
	}
	labels := regexp.MustCompile(`zh: ([^'",}\n]+)`)
	inside := regexp.MustCompile(`("zh": ")`)
	// Each text has the letters of the alphabet around it, so that white space at its ends counts.
	report := "---\nform: port\ntitle: 'tQt'\npublished: 2017-02-01\nsource: {url: 'https://example.org/aQa', file: 'nQn.pdf'}\ncaseload:\n  received: [5, 2, 7, 1.25]\n  released: [2, 1, 3, 0.5]\n" +
		"accept:\n  - {rule: row-total, cell: caseload.received.phone, reason: 'rQr'}\nnotes:\n  - {cell: caseload.received.phone, note: 'oQo'}\n" +
		"corrections:\n  - {date: 2018-01-01, cell: caseload.received.phone, was: '5', note: 'cQc'}\n---\npQp **bQb** `kQk` [lQl](https://example.org/lQl)\n\n## hQh\n\n### gQg\n\n| uQu |\n|--|\n| vQv |\n\n[^1] x\n\n[^1]: fQf\n"
	id := regexp.MustCompile(`(?m)^id: (\S+)`).FindSubmatch(form)
	cell := regexp.MustCompile(`cell: \S+phone`)
	report = strings.Replace(report, "form: port", "form: "+string(id[1]), 1)
	report = cell.ReplaceAllString(report, "cell: caseload")
	files := map[string]string{
		"content/site.yaml": "title: 'iQi'\nowner: 'wQw'\ncontact: 'xQx'\nicp: 'yQy'\nrepository: https://git.example.org/r\nbase_url: https://example.org/\n",
		"content/about.md":  "---\ntitle: 'aQa'\n---\n\n# hQh\n\npQp\n",
		"content/agencies/x/_index.md": "---\nname: 'mQm'\nkind: government\nshort: 'sQs'\nformer_names: ['eQe']\n" +
			"contact: {office: 'oQo', address: 'dQd', phone: 'zQz', email: 'jQj'}\n---\nbQb\n",
		"content/agencies/x/y/_index.md":     "---\nname: 'MQM'\nkind: department\n---\n",
		"content/agencies/x/2017/index.md":   report,
		"content/agencies/x/2017/nQn.pdf":    "%PDF-1.4\n",
		"content/agencies/x/y/2017/index.md": report,
		"content/agencies/x/y/2017/nQn.pdf":  "%PDF-1.4\n",
		"content/agencies/x/y/2018.md":       strings.Replace(strings.Replace(report, "published: 2017", "published: 2019", 1), ", file: 'nQn.pdf'", "", 1),
		"content/forms/foreign.yaml":         labels.ReplaceAllString(string(form), "zh: 'Q$1'"),
	}
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[strings.ReplaceAll(name, "Q", text)] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(data, "Q", text)), Mode: 0o644}
	}
	x := sitetest.Load(t, fsys)
	for _, a := range x.Agencies {
		for _, r := range a.Reports {
			a.Findings[r.Year] = append(a.Findings[r.Year], archive.Finding{Diagnostic: diag.Diagnostic{Rule: "r", Cell: "caseload", Message: lang.Same("q" + text + "q")}},
				archive.Finding{Accepted: true, Reason: "r" + text + "r", Diagnostic: diag.Diagnostic{Rule: "r", Message: lang.Same("q" + text + "q")}})
		}
	}
	return x, func(o *Options) {
		o.Header, o.Footer = []byte("<p>h"+text+"h</p>"), []byte("<p>f"+text+"f</p>")
		o.Overrides = fstest.MapFS{
			"words.json": &fstest.MapFile{Data: inside.ReplaceAll(words, []byte("${1}"+text))},
			"404.html":   &fstest.MapFile{Data: []byte(`{{define "main"}}<p title="` + strings.ReplaceAll(text, "{{", "") + `">{{"l` + strings.ReplaceAll(text, "{{", "") + `l"}}</p>{{end}}`)},
		}
	}
}

// said returns the tags and texts of a page as a browser reads them, with addresses
// decoded.
func said(t testing.TB, page string) string {
	t.Helper()
	var b strings.Builder
	unescaped := func(s string) string {
		if s, err := url.PathUnescape(s); err == nil {
			return s
		}
		return s
	}
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		b.WriteString("<" + unescaped(n.Data))
		for _, a := range n.Attr {
			if a.Key == "id" && strings.HasPrefix(a.Val, "c-") {
				continue // an id is made from the letters of a heading
			}
			b.WriteString(" " + a.Key + "=" + unescaped(a.Val))
		}
		b.WriteString(">\n")
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(parsed(t, page))
	return b.String()
}

// Content may hold any character and any text, also those that look like marks. It
// is shown unchanged, by programs and by html/template.
func TestTextsThatLookLikeMarks(t *testing.T) {
	const plain, nonce = "QQ", "0a1b2c3d"
	var private strings.Builder
	for r := '\uE000'; r <= '\uF8FF'; r += 97 {
		private.WriteRune(r)
	}
	x, change := everywhere(t, plain)
	want := all(t, x, newRenderer(t, x, change))
	for path, page := range want {
		if strings.HasSuffix(path, ".html") {
			if strings.Contains(page, nonce) {
				t.Errorf("%s has the nonce", path)
			}
			want[path] = said(t, page)
		}
	}
	for _, text := range []string{
		"annalsShapeMark900endOfMark", "annalsShapeMark3000endOfMark", "annalsmark0end", "annals0a1b2c3emark0endannals0a1b2c3dmar", "\uE0001\uE001", "\uE002", "\uE002\uE003",
		private.String(), "\U000F0000\U000FFFFD\U00100000\U0010FFFD", "{{.Root}}", "{{", "}}{{",
	} {
		y, change := everywhere(t, text)
		for _, full := range []bool{false, true} {
			r := newRenderer(t, y, change)
			if full {
				r.escapers = nil
			}
			got := all(t, y, r)
			if len(got) != len(want) {
				t.Errorf("%q: %d files, and not %d", text, len(got), len(want))
			}
			for path, page := range want {
				if path == "404.html" && strings.Contains(text, "{{") {
					continue // in a layout this is an action
				}
				path, page = strings.ReplaceAll(path, plain, text), strings.ReplaceAll(page, plain, text)
				if strings.HasSuffix(path, ".html") && said(t, got[path]) != page {
					t.Errorf("%q, in full %v: %s:\n%s", text, full, path, firstDifference(page, said(t, got[path])))
				}
			}
		}
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return "want " + a[i] + "\ngot  " + strings.Join(b[min(i, len(b)):min(i+1, len(b))], "")
		}
	}
	return "longer"
}

// No page depends on the nonce.
func TestSamePagesWithAnyNonce(t *testing.T) {
	x := rich(t)
	want := all(t, x, newRenderer(t, x, nil))
	for _, nonce := range []string{"", "0", "ZZZZZZZZZZZZZZZZ", "end0"} {
		r := newRenderer(t, x, func(o *Options) { o.Nonce = nonce })
		if r.Fingerprint() != newRenderer(t, x, nil).Fingerprint() {
			t.Errorf("the fingerprint knows the nonce %q", nonce)
		}
		got := all(t, x, r)
		for path := range want {
			if got[path] != want[path] {
				t.Errorf("%s is another with the nonce %q", path, nonce)
			}
		}
	}
}
