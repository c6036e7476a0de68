package importer

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"annals/generator/form"
	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
)

// printed returns a document with every table of a form, filled with numbers
// that are all different.
func printed(f *form.Form, year int, values []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<html><body><p>青禾县水务局%d年政府信息公开工作年度报告</p>", year)
	for _, s := range f.Sections {
		fmt.Fprintf(&b, "<p>%s、%s</p>", s.Number, s.Label.ZH)
		if s.Table == nil {
			b.WriteString("<p>正文。</p>")
			continue
		}
		b.WriteString("<table>")
		switch t := s.Table; t.Layout {
		case form.Blocks:
			for _, k := range t.Blocks {
				fmt.Fprintf(&b, "<tr><td colspan=4>%s</td></tr><tr><td>%s</td>", k.Title.ZH, k.Corner.ZH)
				for _, c := range k.Columns {
					fmt.Fprintf(&b, "<td>%s</td>", c.Label.ZH)
				}
				b.WriteString("</tr>")
				for _, r := range k.Rows {
					fmt.Fprintf(&b, "<tr><td>%s</td>%s</tr>", r.Label.ZH, cellsOf(r, values))
				}
			}
		case form.Grid:
			b.WriteString("<tr><td colspan=3>" + t.Corner.ZH + "</td>")
			for _, c := range t.Rows[0].Columns {
				fmt.Fprintf(&b, "<td>%s</td>", c.Label.ZH)
			}
			b.WriteString("</tr>")
			for _, r := range t.Rows {
				fmt.Fprintf(&b, "<tr><td colspan=3>%s</td>%s</tr>", r.Label.ZH, cellsOf(r, values))
			}
		case form.Across:
			var names, heads, cells string
			for _, r := range t.Rows {
				names += fmt.Sprintf("<td colspan=%d>%s</td>", len(r.Columns), r.Label.ZH)
				for _, c := range r.Columns {
					heads += "<td>" + c.Label.ZH + "</td>"
				}
				cells += cellsOf(r, values)
			}
			fmt.Fprintf(&b, "<tr>%s</tr><tr>%s</tr><tr>%s</tr>", names, heads, cells)
		}
		b.WriteString("</table>")
	}
	return b.String()
}

func cellsOf(r *form.Row, values []string) string {
	s := ""
	for i := range r.Columns {
		s += "<td>" + values[r.First+i] + "</td>"
	}
	return s
}

// TestEveryForm prints each form from its own data and imports it: the form is
// recognised by its tables, whatever the year, and each number is in its cell.
func TestEveryForm(t *testing.T) {
	forms := loadForms(t)
	tried := 0
	for _, f := range forms.Forms() {
		if f.Free || len(f.Tables) == 0 {
			continue
		}
		tried++
		values := make([]string, len(f.Cells))
		for i, c := range f.Cells {
			values[i] = strconv.Itoa(1000 + i)
			switch c.Column.Type {
			case form.Amount:
				values[i] += ".25"
			case form.Change:
				values[i] = "-" + values[i]
			}
		}
		for _, year := range []int{f.From, 2020, 2024} {
			res, diags := Import(Options{File: "a.html", Data: []byte(printed(f, year, values)), Agencies: agencies, Forms: forms})
			if res == nil {
				t.Fatal(diags)
			}
			if res.Form != f || res.Year != year {
				t.Errorf("%s of %d was taken for %s of %d", f.ID, year, res.Form.ID, res.Year)
				continue
			}
			reported := false
			for _, d := range diags {
				reported = reported || d.Rule == "import-contradiction"
			}
			if reported == (f.Covers(year) && f.Parent == nil) {
				t.Errorf("%s of %d: contradiction reported: %v", f.ID, year, reported)
			}
			found := placed(res)
			for i, c := range f.Cells {
				if found[c.ID] != values[i] {
					t.Errorf("%s of %d: %s is %q, want %q", f.ID, year, c.ID, found[c.ID], values[i])
				}
			}
		}
	}
	if tried < 2 {
		t.Errorf("only %d forms have tables", tried)
	}
}

