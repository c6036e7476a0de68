package importer

import (
	"strings"
	"testing"
)

// TestStylesOfWord: how text is set may be said by the style of its paragraph or of
// its characters, by the style that these are based on, or for all text; a run may
// say otherwise.
func TestStylesOfWord(t *testing.T) {
	const styles = `<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:strike w:val="0"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="old"><w:basedOn w:val="a"/><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="older"><w:basedOn w:val="old"/></w:style>
<w:style w:type="paragraph" w:styleId="draft"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="round"><w:basedOn w:val="round"/><w:rPr><w:dstrike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="note"><w:basedOn w:val="mark"/></w:style>
<w:style w:type="character" w:styleId="mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="gone"><w:rPr><w:dstrike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="kept"><w:rPr><w:strike w:val="false"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="unseen"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="table" w:styleId="t"><w:rPr><w:strike/></w:rPr></w:style></w:styles>`
	p := func(style string, runs ...string) string { // each run is its properties, a bar and its text
		text := "<w:p>"
		if style != "" {
			text += `<w:pPr><w:pStyle w:val="` + style + `"/><w:rPr><w:strike/></w:rPr></w:pPr>`
		}
		for _, r := range runs {
			properties, words, _ := strings.Cut(r, "|")
			text += "<w:r><w:rPr>" + properties + "</w:rPr><w:t>" + words + "</w:t></w:r>"
		}
		return text + "</w:p>"
	}
	cell := func(content string) string { return "<w:tc>" + content + "</w:tc>" }
	row := func(label, value string) string { return "<w:tr>" + cell(p("", "|"+label)) + cell(value) + "</w:tr>" }
	document := p("", "|青禾县水务局2023年政府信息公开工作年度报告") + p("", "|一、总体情况") +
		p("", "|公开12", `<w:rStyle w:val="note"/>|1`, "|件，办结", `<w:rStyle w:val="gone"/>|4`, "|3件", `<w:rStyle w:val="unseen"/>|待核`, "|。") +
		p("old", "|上年公开九件。") + p("older", "|前年公开七件。", `<w:rStyle w:val="kept"/>|留下这句。`) + p("round", "|作废的话。") + p("draft", "|看不见的话。", `<w:vanish w:val="0"/>|看得见的话。`) +
		p("", "|二、主动公开政府信息情况") +
		"<w:tbl>" + row("信息内容", p("", "|本年处理决定数量")) + row("行政许可", p("", `<w:rStyle w:val="gone"/>|5`, "|8")) +
		row("行政处罚", p("old", "|5")+p("", "|6")) + row("行政强制", p("old", "|2", `<w:strike w:val="0"/>|7`)) + "</w:tbl>"
	data := pack(t, entry{"word/document.xml", strings.NewReader(wordHead + document + wordTail)}, entry{"word/styles.xml", strings.NewReader(styles)})
	res, found := Import(Options{File: "a.docx", Data: data, Agency: "x", Year: 2023, Forms: loadForms(t), Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
	if res == nil {
		t.Fatal(found)
	}
	text := string(res.Report)
	for _, want := range []string{"permits: 8\n", "penalties: 6\n", "enforcement: 7\n", `\n公开12\[1\]件，办结3件。\n`, "\n留下这句。\n", "\n看得见的话。\n"} {
		if !strings.Contains(text, strings.ReplaceAll(want, `\n`, "\n")) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for _, never := range []string{"上年公开", "前年公开", "作废的话", "看不见", "待核"} {
		if strings.Contains(text, never) {
			t.Errorf("%s is in\n%s", never, text)
		}
	}
}
