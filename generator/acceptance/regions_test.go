package acceptance

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/explain"
)

// A change in an agency reaches the pages of the regions above it, and no other
// region's; the first report of a year reaches the pages of all from whom one is
// due. Either is what a clean build makes.
func TestChangeReachesTheRegionsAbove(t *testing.T) {
	dir := t.TempDir()
	base := explain.Base()
	report := base["content/agencies/anping/government/culture-tourism/2024.md"]
	for name, text := range map[string]string{
		"site.yaml":            "title: x\n",
		"agencies/p/_index.md": "---\nname: 省\nkind: region\n---\n", "agencies/p/c1/_index.md": "---\nname: 甲县\nkind: region\n---\n", "agencies/p/c2/_index.md": "---\nname: 乙县\nkind: region\n---\n",
		"agencies/p/c1/a/_index.md": "---\nname: 甲局\nkind: department\n---\n", "agencies/p/c2/b/_index.md": "---\nname: 乙局\nkind: department\n---\n",
		"agencies/p/c2/old/_index.md": "---\nname: 旧局\nkind: department\nuntil: 2024\n---\n",
		"agencies/p/c1/a/2024.md":     report, "agencies/p/c2/b/2024.md": report, "agencies/p/c2/old/2024.md": report,
	} {
		writeFile(t, filepath.Join(dir, "content", name), text)
	}
	opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public"), Workers: 2}
	build := func() map[string]string {
		t.Helper()
		res, err := generator.Build(t.Context(), opt)
		if err != nil || !res.Published {
			t.Fatal(err, res)
		}
		got := files(t, opt.Out)
		clean, _, _ := cleanBuild(t, dir)
		if diff := difference(got, clean); diff != "" {
			t.Fatal(diff)
		}
		return got
	}
	changed := func(was, now map[string]string) (list []string) {
		for name := range now {
			if was[name] != now[name] && strings.HasSuffix(name, "index.html") && strings.HasPrefix(name, "agencies/") {
				list = append(list, strings.TrimSuffix(strings.TrimPrefix(name, "agencies/"), "/index.html"))
			}
		}
		slices.Sort(list)
		return list
	}
	was := build()
	writeFile(t, filepath.Join(dir, "content/agencies/p/c1/a/2024.md"), strings.Replace(report, "permits: 30", "permits: 31", 1))
	now := build()
	if got := changed(was, now); !slices.Equal(got, []string{"p", "p/c1", "p/c1/a", "p/c1/a/2024"}) {
		t.Errorf("a figure changes %v", got)
	}
	was = now
	writeFile(t, filepath.Join(dir, "content/agencies/p/c1/a/2025.md"), "---\ndraft: true\n"+strings.TrimPrefix(report, "---\n"))
	if now = build(); len(changed(was, now)) > 0 {
		t.Errorf("a draft changes %v", changed(was, now))
	}
	writeFile(t, filepath.Join(dir, "content/agencies/p/c1/a/2025.md"), strings.Replace(report, "published: 2025", "published: 2026", 1))
	now = build()
	if got := changed(was, now); !slices.Equal(got, []string{"index.html", "p", "p/c1", "p/c1/a", "p/c1/a/2024", "p/c1/a/2025", "p/c2", "p/c2/b"}) {
		t.Errorf("a new year changes %v", got)
	}
	if page := now["agencies/p/c2/b/index.html"]; !strings.Contains(page, "2025 年度报告尚未公布") {
		t.Error("who has not published says nothing of it")
	}
	if strings.Contains(now["agencies/p/c2/old/index.html"], "未公布") {
		t.Error("a report is missed that nobody expects")
	}
}
