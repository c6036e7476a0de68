package importer

import (
	"strings"
	"testing"

	"annals/generator/diag"
	"annals/generator/lang"
)

// about is a short report, and the text around it.
type about struct {
	name         string
	file         string // a page, unless it ends in .txt
	over         string // above the title
	head, foot   string // below it, and below the text
	published    string
	page         bool // the date of publication is the page's, not the text's
	title        string
	never        []string // nothing of this is in the report
	preface      string   // all text before the first part
	reported     []string // each is in a diagnostic or its related places
	last         string   // the text of part six; 事项甲。 unless given
	wrap, unwrap string   // the element that holds the text
}

const ownTitle = "青禾县水务局2023年政府信息公开工作年度报告"

func (a about) document() string {
	tables := "<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>12</td></tr></table>"
	title := a.title
	if title == "" {
		title = "<h1>" + ownTitle + "</h1>"
	}
	text := "<p>一、总体情况</p><p>2023年公开若干。</p><p>二、主动公开政府信息情况</p>" + tables +
		"<p>三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p><p>五、存在的主要问题及改进情况</p><p>问题甲。</p><p>六、其他需要报告的事项</p><p>事项甲。</p>"
	if strings.HasSuffix(a.file, ".txt") {
		text = strings.NewReplacer("<tr><td>", "\n", "</td><td>", "\t", "</td></tr>", "", "</table>", "\n\n", "<p>", "", "</p>", "\n", "<h1>", "", "</h1>", "\n", "<table>", "").
			Replace(a.over + title + a.head + text + a.foot)
		return text
	}
	return "<html><body>" + a.over + title + a.wrap + a.head + text + a.unwrap + a.foot + "</body></html>"
}

