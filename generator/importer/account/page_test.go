package account

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/importer"
	"annals/generator/lang"
)

// elements returns the elements of a page, each as its name with its attributes.
func elements(t *testing.T, page []byte) (list []html.Token) {
	t.Helper()
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return list
		case html.StartTagToken, html.SelfClosingTagToken:
			list = append(list, z.Token())
		}
	}
}

// TestHostilePage: a document's text is text on the page: it makes no element, no
// attribute and no address. The policy is the one of the site's pages.
func TestHostilePage(t *testing.T) {
	data, err := os.ReadFile(reports + "official.html")
	if err != nil {
		t.Fatal(err)
	}
	const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">{{.}}</a>` + "\u202e"
	escaped := html.EscapeString(attack)
	data = bytes.Replace(data, []byte("<body>"), []byte("<body><nav><p>"+escaped+"</p></nav>"), 1)
	data = bytes.Replace(data, []byte(">1204<"), []byte(">1204（"+escaped+"）<"), 1)
	plain, hostile := imported(t, "official.html", nil), imported(t, attack+".html", data)
	clean, err := Page(plain, nil, lang.ZH)
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range []lang.Tag{lang.ZH, lang.EN} {
		page, err := Page(hostile, nil, tag)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(html.UnescapeString(string(page)), `<script>alert(1)</script><img src=x`) || bytes.ContainsRune(page, '\u202e') {
			t.Error("the text is not shown, or as it is")
		}
		known := map[string]bool{}
		for _, e := range elements(t, clean) {
			known[e.Data] = true
		}
		for _, e := range elements(t, page) {
			if !known[e.Data] && e.Data != "small" {
				t.Errorf("the document made an element: %s", e)
			}
			for _, a := range e.Attr {
				if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "javascript:") && a.Key != "title" || a.Key == "src" {
					t.Errorf("the document made an attribute: %s", e)
				}
			}
		}
	}
	base, err := os.ReadFile("../../../layouts/base.html")
	if err != nil {
		t.Fatal(err)
	}
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)
	if want := policy.Find(base); want == nil || !bytes.Equal(policy.Find(clean), want) {
		t.Errorf("the policy is %s, want %s", policy.Find(clean), want)
	}
}

// TestPageHasEveryFigure: each cell stands once in its table, with its id and its
// place, and is marked where the report has something else now.
func TestPageHasEveryFigure(t *testing.T) {
	o := imported(t, "lo.docx", nil)
	a := &o.Result.Account
	facts := make([]archive.Fact, len(a.Figures))
	for i, f := range a.Figures {
		facts[i] = archive.Fact{Text: f.Taken, Status: archive.Invalid}
	}
	facts[7].Text = "77"
	page, err := Page(o, facts, lang.ZH)
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]string{}
	for _, e := range elements(t, page) {
		id, title := "", ""
		for _, x := range e.Attr {
			switch x.Key {
			case "id":
				id = x.Val
			case "title":
				title = x.Val
			}
		}
		if e.Data == "td" && id != "" {
			if _, twice := cells[id]; twice {
				t.Errorf("%s stands twice", id)
			}
			cells[id] = title
		}
	}
	for _, f := range a.Figures {
		if want := f.Cell.ID + " · " + f.At.Words().ZH; cells[f.Cell.ID] != want {
			t.Errorf("%s: %q, want %q", f.Cell.ID, cells[f.Cell.ID], want)
		}
	}
	if len(cells) != len(a.Figures) || bytes.Count(page, []byte("现在 ")) != 2 || !bytes.Contains(page, []byte("1 格此后改过")) {
		t.Errorf("%d cells, %d changed", len(cells), bytes.Count(page, []byte("现在 ")))
	}
}

// TestIndexPages: a long list is parted, and no document is read for another page.
func TestIndexPages(t *testing.T) {
	const n = 2*perPage + 1
	seen := map[int]int{}
	load := func(i int) Line {
		seen[i]++
		return Line{Agency: fmt.Sprint("机关", i), Path: "a", Year: 2024, Outcome: importer.Outcome{Document: "a/original.pdf", Diags: []diag.Diagnostic{diag.New("import-file/pdf-scan", diag.Related{}.Place)}}}
	}
	for page, want := range map[int][]string{0: {`href="/_import/2/"`}, 1: {`href="/_import/"`, `href="/_import/3/"`}, 2: {`href="/_import/2/"`}} {
		data, ok, err := Index(page, n, load, lang.EN)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		if links := regexp.MustCompile(`href="/_import/[0-9/]*"`).FindAllString(string(data), -1); strings.Join(links, " ") != strings.Join(want, " ") {
			t.Errorf("page %d leads to %v, want %v", page, links, want)
		}
		if !strings.Contains(string(data), "this PDF is a scan") {
			t.Error("why a document cannot be read is not said")
		}
	}
	for _, page := range []int{-1, 3} {
		if _, ok, _ := Index(page, n, load, lang.EN); ok {
			t.Errorf("there is a page %d", page)
		}
	}
	for i := range n {
		if seen[i] != 1 {
			t.Errorf("document %d was read %d times", i, seen[i])
		}
	}
}
