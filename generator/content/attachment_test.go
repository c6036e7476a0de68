package content

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"annals/generator/diag"
	"annals/generator/source"
)

// zipOf makes a zip file with the entries.
func zipOf(names ...string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			panic(err)
		}
		fmt.Fprint(w, "<x/>")
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

const (
	png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"
	jpg = "\xff\xd8\xff\xe0\x00\x10JFIF"
)

func TestReadAttachment(t *testing.T) {
	docx := zipOf("[Content_Types].xml", "_rels/.rels", "word/document.xml")
	xlsx := zipOf("[Content_Types].xml", "xl/workbook.xml")
	ofd := zipOf("OFD.xml", "Doc_0/Document.xml")
	many := make([]string, 40_000)
	for i := range many {
		many[i] = fmt.Sprintf("word/media/image-with-a-long-name-%d.png", i)
	}
	for _, test := range []struct {
		name, data, want string // want is a variant's distinguishing words, "" is accepted
	}{
		{"a.pdf", "%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>", ""},
		{"a.PDF", "%PDF-1.4\n", ""},
		{"a.docx", docx, ""},
		{"a.xlsx", xlsx, ""},
		{"a.ofd", ofd, ""},
		{"a.png", png, ""},
		{"a.jpg", jpg, ""},
		{"a.csv", "年度,数量\n2024,5\n", ""},
		{"a.csv", "\ufeff年度,数量\r\n", ""},
		{"a.csv", "\xc4\xea\xb6\xc8,5\r\n", ""}, // GBK
		{"a.csv", "a<b,c>d\n", ""},
		{"a.html", "<html><script>x</script>", ""},
		{"a.mht", "MIME-Version: 1.0\n", ""},
		{"a.txt", "\xff\xfex\x00", ""}, // UTF-16
		{"a.doc", compound + "x", ""},
		{"a.rtf", "{\\rtf1}", ""},

		{"a.svg", "<svg/>", "not accepted"},
		{"a.xhtml", "<x/>", "not accepted"},
		{"a.pdf.exe", "%PDF-1.7", "not accepted"},
		{"a.pdf", "", "empty"},
		{"a.pdf", "PK\x03\x04", "bytes of"},
		{"a.pdf", " %PDF-1.7", "bytes of"},
		{"a.pdf", "MZ\x90", "bytes of"},
		{"a.pdf", "<html><script>alert(1)</script>", "web page"},
		{"a.pdf", "<!-- %PDF-1.7 --><script>x</script>", "web page"},
		{"a.pdf", "%PDF-1.7\n%<script>alert(1)</script>", "web page"},
		{"a.pdf", "%PDF-1.7\n<HTML><BODY onload=x>", "web page"},
		{"a.pdf", "%PDF-1.7\n<sVg onload=x>", "web page"},
		{"a.pdf", "\ufeff\n <?xml version=\"1.0\"?>", "web page"},
		{"a.png", png + "<script>alert(1)</script>", "web page"},
		{"a.png", "\x89PNG\r\n\x1a\n", "bytes of"},
		{"a.png", jpg, "bytes of"},
		{"a.jpg", png, "bytes of"},
		{"a.jpg", "GIF89a", "bytes of"},
		{"a.jpg", jpg + "<!DOCTYPE html>", "web page"},
		{"a.csv", "<html>", "web page"},
		{"a.csv", "x\n<script>alert(1)</script>", "web page"},
		{"a.csv", "a,b\x00c", "bytes of"},
		{"a.csv", "a\xff,b", "bytes of"},
		{"a.csv", "\xc4", "bytes of"},
		{"a.csv", "PK\x03\x04", "bytes of"},
		{"a.docx", "PK\x03\x04", "bytes of"},
		{"a.docx", xlsx, "bytes of"},
		{"a.docx", ofd, "bytes of"},
		{"a.xlsx", docx, "bytes of"},
		{"a.ofd", docx, "bytes of"},
		{"a.docx", zipOf("x"), "bytes of"},
		{"a.docx", "\xd0\xcf\x11\xe0", "bytes of"}, // an old .doc
		{"a.docx", docx[:len(docx)-30], "bytes of"},
		{"a.docx", zipOf("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macro"},
		{"a.xlsx", zipOf("[Content_Types].xml", "xl/workbook.xml", "xl/VBAPROJECT.BIN"), "macro"},
		{"a.doc", compound + "_\x00V\x00B\x00A\x00_\x00P\x00R\x00O\x00J\x00E\x00C\x00T\x00", "macro"},
		{"a.wps", docx, "bytes of"},
		{"a.html", "", "empty"},
		{"a.docx", "<html>" + docx, "web page"},
		{"a.docx", "MZ" + docx, "bytes of"},
		{"a.docx", zipOf(many...), "zip directory"},
	} {
		fsys := fstest.MapFS{"d/" + test.name: {Data: []byte(test.data)}}
		a, diags := ReadAttachment(fsys, "d/"+test.name, "")
		about := fmt.Sprintf("%s %.40q", test.name, test.data)
		if test.want != "" {
			if len(diags) != 1 || diags[0].Rule != "attachment" || !strings.Contains(diags[0].Message.EN, test.want) || a.Name != "" {
				t.Errorf("%s: %+v %v, want %s", about, a, diags, test.want)
			}
			continue
		}
		sum := sha256.Sum256([]byte(test.data))
		want := Attachment{
			Name: test.name, File: "d/" + test.name, Kind: strings.ToLower(test.name[2:]),
			Size: int64(len(test.data)), SHA256: hex.EncodeToString(sum[:]),
		}
		if !cmp.Equal(a, want) || len(diags) > 0 {
			t.Errorf("%s: %+v %v", about, a, diags)
		}
	}
}

// TestSettle: the setting decides which kinds are published. A kind that may act in
// a browser is allowed beside a report only if the setting names it, or as the
// original.
func TestSettle(t *testing.T) {
	traces := []diag.Diagnostic{diag.New("attachment-hidden", source.Place{}, "name", "", "what", "", "remedy", "")}
	plain := types().Defaults()
	for _, test := range []struct {
		name      string
		published []string
		want      string // rules
		ok        bool
	}{
		{"a.pdf", plain, "attachment-hidden", true},
		{"a.pdf", []string{"docx"}, "attachment-kept", true},
		{"a.pdf", nil, "attachment-kept", true},
		{"original.html", plain, "attachment-kept", true},
		{"original.HTM", plain, "attachment-kept", true},
		{"original.html", []string{"html"}, "attachment-hidden", true},
		{"page.html", []string{"html"}, "attachment-hidden", true},
		{"page.html", plain, "attachment", false},
		{"Original.html", plain, "attachment", false},
		{"original.x.html", plain, "attachment", false},
		{"form.doc", plain, "attachment", false},
	} {
		a := Attachment{Name: test.name, Kind: KindOf(test.name), Traces: traces}
		found, ok := a.Settle(test.published)
		if got := strings.Join(rulesOf(found), " "); got != test.want || ok != test.ok || a.Kept != (test.want == "attachment-kept") {
			t.Errorf("%s, published %v: %s, %t, %+v", test.name, test.published, got, ok, a)
		}
	}
}

func rulesOf(found []diag.Diagnostic) (list []string) {
	for _, d := range found {
		list = append(list, d.Rule)
	}
	return list
}

func TestReadAttachmentKind(t *testing.T) {
	fsys := fstest.MapFS{"a.png": {Data: []byte(png)}, "big.png": {Data: append([]byte(png), make([]byte, MaxAttachment)...)}}
	for _, test := range []struct{ file, kind, rule string }{
		{"a.png", "png", ""}, {"a.png", "jpg", "attachment"}, {"b.png", "png", "missing-file"}, {"big.png", "png", "file-size"},
	} {
		_, diags := ReadAttachment(fsys, test.file, test.kind)
		if rule := append(lines(diags), "")[0]; !strings.HasSuffix(rule, test.rule) || (test.rule == "") != (rule == "") {
			t.Errorf("%s as %s: %v", test.file, test.kind, diags)
		}
	}
}

func FuzzJudge(f *testing.F) {
	f.Add("docx", []byte(zipOf("[Content_Types].xml", "word/document.xml")))
	f.Add("ofd", []byte(zipOf("OFD.xml")))
	f.Add("csv", []byte("\xc4\xea,\x81\x30\x81\x30"))
	f.Add("pdf", []byte("%PDF-1.7\n"))
	f.Add("png", []byte(png))
	f.Fuzz(func(t *testing.T, kind string, data []byte) {
		if KindOf("x."+kind) == "" {
			return
		}
		if judge(kind, data) == genuine && passive(kind) && looksLikeMarkup(data) {
			t.Fatalf("%q is taken for %s", data, kind)
		}
	})
}

// TestUnmergedAttachment: git merges a .csv as it does text, and leaves its marks.
func TestUnmergedAttachment(t *testing.T) {
	fsys := fstest.MapFS{"d/a.csv": {Data: []byte("年度,数量\n<<<<<<< HEAD\n2024,5\n=======\n2024,6\n>>>>>>> other\n")}}
	a, diags := ReadAttachment(fsys, "d/a.csv", "")
	if len(diags) != 1 || diags[0].Rule != "merge-conflict" || diags[0].Place.Line != 2 || a.Name != "" {
		t.Errorf("%+v %v", a, diags)
	}
}
