package acceptance

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// editor changes an archive at random. Most of its edits make no mistakes.
type editor struct {
	t   *testing.T
	dir string
	rng *rand.Rand
	n   int
}

func (e *editor) edit() string {
	e.n++
	reports := e.glob("content/agencies/**/2???.md", "content/agencies/**/index.md")
	agencies := e.glob("content/agencies/**/_index.md")
	pick := func(list []string) string { return list[e.rng.IntN(len(list))] }
	switch k := e.rng.IntN(23); k {
	case 0, 1:
		f := pick(reports)
		e.sub(f, "## 总体情况\n", fmt.Sprintf("## 总体情况\n\n第%d次修改，公开信息%d条。\n", e.n, e.rng.IntN(999)))
		return "prose " + f
	case 2, 3:
		f := pick(reports)
		e.sub(f, "  permits: 30\n", fmt.Sprintf("  permits: %d\n", 30+e.rng.IntN(5)))
		return "cell " + f
	case 4:
		f := pick(reports)
		e.sub(f, "new: [9, 0, 0, 0, 0, 0, 9]", "new: [9, 0, 0, 0, 0, 0, 8]")
		return "break " + f
	case 5:
		for _, f := range reports {
			e.sub(f, "new: [9, 0, 0, 0, 0, 0, 8]", "new: [9, 0, 0, 0, 0, 0, 9]")
		}
		return "mend all"
	case 6:
		f := pick(agencies)
		e.sub(f, "name: ", fmt.Sprintf("name: 第%d", e.rng.IntN(9)))
		return "rename " + f
	case 7:
		if e.rng.IntN(3) == 0 {
			f := pick(reports)
			e.sub(f, "## 总体情况\n", "## 总体情况\n\n见[关于](../../../../about.md)。\n")
			return "link in " + f
		}
		f := pick(reports)
		if e.sub(f, "\ndraft: true\n", "\n") {
			return "publish " + f
		}
		e.sub(f, "form: cn-2021\n", "form: cn-2021\ndraft: true\n")
		return "draft " + f
	case 8:
		f := pick(reports)
		if len(reports) > 4 {
			e.remove(f)
		}
		return "remove " + f
	case 9:
		to := filepath.Join(e.dir, fmt.Sprintf("content/agencies/anping/new-%d", e.n))
		copyTree(e.t, filepath.Join(e.dir, filepath.Dir(pick(agencies))), to)
		return "copy to " + to
	case 10:
		from := filepath.Dir(pick(agencies))
		if strings.Count(from, "/") < 3 || strings.HasSuffix(from, "government") {
			return "nothing"
		}
		to := fmt.Sprintf("content/agencies/anping/moved-%d", e.n)
		if err := os.Rename(filepath.Join(e.dir, from), filepath.Join(e.dir, to)); err != nil {
			e.t.Fatal(err)
		}
		return "move " + from + " to " + to
	case 11:
		words, coverage := []string{"mark", "stop"}, []string{"dates", "verdicts"}
		e.write("content/site.yaml", "title: 档案"+fmt.Sprint(e.rng.IntN(3))+"\nlanguage: zh-CN\non_error: "+words[e.rng.IntN(2)]+"\ncoverage: "+coverage[e.rng.IntN(2)]+
			fmt.Sprintf("\ncopies: {characters: %d}\n", []int{20, 20, 400}[e.rng.IntN(3)]))
		return "settings"
	case 12:
		if e.rng.IntN(2) == 0 {
			e.write("layouts/404.html", fmt.Sprintf("{{define \"main\"}}<h1>{{.Title}} %d</h1>{{end}}\n", e.rng.IntN(3)))
			return "layout"
		}
		e.remove("layouts/404.html")
		return "no layout"
	case 18: // what the page of an agency says of itself, whoever is below it
		f := pick(agencies)
		e.sub(f, "\n---\n", fmt.Sprintf("\nshort: 简称%d\n---\n\n简介%d。\n", e.rng.IntN(9), e.n))
		return "profile of " + f
	case 19: // a year that nobody had
		f := pick(reports)
		to := filepath.Join(filepath.Dir(strings.TrimSuffix(f, "/index.md")), fmt.Sprint(2025+e.rng.IntN(2), ".md"))
		text, err := os.ReadFile(filepath.Join(e.dir, f))
		if err != nil {
			e.t.Fatal(err)
		}
		e.write(to, string(text))
		return "copy to " + to
	case 21, 22:
		return e.copies(pick(reports), pick(reports))
	case 20:
		f := pick(reports)
		e.sub(f, "published: 20", []string{"published: 21", "published_from: page\npublished: 20"}[e.rng.IntN(2)])
		return "date of " + f
	case 13:
		f := pick(reports) // a change that leaves size and times as they were
		e.stealthily(f, "penalties: 12", fmt.Sprintf("penalties: %d", 10+e.rng.IntN(9)))
		return "stealth " + f
	case 14:
		link := ""
		if e.rng.IntN(3) == 0 { // a link that becomes dead when the report is removed
			link = "见[报告](" + strings.TrimPrefix(pick(reports), "content/") + ")。"
		}
		e.write("content/about.md", fmt.Sprintf("---\ntitle: 关于%d\n---\n\n说明。%s\n", e.rng.IntN(3), link))
		return "free page " + link
	case 15, 16:
		return e.trouble()
	default:
		f := pick(reports)
		at := time.Unix(int64(1_500_000_000+e.rng.IntN(1e8)), 0)
		if err := os.Chtimes(filepath.Join(e.dir, f), at, at); err != nil {
			e.t.Fatal(err)
		}
		return "touch " + f
	}
}

