package form

import (
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/diag"
	"annals/generator/lang"
)

// one loads a form of one table from its head and the labels of its row.
func one(t *testing.T, head, label string) (*Form, []diag.Diagnostic) {
	t.Helper()
	text := "id: own\nofficial: X\nyears: 2020-\n" + head +
		"\nsections: [{id: summary, number: A, label: " + label + "}, {id: cases, number: 二, label: " + label + ", aliases: [B], table: cases}]\n" +
		"tables:\n  - id: cases\n    columns: [{id: one, label: One}, {id: two, label: " + label + "}]\n    rows: [{id: row, label: " + label + "}]\n"
	set, diags := Load(fstest.MapFS{"content/forms/own.yaml": {Data: []byte(text)}})
	f, ok := set.Form("own")
	if !ok {
		t.Fatal(diags)
	}
	return f, diags
}

// TestLanguage: a form's language is what it says, or that of its title, and
// a text alone is in it.
func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		head string
		want lang.Tag
	}{
		{"title: Return", lang.EN},
		{"title: 年报", lang.ZH},
		{"title: {zh: 年报, en: Return}", lang.ZH},
		{"title: {en: Return}", lang.EN},
		{"title: Return\nlanguage: zh", lang.ZH},
		{"title: {zh: 年报, en: Return}\nlanguage: en", lang.EN},
	} {
		f, _ := one(t, c.head, "Label")
		if f.Language.Language != c.want {
			t.Errorf("%q: %s, want %s", c.head, f.Language.Language, c.want)
		}
		want := lang.Text{ZH: "Label"}
		if c.want == lang.EN {
			want = lang.Text{EN: "Label"}
		}
		if got := f.Sections[0].Label; got != want {
			t.Errorf("%q: a label alone is %+v", c.head, got)
		}
		for _, tag := range []lang.Tag{lang.ZH, lang.EN} {
			if got := f.Sections[0].Label.In(tag); got != "Label" {
				t.Errorf("%q: in %s the label is %q", c.head, tag, got)
			}
		}
	}
	f, diags := one(t, "title: {zh: 年报}\nlanguage: en", "Label")
	if len(diags) == 0 || diags[0].Rule != "missing-key" || f.Language.Language != lang.EN {
		t.Errorf("a title without the form's language: %v", diags)
	}
}

func TestReportTitle(t *testing.T) {
	for _, c := range []struct {
		head, zh, en string
	}{
		{"title: Return\nreport_title: 'Returns of {agency} for {year}'", "Returns of {year} for 2024", "Returns of {year} for 2024"},
		{"title: 年报\nreport_title: {zh: '{agency}{year}年年报', en: '{year}, {agency}'}", "{year}2024年年报", "2024, {year}"},
		{"title: 年报", "{year}2024年政府信息公开工作年度报告", "{year}: annual report 2024"},
	} {
		f, diags := one(t, c.head, "Label")
		zh, en := f.NameReport("{year}", 2024, lang.ZH), f.NameReport("{year}", 2024, lang.EN)
		if zh != c.zh || en != c.en {
			t.Errorf("%q: %q and %q; %v", c.head, zh, en, diags)
		}
	}
	for _, bad := range []string{"'{agency}'", "{zh: '{agency} {year}', en: '{agency} {name} {year}'}"} {
		_, diags := one(t, "title: 年报\nreport_title: "+bad, "标签")
		if !strings.Contains(strings.Join(rulesOf(diags), " "), "form") || diags[0].Place.Line != 5 {
			t.Errorf("%s: %v", bad, diags)
		}
	}
}

func rulesOf(diags []diag.Diagnostic) []string {
	var list []string
	for _, d := range diags {
		list = append(list, d.Rule)
	}
	return list
}

// TestHeadings: a part's number is the form's own, but a numeral of Chinese is
// a figure in English.
func TestHeadings(t *testing.T) {
	f, _ := one(t, "title: 年报", "{zh: 情况, en: Cases}")
	if got := f.Sections[0].Heading; got != (lang.Text{ZH: "A、情况", EN: "A. Cases"}) {
		t.Errorf("%+v", got)
	}
	if got := f.Sections[1].Heading; got != (lang.Text{ZH: "二、情况", EN: "2. Cases"}) {
		t.Errorf("%+v", got)
	}
}
