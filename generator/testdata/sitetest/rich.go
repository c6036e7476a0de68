package sitetest

import (
	"fmt"
	"strconv"
	"strings"
	"testing/fstest"

	"annals/generator/form"
)

// Hostile is text as an attacker would write it: every place that shows
// content must show it as text.
const Hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{.}}${7*7}=1+1`

// Rich is an archive with everything that pages can show: a government with
// departments and a roll-up, a change of form, blanks and tokens, notes,
// accepted findings, corrections, attachments, late and missing reports,
// Markdown of every kind, and hostile text wherever text can stand.
func Rich(forms *form.Set) fstest.MapFS {
	quoted := "'" + strings.ReplaceAll(Hostile, "'", "''") + "'"
	files := map[string]string{
		"content/site.yaml": "title: 测试档案\nbase_url: https://www.example.gov.cn/zfxxgk/nb/\nlanguage: zh-CN\nowner: 某县人民政府办公室\n" +
			"icp: 京ICP备00000000号\npolice_record: 京公网安备00000000000000号\nsite_code: '1234567890'\ncontact: 010-00000000\n" +
			"party_mark: https://bszs.conac.cn/sitename\nrepository: https://git.example.gov.cn/archive\n",
		"content/about.md": "---\ntitle: 关于本站\n---\n\n说明文字。\n\n" + markdown,
		"content/hostile.md": "---\ntitle: " + quoted + "\n---\n\n" + Hostile + "\n\n" +
			"[a](javascript:alert(1)) [b](JaVaScRiPt&colon;alert(1)) [c](data:text/html,x) <javascript:alert(1)> ![d](https://evil.example/x.png) ![e](javascript:x)\n\n" +
			"<div onclick=alert(1)>\n\n<style>*{display:none}</style>\n\n# <b>x</b> \"q\"\n\n`<i>` \n\n    <pre>\n\n| <u>a</u> | b |\n|--|--|\n| <u>c</u> | d |\n",
		"content/agencies/x/_index.md":        "---\nname: 某省\nkind: region\n---\n",
		"content/agencies/x/gov/_index.md":    "---\nname: 某县人民政府\nkind: government\nsince: 2020\ncontact: {office: 某县政府办公室, address: 人民路1号, postcode: '000000', phone: 010-1, email: a@example.gov.cn}\n---\n简介。\n",
		"content/agencies/x/gov/a/_index.md":  "---\nname: 某县财政局\nshort: 财政局\nformer_names: [某县财政所]\nkind: department\nsince: 2021\n---\n",
		"content/agencies/x/gov/b/_index.md":  "---\nname: " + quoted + "\nshort: " + quoted + "\nkind: township\n---\n" + Hostile + "\n",
		"content/agencies/x/gov/b2/_index.md": "---\nname: 某县从不公布局\nkind: department\n---\n",
	}
	prose := "\n## 总体情况\n\n正文一段，\n换行。\n\n### 主动公开\n\n见[去年](2021.md)和[财政局](a/_index.md)。\n\n## 存在的主要问题及改进情况\n\n### 主动公开\n\n同名标题。\n\n## 其他需要报告的事项\n\n" + markdown
	for _, y := range []int{2020, 2021, 2022, 2023} {
		f, _ := forms.ForYear(y)
		head := fmt.Sprintf("published: %d-04-0%d\n", y+1, y-2019)
		if y == 2023 {
			cell := f.Cells[f.Figures[0]].ID
			head += "source: {url: https://www.example.gov.cn/2023.html, file: original.pdf}\naccept:\n  - {rule: row-total, cell: " + cell + ", reason: " + quoted + "}\n" +
				"notes:\n  - {cell: " + cell + ", note: " + quoted + "}\ncorrections:\n  - {date: 2024-06-01, cell: " + cell + ", was: '5', note: " + quoted + "}\n"
			files["content/agencies/x/gov/2023/original.pdf"] = "%PDF-1.4\n"
			files["content/agencies/x/gov/2023/index.md"] = report(f, head, 100, strings.NewReplacer("](2021.md)", "](../2022.md)", "](a/", "](../a/").Replace(prose))
			continue
		}
		files["content/agencies/x/gov/"+strconv.Itoa(y)+".md"] = report(f, head, y-2000, prose)
	}
	f, _ := forms.ForYear(2022)
	files["content/agencies/x/gov/a/2022.md"] = report(f, "published: 2023-01-10\n", 3, strings.NewReplacer("](2021.md)", "](2023.md#requests.new.total)", "](a/", "](../a/").Replace(prose))
	files["content/agencies/x/gov/a/2023.md"] = report(f, "published: 2024-03-10\n", 0, "\n## 总体情况\n\n无。\n")
	files["content/agencies/x/gov/b/2023.md"] = report(f, "title: "+quoted+"\n", -1, "\n"+Hostile+"\n\n## "+Hostile+"\n\n"+Hostile+"\n")
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return fsys
}

const markdown = `段落里有**粗体**、*斜体*、~~删除~~和` + "`代码`" + `，一个[链接](https://www.example.gov.cn/a?b=1&c=2)，<https://www.example.gov.cn/>，脚注[^1]。

1. 一
2. 二
   - 甲
   - 乙

> 引文

| 列 | 数 |
|----|---:|
| 甲 | 1  |

---

` + "```" + `
a < b
` + "```" + `

[^1]: 脚注文字。
`

// report writes a report of the form with the same number in every cell; a
// negative number stands for cells that are blank or hold a sign.
func report(f *form.Form, head string, n int, body string) string {
	var b strings.Builder
	b.WriteString("---\nform: " + f.ID + "\n" + head)
	var open []string
	for i, r := range f.Rows {
		keys := strings.Split(r.Path, ".")
		same := 0
		for same < len(open) && same < len(keys)-1 && open[same] == keys[same] {
			same++
		}
		for k := same; k < len(keys)-1; k++ {
			fmt.Fprintf(&b, "%s%s:\n", strings.Repeat("  ", k), keys[k])
		}
		open = keys[:len(keys)-1]
		values := make([]string, len(r.Columns))
		for k := range values {
			switch {
			case n >= 0:
				values[k] = strconv.Itoa(n * (1 + (i+k)%3))
			case (i+k)%2 == 0:
				values[k] = `""`
			default:
				values[k] = `"/"`
			}
		}
		text := strings.Join(values, ", ")
		if len(values) > 1 {
			text = "[" + text + "]"
		}
		fmt.Fprintf(&b, "%s%s: %s\n", strings.Repeat("  ", len(keys)-1), keys[len(keys)-1], text)
	}
	return b.String() + "---\n" + body
}

// Plain is an archive of departments whose reports have nothing unusual.
func Plain(forms *form.Set) fstest.MapFS {
	fsys := fstest.MapFS{
		"content/site.yaml":            {Data: []byte("title: 测试'档案'\nbase_url: https://www.example.gov.cn/nb/\n")},
		"content/agencies/x/_index.md": {Data: []byte("---\nname: 某<省>\nkind: region\n---\n")},
	}
	for i, name := range []string{"某县'财政'局", "A & B + C", "某县民政局"} {
		dir := fmt.Sprintf("content/agencies/x/d%d/", i)
		fsys[dir+"_index.md"] = &fstest.MapFile{Data: []byte("---\nname: \"" + name + "\"\nkind: department\n---\n")}
		for _, y := range []int{2020, 2021, 2022, 2023} {
			f, _ := forms.ForYear(y)
			head := ""
			if y+i != 2023 {
				head = fmt.Sprintf("published: %d-0%d-10\nsource: {url: https://www.example.gov.cn/%d.html}\n", y+1, 1+i, y)
			}
			body := fmt.Sprintf("\n## 总体情况\n\n%d年，%s做了 <b>3</b> 件事。\n\n### 主动公开\n\n[去年](%d.md)。\n\n## 存在的主要问题及改进情况\n\n无。\n", y, name, y-1)
			if i > 0 {
				body += "\n## 其他需要报告的事项\n\n无。\n"
			}
			fsys[dir+fmt.Sprint(y)+".md"] = &fstest.MapFile{Data: []byte(report(f, head, i*(y-2019), body))}
		}
	}
	return fsys
}
