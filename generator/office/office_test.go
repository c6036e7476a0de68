package office

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(text))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// list returns traces as a short text, for comparison.
func list(traces []Trace) string {
	var parts []string
	for _, t := range traces {
		s := string(t.Kind)
		if t.Count > 0 {
			s += fmt.Sprint(" ", t.Count)
		}
		if len(t.Names) > 0 {
			s += " " + strings.Join(t.Names, ",")
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// TestTraces: each kind is found in its usual place, as several programs write it,
// and nothing is found in files that only look as if they had it.
func TestTraces(t *testing.T) {
	for _, c := range []struct {
		name, kind, part, text, want string
	}{
		{"author", "docx", "docProps/core.xml", `<cp:coreProperties><dc:creator>张三</dc:creator><cp:lastModifiedBy>李 &amp; 四</cp:lastModifiedBy></cp:coreProperties>`, "author 张三,李 & 四"},
		{"nobody", "docx", "docProps/core.xml", `<cp:coreProperties><dc:creator></dc:creator><cp:lastModifiedBy/><dc:title>x</dc:title></cp:coreProperties>`, ""},
		{"other prefix and case", "xlsx", "docprops/Core.xml", `<x:creator>a</x:creator>`, "author a"},
		{"manager", "docx", "docProps/app.xml", `<Properties><Application>WPS</Application><Manager>王五</Manager></Properties>`, "author 王五"},
		{"program's property", "docx", "docProps/custom.xml", `<property name="KSOProductBuildVer"><vt:lpwstr>2052</vt:lpwstr></property><property name='ICV'/>`, ""},
		{"property", "docx", "docProps/custom.xml", `<property fmtid="a" name="密级"><vt:lpwstr>内部</vt:lpwstr></property>`, "properties 密级"},
		{"insertion", "docx", "word/document.xml", `<w:p><w:ins w:author="赵六" w:date="x"><w:r><w:t>a</w:t></w:r></w:ins><w:del w:author="赵六"><w:r><w:delText>b</w:delText></w:r></w:del></w:p>`, "author 赵六; changes 2"},
		{"move in a footnote", "docx", "word/footnotes.xml", `<w:moveFrom w:author=""/>`, "changes 1"},
		{"comment", "docx", "word/comments.xml", `<w:comments><w:comment w:id="0" w:author="a"><w:p/></w:comment><w:comment w:id="1" w:author="a"/></w:comments>`, "author a; comments 2"},
		{"no comment", "docx", "word/comments.xml", `<w:comments/>`, ""},
		{"people", "docx", "word/people.xml", `<w15:people><w15:person w15:author="钱七"/></w15:people>`, "author 钱七"},
		{"hidden run", "docx", "word/document.xml", `<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>`, "text 1"},
		{"hidden run not", "docx", "word/document.xml", `<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>x</w:t></w:r>`, ""},
		{"hidden mark", "docx", "word/document.xml", `<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>`, ""},
		{"hidden blank", "docx", "word/document.xml", `<w:r><w:rPr><w:vanish/></w:rPr><w:t> </w:t></w:r>`, ""},
		{"in a comment of XML", "docx", "word/document.xml", `<!-- <w:ins w:author="a"> --><w:p a="<w:del>"/>`, ""},
		{"hidden sheet", "xlsx", "xl/workbook.xml", `<sheets><sheet name="公开" sheetId="1"/><sheet name="底稿" state="hidden"/><sheet name="底稿2" state="veryHidden"/></sheets>`, "sheets 2 底稿,底稿2"},
		{"hidden row", "xlsx", "xl/worksheets/sheet1.xml", `<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3" hidden="1"><c r="A3"/></row>`, "rows 1"},
		{"flat row", "xlsx", "xl/worksheets/sheet1.xml", `<row ht="0"><c t="inlineStr"><is><t>x</t></is></c></row>`, "rows 1"},
		{"hidden columns", "xlsx", "xl/worksheets/sheet1.xml", `<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="true"/></cols><row><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"/></row><row><c><v>1</v></c><c><v>2</v></c></row>`, "columns 1"},
		{"remarks", "xlsx", "xl/comments1.xml", `<comments><authors><author>孙八</author></authors><commentList><comment ref="A1" authorId="0"/></commentList></comments>`, "author 孙八; comments 1"},
		{"threads", "xlsx", "xl/threadedComments/threadedComment1.xml", `<threadedComment ref="A1"/>`, "comments 1"},
		{"person", "xlsx", "xl/persons/person.xml", `<person displayName="周九"/>`, "author 周九"},
		{"revisions", "xlsx", "xl/revisions/revisionLog1.xml", `<revisions><rcc rId="1"/></revisions>`, "changes 1"},
		{"ofd", "ofd", "OFD.xml", `<ofd:DocInfo><ofd:Author>吴十</ofd:Author></ofd:DocInfo>`, "author 吴十"},
		{"UTF-16", "docx", "word/document.xml", "\xff\xfe<\x00", "unread word/document.xml"},
	} {
		if got := list(Traces(c.kind, pack(t, map[string]string{c.part: c.text}))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	styled := map[string]string{
		"word/document.xml": `<w:p><w:pPr><w:pStyle w:val="z"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p><w:p><w:r><w:rPr><w:rStyle w:val="y"/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>`,
		"word/styles.xml":   `<w:style w:styleId="z"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="y"><w:rPr><w:vanish/></w:rPr></w:style>`,
	}
	if got := list(Traces("docx", pack(t, styled))); got != "text 2" {
		t.Errorf("hidden by style: %q", got)
	}
}

func TestPDF(t *testing.T) {
	for text, want := range map[string]string{
		"/Author (Zhang San)":                "author Zhang San",
		"/Author()":                          "",
		`/Author (a \(b\) (c) \101\n)`:       "author a (b) (c) An",
		"/Author <FEFF5F204E09>":             "author 张三",
		"/Author (\xfe\xff\x5f\x20\x4e\x09)": "author 张三",
		"/Author (\xd5\xc5\xc8\xfd)":         "author ???",
		"/Author 5 0 R":                      "",
		"/Author (never closed":              "",
		"<dc:creator><rdf:Seq><rdf:li>李四</rdf:li></rdf:Seq></dc:creator>": "author 李四",
		"/Title (x)": "",
	} {
		if got := list(Traces("pdf", []byte("%PDF-1.4\n"+text+"\n"))); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestBomb: no more is unpacked than the limits allow, and parts that were not
// searched are reported.
func TestBomb(t *testing.T) {
	zeros := strings.Repeat("<w:p/>", maxPart/6+1)
	parts := map[string]string{"word/document.xml": zeros}
	if got := list(Traces("docx", pack(t, parts))); got != "unread word/document.xml" {
		t.Errorf("%.80q", got)
	}
	many := map[string]string{}
	for i := range 4 {
		many[fmt.Sprintf("word/header%d.xml", i)] = zeros[:maxPart/5*4]
	}
	if got := Traces("docx", pack(t, many)); !cmp.Equal([]string{"word/header2.xml", "word/header3.xml"}, got[0].Names) && len(got[0].Names) != 2 {
		t.Errorf("%v", got)
	}
	crowd := map[string]string{"word/comments.xml": `<w:comment w:id="0"/>`}
	for len(crowd) < maxEntries {
		crowd[fmt.Sprint("x", len(crowd))] = ""
	}
	if got := list(Traces("docx", pack(t, crowd))); got != "comments 1" {
		t.Errorf("%d entries: %q", len(crowd), got)
	}
	crowd["one more"] = ""
	if got := list(Traces("docx", pack(t, crowd))); got != "unread zip" {
		t.Errorf("%d entries: %q", len(crowd), got)
	}
	if got := list(Traces("xlsx", []byte("PK"))); got != "unread zip" {
		t.Errorf("%q", got)
	}
}

func FuzzTraces(f *testing.F) {
	f.Add([]byte(`<row hidden="1"><c r="A1"><v>1</v></c></row><w:r><w:vanish/><w:t>x`), "sheet1.xml")
	f.Add([]byte("<![CDATA[<!--"), "x")
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		for _, kind := range []string{"docx", "xlsx", "ofd", "pdf"} {
			Traces(kind, data)
		}
		for _, part := range []string{"word/document.xml", "xl/worksheets/s.xml", "docProps/core.xml"} {
			for _, kind := range []string{"docx", "xlsx"} {
				Traces(kind, pack(t, map[string]string{part: string(data)}))
			}
		}
	})
}

func BenchmarkSheet(b *testing.B) {
	part := []byte(strings.Repeat(`<row r="1" spans="1:3"><c r="A1" s="1" t="s"><v>1</v></c><c r="B1" s="1"><v>22</v></c></row>`, 10_000))
	b.SetBytes(int64(len(part)))
	for b.Loop() {
		(&collector{found: map[Kind]*Trace{}}).sheet(part)
	}
}
