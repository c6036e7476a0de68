package importer

import (
	"encoding/base64"
	"strings"
	"testing"
)

// TestSingleFilePage: a page that a browser saved as one MHTML file is read.
func TestSingleFilePage(t *testing.T) {
	page := about{}.document()
	text := "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.gov.cn/nb.html\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/related; type=\"text/html\"; boundary=\"--x\"\r\n\r\n----x\r\nContent-Type: text/css\r\n\r\np {}\r\n" +
		"----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(page)) + "\r\n----x--\r\n"
	res, found := Import(Options{File: "a.mht", Data: []byte(text), Agency: "x", Year: 2023, Forms: loadForms(t),
		Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
	if res == nil {
		t.Fatal(found)
	}
	for _, want := range []string{"permits: 12", "事项甲。", `url: "https://www.example.gov.cn/nb.html"`} {
		if !strings.Contains(string(res.Report), want) {
			t.Errorf("%q is not in\n%s", want, res.Report)
		}
	}
}
