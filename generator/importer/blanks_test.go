package importer

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"annals/generator/diag"
)

// TestEmptyCells: a cell that prints nothing is empty, wherever it stands, and
// so is a table in which nothing is filled in.
func TestEmptyCells(t *testing.T) {
	forms := loadForms(t)
	want := expected(t)
	zeros := func(s string) string {
		re := regexp.MustCompile(`([\t|,]) *0 *([\t|,\n])`)
		return re.ReplaceAllString(re.ReplaceAllString(s, "$1$2"), "$1$2")
	}
	last := func(row string) func(string) string {
		return func(s string) string {
			at := strings.LastIndex(s, row)
			end := at + strings.IndexAny(s[at:], "\n")
			return s[:at] + regexp.MustCompile(`[0-9]+`).ReplaceAllString(s[at:end], "") + s[end:]
		}
	}
	for _, c := range []struct {
		name, file string
		edit       func(string) string
		empty      string // the table in which nothing is, or "" for zeros
	}{
		{"zeros", "tabs.txt", zeros, ""},
		{"zeros", "lo.csv", zeros, ""},
		{"zeros", "official.html", replaced(`<p>0</p>`, "<p>&nbsp;</p>"), ""},
		{"reviews", "tabs.txt", last("4\t1"), "reviews"},
		{"reviews", "official.html", func(s string) string {
			at := strings.Index(s, "<td><p>4</p></td><td><p>1</p></td>")
			end := at + strings.Index(s[at:], "</table>")
			return s[:at] + regexp.MustCompile(`<p>[0-9]+</p>`).ReplaceAllString(s[at:end], "<p></p>") + s[end:]
		}, "reviews"},
		{"reviews", "pipes.md", last("| 4 | 1"), "reviews"},
		{"reviews without spaces", "pipes.md", func(s string) string { return strings.ReplaceAll(last("| 4 | 1")(s), "|  ", "|") }, "reviews"},
		{"reviews", "lo.csv", last("4,1"), "reviews"},
	} {
		t.Run(c.file+": "+c.name, func(t *testing.T) {
			data, err := os.ReadFile("testdata/reports/" + c.file)
			if err != nil {
				t.Fatal(err)
			}
			text := c.edit(string(data))
			if text == string(data) {
				t.Fatal("nothing was changed")
			}
			res, diags := Import(Options{File: c.file, Data: []byte(text), Agency: "qinghe/water", Year: 2024, Agencies: agencies, Forms: forms})
			if res == nil {
				t.Fatal(diags)
			}
			if n := diag.Errors(diags); n > 0 {
				t.Errorf("%d errors: %v", n, diags)
			}
			found := placed(res)
			for _, x := range res.Form.Cells {
				got, ok := found[x.ID]
				for i, column := range x.Row.Columns {
					if column != x.Column {
						continue
					}
					value := want[x.Row.Path][i]
					if c.empty == "" && value == "0" || c.empty != "" && strings.HasPrefix(x.ID, c.empty) {
						value = ""
					}
					if !ok || got != value && got+"0" != value {
						t.Errorf("%s is %q, %v, want %q", x.ID, got, ok, value)
					}
				}
			}
		})
	}
}
