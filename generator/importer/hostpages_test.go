package importer

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"annals/generator/diag"
	"annals/generator/importer/bind"
	"annals/generator/lang"
)

// hostPage is a page of a content management system around a report: {title}, and
// {text}, whose paragraphs are elements as the system has them.
type hostPage struct {
	name      string
	page      string
	paragraph string // an element with %s
	published string // that the page gives
	updated   bool   // it gives no more than the date of an update, which a signature precedes
}

// hostPages are pages as content management systems of governments make them.
var hostPages = []hostPage{
	{"a body and nothing else", `<html><head><title>{title}_青禾县人民政府</title></head><body>
<p><a href="/">首页</a> <a href="/zw">政务公开</a> <a href="/fw">办事服务</a></p>
<h1>{title}</h1><p>日期：2024-01-18 09:31:02 来源：青禾县水务局 字号：[大][中][小]</p>{text}
<p>上一条：<a href="1.html">青禾县水务局2022年工作总结</a></p><p>下一条：没有了</p>
<p>主管单位：青禾县人民政府</p><p>青禾县政务中心 运行维护</p><p>地址：青禾县人民路1号 邮编：223100</p><p>总访问量 7,713 次</p></body></html>`, "<p>%s</p>", "2024-01-18", false},

	{"tables for the layout", `<html><head><meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2024-01-18 10:20"></head><body>
<table width=1000><tr><td><a href="/">网站首页</a></td><td><a href="/jg">机构职能</a></td><td><a href="/xx">信息公开</a></td></tr></table>
<table width=1000><tr><td><table class="bs"><tr><td>索 引 号：</td><td>014321/2024-00021</td><td>信息分类：</td><td>年度报告</td></tr><tr><td>发布机构：</td><td>青禾县水务局</td><td>生成日期：</td><td>2024-01-17</td></tr><tr><td>信息名称：</td><td colspan=3>{title}</td></tr></table>
<div class="bt">{title}</div><div id="zoom">{text}</div></td></tr>
<tr><td align=center><a href="javascript:print()">打印本页</a> <a href="javascript:close()">关闭窗口</a></td></tr></table>
<table width=1000><tr><td>青禾县水务局主办</td></tr><tr><td>建议使用1366*768分辨率浏览本站。</td></tr><tr><td>备案序号：苏B2-20240001</td></tr></table></body></html>`, `<p style="text-indent:2em">%s</p>`, "2024-01-18", false},

	{"a form around the page", `<html><body><form id="form1" method="post" action="./show.aspx?id=3"><div class="aspNetHidden"><input type="hidden" value="x"></div>
<div class="top"><ul><li><a href="/">首页</a></li><li><a href="/b">动态</a></li></ul><input type="text"><input type="submit" value="搜索"></div>
<div class="main"><h3>{title}</h3><div class="info">作者：办公室　点击数：<span>213</span>　更新时间：2024/1/18</div><div class="content">{text}</div></div>
<div class="foot"><p>版权归青禾县水务局所有</p><p>技术支持 某网络公司</p></div></form></body></html>`, "<div>%s</div>", "2024-01-18", true},

	{"a form around the article", `<html><body><div class="nav"><a href="/">首页</a>|<a href="/1">公开</a></div><form name="_newscontent_fromname"><div class="content-title"><h2>{title}</h2><i>时间：2024-01-18</i><i>浏览：[<span>88</span>]</i></div>
<div class="v_news_content">{text}</div><div class="content-foot"><p>上一条：<a href="a.htm">关于召开会议的通知</a></p><p>下一条：<a href="b.htm">关于开展检查的通知</a></p></div></form>
<div class="footer"><p>Copyright 2024 青禾县水务局</p></div></body></html>`, `<p class="vsbcontent_start">%s</p>`, "2024-01-18", false},

	{"main and article", `<html><head><meta property="article:published_time" content="2024-01-18T09:00:00+08:00"></head><body><header><a href="/">青禾县水务局</a></header><main><nav class="crumbs"><a href="/">首页</a></nav><article><h1>{title}</h1><div class="meta"><time datetime="2024-01-18">1月18日</time><span>某某编辑</span></div>{text}<section class="share"><h4>分享本文</h4><ul><li>微信</li><li>微博</li></ul></section></article><aside><h3>热点推荐</h3><p>我县召开水利工作会议。</p></aside></main><footer><p>青禾县水务局</p></footer></body></html>`, "<p>%s</p>", "2024-01-18", false},

	{"breaks between paragraphs", `<html><body><div class="position">您的位置：<a href="/">首页</a> - <a href="/gk">公开</a></div><div class="article"><div class="title">{title}</div><div class="sub">发布日期：2024年01月18日&nbsp;&nbsp;信息来源：办公室</div><div class="con">{text}</div></div><div class="bottom"><ul><li>联系我们</li><li>网站地图</li></ul><p>电话：0517-00000000</p></div></body></html>`, "　　%s<br><br>", "2024-01-18", false},

	{"a list of reports beside it", `<html><body><div class="left"><h2>年度报告</h2><ul><li><a href="2022.html">青禾县水务局2022年政府信息公开工作年度报告</a></li><li><a href="2021.html">青禾县水务局2021年政府信息公开工作年度报告</a></li></ul></div>
<div class="right"><h2>{title}</h2><dl><dt>发布日期</dt><dd>2024-01-18</dd><dt>文号</dt><dd>无</dd></dl><div class="body">{text}</div></div><div class="links"><p>友情链接</p><select><option>某省水利厅</option></select></div></body></html>`, "<p><span>%s</span></p>", "2024-01-18", false},

	{"what hides", `<html><body><div style="display:none">页面加载中</div><div class="wrap"><div class="xxgk"><ul class="clearfix"><li><b>索引号</b>014/2024</li><li><b>公开日期</b>2024-01-18</li><li><b>公开方式</b>主动公开</li></ul></div><h1>{title}</h1><div class="tools"><span>A+</span><span>A-</span><span>收藏</span></div><div class="txt">{text}<p class="editor">责任编辑：张三</p></div></div><div class="code"><p>扫码在手机上查看</p></div></body></html>`, "<p>%s</p>", "2024-01-18", false},

	{"a foot set like the text", `<html><body><h2>{title}</h2><p>2024-01-18 09:20</p>{text}<p>青禾县大数据中心</p><p>总访问量 7,713 次</p></body></html>`, "<p>%s</p>", "2024-01-18", false},

	{"a foot of sentences", `<html><body><p>欢迎访问本站</p><h2>{title}</h2><p>【发布时间：2024-01-18】【字体：大 中 小】【打印】</p>{text}<p><a href="x.docx">附件下载</a></p><p>为确保最佳浏览效果，建议您使用新版浏览器。</p><p>本站内容未经许可不得转载。</p><p>网站管理：青禾县大数据中心</p></body></html>`, "<p>%s</p>", "2024-01-18", false},

	{"rows of one table", `<html><body><table><tr><td><a href="/">首页</a></td></tr><tr><td>{title}</td></tr><tr><td>日期：2024-01-18</td></tr></table>{text}<table><tr><td>青禾县水务局</td></tr><tr><td>传真：0517-00000001</td></tr><tr><td><a href="/map">地图</a></td></tr></table><table><tr><td><a href="1">省水利厅</a></td><td><a href="2">市水利局</a></td></tr><tr><td><a href="3">县政府</a></td><td><a href="4">县公安局</a></td></tr></table></body></html>`, "<p>%s</p>", "2024-01-18", false},

	{"an article of a messenger", `<html><head><meta property="og:title" content="{title}"></head><body><div class="rich_media"><h1 class="rich_media_title">{title}</h1><div class="rich_media_meta_list"><span>青禾水务</span> <em>2024-01-18 10:00</em> <em>江苏</em></div><div id="js_content" style="visibility: hidden;">{text}</div></div><div class="reward"><p>喜欢作者</p></div><div class="read"><p>阅读 12</p><p>在看</p></div></body></html>`, `<section><span style="font-size:16px">%s</span></section>`, "2024-01-18", false},

	{"columns named like a report", `<html><body><ul class="menu"><li>政府信息公开指南</li><li>政府信息公开年报</li><li>依申请公开</li></ul><div class="box"><h3>政府信息公开年报</h3><h1>{title}</h1><p class="time">2024年01月18日 09:00 来源： 青禾县水务局 访问量： 213</p><div class="zw">{text}</div><div class="page"><span>上一篇</span><span>下一篇</span></div></div><div class="copy">青禾县水务局版权</div></body></html>`, "<p>%s</p>", "2024-01-18", false},

	{"related articles in the text's element", `<html><body><div class="c"><h1>{title}</h1><span class="d">2024-01-18</span>{text}<div class="related"><h4>相关阅读</h4><ul><li>青禾县水务局召开年度工作会议</li><li>青禾县水务局开展安全检查</li></ul></div><div class="ewm"><img src="q.png" width="120"><p>扫描二维码分享</p></div></div></body></html>`, "<p>%s</p>", "2024-01-18", false},

	{"paragraphs in boxes of their own", `<html><body><div id="app"><div class="head"><span>无障碍</span><span>登录</span></div><div class="view"><h1>{title}</h1><div class="line"><label>发布机构</label><span>青禾县水务局</span></div><div class="line"><label>发布时间</label><span>2024-01-18</span></div>{text}</div><div class="tail"><div>主办：青禾县人民政府</div><div>承办：青禾县大数据中心</div></div></div></body></html>`, `<div class="cell"><div class="p">%s</div></div>`, "2024-01-18", false},
}

