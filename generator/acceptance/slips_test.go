package acceptance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"annals/generator"
	"annals/generator/diag"
)

// TestSlipIsReportedOnce: a mistake that hides a part of a report is reported where
// it is, and the hidden part is not reported as missing.
func TestSlipIsReportedOnce(t *testing.T) {
	data, err := os.ReadFile("../check/testdata/2024.md")
	if err != nil {
		t.Fatal(err)
	}
	right := strings.ReplaceAll(string(data), "\r\n", "\n")
	const row = "  new: [371,"
	for _, c := range []struct {
		name, old, now string
		want           []string
	}{
		{"an empty file", right, "", []string{"1:1 front-matter"}},
		{"a lost fence", "---\n\n## 总体", "\n## 总体", []string{"47:1 front-matter"}},
		{"an empty cell", row, "  new: [,", []string{"12:9 front-matter"}},
		{"a tab", row, "\tnew: [371,", []string{"12:1 front-matter"}},
		{"a full-width colon", "permits: 812", "permits：812", []string{"7:10 front-matter"}},
		{"a slip, and a missing row elsewhere", "permits: 812", "permits：812\nrequests: {}\nrequests1:", []string{"7:10 front-matter", "8:1 missing-row", "9:1 unknown-key", "13:1 duplicate-key"}},
		{"a label with a slip", row, "  一、本年新收政府信息公开申请数: [371,", []string{"12:3 unknown-row"}},
		{"a source that is not there", "published:", "source: {file: 原件.pdf}\npublished:", []string{"3:16 attachment"}},
		{"a row that is not filled in", row + " 496, 489, 360, 476, 434, 2626]", "  new:", []string{"12:7 row-length"}},
		{"a column after Chinese", "published:", "source: {url: \"https://www.example.cn/年报\", fil: x}\npublished:", []string{"3:44 unknown-key"}},
	} {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "content/site.yaml"), "title: 档案\n")
		writeFile(t, filepath.Join(dir, "content/agencies/a/_index.md"), "---\nname: 甲局\nkind: department\nrulemaking: true\n---\n")
		text := strings.Replace(right, c.old, c.now, 1)
		if text == right {
			t.Fatalf("%s: the report has no %q", c.name, c.old)
		}
		writeFile(t, filepath.Join(dir, "content/agencies/a/2024.md"), text)
		var got []string
		for _, d := range checked(t, dir) {
			at := fmt.Sprintf("%d:%d %s", d.Place.Line, d.Place.Column, d.Rule)
			if len(got) == 0 || got[len(got)-1] != at {
				got = append(got, at)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func checked(t *testing.T, dir string) []diag.Diagnostic {
	t.Helper()
	res, err := generator.Check(t.Context(), generator.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	return res.Diagnostics
}

// TestFreePageKeys: a misspelt title would leave the page without one.
func TestFreePageKeys(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "content/site.yaml"), "title: 档案\n")
	writeFile(t, filepath.Join(dir, "content/about.md"), "---\ntitel: 关于\n---\n\n说明\n")
	var got []string
	for _, d := range checked(t, dir) {
		got = append(got, d.Rule+": "+d.Message.EN)
	}
	want := []string{"unknown-key: unknown key “titel”; did you mean “title”?"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
