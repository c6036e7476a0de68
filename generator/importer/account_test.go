package importer

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
)

// TestAccountNamesEverything: what the document says is in the report, or the
// account names it: every paragraph and cell at its place, and every word that
// somebody else than this program reads in the file.
func TestAccountNamesEverything(t *testing.T) {
	forms := loadForms(t)
	files, err := filepath.Glob("testdata/reports/*")
	if err != nil || len(files) < 20 {
		t.Fatalf("only %d documents: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			res, found := importFile(t, forms, file)
			if res == nil {
				if found[0].Rule != "import-file" { // of a kind that is not read at all
					t.Error(found)
				}
				return
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			unaccounted(t, res, filepath.Base(file), data)
		})
	}
}

// unaccounted fails for all that the document has and its account has not.
func unaccounted(t *testing.T, res *Result, file string, data []byte) {
	t.Helper()
	report := strings.ReplaceAll(string(res.Report), `\`, "")
	at := map[draft.Origin]string{}
	all := ""
	note := func(o draft.Origin, text string) {
		at[line(o)] += " " + text
		all += " " + text
	}
	for _, f := range res.Account.Figures {
		if !f.Found {
			continue
		}
		note(f.At, f.Printed+" "+f.Note)
		if !strings.Contains(report, f.Taken) || f.At == (draft.Origin{}) {
			t.Errorf("%s: %q was taken at %+v, and is not in the report", f.Cell.ID, f.Taken, f.At)
		}
	}
	for _, p := range res.Account.Passages {
		note(p.At, p.Text)
		if p.Went.ZH == "" || p.Went.EN == "" {
			t.Errorf("%s: where %q went is not said", p.At.Words().ZH, p.Text)
		}
		for _, text := range strings.Split(p.Text, "\n") {
			if p.Use == bind.Text && !strings.Contains(report, text) {
				t.Errorf("%s: %q is said to be in the report, and is not", p.At.Words().ZH, text)
			}
		}
	}
	d, _ := draft.Read(file, data)
	check := func(text, where string, got string) {
		got = squash(got)
		for _, word := range strings.Fields(text) {
			if word = squash(word); !strings.Contains(got, word) {
				t.Errorf("%s: the account has not %q of %q", where, word, text)
			}
		}
	}
	for _, b := range d.Blocks {
		if b.Paragraph != nil {
			check(b.Paragraph.Text, b.Paragraph.At.Words().ZH, at[line(b.Paragraph.At)])
			continue
		}
		for _, row := range b.Grid.Rows {
			for _, c := range row {
				check(c.Text, c.At.Words().ZH, at[line(c.At)])
			}
		}
	}
	for _, text := range otherReading(t, filepath.Ext(file), data) {
		check(text, "read otherwise", all)
	}
}

// line is the place of a line, of which a piece may be a part.
func line(o draft.Origin) draft.Origin {
	o.Column, o.Part = 0, 0
	return o
}

func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// otherReading are the texts of a Word file or a page, read in the plainest way.
func otherReading(t *testing.T, ext string, data []byte) (texts []string) {
	t.Helper()
	switch ext {
	case ".docx":
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		f, err := z.Open("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		in := false
		for d := xml.NewDecoder(f); ; {
			token, err := d.Token()
			if err == io.EOF {
				return texts
			}
			if err != nil {
				t.Fatal(err)
			}
			switch x := token.(type) {
			case xml.StartElement:
				in = x.Name.Local == "t"
				if x.Name.Local == "p" {
					texts = append(texts, "")
				}
			case xml.EndElement:
				in = false
			case xml.CharData:
				if in && len(texts) > 0 {
					texts[len(texts)-1] += string(x)
				}
			}
		}
	case ".html", ".htm":
		text, ok := draft.Decode(data)
		if !ok {
			t.Fatal("no text")
		}
		silent := 0
		for z := html.NewTokenizer(strings.NewReader(text)); ; {
			switch z.Next() {
			case html.ErrorToken:
				return texts
			case html.StartTagToken:
				if name, _ := z.TagName(); unseen[string(name)] {
					silent++
				}
			case html.EndTagToken:
				if name, _ := z.TagName(); unseen[string(name)] {
					silent--
				}
			case html.TextToken:
				if silent == 0 {
					texts = append(texts, string(z.Text()))
				}
			}
		}
	}
	return nil
}

var unseen = map[string]bool{"script": true, "style": true, "title": true, "noscript": true}

// TestOriginalsNames: the original is named for what its bytes are, with its own
// extension where that says the same.
func TestOriginalsNames(t *testing.T) {
	forms := loadForms(t)
	read := func(name string) []byte {
		data, err := os.ReadFile("testdata/reports/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	page := string(read("official.html"))
	mht := "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page + "\r\n--x--\r\n"
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"a.docx", read("lo.docx"), "original.docx"},
		{"a.doc", read("lo.docx"), "original.docx"},
		{"A.DOCX", read("lo.docx"), "original.docx"},
		{"a.xlsx", read("lo.xlsx"), "original.xlsx"},
		{"a.html", []byte(page), "original.html"},
		{"a.HTM", []byte(page), "original.htm"},
		{"a.xls", []byte(page), "original.html"},
		{"a.mht", []byte(mht), "original.mht"},
		{"a.mhtml", []byte(mht), "original.mhtml"},
		{"a.html", []byte(mht), "original.mht"},
		{"a.csv", read("lo.csv"), "original.csv"},
		{"a.txt", read("tabs.txt"), "original.txt"},
		{"a.md", read("pipes.md"), "original.txt"}, // .md in a year's folder would be a report
		{"a.csv", utf16(strings.TrimPrefix(string(read("lo.csv")), "\ufeff")), "original.txt"},
	} {
		res, found := Import(Options{File: c.name, Data: c.data, Agency: "x", Year: 2024, Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}, Forms: forms})
		if res == nil {
			t.Errorf("%s: %v", c.name, found)
			continue
		}
		if res.Attachment != c.want || !strings.Contains(string(res.Report), "  file: "+c.want+"\n") {
			t.Errorf("%s is kept as %s, want %s", c.name, res.Attachment, c.want)
		}
	}
}

// utf16 is a text in UTF-16, as spreadsheets export "Unicode text".
func utf16(text string) []byte {
	data := []byte{0xff, 0xfe}
	for _, r := range text {
		data = append(data, byte(r), byte(r>>8))
	}
	return data
}