// reportText is the text of a report and its paragraphs.
type reportText struct {
	name  string
	parts []string // headings, paragraphs, and TABLE
	body  string   // of the report's file
	date  string   // of the signature, or ""
}

var reportTexts = []reportText{
	{"short", []string{"一、总体情况", "2023年公开若干。", "二、主动公开政府信息情况", "TABLE", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
		"五、存在的主要问题及改进情况", "问题甲。", "六、其他需要报告的事项", "无"},
		"\n## 总体情况\n\n2023年公开若干。\n\n## 存在的主要问题及改进情况\n\n问题甲。\n\n## 其他需要报告的事项\n\n无\n", ""},
	{"with a preface and a signature", []string{"我局依据条例编制本报告，欢迎监督。", "一、总体情况", "（一）主动公开情况", "2023年公开若干。", "二、主动公开政府信息情况", "TABLE", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
		"五、存在的主要问题及改进情况", "1.人员不足", "2.培训不够", "六、其他需要报告的事项", "本年度未收取信息处理费。", "青禾县水务局", "2024年1月17日"},
		"\n我局依据条例编制本报告，欢迎监督。\n\n## 总体情况\n\n（一）主动公开情况\n\n2023年公开若干。\n\n## 存在的主要问题及改进情况\n\n1.人员不足\n\n2.培训不够\n\n## 其他需要报告的事项\n\n本年度未收取信息处理费。\n", "2024-01-17"},
	{"nothing below the last heading but two lines", []string{"一、总体情况", "2023年公开若干。", "二、主动公开政府信息情况", "TABLE", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
		"五、存在的主要问题及改进情况", "问题甲。", "六、其他需要报告的事项", "（一）收费情况。本年度未收取费用。", "（二）本年度没有其他事项"},
		"\n## 总体情况\n\n2023年公开若干。\n\n## 存在的主要问题及改进情况\n\n问题甲。\n\n## 其他需要报告的事项\n\n（一）收费情况。本年度未收取费用。\n\n（二）本年度没有其他事项\n", ""},
}