// copies makes prose the same in two reports, whoever they are of, or lets a report
// accept it, or makes it text of a superior office.
func (e *editor) copies(f, other string) string {
	text := fmt.Sprintf("针对第%s类事项逐月梳理公开台账并由分管负责人审签。收集意见以后由%s股室逐条回复并在公开栏张贴结果。", string("甲乙丙丁"[3*e.rng.IntN(4):][:3]), "法规")
	switch e.rng.IntN(4) {
	case 0:
		e.sub(f, "form: cn-2021\n", "form: cn-2021\naccept: [{rule: copied-other, reason: 统一起草}]\n")
		return "accept copies in " + f
	case 1:
		at := []string{"content/agencies/boilerplate.md", filepath.Dir(strings.TrimSuffix(f, "/index.md")) + "/boilerplate.md"}[e.rng.IntN(2)]
		if e.rng.IntN(2) == 0 {
			e.remove(at)
			return "no " + at
		}
		e.write(at, text+"\n")
		return "boilerplate " + at
	}
	for _, name := range []string{f, other} {
		e.sub(name, "## 其他需要报告的事项\n", "## 其他需要报告的事项\n\n"+text+"\n")
	}
	return "the same text in " + f + " and " + other
}

// trouble adds, moves or removes a finding: within a report, against the year
// before, or of a government against the agencies below it, in whose files it has
// related places.
func (e *editor) trouble() string {
	reports := e.glob("content/agencies/**/2???.md", "content/agencies/**/index.md")
	agencies := e.glob("content/agencies/**/_index.md")
	f := reports[e.rng.IntN(len(reports))]
	const government = "content/agencies/anping/government/"
	for _, often := range []string{government + "2024.md", government + "culture-tourism/2024.md"} {
		if _, err := os.Stat(filepath.Join(e.dir, often)); err == nil && e.rng.IntN(3) == 0 {
			f = often
		}
	}
	swap := func(what, one, other string) string {
		if !e.sub(f, one, other) {
			e.sub(f, other, one)
		}
		return what + " " + f
	}
	switch e.rng.IntN(9) {
	case 0:
		return swap("blank", "  enforcement: 0\n", "  enforcement: \"\"\n")
	case 1:
		e.sub(f, "---\n", fmt.Sprintf("---\n# %d\n", e.n)) // all places move down a line
		return "push down " + f
	case 2:
		f = agencies[e.rng.IntN(len(agencies))]
		e.sub(f, "---\n", "---\n# \n")
		return "push down " + f
	case 3:
		return swap("roll-up", "  penalties: 12\n", "  penalties: 11\n")
	case 4:
		return swap("spelling", "  penalties: 12\n", "  penalties: 012\n")
	case 5:
		return swap("carry-over", "  carried_in: [1, 0, 0, 0, 0, 0, 1]\n", "  carried_in: [2, 0, 0, 0, 0, 0, 2]\n")
	case 6:
		return swap("accept", "\n---\n\n", "\naccept:\n  - {rule: blank-cell, cell: proactive.enforcement, reason: 原文如此}\n---\n\n")
	case 7:
		return swap("more below", "  permits: 30\n", "  permits: 950\n")
	default:
		region := "content/agencies/anping/2024.md"
		if _, err := os.Stat(filepath.Join(e.dir, region)); err == nil {
			e.remove(region)
		} else {
			e.write(region, e.read(f))
		}
		return "report of a region"
	}
}

func (e *editor) sub(name, old, now string) bool {
	text := e.read(name)
	if !strings.Contains(text, old) {
		return false
	}
	e.write(name, strings.Replace(text, old, now, 1))
	return true
}

func (e *editor) read(name string) string {
	data, err := os.ReadFile(filepath.Join(e.dir, name))
	if err != nil {
		e.t.Fatal(err)
	}
	return string(data)
}

// stealthily changes a file and restores its time.
func (e *editor) stealthily(name, old, now string) {
	info, err := os.Stat(filepath.Join(e.dir, name))
	if err != nil {
		e.t.Fatal(err)
	}
	e.sub(name, old, now)
	if err := os.Chtimes(filepath.Join(e.dir, name), info.ModTime(), info.ModTime()); err != nil {
		e.t.Fatal(err)
	}
}

func (e *editor) write(name, text string) { writeFile(e.t, filepath.Join(e.dir, name), text) }

func (e *editor) remove(name string) {
	path := filepath.Join(e.dir, name)
	if filepath.Base(path) == "index.md" {
		path = filepath.Dir(path)
	}
	if err := os.RemoveAll(path); err != nil {
		e.t.Fatal(err)
	}
}

// glob lists files below the folder that holds content/; ** is any folders.
func (e *editor) glob(patterns ...string) []string {
	var list []string
	err := filepath.WalkDir(filepath.Join(e.dir, "content"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(e.dir, path)
		for _, p := range patterns {
			if ok, _ := filepath.Match(filepath.Base(p), filepath.Base(rel)); ok && strings.HasPrefix(rel, "content/agencies/") {
				list = append(list, rel)
			}
		}
		return nil
	})
	if err != nil {
		e.t.Fatal(err)
	}
	slices.Sort(list)
	return list
}