// TestAround: the text around a report, on a page or in a text file, is read as
// metadata or left out with a diagnostic, and nothing of the report is left out with
// it.
func TestAround(t *testing.T) {
	forms := loadForms(t)
	for _, c := range []about{
		{name: "source and date", page: true, head: "<p>信息来源:某网 日期:2024-01-28</p>", published: "2024-01-28"},
		{name: "date alone", page: true, head: "<p>发布时间:2024-01-30 10:22</p>", published: "2024-01-30"},
		{name: "date and period", page: true, head: "<p>发布时间：2024年1月30日</p><p>统计期限为2023年1月1日至2023年12月31日</p>", published: "2024-01-30", preface: "统计期限为2023年1月1日至2023年12月31日"},
		{name: "a sentence that ends in a date", head: "<p>青禾县水务局依据有关规定编制本报告，所列数据截至2023年12月31日</p>", preface: "青禾县水务局依据有关规定编制本报告，所列数据截至2023年12月31日"},
		{name: "update", page: true, head: "<p>更新日期:2024-01-18 信息来源:某办 浏览:</p>", published: "2024-01-18"},
		{name: "publication before update", page: true, head: "<p>更新时间：2025-03-01 发布时间：2024-01-18 来源：某办</p>", published: "2024-01-18"},
		{name: "signature before update", head: "<p>更新时间：2025-03-01</p>", foot: "<p>青禾县水务局</p><p>2024年1月18日</p>", published: "2024-01-18", never: []string{"2024年1月18日"}},
		{name: "date in brackets", head: "<p>（2024年1月18日）</p>", published: "2024-01-18"},
		{name: "date in brackets, in a text", file: "a.txt", head: "\n（2024年1月18日）\n", published: "2024-01-18"},
		{name: "head of a page, pasted", page: true, file: "a.txt", head: "\n发布时间：2024-01-18 来源：某办\n", published: "2024-01-18"},
		{name: "date in words", foot: "<p>青禾县水务局</p><p>二〇二四年一月十八日</p>", published: "2024-01-18"},
		{name: "metadata", page: true, over: "<table><tr><td>名称</td><td>" + ownTitle + "</td></tr><tr><td>索引号</td><td>000/2024-1</td></tr><tr><td>发布日期</td><td>2024-01-18</td></tr></table>",
			published: "2024-01-18", reported: []string{"索引号", "000/2024-1"}},
		{name: "metadata below the title", page: true, head: "<table><tr><td>索引号</td><td>000/2024-1</td><td>成文日期</td><td>2024-01-17</td></tr></table>",
			published: "2024-01-17", reported: []string{"索引号"}},
		{name: "label", title: "<p>标题：" + ownTitle + "</p>"},
		{name: "repeated", head: "<p>青禾县水务局</p><p>2023年政府信息公开工作年度报告</p>"},
		{name: "repeated in one line", head: "<p>" + ownTitle + "</p><p>本报告依据条例编制。</p>", preface: "本报告依据条例编制。"},
		{name: "breadcrumbs", over: `<div><a href="/">甲</a> &gt; <a href="/b">乙</a></div>`, head: `<div><a href="/">本站</a> &gt; <a href="/b">法定主动公开</a></div>`,
			reported: []string{"法定主动公开"}, never: []string{"法定主动公开"}},
		{name: "what no list of words knows", wrap: "<div>", unwrap: "</div>", head: "<p>我局依据条例编制本报告。</p>", foot: "<div><p>某信息技术公司制作</p><p>总访问量 7,713</p></div>",
			preface: "我局依据条例编制本报告。", reported: []string{"某信息技术公司制作", "总访问量 7,713"}},
		{name: "related articles", foot: `<ul><li><a href="1">某局召开会议</a></li><li><a href="2">某局开展检查</a></li></ul>`, reported: []string{"某局召开会议", "某局开展检查"}},
		{name: "a link in the text", foot: `<p>详见<a href="1">公开专栏</a>，欢迎监督。</p>`, last: "事项甲。\n\n详见公开专栏，欢迎监督。"},
		{name: "a table after the text", wrap: "<div>", unwrap: "</div>", foot: "<table><tr><td>机构</td><td>件数</td></tr><tr><td>某局</td><td>4</td></tr></table>", reported: []string{"机构", "某局"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.file == "" {
				c.file = "a.html"
			}
			res, found := Import(Options{File: c.file, Data: []byte(c.document()), Agency: "x", Year: 2023, Forms: forms,
				Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
			if res == nil {
				t.Fatal(found)
			}
			unaccounted(t, res, c.file, []byte(c.document()))
			if c.published != "" && strings.Contains(string(res.Report), "published_from: page\n") != c.page {
				t.Errorf("it is %v that the date is the page's", !c.page)
			}
			if res.Published != c.published || res.Title != ownTitle {
				t.Errorf("published %q, want %q; title %q", res.Published, c.published, res.Title)
			}
			_, body, _ := strings.Cut(string(res.Report[4:]), "---\n")
			last := c.last
			if last == "" {
				last = "事项甲。"
			}
			want := "\n## 总体情况\n\n2023年公开若干。\n\n## 存在的主要问题及改进情况\n\n问题甲。\n\n## 其他需要报告的事项\n\n" + last + "\n"
			if c.preface != "" {
				want = "\n" + c.preface + "\n" + want
			}
			if body != want {
				t.Errorf("the text is\n%s\nwant\n%s", body, want)
			}
			said := ""
			for _, d := range found {
				if d.Rule == "import-aside" || d.Rule == "import-unplaced" {
					said += d.Message.In(lang.EN) + "\n"
					for _, r := range d.Related {
						said += r.Message.In(lang.EN) + "\n"
					}
				}
				if d.Severity == diag.Error && d.Rule != "import-unplaced" {
					t.Error(d.Rule, d.Message.In(lang.EN))
				}
			}
			for _, s := range c.reported {
				if !strings.Contains(said, s) {
					t.Errorf("%s is not reported in\n%s", s, said)
				}
			}
			for _, s := range c.never {
				if strings.Contains(string(res.Report), s) {
					t.Errorf("%s is in the report", s)
				}
			}
		})
	}
}
