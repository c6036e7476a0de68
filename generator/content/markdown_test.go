package content

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// tagged writes a document as tags around its text.
func tagged(b *strings.Builder, n ast.Node, src []byte) {
	tag := map[ast.NodeKind]string{
		ast.KindParagraph: "p", ast.KindTextBlock: "t", ast.KindList: "ul", ast.KindListItem: "li", ast.KindHeading: "h",
		ast.KindBlockquote: "q", ast.KindThematicBreak: "hr", ast.KindFencedCodeBlock: "code", ast.KindEmphasis: "em", ast.KindLink: "a",
		ast.KindAutoLink: "a", ast.KindHTMLBlock: "html", ast.KindRawHTML: "html", ast.KindCodeBlock: "code", ast.KindCodeSpan: "code",
		east.KindStrikethrough: "del", east.KindTable: "table", east.KindTableCell: "td", east.KindFootnoteLink: "ref", east.KindFootnote: "note",
	}[n.Kind()]
	switch n := n.(type) {
	case *ast.List:
		if n.IsOrdered() {
			tag = "ol" + strings.TrimPrefix(following(n), "x")
		}
	case *ast.Emphasis:
		if n.Level == 2 {
			tag = "b"
		}
	case *ast.Text:
		b.Write(Resolve(n.Segment.Value(src)))
		if n.SoftLineBreak() {
			b.WriteString("⏎")
		}
		return
	case *ast.String:
		b.Write(n.Value)
		return
	}
	if tag == "p" || tag == "t" {
		tag = ""
		if n.PreviousSibling() != nil {
			b.WriteString("¶")
		}
	}
	if tag != "" {
		b.WriteString("<" + tag + ">")
		defer b.WriteString("</>")
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		tagged(b, c, src)
	}
}

// TestDialect: each deviation from CommonMark, and what stays as it is there.
func TestDialect(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		// Only ~~ strikes out.
		{"每月1~3日更新，每季4~6日汇总", "每月1~3日更新，每季4~6日汇总"},
		{"上午~下午~", "上午~下午~"},
		{"依据~~《办法》~~规定", "依据<del>《办法》</>规定"},
		{"~~~~~~~~\n## 甲", "~~~~~~~~<h>甲</>"},
		{"甲~~~乙~~~丙", "甲~~~乙~~~丙"},

		// Indented lines are paragraphs.
		{"甲\n\n    缩进的一段\n\n\t又一段", "甲¶缩进的一段¶又一段"},
		{"- 甲\n\n      乙", "<ul><li>甲¶乙</></>"},
		{"        ## 甲", "## 甲"},

		// A heading is underlined only where it stands alone.
		{"信息公开报告\n=======", "<h>信息公开报告</>"},
		{"甲\n\n标题\n---\n\n乙", "甲<h>标题</>¶乙"},
		{"第一行\n第二行\n===", "第一行⏎第二行⏎==="},
		{"第一行\n第二行\n---\n第三行", "第一行⏎第二行<hr></>¶第三行"},
		{"## 甲\n合计\n====", "<h>甲</>¶合计⏎===="},
		{"合计\n=", "合计⏎="},
		{"合计\n-", "合计⏎-"},
		{"合计\n:---", "合计⏎:---"},
		{"合计\n--:", "合计⏎--:"},

		// A single mark within writing is text.
		{"面积3*4*5米", "面积3*4*5米"},
		{"长*宽*高", "长*宽*高"},
		{"（3）*5*（2）", "（3）*5*（2）"},
		{"a*b，c*d", "a*b，c*d"},
		{"10%*5*2", "10%*5*2"},
		{"第_条第_款", "第_条第_款"},
		{"（__）年（__）月", "（__）年（__）月"},
		{"(_)年(_)月(*)", "(_)年(_)月(*)"},
		{"依据**《条例》**规定", "依据<b>《条例》</>规定"},
		{"中文**重点**中文", "中文<b>重点</>中文"},
		{"an *important* word", "an <em>important</> word"},
		{"*注：甲，*注：乙", "*注：甲，*注：乙"},

		// A number opens a list only as 1, or continuing one.
		{"2024. 年度", "2024. 年度"},
		{"3. 存在的问题", "3. 存在的问题"},
		{"2) 甲", "2) 甲"},
		{"01. 甲", "01. 甲"},
		{"1. 甲\n2. 乙\n3. 丙", "<ol4><li>甲</><li>乙</><li>丙</></>"},
		{"1) 甲\n2) 乙", "<ol3><li>甲</><li>乙</></>"},
		{"1. 甲\n\n2. 乙", "<ol3><li>甲</><li>乙</></>"},
		{"1. 甲\n\n乙\n\n2. 丙", "<ol2><li>甲</></>¶乙<ol3><li>丙</></>"},
		{"1. 甲\n\n3. 乙", "<ol2><li>甲</></>¶3. 乙"},
		{"1. 甲\n1. 乙", "<ol2><li>甲</></><ol2><li>乙</></>"},
		{"1. 甲\n   1. 乙\n   2. 丙\n2. 丁", "<ol3><li>甲<ol3><li>乙</><li>丙</></></><li>丁</></>"},
		{"本年共\n2. 件", "本年共⏎2. 件"},
		{"-5%\n+3\n-", "-5%⏎+3⏎-"},
		{"-\n\n1.", "-¶1."},
		{"- 甲\n- 乙", "<ul><li>甲</><li>乙</></>"},

		// A mark needs a space, and text behind it.
		{">100 件", ">100 件"},
		{">>5", ">>5"},
		{">", ">"},
		{"> 引文\n> 又一行", "<q>引文⏎又一行</>"},
		{"> > 引文", "<q><q>引文</></>"},
		{"#\n\n##", "#¶##"},
		{"#5 号", "#5 号"},
		{"```年度\n甲", "```年度⏎甲"},
		{"```sql\n甲\n```", "<code></>"},

		// What leads to no address is text.
		{"[注]: 本表数据截至年底", "[注]: 本表数据截至年底"},
		{"[a]: /x\n[注]: 说明", "[注]: 说明"},
		{"[文][a]\n\n[a]: /x \"题\"", "<a>文</>"},
		{"甲[^1]\n\n[^1]: 乙", "甲<ref></><note>乙</>"},
		{"甲\n\n[^1]: 乙\n\n[^2]: 丙", "甲¶[^1]: 乙¶[^2]: 丙"},
		{"甲[^1]\n\n[^1]: 乙\n\n[^2]: 丙", "甲<ref></>¶[^2]: 丙<note>乙</>"},

		// Tables.
		{"甲|乙\n---|---\n1|2", "<table><td>甲</><td>乙</><td>1</><td>2</></>"},
		{"甲|乙\n---|---\n1|2|3", "甲|乙⏎---|---⏎1|2|3"},
		{"|甲|乙|\n|---|---|\n|1|2||", "<table><td>甲</><td>乙</><td>1</><td>2</></>"},

		// As in CommonMark.
		{"<10件，<国务院>", "<10件，<国务院>"},
		{"\\*不是\\* C:\\数据\\ 甲", "*不是* C:\\数据\\ 甲"},
		{"见<https://www.gov.cn>。", "见<a></>。"},
		{"见https://www.gov.cn，下同", "见https://www.gov.cn，下同"},
	} {
		d, _ := ReadDocument(one("---\n---\n"+test.text), file)
		var b strings.Builder
		tagged(&b, d.Body.Root, d.Data)
		if diff := cmp.Diff(test.want, b.String()); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}
