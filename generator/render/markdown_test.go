package render

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"annals/generator/content"
	"annals/generator/site"
	"annals/generator/testdata/costtest"
	"annals/generator/testdata/sitetest"
)

// body parses Markdown as a free page has it.
func body(t testing.TB, markdown string) *content.Body {
	t.Helper()
	doc, _ := content.ReadDocument(fstest.MapFS{"content/p.md": &fstest.MapFile{Data: []byte("---\ntitle: x\n---\n" + markdown)}}, "content/p.md")
	if doc == nil {
		return nil
	}
	return doc.Body
}

func TestProse(t *testing.T) {
	x := own(t)
	r := newRenderer(t, x, nil)
	for markdown, want := range map[string]string{
		"甲\n乙":                "<p>甲乙</p>",
		"a\nb":                "<p>a\nb</p>",
		"依据**《条例》**规定":        "<p>依据<strong>《条例》</strong>规定</p>",
		"<b>x</b>":            "<p>&lt;b&gt;x&lt;/b&gt;</p>",
		"&lt;b&gt; &amp; \\*": "<p>&lt;b&gt; &amp; *</p>",
		"[a](javascript:x) [b](java&#115;cript:x)": "<p>a b</p>",
		"[a](//evil.example)":                      "<p>a</p>",
		"[a](https://u@e.example/)":                "<p>a</p>",
		"<https://u@e.example/>":                   "<p>https://u@e.example/</p>",
		"<javascript:alert(1)>":                    "<p>javascript:alert(1)</p>",
		"<https://e.example/>":                     `<p><a href="https://e.example/" rel="nofollow noreferrer">https://e.example/</a></p>`,
		"<div onclick=x()>\n<img src=x>\n":         "<p>&lt;div onclick=x()&gt;\n&lt;img src=x&gt;\n</p>",
		"<script>\nx()\n</script>\n":               "<p>&lt;script&gt;\nx()\n&lt;/script&gt;\n</p>",
		"[a](other.md#c-x)":                        `<p><a href="../other/index.html#c-x">a</a></p>`,
		"[a](agencies/x/2023.md)":                  `<p><a href="../agencies/x/2023/index.html">a</a></p>`,
		"[a](../../etc/passwd)":                    "<p>a</p>",
		"[a](https://e.example/?a=1&b='2')":        `<p><a href="https://e.example/?a=1&amp;b=&#39;2&#39;" rel="nofollow noreferrer">a</a></p>`,
		"![图](https://e.example/x.png)":            "<p>图</p>",
		"![图 \"q\"](x.png)":                        `<p><img src="x.png" alt="图 &quot;q&quot;"></p>`,
		"##### 标题":                                 `<h2 id="c-标题">标题</h2>`,
		"## 一\n## 一":                               "<h2 id=\"c-一\">一</h2>\n<h2 id=\"c-一-2\">一</h2>",
		"1. 一\n\n文\n\n2. 二":                        "<ol>\n<li>一</li>\n</ol>\n<p>文</p>\n<ol start=\"2\">\n<li>二</li>\n</ol>",
		"`a<b`":                                    "<p><code>a&lt;b</code></p>",
		"|a|b|c|\n|-|-:|:-:|\n|1|2|3|": `<section class="scroll" aria-label="表格" tabindex="0"><table><thead><tr><th scope="col">a</th><th scope="col" class="right">b</th><th scope="col" class="centre">c</th></tr>` +
			"\n</thead><tbody>" + `<tr><td>1</td><td class="right">2</td><td class="centre">3</td></tr>` + "\n</tbody></table></section>",
		"~~旧~~": "<p><del>旧</del></p>",
	} {
		if got := strings.TrimSpace(prose(t, r, body(t, markdown))); got != want {
			t.Errorf("%q\n got %s\nwant %s", markdown, got, want)
		}
	}
}

func prose(t *testing.T, r *Renderer, b *content.Body) string {
	t.Helper()
	x := &run{r: r}
	if err := x.prose("p/index.html", b, nil); err != nil {
		t.Fatal(err)
	}
	return string(x.b)
}

// FuzzProse: no Markdown makes an element, an attribute or an address that
// the writer does not write itself.
func FuzzProse(f *testing.F) {
	f.Add(sitetest.Hostile)
	f.Add("[a](javascript:x) <b onclick=x>\n\n<script>\n\n# <i>\n\n|a|b|\n|-|-|\n|<u>|[x](data:x)|\n")
	f.Add("[^0]:") // has no place
	f.Add("a[^1]\n\n[^1]: <b>\n\n![x](x.png \"t\") <https://e.example/\"onload=x>\n")
	x := own(f)
	r := newRenderer(f, x, nil)
	attributes := strings.Fields("href rel id src alt start class aria-label tabindex scope")
	f.Fuzz(func(t *testing.T, markdown string) {
		var page string
		costtest.Within(t, len(markdown), 4<<20, 1024, func() {
			if b := body(t, markdown); b != nil {
				page = prose(t, r, b)
			}
		})
		z := html.NewTokenizer(strings.NewReader(page))
		open := 0
		for z.Next() != html.ErrorToken {
			tok := z.Token()
			switch tok.Type {
			case html.CommentToken, html.DoctypeToken:
				t.Fatalf("%q becomes %s", markdown, page)
			case html.StartTagToken:
				if !slices.Contains(known, tok.Data) || tok.Data == "script" || tok.Data == "form" {
					t.Fatalf("<%s> in %s", tok.Data, page)
				}
				if !slices.Contains([]string{"br", "hr", "img"}, tok.Data) {
					open++
				}
				for _, a := range tok.Attr {
					if !slices.Contains(attributes, a.Key) {
						t.Fatalf("%s=%q in %s", a.Key, a.Val, page)
					}
					if a.Key == "href" && site.Absolute(a.Val) {
						scheme, _, _ := strings.Cut(strings.ToLower(a.Val), ":")
						if !slices.Contains([]string{"http", "https", "mailto", "tel"}, scheme) {
							t.Fatalf("href %q of %q", a.Val, markdown)
						}
					}
					if a.Key == "id" && !strings.HasPrefix(a.Val, "c-") {
						t.Fatalf("id %q of %q", a.Val, markdown)
					}
				}
			case html.EndTagToken:
				open--
			}
		}
		if open != 0 {
			t.Fatalf("%q leaves %d elements open: %s", markdown, open, page)
		}
	})
}
