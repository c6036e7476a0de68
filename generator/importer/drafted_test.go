package importer

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/form"
)

// withVariant returns the archive's forms with a variant, and the variant.
func withVariant(t *testing.T, text string) *form.Form {
	t.Helper()
	set, found := form.Load(fstest.MapFS{form.Folder + "/x.yaml": {Data: []byte(text)}})
	for _, d := range found {
		if d.Rule != "form-weaker" {
			t.Fatalf("%s\n%+v", text, d)
		}
	}
	f, ok := set.Form("x")
	if !ok {
		t.Fatal("no such form")
	}
	return f
}

// merging is a variant in which the groups are one row each, and rows are added.
func merging(groups []string, added string) string {
	text := "id: x\nvariant_of: cn-2021\ntitle: 变\ntables:\n  - id: requests\n    rows:\n      - {id: new}\n      - {id: carried_in}\n      - id: results\n        rows:\n"
	for _, id := range []string{"granted", "partly_granted", "refused", "unavailable", "not_processed", "other"} {
		merges := ""
		for _, g := range groups {
			if g == id {
				merges = ", merges: [results." + id + ".*]"
			}
		}
		text += "          - {id: " + id + merges + "}\n"
	}
	return text + added + "          - {id: total}\n      - {id: carried_out}\n"
}

// TestVariantsAreDrafted prints documents with tables that no form has, and
// imports them without such a form: one is drafted in which every number stands
// under its own label, the report is a draft, and both can be read again.
func TestVariantsAreDrafted(t *testing.T) {
	cases := map[string]string{
		"a group in one row":    merging([]string{"not_processed"}, ""),
		"two groups":            merging([]string{"refused", "unavailable"}, ""),
		"all groups":            merging([]string{"refused", "unavailable", "not_processed", "other"}, ""),
		"a row more":            merging(nil, "          - {id: added_1, label: （七）转交其他机关办理}\n"),
		"a row more and merged": merging([]string{"other"}, "          - {id: added_1, label: （七）转交其他机关办理}\n"),
	}
	old, err := os.ReadFile("../form/forms/cn-2019.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(old), "  - id: proactive\n    layout")
	table, _, _ := strings.Cut(rest, "  - id: requests\n")
	cases["part two of 2019"] = "id: x\nvariant_of: cn-2021\ntitle: 变\ntables:\n  - id: proactive\n    layout" + table
	first := strings.Index(table, "      - title: {zh: 第二十条第（五）项")
	cases["the first block of 2019"] = "id: x\nvariant_of: cn-2021\ntitle: 变\ntables:\n  - id: proactive\n    layout" + table[:first] + `
      - title: {zh: 第二十条第（五）项, en: x}
        corner: {zh: 信息内容, en: x}
        columns: [{id: decisions}]
        rows: [{id: permits}]
      - title: {zh: 第二十条第（六）项, en: x}
        corner: {zh: 信息内容, en: x}
        columns: [{id: decisions}]
        rows: [{id: penalties}, {id: enforcement}]
      - title: {zh: 第二十条第（八）项, en: x}
        corner: {zh: 信息内容, en: x}
        columns: [{id: amount}]
        rows: [{id: fees}]
`
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			f := withVariant(t, text)
			values := make([]string, len(f.Cells))
			for i := range f.Cells {
				values[i] = strconv.Itoa(1000 + i)
			}
			forms := loadForms(t)
			res, diags := Import(Options{File: "a.html", Data: []byte(printed(f, 2023, values)), Agencies: agencies, Forms: forms})
			if res == nil {
				t.Fatal(diags)
			}
			if res.Form.Parent == nil || res.Form.Parent.ID != "cn-2021" || res.FormFile != "content/forms/"+res.Form.ID+".yaml" {
				t.Fatalf("the form is %s in %q: %v", res.Form.ID, res.FormFile, diags)
			}
			if len(res.Form.Cells) != len(f.Cells) {
				t.Errorf("the form has %d cells, the document %d", len(res.Form.Cells), len(f.Cells))
			}
			found := placed(res)
			for i, c := range f.Cells {
				if found[c.ID] != values[i] {
					t.Errorf("%s is %q, want %q", c.ID, found[c.ID], values[i])
				}
			}
			for _, d := range diags {
				if d.Rule != "import-contradiction" && d.Rule != "import-aside" {
					t.Errorf("%s [%s]", d.Message.EN, d.Rule)
				}
			}
			if !strings.Contains(string(res.Report), "\ndraft: true\n") {
				t.Error("the report is no draft")
			}
			again, found2 := form.Load(fstest.MapFS{res.FormFile: {Data: []byte(res.FormText)}})
			for _, d := range found2 {
				if !strings.HasSuffix(name, "of 2019") || d.Rule != "form-weaker" {
					t.Errorf("the drafted form: %d:%d %s [%s]", d.Place.Line, d.Place.Column, d.Message.EN, d.Rule)
				}
			}
			// With the file in the archive the document is of a known form.
			res, _ = Import(Options{File: "a.html", Data: []byte(printed(f, 2023, values)), Agencies: agencies, Forms: again})
			if res == nil || res.FormFile != "" || strings.Contains(string(res.Report), "draft: true") {
				t.Error("it is drafted again")
			}
		})
	}
}

