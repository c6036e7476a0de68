package importer

import (
	"bytes"
	"encoding/base64"
	"mime/quotedprintable"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// TestSingleFilePage: a page that a browser saved as one MHTML file is read.
func TestSingleFilePage(t *testing.T) {
	page := about{}.document()
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	var quoted bytes.Buffer
	w := quotedprintable.NewWriter(&quoted)
	if _, err := w.Write([]byte(gbk)); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	blink := "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.gov.cn/nb.html\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/related; type=\"text/html\"; boundary=\"--x\"\r\n\r\n----x\r\nContent-Type: text/css\r\n\r\np {}\r\n" +
		"----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(page)) + "\r\n----x--\r\n"
	explorer := "From: \"Saved by an older browser\"\r\nSubject: =?gb2312?B?xOqxqA==?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"y\"\r\n\r\n" +
		"This is a multi-part message in MIME format.\r\n\r\n--y\r\nContent-Type: text/html;\r\n\tcharset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://www.example.gov.cn/nb.html\r\n\r\n" +
		quoted.String() + "\r\n--y\r\nContent-Type: image/gif\r\n\r\nGIF\r\n--y--\r\n"
	for _, text := range []string{blink, explorer} {
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
}
