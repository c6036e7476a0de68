package acceptance

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"annals/generator"
	"annals/generator/config"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
)

// Documents that a mistake, another program or an attacker may put into an
// archive. Each represents a way in which parsers have failed. Whatever is in the
// document, the run must end soon and report where it is wrong.

func times(s string, n int) string { return strings.Repeat(s, n) }

// structures are YAML other than a mapping of plain keys to plain values, which
// front matter, settings and forms must refuse whatever the keys are.
var structures = []string{
	"", " ", "\n\n", "# only a remark\n", "a", "- a\n- b\n", "[]", "{}\n---\n{}", "null", "~", "42", `"text"`, "'", `"`, "[", "]", "{", "}", "[[", "{{", "[}", "{]", ",", ":", "?", "-", "|", ">", "%", "@", "`", "!", "&", "*",
	"a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "\"a\": 1\na: 2\n", "a: 1\n'a': 2\n",
	"a: &x 1\nb: *x\n", "a: &a [*a]\n", "a: *missing\n", "<<: {a: 1}\n", "a: &x {b: 1}\nc: {<<: *x}\n", "&a a: 1\n",
	"a: !!str 1\n", "a: !!binary aGk=\n", "a: !!python/object/apply:os.system [id]\n", "a: !<tag:example.org,2000:x> 1\n", "!!map {a: 1}\n", "%YAML 1.1\n---\na: 1\n", "%TAG ! tag:x,2000:\n---\na: !b 1\n",
	"a: 1\n---\nb: 2\n", "a: 1\n...\nb: 2\n", "--- a\n", "...\n",
	"a: [1, 2\n", "a: {b: 1\n", "a: \"text\n", "a: 'text\n", "a: [1, 2]]\n", "a: {b: 1}}\n", "a: [1 2] 3\n", "a: \"b\" c\n", "a: 'b' c\n", "a: b: c\n", "a: - b\n", "- a: b\n  c\n",
	"a:\n\tb: 1\n", "\ta: 1\n", "a: |\n\ttext\n", "a:\n  b: 1\n c: 2\n", "  a: 1\nb: 2\n", "a: 1\n  b: 2\n", "a:\n- b\n  - c\n", "a: |9\n  text\n", "a: |-+\n text\n", "a: >x\n text\n",
	"? [a, b]\n: 1\n", "? {a: b}\n: 1\n", "[a]: 1\n", "{a: b}: 1\n", "? a\n? b\n", "1: 2\n", "null: 1\n", "true: 1\n", "~: 1\n", ": 1\n", "\"\": 1\n", "''  : 1\n", "-1: 2\n", "2024-01-01: x\n", "a b c: 1\n", "a\\nb: 1\n", "\"a\\nb\": 1\n", "\"a\\0b\": 1\n", "\"\\ud800\": 1\n", "\"\\xff\": 1\n", "\"\\q\": 1\n", "\"\\u12\": 1\n",
	times("[", 10000), times("{a: ", 10000), times("- ", 10000), times("? ", 10000), times("a:\n", 1) + times(" ", 5000) + "b: 1\n", times("a: {", 300) + times("}", 300), times("[", 300) + times("]", 300), nested(300), times("&a ", 1000), times("!x ", 1000), times("'", 10001), times("\"", 10001),
	"a: " + times("x", 200000) + "\n", times("x", 200000) + ": 1\n", "a: [" + times("1, ", 50000) + "1]\n", "a: {" + times("b: 1, ", 5000) + "}\n", keysOf(5000), "a: \"" + times(`\x41`, 20000) + "\"\n", "a: " + times("\n", 50000) + " b\n", times("# \n", 50000) + "a: 1\n",
}

// nested returns a mapping of a given depth, with one key a line.
func nested(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(times(" ", i) + "a:\n")
	}
	return b.String() + times(" ", depth) + "b\n"
}

func keysOf(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "key%d: %d\n", i, i)
	}
	return b.String()
}

// cells are texts in place of a number that are no numbers.
var cells = []string{
	"012", "0x1F", "0o17", "0b11", "1_000", "1e3", "1E3", "+5", ".5", "5.", "-5", "-0", "--5", "1,000", "1 000", "１２", "一", "十二", "Ⅻ", "½", "٣", "1.5", "NaN", ".nan", ".inf", "-.inf", "yes", "no", "on", "off", "true", "null", "~", "Null", "''", "12:30", "2024-01-01", "1/2", "=1+1", "=cmd|'/c calc'!A1", "@SUM(1)", "5件", "5%", "约5", "≥5", "9999999999999999", "99999999999999999999999999", "0.0000001", times("9", 100000), "\"5\"", "'5'", "\"/ \"", "\" \"", "\"N/A\"", "\"－\"", "\"\\u200b\"", "[[5]]", "{a: 5}", "[]", "{}", "&a 5", "*a", "!!int 5", "!!int '5'", "<b>5</b>", "|", "|\n  5", ">-\n  5",
}