// What is merely odd in a document becomes no form.
func TestNoVariantOfOddities(t *testing.T) {
	f := withVariant(t, merging(nil, "          - {id: added_1, label: （七）转交其他机关办理}\n"))
	values := make([]string, len(f.Cells))
	for i := range f.Cells {
		values[i] = strconv.Itoa(1000 + i)
	}
	page := printed(f, 2023, values)
	for what, odd := range map[string]string{
		"a row with a number too few": strings.Replace(page, "<td>1171</td>", "", 1),
		"a label that is a sentence":  strings.Replace(page, "（七）转交其他机关办理", strings.Repeat("这一行是另外的说明，不是格式里的行", 5), 1),
	} {
		if odd == page {
			t.Fatal(what)
		}
		res, diags := Import(Options{File: "a.html", Data: []byte(odd), Agencies: agencies, Forms: loadForms(t)})
		if res == nil || res.Form.ID != "cn-2021" || res.FormFile != "" {
			t.Errorf("%s: %v", what, diags)
		}
	}
}

// A table of 2021 whose single numbers stand in rows of three cells, alone in
// its document, is a table of 2021; and so is one of 2019 one of 2019.
func TestPartTwoAlone(t *testing.T) {
	forms := loadForms(t)
	for _, id := range []string{"cn-2021", "cn-2019"} {
		f, _ := forms.Form(id)
		values := make([]string, len(f.Cells))
		for i := range f.Cells {
			values[i] = strconv.Itoa(1000 + i)
		}
		page := printed(f, 2023, values)
		_, after, _ := strings.Cut(page, "</table>")
		before := strings.TrimSuffix(page, after)
		for i, c := range f.Cells {
			if len(c.Row.Columns) == 1 {
				before = strings.Replace(before, "<td>"+values[i]+"</td>", "<td>"+values[i]+"</td><td></td><td></td>", 1)
			}
		}
		res, diags := Import(Options{File: "a.html", Data: []byte(before), Agencies: agencies, Forms: forms})
		if res == nil || res.Form != f || res.FormFile != "" {
			t.Errorf("%s: %v", id, diags)
			continue
		}
		found := placed(res)
		for i, c := range f.Cells {
			if c.Row.Table == f.Tables[0] && found[c.ID] != values[i] {
				t.Errorf("%s: %s is %q, want %q", id, c.ID, found[c.ID], values[i])
			}
		}
	}
}

// If no variant can be made of a document, numbers below the heads of another form
// are in no cell.
func TestNoNumberBelowAnotherHead(t *testing.T) {
	forms := loadForms(t)
	f, _ := forms.Form("cn-2021")
	values := make([]string, len(f.Cells))
	for i := range f.Cells {
		values[i] = strconv.Itoa(1000 + i)
	}
	page := printed(f, 2023, values)
	for old, now := range map[string]string{"本年制发件数": "本年新制作数量", "本年废止件数": "本年新公开数量", "现行有效件数": "对外公开总数量"} {
		page = strings.Replace(page, old, now, 1)
	}
	strange := strings.Repeat("<tr><td>无此项目</td><td>7</td></tr>", 300)
	page = strings.Replace(page, "</table>", strange+"</table>", 1)
	res, diags := Import(Options{File: "a.html", Data: []byte(page), Agencies: agencies, Forms: forms})
	if res == nil || res.Form != f {
		t.Fatal(diags)
	}
	told := false
	for _, d := range diags {
		told = told || d.Rule == "import-contradiction" && strings.Contains(d.Message.ZH, "1000 1001 1002 1003 1004 1005")
	}
	found := placed(res)
	if v := found["proactive.regulations.issued"]; v != "" || !told {
		t.Errorf("%s is issued, said %v: %v", v, told, diags)
	}
	if found["proactive.permits"] != values[6] {
		t.Errorf("permits are %q", found["proactive.permits"])
	}
}
