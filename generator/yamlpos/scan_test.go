package yamlpos

import (
	_ "embed"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

//go:embed testdata/report.yaml
var reportText string

// regular are texts that the scanner must take by itself.
var regular = []string{
	reportText,
	strings.ReplaceAll(reportText, "\n", "\r\n"),
	"",
	"\n  \n# 注释\n",
	"name: 娄烦县文化和旅游局\nkind: department\nshort: 文旅局\nsince: 2019\nrulemaking: false\n" +
		"former_names: [文化局, 旅游局]\ncontact: {office: 办公室, address: \"太原市娄烦县 1 号\", postcode: 030300, phone: 0351-5321234, email: \"a@b.cn\"}\n",
	"a: 010\nb: 1_000\nc: yes\nd: 12:30\ne: ~\nf: -5\ng: .5\nh: +5\ni: 0x10\nj: 1e3\nk: null\nl: 2024-01-01T00:00:00Z\n",
	"一、本年新收政府信息公开申请数量: [1, 2]\n（一）予以公开: \"—\"  # 注\n",
	"a:\nb:\n  c:\n\n  d: x#y\nl:\n- x\n- y: 1\n  z: 2\n-   q: 3\n    r: [ ]\nm: {}\n",
	"  a: 1\n  b:\n     c: 2\n",
	"url: https://x.cn/a?b=c&d=e#f\ntext: a, b] c} \"d\" 'e' & * !\n",
	"k: 末行",
}

// irregular are texts that it must leave to the library.
var irregular = []string{
	"a: |\n  x\n", "a: 'x'\n", "a: \"x\\n\"\n", "a: b: c\n", "a: b\n  c\n", "a: [1,\n  2]\n", "a: [[1]]\n", "\ta: 1\n",
	"a: 1\na: 2\n", "a: &x 1\n", "a: *x\n", "a: !!str 1\n", "<<: x\n", "? a\n: b\n", "---\na: 1\n", "a: 1\n...\n", "- a\n",
	"text\n", "a:b\n", "a: 1\n b: 2\n", "a:\n  b: 1\n c: 2\n", "a: [1, 2\n", "a: [1 2]]\n", "a: [1,,2]\n", "a: [1,]\n", "a: @x\n",
	"a: `x`\n", "a: %x\n", "a: > x\n", "a: \"x\" y\n", "a: \"x\"#y\n", "\"a\": 1\n", "a: x\ufeff\n", "a: \x01\n", "a: \u0085\n", "a: \u2028\n",
	"a: \xff\n", "a: 1\rb: 2\n", "-: 1\n", "a: -\n", "a: - b\n", "a:\n- - x\n", "a:\n-\n  x: 1\n", "a: {b: [1]}\n", "a: {b}\n", "a: {b: }\n",
	strings.Repeat("a:\n ", 3) + "x", deep(40), "a: [#]\n", "a: x:\n",
}

func deep(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func TestScanRegular(t *testing.T) {
	for _, text := range regular {
		got, ok := scan(text, 3)
		if !ok {
			t.Errorf("not taken: %q", text)
			continue
		}
		want, diags := parseLibrary("f", text, 3)
		if len(diags) > 0 {
			t.Errorf("%q: %v", text, diags)
		}
		if diff := cmp.Diff(outline(want), outline(got)); diff != "" {
			t.Errorf("%q (-library +scanner):\n%s", text, diff)
		}
	}
}

func TestScanIrregular(t *testing.T) {
	for _, text := range irregular {
		if n, ok := scan(text, 1); ok {
			t.Errorf("taken: %q\n%s", text, outline(n))
		}
	}
}

// FuzzScan compares the two readers: if the scanner accepts a text, the library must
// give the same result without a mistake.
func FuzzScan(f *testing.F) {
	for _, text := range append(regular, irregular...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := scan(text, 2)
		if !ok {
			return
		}
		want, diags := parseLibrary("f", text, 2)
		if len(diags) > 0 {
			t.Fatalf("%q: the scanner takes it, the library says %v", text, diags)
		}
		if diff := cmp.Diff(outline(want), outline(got)); diff != "" {
			t.Fatalf("%q (-library +scanner):\n%s", text, diff)
		}
	})
}

func BenchmarkScan(b *testing.B) {
	b.SetBytes(int64(len(reportText)))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := scan(reportText, 2); !ok {
			b.Fatal("not taken")
		}
	}
}

func BenchmarkLibrary(b *testing.B) {
	b.SetBytes(int64(len(reportText)))
	b.ReportAllocs()
	for b.Loop() {
		parseLibrary("f", reportText, 2)
	}
}

// TestScanTokens tries texts made of the tokens that matter in YAML, which a fuzzer
// of bytes rarely combines.
func TestScanTokens(t *testing.T) {
	pieces := []string{"a", "b", "c: ", "d:", "字", "：", " ", "  ", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "- ", "-", "[", "]", "{", "}",
		",", ", ", "\"", "\"x\"", "'", "#", " #", "# ", ":", ": ", "1", "\r\n", "e: [1, 2]\n", "f: {g: h}\n", "~", "|", ">", "&", "*", "!", "?", "%", "---", "..."}
	r := rand.New(rand.NewPCG(1, 2))
	taken := 0
	for range 300_000 {
		var b strings.Builder
		if r.IntN(2) == 0 {
			b.WriteString("k:")
		}
		for range 1 + r.IntN(10) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		text := b.String()
		got, ok := scan(text, 1)
		if !ok {
			continue
		}
		taken++
		want, diags := parseLibrary("f", text, 1)
		if len(diags) > 0 {
			t.Fatalf("%q: the scanner takes it, the library says %v", text, diags)
		}
		if outline(want) != outline(got) {
			t.Fatalf("%q (-library +scanner):\n%s", text, cmp.Diff(outline(want), outline(got)))
		}
	}
	if taken < 3_000 {
		t.Errorf("only %d texts were taken: the test proves little", taken)
	}
}