// bodies are texts that pages cannot show unchanged.
var bodies = []string{
	"<script>alert(1)</script>\n", "<img src=x onerror=alert(1)>\n", "text <b>bold</b> text\n", "<!-- remark -->\n", "<?php echo 1 ?>\n", "<![CDATA[x]]>\n", "<a href=javascript:alert(1)>x</a>\n",
	"[x](javascript:alert(1))\n", "[x](JaVaScRiPt:alert(1))\n", "[x](java&#10;script:alert(1))\n", "[x](&#106;avascript:alert(1))\n", "[x](javascript&colon;alert(1))\n", "[x](%6aavascript:alert(1))\n", "[x](data:text/html,x)\n", "[x](vbscript:x)\n", "[x](file:///etc/passwd)\n", "[x](<java\tscript:alert(1)>)\n", "[x](//evil.example/)\n", "[x](\\\\evil\\x)\n", "![x](javascript:alert(1))\n", "![x](http://[::1)\n", "<javascript:alert(1)>\n", "[x]: javascript:alert(1)\n\n[x]\n", "[x](../../../../etc/passwd)\n", "![x](https://evil.example/t.gif)\n",
	"\x00\n", "\x1b[31mred\n", "text\u202egnp.exe\n", "te\u2066xt\n", "ab\ufeffcd\n", "\xff\xfe\n", "\xed\xa0\x80\n", "\xc0\xaf\n", "\xf4\x90\x80\x80\n", "\xb9\xd8\xd3\xda\n", "a\u0085b\u2028c\u2029d\ufffe\n", "\u0007bell\n",
}

// burdens are documents with few or no mistakes, but much to parse. It does not
// matter whether they are reported.
var burdens = []string{
	"<svg/onload=alert(1)>", times(">", 50000), times("> ", 20000) + "x", times("- ", 20000) + "x", times("1. ", 10000) + "x", times("[", 50000), times("![", 30000), times("[a](", 30000), times("*a **a ", 20000), times("*a_ ", 30000), times("`", 50000), backticks(300), times("<", 50000), times("<a ", 30000), times("<!--", 20000), times("&", 50000), times("&amp;", 30000), times("\\", 50000), times("_", 50000), times("~~a", 20000), times("|", 50000), times("|a", 20000) + "\n" + times("|-", 20000) + "\n" + times("|b", 20000), "|a|\n|-|\n" + times("|b|\n", 20000), times("a\n", 50000), times("a  \n", 30000), times("#", 50000), times("# a\n", 20000), times("[a]: b\n", 20000), times("[a]", 30000), times("[a][", 30000), "[" + times("a", 100000) + "]", times("\t", 50000) + "x", times(" ", 100000) + "x", times("= \n", 20000), times("--- \n", 20000), times("```\n", 20000), times("~~~\n", 20001), times("[^1]", 20000), times("https://a.example/", 10000), times("字", 100000), times("**字**", 20000), times("é", 50000), times("👩‍👩‍👧", 10000),
}

func backticks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("e" + times("`", i))
	}
	return b.String()
}

// rawFiles are files that are no text.
var rawFiles = []string{
	"", "\n", "---", "---\n", "---\n---", "---\n\n---\n", "----\nform: cn-2021\n----\n", "\ufeff---\nform: cn-2021\n---\n", "--- \nform: cn-2021\n", " ---\nform: cn-2021\n---\n", "---\nform: cn-2021", "---\nform: cn-2021\n--", "+++\nform = 'cn-2021'\n+++\n", "{\"form\": \"cn-2021\"}\n", "\xff\xfe-\x00-\x00-\x00", "PK\x03\x04", "%PDF-1.7\n", "\x00\x00\x00\x00", times("\x00", 100000), times("---\n", 20000), times("-", 200000), "\r", "---\rform: cn-2021\r---\r", "<html></html>", "## 总体情况\n",
}

// TestHostileDocuments puts every document in a file of its own in one archive,
// and checks the archive once.
func TestHostileDocuments(t *testing.T) {
	h := newHostile(t)
	h.put("content/site.yaml", "title: 档案\n", false)
	const front = "form: cn-2021\n"
	for _, s := range structures {
		h.report("---\n"+s+"\n---\n", true)
		h.report("---\n"+front+"requests: "+s+"\n---\n", true)
		h.report("---\n"+front+"requests:\n  new: "+s+"\n---\n", true)
		h.agency("---\n" + s + "\n---\n")
		h.form(s)
	}
	for _, s := range cells {
		h.changed("permits: 812", "permits: "+s)
		h.changed("    granted: [1, 32, ", "    granted: [1, "+s+", ")
	}
	for _, s := range bodies {
		h.changed("## 总体情况\n", "## 总体情况\n\n"+s)
	}
	for _, s := range rawFiles {
		h.report(s, true)
		h.agency(s)
	}
	for _, s := range burdens {
		h.report(strings.Replace(h.right, "## 总体情况\n", "## 总体情况\n\n"+s+"\n", 1), false)
	}
	h.check()
}