// TestCellSpellings: the spellings of a value in a document, and in the report.
func TestCellSpellings(t *testing.T) {
	forms := loadForms(t)
	for _, c := range []struct {
		form, row, in string
		want          string // in the report
		rule          string // of the diagnostic, or ""
	}{
		{"cn-2021", "proactive.permits", "12", "permits: 12\n", ""},
		{"cn-2021", "proactive.permits", "１２", "permits: 12\n", ""},
		{"cn-2021", "proactive.permits", "&nbsp;12　", "permits: 12\n", ""},
		{"cn-2021", "proactive.permits", "1\u200b2", "permits: 12\n", ""},
		{"cn-2021", "proactive.permits", "", `permits: ""`, ""},
		{"cn-2021", "proactive.permits", "/", `permits: "/"`, ""},
		{"cn-2021", "proactive.permits", "／", `permits: "/"`, ""},
		{"cn-2021", "proactive.permits", "——", `permits: "—"`, ""},
		{"cn-2021", "proactive.permits", "无", `permits: "无"`, ""},
		{"cn-2021", "proactive.permits", "1,234,567", "permits: 1234567\n", "import-read"},
		{"cn-2021", "proactive.permits", "1，234", "permits: 1234\n", "import-read"},
		{"cn-2021", "proactive.permits", "55（含自然失效29件）", "permits: 55\n", "import-read"},
		{"cn-2021", "proactive.permits", "55件", "permits: 55\n", ""},
		{"cn-2021", "proactive.permits", "3.00", "permits: 3\n", "import-read"},
		{"cn-2021", "proactive.permits", "3.5", `permits: "3.5"`, "import-number"},
		{"cn-2021", "proactive.permits", "012", `permits: "012"`, "import-number"},
		{"cn-2021", "proactive.permits", "1 2", `permits: "1 2"`, "import-number"},
		{"cn-2021", "proactive.permits", "约12", "", "import-unplaced"},
		{"cn-2021", "proactive.permits", "9999999999999999", `permits: "9999999999999999"`, "import-number"},
		{"cn-2021", "proactive.fees", "75.9260", "fees: 75.9260\n", ""},
		{"cn-2021", "proactive.fees", "3.2万元", "fees: 3.2\n", ""},
		{"cn-2021", "proactive.fees", "251000元", "fees: 25.1\n", "import-read"},
		{"cn-2021", "proactive.fees", "0.001元", `fees: "0.001元"`, "import-number"},
	} {
		f, _ := forms.Form(c.form)
		values := make([]string, len(f.Cells))
		for i := range values {
			values[i] = "0"
		}
		row, ok := f.Row(c.row)
		if !ok {
			t.Fatalf("no row %s", c.row)
		}
		values[row.First] = c.in
		res, diags := Import(Options{File: "a.html", Data: []byte(printed(f, 2024, values)), Agencies: agencies, Forms: forms})
		rule := ""
		for _, d := range diags {
			if d.Cell == f.Cells[row.First].ID || strings.Contains(d.Message.ZH, c.in) && c.in != "" && c.in != "/" {
				rule = d.Rule
			}
		}
		if rule != c.rule || !strings.Contains(string(res.Report), c.want) {
			t.Errorf("%q: rule %q, want %q; want %q in\n%s", c.in, rule, c.rule, c.want, res.Report[:400])
		}
	}
}

// TestSignedNumbers: columns for changes take signs, in figures and in words.
func TestSignedNumbers(t *testing.T) {
	forms := loadForms(t)
	tried := 0
	for _, f := range forms.Forms() {
		cell := -1
		for i, c := range f.Cells {
			if c.Column.Type == form.Change {
				cell = i
			}
		}
		if cell < 0 {
			continue
		}
		tried++
		for in, want := range map[string]string{"+1036": "1036", "-417": "-417", "−5": "-5", "减4": "-4", "增3": "3", "增加12": "12", "0": "0", "-0": "0"} {
			values := make([]string, len(f.Cells))
			for i := range values {
				values[i] = "0"
			}
			values[cell] = in
			d, _ := draft.Read("a.html", []byte(printed(f, f.From, values)))
			b := bind.Bind(d, f)
			if got := b.Cells[cell]; got.Text != want || !got.Plain {
				t.Errorf("%s: %q was read as %+v, want %s", f.ID, in, got, want)
			}
		}
	}
	if tried == 0 {
		t.Error("no form has a column for changes")
	}
}

// TestFreeForm: reports of years without an official form are read as text and
// tables of any shape.
func TestFreeForm(t *testing.T) {
	text := "<html><body><h1>青禾县水务局2016年政府信息公开工作年度报告</h1><p>一、概述</p><p>全年公开信息 35 条。</p>" +
		"<table><tr><td>指标</td><td>单位</td><td>数量</td></tr><tr><td>主动公开|信息</td><td>条</td><td>35</td></tr></table><p>2017年3月1日</p></body></html>"
	res, diags := Import(Options{File: "a.html", Data: []byte(text), Agencies: agencies, Forms: loadForms(t)})
	if res == nil || !res.Form.Free || res.Year != 2016 {
		t.Fatalf("%+v %v", res, diags)
	}
	for _, want := range []string{"全年公开信息 35 条。", "| 指标 | 单位 | 数量 |", `| 主动公开\|信息 | 条 | 35 |`, "published: 2017-03-01"} {
		if !strings.Contains(string(res.Report), want) {
			t.Errorf("%q is not in\n%s", want, res.Report)
		}
	}
	for _, d := range diags {
		if d.Severity == 0 {
			t.Errorf("%s: %s", d.Rule, d.Message.ZH)
		}
	}
}

// TestSavedPage: the address that a browser notes in a saved page is read.
func TestSavedPage(t *testing.T) {
	data := "<!DOCTYPE html>\n<!-- saved from url=(0038)https://www.example.gov.cn/2024/nb.html -->\n<html><body><p>青禾县水务局2024年政府信息公开工作年度报告</p><p>一、总体情况</p><p>*星* 和 <b>[链接](x)</b> # 1. &lt;b&gt;</p><p>二、主动公开政府信息情况</p><table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>3</td></tr></table></body></html>"
	res, diags := Import(Options{File: "a.html", Data: []byte(data), Agencies: agencies, Forms: loadForms(t)})
	if res == nil {
		t.Fatal(diags)
	}
	for _, want := range []string{"url: \"https://www.example.gov.cn/2024/nb.html\"", `\*星\* 和 \[链接\](x) # 1. \<b>`} {
		if !strings.Contains(string(res.Report), want) {
			t.Errorf("%q is not in\n%s", want, res.Report)
		}
	}
}
