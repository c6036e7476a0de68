package config

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/lang"
)

func site(text string) fstest.MapFS {
	return fstest.MapFS{
		File:                   {Data: []byte(text)},
		"partials/header.html": {Data: []byte("<header></header>")},
		"footer.html":          {},
		"partials/large.html":  {Data: make([]byte, MaxPartial+1)},
		// These files exist, but their names are refused.
		"partials/header.htm":            {Data: []byte("x")},
		".git/config.html":               {Data: []byte("x")},
		"partials/.env.html":             {Data: []byte("x")},
		"content/agencies/a/2024/a.html": {Data: []byte("x")},
		"CONTENT/x.html":                 {Data: []byte("x")},
		`partials\header.html`:           {Data: []byte("x")},
		"C:/x.html":                      {Data: []byte("x")},
	}
}

func lines(diags []diag.Diagnostic) []string {
	var list []string
	for _, d := range diags {
		list = append(list, fmt.Sprintf("%d:%d-%d %s", d.Place.Line, d.Place.Column, d.Place.EndColumn, d.Rule))
	}
	return list
}

func TestLoad(t *testing.T) {
	const text = `title: 某县政府信息公开年度报告
base_url: https://www.example.gov.cn:8443/zfxxgk/nb   # 注
language: en
owner: 某县人民政府办公室
icp: 晋ICP备00000000号
police_record: 晋公网安备 00000000000000号
site_code: 0100000001
party_mark: https://bszs.conac.cn/sitename?method=show&id=1
contact: 0351-0000000
deadlines: {department: 01-20, government: 03-31}
coverage: dates
on_error: mark
header: partials/header.html
footer: footer.html
repository: https://git.example.gov.cn/archive
files: few
publish: {types: [pdf, html]}
copies: {share: 60, other: warning}
`
	want := &Site{
		Title:         lang.Same("某县政府信息公开年度报告"),
		BaseURL:       "https://www.example.gov.cn:8443/zfxxgk/nb/",
		Domain:        "www.example.gov.cn",
		Language:      lang.EN,
		Owner:         "某县人民政府办公室",
		ICP:           "晋ICP备00000000号",
		PoliceRecord:  "晋公网安备 00000000000000号",
		SiteCode:      "0100000001",
		PartyMark:     "https://bszs.conac.cn/sitename?method=show&id=1",
		Contact:       "0351-0000000",
		Deadlines:     map[string]Day{"department": {1, 20}, "township": {1, 31}, "institution": {1, 31}, "government": {3, 31}},
		DatesOnly:     true,
		PublishFaulty: true,
		Header:        Partial{"partials/header.html", []byte("<header></header>")},
		Footer:        Partial{"footer.html", []byte{}},
		Repository:    "https://git.example.gov.cn/archive",
		FewFiles:      true,
		Publish:       []string{"pdf", "html"},
		Copies:        Copies{Share: 60, Notice: 30, Characters: 400, Warn: true},
	}
	got, diags := Load(site(text))
	if diff := cmp.Diff(want, got); diff != "" || len(diags) > 0 {
		t.Errorf("%v (-want +got):\n%s", lines(diags), diff)
	}
}

func TestLoadDefaults(t *testing.T) {
	for _, text := range []string{"", "# 注\n", "title:\nlanguage:\ndeadlines:\nheader:\non_error:\n", "language: zh-CN\non_error: stop\nfiles: all\ncoverage: verdicts\n"} {
		got, diags := Load(site(text))
		if diff := cmp.Diff(Default(), got); diff != "" || len(diags) > 0 {
			t.Errorf("%q: %v (-want +got):\n%s", text, lines(diags), diff)
		}
	}
	if d := Default(); d.Title.ZH == "" || d.Title.EN == "" || d.Language != lang.ZH || d.PublishFaulty || d.Deadlines["government"] != (Day{3, 31}) {
		t.Errorf("%+v", d)
	}
}

func TestLoadMissing(t *testing.T) {
	got, diags := Load(fstest.MapFS{})
	if len(diags) != 1 || diags[0].Rule != "missing-file" || diags[0].Place.File != File || got == nil {
		t.Errorf("%v %v", got, diags)
	}
}