// TestHostileSettings: an archive has only one site.yaml, so that each document
// needs an archive.
func TestHostileSettings(t *testing.T) {
	for _, s := range structures {
		if strings.TrimSpace(s) == "" || strings.HasPrefix(s, "#") {
			continue // all settings have defaults
		}
		_, found := config.Load(fstest.MapFS{config.File: {Data: []byte(s)}})
		if len(found) == 0 {
			t.Errorf("nothing is said of %q", short(s))
		}
		for _, d := range found {
			within(t, d, strings.Split(s, "\n"))
		}
	}
}

// hostile is an archive with one document in each place.
type hostile struct {
	t        *testing.T
	dir      string
	right    string            // a report without mistakes
	texts    map[string]string // contents of the files
	reported []string          // files that must have a diagnostic
	n        int
}

func newHostile(t *testing.T) *hostile {
	data, err := os.ReadFile("../check/testdata/2024.md")
	if err != nil {
		t.Fatal(err)
	}
	right := strings.Replace(string(data), "\r\n", "\n", -1)
	return &hostile{t: t, dir: t.TempDir(), right: right, texts: map[string]string{}}
}

func (h *hostile) put(name, text string, reported bool) {
	writeFile(h.t, filepath.Join(h.dir, name), text)
	h.texts[name] = text
	if reported {
		h.reported = append(h.reported, name)
	}
}

// folder makes an agency's folder.
func (h *hostile) folder() string {
	h.n++
	return fmt.Sprintf("content/agencies/a%d", h.n)
}

func (h *hostile) report(text string, reported bool) {
	dir := h.folder()
	h.put(dir+"/_index.md", "---\nname: 甲局\nkind: department\n---\n", false)
	h.put(dir+"/2024.md", text, reported)
}

// changed adds a report without mistakes except for one change.
func (h *hostile) changed(old, now string) {
	text := strings.Replace(h.right, old, now, 1)
	if text == h.right {
		h.t.Fatalf("the right report has no %q", old)
	}
	h.report(text, true)
}

func (h *hostile) agency(text string) { h.put(h.folder()+"/_index.md", text, true) }

func (h *hostile) form(text string) {
	h.n++
	h.put(fmt.Sprintf("%s/f%d.yaml", form.Folder, h.n), text, true)
}

func (h *hostile) check() {
	res, err := generator.Check(h.t.Context(), generator.Options{Dir: h.dir})
	if err != nil {
		h.t.Fatal(err)
	}
	said, split := map[string]int{}, map[string][]string{}
	for _, d := range res.Diagnostics {
		said[d.Place.File]++
		text, ok := h.texts[d.Place.File]
		if !ok {
			h.t.Errorf("%s: no such file was written", first([]diag.Diagnostic{d}, lang.EN))
			continue
		}
		lines, ok := split[d.Place.File]
		if !ok {
			lines = strings.Split(text, "\n")
			split[d.Place.File] = lines
		}
		within(h.t, d, lines)
	}
	for _, name := range h.reported {
		if said[name] == 0 {
			h.t.Errorf("nothing is said of %s: %q", name, short(h.texts[name]))
		}
	}
	if h.n < 500 {
		h.t.Errorf("only %d documents were tried", h.n)
	}
}

// within checks that the place of a diagnostic is in its file, and that its
// message is one line of text.
func within(t *testing.T, d diag.Diagnostic, lines []string) {
	t.Helper()
	line, column := int(d.Place.Line), int(d.Place.Column)
	at := func(line, column int) bool {
		return line >= 1 && column >= 1 && line <= len(lines) && column <= utf8.RuneCountInString(lines[line-1])+1
	}
	if !at(line, column) {
		t.Errorf("%d:%d is no place of %q: %s", line, column, short(strings.Join(lines, "\n")), d.Message.EN)
	}
	for _, message := range []string{d.Message.ZH, d.Message.EN} {
		if strings.ContainsAny(message, "\n\r") || len(message) > 2000 {
			t.Errorf("the message for %q is no line of text: %.300q", short(strings.Join(lines, "\n")), message)
		}
	}
}

// short returns the beginning of a document, for messages.
func short(s string) string {
	const most = 120
	if i := strings.Index(s, "总体情况"); i > most && slices.Contains([]byte(s[:3]), '-') {
		s = "…" + s[i:]
	}
	if len(s) > most {
		return s[:most] + fmt.Sprintf("… (%d bytes)", len(s))
	}
	return s
}