const oneTable = "<table border=1><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>12</td></tr></table>"

// page puts the text into the page, and returns it with the lines that are the
// host's.
func (h hostPage) with(t reportText) (page string, host []string) {
	text := ""
	for _, p := range t.parts {
		if p == "TABLE" {
			text += oneTable
		} else {
			text += fmt.Sprintf(h.paragraph, p)
		}
	}
	tags := regexp.MustCompile(`(?s)<head>.*?</head>|<[^>]*>`)
	for line := range strings.SplitSeq(regexp.MustCompile(`</?(?:p|div|li|td|dt|dd|h[1-6]|ul|tr|option|table|section|nav)\b`).ReplaceAllString(h.page, "\n$0"), "\n") {
		line = strings.TrimSpace(strings.ReplaceAll(tags.ReplaceAllString(line, ""), "&nbsp;", " "))
		if line != "" && !strings.Contains(line, "{") {
			host = append(host, line)
		}
	}
	return strings.NewReplacer("{title}", ownTitle, "{text}", text).Replace(h.page), host
}

// TestHostPages: of a page the report's text is imported, all of it and nothing
// else; the lines of the page are told, one by one; and its date is read.
func TestHostPages(t *testing.T) {
	forms := loadForms(t)
	for _, h := range hostPages {
		for _, text := range reportTexts {
			t.Run(h.name+": "+text.name, func(t *testing.T) {
				page, host := h.with(text)
				res, found := Import(Options{File: "a.html", Data: []byte(page), Agency: "x", Year: 2023, Forms: forms,
					Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
				if res == nil {
					t.Fatal(found)
				}
				published, from := h.published, "page"
				if h.updated && text.date != "" {
					published, from = text.date, "document"
				}
				if res.Published != published || res.PublishedFrom != from || res.Title != ownTitle {
					t.Errorf("published %s from %s, title %s", res.Published, res.PublishedFrom, res.Title)
				}
				_, body, _ := strings.Cut(string(res.Report[4:]), "---\n")
				if body != text.body {
					t.Errorf("the text is\n%s\nwant\n%s", body, text.body)
				}
				said := ""
				for _, d := range found {
					said += d.Message.In(lang.ZH) + "\n"
					for _, r := range d.Related {
						said += r.Message.In(lang.ZH) + "\n"
					}
					if d.Severity == diag.Error && d.Rule != "import-unplaced" {
						t.Error(d.Rule, d.Message.In(lang.EN))
					}
				}
				for _, p := range res.Account.Passages {
					if p.Use == bind.Metadata {
						said += p.Text + "\n"
					}
				}
				flat := strings.Join(strings.Fields(said), "")
				for _, line := range host {
					if !strings.Contains(flat, strings.Join(strings.Fields(line), "")) {
						t.Errorf("%q is not reported", line)
					}
				}
			})
		}
	}
}
