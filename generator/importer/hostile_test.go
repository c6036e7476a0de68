package importer

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"annals/generator/diag"
	"annals/generator/importer/draft"
	"annals/generator/testdata/costtest"
)

const (
	wordHead = `<?xml version="1.0"?><w:document xmlns:w="x"><w:body>`
	wordTail = `</w:body></w:document>`
)

// entry is a file of a zip.
type entry struct {
	name string
	data io.Reader
}

func pack(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.Create(e.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, e.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func word(body string) entry {
	return entry{"word/document.xml", strings.NewReader(wordHead + body + wordTail)}
}

func sheet(data string) []entry {
	return []entry{
		{"xl/workbook.xml", strings.NewReader(`<workbook><sheets><sheet name="a"/></sheets></workbook>`)},
		{"xl/worksheets/sheet1.xml", strings.NewReader(`<worksheet>` + data + `</worksheet>`)},
	}
}

// zeros reads as n bytes that compress to nearly none.
func zeros(n int64) io.Reader { return io.LimitReader(zero{}, n) }

type zero struct{}

func (zero) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// lie changes the sizes that a zip's directory claims for its last entry.
func lie(data []byte) []byte {
	at := bytes.LastIndex(data, []byte("PK\x01\x02"))
	out := bytes.Clone(data)
	copy(out[at+24:], []byte{1, 0, 0, 0})
	return out
}

// overlap makes the last entry of a zip's directory point to the data of the
// first.
func overlap(data []byte) []byte {
	first, last := bytes.Index(data, []byte("PK\x01\x02")), bytes.LastIndex(data, []byte("PK\x01\x02"))
	out := bytes.Clone(data)
	copy(out[last+42:last+46], data[first+42:first+46])
	return out
}

// file is a document that was made to do harm.
type file struct {
	name string
	why  string // the message of the rule import-file, and text that it must contain
	data []byte
}

// refused are files that must be refused as a whole.
func refused(t testing.TB) []file {
	many := make([]entry, 0, 2100)
	many = append(many, word("<w:p><w:r><w:t>一</w:t></w:r></w:p>"))
	for i := range 2050 {
		many = append(many, entry{fmt.Sprint("x", i), strings.NewReader("")})
	}
	good, again := word("<w:p><w:r><w:t>一</w:t></w:r></w:p>"), word("<w:p><w:r><w:t>一</w:t></w:r></w:p>")
	again.name = "word/document2.xml"
	return []file{
		{"bomb.docx", "bomb", pack(t, good, entry{"word/media/a.bin", zeros(210 << 20)})},
		{"bomb-part.docx", "part-too-large", pack(t, entry{"word/document.xml", io.MultiReader(strings.NewReader(wordHead), zeros(40<<20))})},
		{"lie.docx", "damaged", lie(pack(t, good, entry{"word/a.bin", zeros(4096)}))},
		{"overlap.docx", "damaged", overlap(pack(t, good, again))}, // both entries are complete, and are the same bytes
		{"many.docx", "too-many-entries", pack(t, many...)},
		{"twice.docx", "entry", pack(t, good, word("<w:p><w:r><w:t>二</w:t></w:r></w:p>"))},
		{"slip.docx", "entry", pack(t, good, entry{"../../x", strings.NewReader("x")})},
		{"backslash.docx", "entry", pack(t, good, entry{`word\x`, strings.NewReader("x")})},
		{"xxe.docx", "doctype", pack(t, entry{"word/document.xml", strings.NewReader(`<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d><p><t>&x;</t></p></d>`)})},
		{"laughs.docx", "doctype", pack(t, entry{"word/document.xml", strings.NewReader(`<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>`)})},
		{"deep.docx", "xml: it is nested too deeply", pack(t, word(strings.Repeat("<w:p>", 300)+"<w:r><w:t>一</w:t></w:r>"+strings.Repeat("</w:p>", 300)))},
		{"skipped-dtd.docx", "doctype", pack(t, word("<w:p><w:pPrChange><!DOCTYPE d></w:pPrChange><w:r><w:t>一</w:t></w:r></w:p>"))},
		{"deep-tables.docx", "xml: it is nested too deeply", pack(t, word(strings.Repeat("<w:tbl><w:tr><w:tc>", 200)+strings.Repeat("</w:tc></w:tr></w:tbl>", 200)))},
		{"unclosed.docx", "xml: unexpected EOF", pack(t, entry{"word/document.xml", strings.NewReader(wordHead + "<w:p><w:r><w:t>一</w:t></w:r></w:p><w:p>")})},
		{"truncated.docx", "damaged", pack(t, good)[:60]},
		{"wide.docx", "too-wide", pack(t, word("<w:tbl><w:tr>"+strings.Repeat("<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>", 100)+"</w:tr></w:tbl>"))},
		{"tall.docx", "too-long", pack(t, word("<w:tbl>"+strings.Repeat("<w:tr><w:tc/></w:tr>", 20_000)+"</w:tbl>"))},
		{"paragraphs.docx", "too-long", pack(t, word(strings.Repeat("<w:p><w:r><w:t>1</w:t></w:r></w:p>", 50_000)))},
		{"empty.docx", "empty", pack(t, word(""))},
		{"text.docx", "not-office", []byte("plain text")},
		{"other.docx", "not-office", pack(t, entry{"hello.txt", strings.NewReader("x")})},
		{"cells.xlsx", "too-many-cells", pack(t, sheet("<sheetData>"+strings.Repeat("<row><c><v>1</v></c></row>", 200_000)+"</sheetData>")...)},
		{"merges.xlsx", "merges", pack(t, sheet(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>`+strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 100)+`</mergeCells>`)...)},
		{"column.xlsx", "too-wide", pack(t, sheet(`<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>`)...)},
		{"page.mhtml", "damaged", []byte("MIME-Version: 1.0\nContent-Type: multipart/related\n")},
		{"cell.html", "cell-too-long", []byte("<table><tr><td>" + strings.Repeat("a", 10_000) + "</td><td>1</td></tr></table>")},
		{"columns.html", "too-wide", []byte("<table><tr>" + strings.Repeat("<td>1</td>", 10_000) + "</tr></table>")},
		{"rows.html", "too-long", []byte("<table>" + strings.Repeat("<tr><td>1<td>2", 10_000) + "</table>")},
		{"bars.txt", "too-wide", []byte(strings.Repeat("|1", 10_000))},
		{"tabs.txt", "too-long", []byte(strings.Repeat("1\t2\n", 10_000))},
		{"lines.txt", "too-long", []byte(strings.Repeat("1\n", 100_000))},
		{"big.txt", "too-large", bytes.Repeat([]byte("1 "), 3<<20)},
		{"bytes.txt", "encoding", []byte("abc\xff\xff\xff")},
		{"deep.html", "html", []byte(strings.Repeat("<div>", 100_000))},
		{"shared.xlsx", "too-much-text", pack(t, append(sheet("<sheetData>"+strings.Repeat("<row>"+strings.Repeat(`<c t="s"><v>0</v></c>`, 60)+"</row>", 240)+"</sheetData>"),
			entry{"xl/sharedStrings.xml", strings.NewReader("<sst><si><t>" + strings.Repeat("公", 4_000) + "</t></si></sst>")})...)},
		{"shared-lines.xlsx", "too-much-text", pack(t, append(sheet("<sheetData>"+strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 9_000)+"</sheetData>"),
			entry{"xl/sharedStrings.xml", strings.NewReader("<sst><si><t>" + strings.Repeat("公", 4_000) + "</t></si></sst>")})...)},
		{"numbers.xlsx", "too-many-cells", pack(t, sheet("<sheetData>"+strings.Repeat("<row>"+strings.Repeat(`<c><v>1</v></c>`, 60)+"</row>", 9_000)+"</sheetData>")...)},
		{"long.docx", "too-much-text", pack(t, word("<w:p><w:r><w:t>"+strings.Repeat("公开", 2_000_000)+"</w:t></w:r></w:p>"))},
		{"cells.docx", "too-many-cells", pack(t, word("<w:tbl>"+strings.Repeat("<w:tr>"+strings.Repeat("<w:tc><w:p><w:r><w:t>公</w:t></w:r></w:p></w:tc>", 60)+"</w:tr>", 1_900)+"</w:tbl>"))},
		{"row.docx", "too-wide", pack(t, word("<w:tbl><w:tr>"+strings.Repeat("<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>", 2_000)+"</w:tr></w:tbl>"))},
		{"attributes.html", "html", []byte("<p " + strings.Repeat("a=1 ", 900_000) + ">公</p>")},
		{"row.csv", "too-wide", []byte(strings.Repeat("1,", 160_000) + "\n")},
		{"fields.csv", "too-wide", []byte(strings.Repeat("1,", 10_000))},
		{"spans.html", "html", []byte("<table>" + strings.Repeat("<tr>"+strings.Repeat("<td rowspan=1000 colspan=1000>1</td>", 60)+"</tr>", 1_500) + "</table>")},
		{"wide-row.xlsx", "too-wide", pack(t, sheet(`<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>`+strings.Repeat(`<row><c><v>1</v></c><c><v>2</v></c></row>`, 100_000)+`</sheetData>`)...)},
	}
}

// TestHostileFilesAreRefused: each is refused as a whole, and the diagnostic says
// why.
func TestHostileFilesAreRefused(t *testing.T) {
	forms := loadForms(t)
	for _, c := range slices.Concat(refused(t), hostileOLE(), hostilePDFs()) {
		t.Run(c.name, func(t *testing.T) {
			res, diags := Import(Options{File: c.name, Data: c.data, Agencies: agencies, Forms: forms, Agency: "qinghe/water", Year: 2024})
			if res != nil || len(diags) == 0 || diags[len(diags)-1].Rule != "import-file" {
				t.Fatalf("not refused: %d diagnostics, last %v", len(diags), last(diags))
			}
			d := diags[len(diags)-1]
			why, says, _ := strings.Cut(c.why, ": ")
			if got := variant(t, d); got != why || !strings.Contains(d.Message.EN, says) {
				t.Errorf("refused for %s (%s), want %s", got, d.Message.EN, c.why)
			}
		})
	}
}

// variant returns the message of the rule import-file from which a diagnostic was
// made. If two fit, because a value in one is a word in the other, it returns the one
// with more words.
func variant(t *testing.T, d diag.Diagnostic) string {
	rule, _ := diag.Lookup("import-file")
	found, words := "", 0
	for name, m := range rule.Messages {
		own := placeholder.ReplaceAllString(regexp.QuoteMeta(m.EN), "")
		pattern := placeholder.ReplaceAllString(regexp.QuoteMeta(m.EN), "(?s:.*)")
		if len(own) > words && regexp.MustCompile("^"+pattern+"$").MatchString(d.Message.EN) {
			found, words = name, len(own)
		}
	}
	if found == "" {
		t.Fatalf("%q is no message of the rule", d.Message.EN)
	}
	return found
}

var placeholder = regexp.MustCompile(`\\\{[a-z]+\\\}`)

func last(diags []diag.Diagnostic) any {
	if len(diags) == 0 {
		return nil
	}
	return diags[len(diags)-1].Message.EN
}

// TestOddFilesAreRead: these look suspicious and are harmless.
func TestOddFilesAreRead(t *testing.T) {
	forms := loadForms(t)
	title := "<w:p><w:r><w:t>青禾县水务局2024年政府信息公开工作年度报告</w:t></w:r></w:p>"
	for _, c := range []struct {
		name, want string // in the report, or in a diagnostic
		data       []byte
	}{
		{"compressible.docx", "正文", pack(t, word(title+"<w:p><w:r><w:t>正文</w:t></w:r></w:p>"), entry{"word/media/a.bmp", zeros(50 << 20)})},
		{"row.xlsx", "123", pack(t, sheet(`<sheetData><row r="2147483647"><c r="A2147483647"><v>123</v></c></row></sheetData>`)...)},
		{"strings.xlsx", "-1", pack(t, sheet(`<sheetData><row r="1"><c r="A1" t="s"><v>-1</v></c><c r="B1"><v>5</v></c></row></sheetData>`)...)},
		{"formula.xlsx", "公式", pack(t, sheet(`<sheetData><row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><v>5</v></c></row></sheetData>`)...)},
		{"deleted.docx", "删去的字", pack(t, word(title+`<w:p><w:del><w:r><w:delText>删去的字9</w:delText></w:r></w:del><w:r><w:t>留下</w:t></w:r></w:p>`))},
		{"box.docx", "框中的字", pack(t, word(title+`<w:p><w:r><w:txbxContent><w:p><w:r><w:t>框中的字</w:t></w:r></w:p></w:txbxContent></w:r></w:p>`))},
		{"header.docx", "眉上的字", pack(t, word(title), entry{"word/header1.xml", strings.NewReader(`<w:hdr><w:p><w:r><w:t>眉上的字</w:t></w:r></w:p></w:hdr>`)})},
		{"footnote.docx", "注中的字", pack(t, word(title), entry{"word/footnotes.xml", strings.NewReader(`<w:footnotes><w:footnote><w:p><w:r><w:t>注中的字</w:t></w:r></w:p></w:footnote></w:footnotes>`)})},
		{"hidden.docx", "隐去的字", pack(t, word(title+`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐去的字</w:t></w:r></w:p>`))},
		{"relation.docx", "正文", pack(t, word(title+`<w:p><w:r><w:t>正文</w:t></w:r></w:p>`), entry{"word/_rels/document.xml.rels", strings.NewReader(`<Relationships><Relationship Target="file:///etc/passwd" TargetMode="External"/></Relationships>`)})},
		{"deep.html", "正文", []byte(strings.Repeat("<div>", 300) + "正文" + strings.Repeat("</div>", 300))},
		{"span.html", "77", []byte("<table><tr><td colspan=999999999 rowspan=999999999>a</td><td>77</td></tr></table>")},
		{"script.html", "正文", []byte("<script>document.write('x')</script><p onclick=x()>正文</p>")},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, diags := Import(Options{File: c.name, Data: c.data, Agencies: agencies, Forms: forms, Agency: "qinghe/water", Year: 2024})
			text := ""
			if res != nil {
				text = string(res.Report)
			} else { // most have no figures and make no report, but they must be read
				d, _ := draft.Read(c.name, c.data)
				for _, k := range d.Blocks {
					if k.Paragraph != nil {
						text += k.Paragraph.Text + "\n"
						continue
					}
					for _, row := range k.Grid.Rows {
						for _, cell := range row {
							text += cell.Text + "\n"
						}
					}
				}
			}
			for _, d := range diags {
				text += d.Message.ZH + "\n"
				for _, r := range d.Related {
					text += r.Message.ZH + "\n"
				}
			}
			if !strings.Contains(text, c.want) {
				t.Errorf("%q is nowhere:\n%s", c.want, text)
			}
			if strings.Contains(text, "root:") {
				t.Error("a file of this machine was read")
			}
		})
	}
}

func FuzzImport(f *testing.F) {
	for _, name := range []string{"official.html", "tabs-gbk.txt", "pipes.md", "pandoc.docx", "lo.xlsx", "lo.doc"} {
		data, err := os.ReadFile(filepath.Join("testdata/reports", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(name, data)
	}
	f.Add("a.csv", []byte("a,1\nb,2\n"))
	forms := loadForms(f)
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		var res *Result
		var diags []diag.Diagnostic
		costtest.Within(t, len(data), 8<<20, 1024, func() {
			res, diags = Import(Options{File: name, Data: data, Agencies: agencies, Forms: forms, Agency: "qinghe/water", Year: 2024})
		})
		if res == nil && len(diags) == 0 {
			t.Error("refused without a word")
		}
	})
}

func FuzzPDF(f *testing.F) {
	f.Add(written(func(p *paper) { p.paragraph("青禾县水务局2024年政府信息公开工作年度报告") }))
	for _, x := range hostilePDFs() {
		if len(x.data) < 4096 {
			f.Add(x.data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, diags := draft.Read("report.pdf", append([]byte("%PDF-1.7\n"), data...)); d == nil && len(diags) == 0 {
			t.Error("refused without a word")
		}
	})
}
