package importer

import (
	"strings"
	"testing"

	"annals/generator/lang"
)

// In each document, and in a sentence of it, 许可 is 8 with a struck 5 before it,
// 处罚 is 12 with a raised 1 behind it, and 强制 is 3 with a 4 behind it that is
// struck out by a named style.
const (
	struckPage = `<h1>青禾县水务局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>受理<s>5</s>8件，公开12<sup>1</sup>件，办结3<span style="text-decoration: line-through">4</span>件，面积2km<sup>2</sup>。</p><p>二、主动公开政府信息情况</p>
<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td><p><del>5</del>8</p></td></tr><tr><td>行政处罚</td><td>12<sup>1</sup></td></tr><tr><td>行政强制<sup>2</sup></td><td>3<span style="text-decoration:line-through">4</span></td></tr></table>`

	struckWord = `<w:document><w:body>
<w:p><w:r><w:t>青禾县水务局2023年政府信息公开工作年度报告</w:t></w:r></w:p><w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>
<w:p><w:r><w:t>受理</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>5</w:t></w:r><w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>8件，公开12</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>件，办结3</w:t></w:r><w:r><w:rPr><w:rStyle w:val="gone"/></w:rPr><w:t>4</w:t></w:r><w:r><w:t>件，面积2km</w:t></w:r><w:r><w:rPr><w:position w:val="6"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>。</w:t></w:r></w:p>
<w:p><w:r><w:t>二、主动公开政府信息情况</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>信息内容</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>本年处理决定数量</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>行政许可</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:rPr><w:dstrike/></w:rPr><w:t>5</w:t></w:r><w:r><w:t>8</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>行政处罚</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r><w:r><w:t>2</w:t></w:r><w:r><w:rPr><w:rStyle w:val="mark"/></w:rPr><w:t>1</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>行政强制</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3</w:t></w:r><w:r><w:rPr><w:rStyle w:val="gone"/></w:rPr><w:t>4</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl></w:body></w:document>`
	wordStyles = `<w:styles><w:style w:type="character" w:styleId="gone"><w:rPr><w:strike/></w:rPr></w:style><w:style w:type="character" w:styleId="mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>`

	struckSheet = `<sheetData>
<row><c t="inlineStr"><is><t>青禾县水务局2023年政府信息公开工作年度报告</t></is></c></row><row><c t="inlineStr"><is><t>一、总体情况</t></is></c></row>
<row><c t="inlineStr"><is><r><t>受理</t></r><r><rPr><strike/></rPr><t>5</t></r><r><t>8件，公开12</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r><r><t>件，办结3</t></r><r><rPr><strike/></rPr><t>4</t></r><r><t>件，面积2km</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r><r><t>。本报告的数据来自各科室。各科室已核对全部数据。</t></r></is></c></row>
<row><c t="inlineStr"><is><t>二、主动公开政府信息情况</t></is></c></row>
<row><c t="inlineStr"><is><t>信息内容</t></is></c><c t="inlineStr"><is><t>本年处理决定数量</t></is></c></row>
<row><c t="inlineStr"><is><t>行政许可</t></is></c><c t="s"><v>0</v></c></row>
<row><c t="inlineStr"><is><t>行政处罚</t></is></c><c t="inlineStr"><is><r><t>12</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is></c></row>
<row><c t="inlineStr"><is><r><t>行政强制</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></is></c><c t="inlineStr"><is><r><t>3</t></r><r><rPr><strike/></rPr><t>4</t></r></is></c></row>
<row><c t="inlineStr"><is><t>行政事业性收费</t></is></c><c s="1"><v>9</v></c></row>
</sheetData>`
	sheetStrings = `<sst><si><r><rPr><strike/></rPr><t>5</t></r><r><t>8</t></r></si></sst>`
	sheetStyles  = `<styleSheet><fonts><font/><font><strike/></font></fonts><cellStyleXfs><xf fontId="1"/></cellStyleXfs><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>`
)

// TestStruckAndRaised: text that is struck out, raised or lowered is never joined
// to the number beside it, in cells and in prose, in any kind of document.
func TestStruckAndRaised(t *testing.T) {
	forms := loadForms(t)
	for file, data := range map[string][]byte{
		"a.html": []byte(struckPage),
		"a.docx": pack(t, entry{"word/document.xml", strings.NewReader(struckWord)}, entry{"word/styles.xml", strings.NewReader(wordStyles)}),
		"a.xlsx": pack(t, append(sheet(struckSheet), entry{"xl/sharedStrings.xml", strings.NewReader(sheetStrings)},
			entry{"xl/styles.xml", strings.NewReader(sheetStyles)})...),
	} {
		res, found := Import(Options{File: file, Data: data, Agency: "x", Year: 2023, Forms: forms, Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
		if res == nil {
			t.Fatal(file, found)
		}
		text := string(res.Report)
		for _, want := range []string{"permits: 8\n", "penalties: 12\n", "enforcement: 3\n", "原文：8（另有划去的“5”）", "原文：12[1]", "原文：3（另有划去的“4”）",
			`受理8件，公开12\[1\]件，办结3件，面积2km2。`} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in\n%s", file, want, text)
			}
		}
		if file == "a.xlsx" && !strings.Contains(text, `fees: ""`) {
			t.Errorf("%s: a number that is struck out as a whole is in\n%s", file, text)
		}
		struck := 0
		for _, d := range found {
			if strings.Contains(d.Message.In(lang.EN), "struck out, left out") {
				struck += 1 + len(d.Related)
			}
		}
		if struck < 4 {
			t.Errorf("%s: %d texts that are struck out are reported, want 4", file, struck)
		}
	}
}