// TestLoadFaults: each mistake is reported at its place and leaves the default.
func TestLoadFaults(t *testing.T) {
	for text, want := range map[string][]string{
		"titel: x\n":                                                     {"1:1-6 unknown-key"},
		"title: [x]\n":                                                   {"1:8-11 value"},
		"title: {zh: x}\n":                                               {"1:8-15 value"},
		"title: \" \"\n":                                                 {"1:8-11 value"},
		"title: |\n  x\n  y\n":                                           {"1:8-4 value"},
		"title: x\ntitle: y\n":                                           {"2:1-6 duplicate-key"},
		"base_url: www.example.gov.cn\n":                                 {"1:11-29 value"},
		"base_url: ftp://example.gov.cn/\n":                              {"1:11-32 value"},
		"base_url: javascript:alert(1)\n":                                {"1:11-30 value"},
		"base_url: //example.gov.cn/\n":                                  {"1:11-28 value"},
		"base_url: https://\n":                                           {"1:11-19 value"},
		"base_url: https://u:p@example.gov.cn/\n":                        {"1:11-38 value"},
		"base_url: https://example.gov.cn/\"x\n":                         {"1:11-36 value"},
		"base_url: https://example.gov.cn/?a=b\n":                        {"1:11-38 setting"},
		"base_url: https://example.gov.cn/#a\n":                          {"1:11-36 setting"},
		"language: zh\n":                                                 {"1:11-13 value"},
		"language: fr\n":                                                 {"1:11-13 value"},
		"deadlines: 01-31\n":                                             {"1:12-17 value"},
		"deadlines: {region: 01-31}\n":                                   {"1:13-19 unknown-key"},
		"deadlines: {township: 1-31}\n":                                  {"1:23-27 setting"},
		"deadlines: {township: 02-30}\n":                                 {"1:23-28 setting"},
		"deadlines: {township: 02-29}\n":                                 {"1:23-28 setting"},
		"deadlines: {township: 13-01}\n":                                 {"1:23-28 setting"},
		"deadlines: {township: 2025-01-31}\n":                            {"1:23-33 setting"},
		"deadlines: {township: [1]}\n":                                   {"1:23-26 value"},
		"deadlines: {government: x, townshp: 1-1}\n":                     {"1:25-26 setting", "1:28-35 unknown-key"},
		"on_error: ignore\n":                                             {"1:11-17 value"},
		"on_error: true\n":                                               {"1:11-15 value"},
		"publish: {types: [pdf, ofd, docx, xlsx, csv, png, jpg, exe]}\n": {"1:56-59 value"},
		"files: some\n":                                                  {"1:8-12 value"},
		"header: ../secret.html\n":                                       {"1:9-23 setting"},
		"header: /etc/passwd\n":                                          {"1:9-20 setting"},
		"header: partials/../../x\n":                                     {"1:9-25 setting"},
		"header: partials\\header.html\n":                                {"1:9-29 setting"},
		"header: C:/x.html\n":                                            {"1:9-18 setting"},
		"header: .\n":                                                    {"1:9-10 setting"},
		"header: partials\n":                                             {"1:9-17 setting"},
		"header: .git/config.html\n":                                     {"1:9-25 setting"},
		"header: partials/.env.html\n":                                   {"1:9-27 setting"},
		"header: partials/header.htm\n":                                  {"1:9-28 setting"},
		"header: content/agencies/a/2024/a.html\n":                       {"1:9-39 setting"},
		"header: CONTENT/x.html\n":                                       {"1:9-23 setting"},
		"header: partials/large.html\n":                                  {"1:9-28 setting"},
		"header: partials/missing.html\n":                                {"1:9-30 setting"},
		"footer: footer.html/x\n":                                        {"1:9-22 setting"},
		"repository: git@example.gov.cn:x\n":                             {"1:13-33 value"},
		"party_mark: javascript:x\n":                                     {"1:13-25 value"},
		"a: *x\nowner\n":                                                 {"1:4-6 front-matter", "2:1-6 front-matter"},
		"- a\n":                                                          {"1:1-4 front-matter"},
		"owner: a\x01\n":                                                 {"1:9-10 encoding"},
		"\ufeffowner: \u202ea\n":                                         {"1:8-9 hidden-character", "1:1-1 encoding"},
	} {
		got, diags := Load(site(text))
		if diff := cmp.Diff(want, lines(diags)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		got.Title, got.Owner = Default().Title, ""
		if diff := cmp.Diff(Default(), got); diff != "" {
			t.Errorf("%q changes the settings:\n%s", text, diff)
		}
	}
}

// TestLoadLinks: neither the file nor a folder above it may be a link.
func TestLoadLinks(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.WriteFile(filepath.Join(outside, "secret.html"), []byte("canary"), 0o644))
	must(os.Mkdir(filepath.Join(dir, "content"), 0o755))
	must(os.Symlink(outside, filepath.Join(dir, "partials")))
	must(os.Symlink(filepath.Join(outside, "secret.html"), filepath.Join(dir, "footer.html")))
	must(os.WriteFile(filepath.Join(dir, File), []byte("header: partials/secret.html\nfooter: footer.html\n"), 0o644))
	archive, err := files.Dir(dir)
	must(err)
	got, diags := Load(archive)
	if want := []string{"1:9-29 setting", "2:9-20 setting"}; !cmp.Equal(want, lines(diags)) || got.Header.HTML != nil || got.Footer.HTML != nil {
		t.Errorf("%v %+v", lines(diags), got)
	}
}

// TestPublish: an empty list publishes nothing, a missing one what has no program
// in it.
func TestPublish(t *testing.T) {
	for text, want := range map[string]int{"title: x\n": 7, "publish:\n": 7, "publish: {}\n": 7, "publish: {types: }\n": 7, "publish: {types: []}\n": 0, "publish: {types: [doc]}\n": 1} {
		s, found := Load(site(text))
		if len(s.Publish) != want || len(found) > 0 {
			t.Errorf("%q publishes %v %v", text, s.Publish, lines(found))
		}
	}
}
