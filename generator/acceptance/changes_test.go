package acceptance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/cli"
)

// What a release makes is what a clean build makes of it, byte for byte; and the
// pages say what changed, when and whose change it was, and nothing of a report that
// was withdrawn.
func TestReleasePages(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	plain, _, _ := cleanBuild(t, dir)
	for name := range plain {
		if strings.HasPrefix(name, "changes/") || name == "data/vintages.csv" {
			t.Errorf("an archive without releases has %s", name)
		}
	}
	release(t, dir, "2026-01-31")
	same := func(when string) map[string]string {
		t.Helper()
		got := files(t, filepath.Join(dir, "public"))
		want, _, _ := cleanBuild(t, dir)
		if d := difference(got, want); d != "" {
			t.Fatalf("%s: not what a clean build makes: %s", when, d)
		}
		return got
	}
	same("the first release")
	agencies := filepath.Join(dir, "content/agencies/anping")
	correct := func(bureau, row, was, is, more string) {
		file := filepath.Join(agencies, bureau, "2024.md")
		edit(t, file, row+": "+was, row+": "+is)
		edit(t, file, "form: cn-2021\n", "form: cn-2021\ncorrections:\n  - {date: 2026-02-01, cell: proactive."+row+", was: "+was+more+"}\n")
	}
	correct("bureau-0", "permits", "30", "1234", ", note: 漏记, url: https://example.gov.cn/gg")
	correct("bureau-1", "penalties", "12", "4321", ", by: archive, note: 原件第3页")
	writeFile(t, filepath.Join(agencies, "bureau-2/2023/index.md"), "---\nwithdrawn: {date: 2026-02-02, reason: 含个人信息}\n---\n")
	moveAgency(t, dir, "bureau-3", "moved")
	edit(t, filepath.Join(agencies, "moved/_index.md"), "kind: department", "kind: department\naliases: [anping/bureau-3]")
	opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public"), AllowRemovals: true}
	if res, err := generator.Build(t.Context(), opt); err != nil || !res.Published {
		t.Fatal(err, res)
	}
	same("before the second release")
	if p := release(t, dir, "2026-02-03"); p.Number != 2 || p.Lines != 4 {
		t.Fatalf("%+v", p)
	}
	site := same("the second release")
	res, err := generator.Build(t.Context(), opt)
	if err != nil || res.Output.Written > 0 || res.Kept != res.Agencies {
		t.Errorf("a build after the release: %v, %+v", err, res)
	}
	says := func(page string, texts ...string) {
		t.Helper()
		for _, text := range texts {
			if !strings.Contains(site[page], text) {
				t.Errorf("%s does not say %s", page, text)
			}
		}
	}
	says("changes/index.html", "原为 30，现为 1234", "原为 12，现为 4321", ">更正<", ">转录订正<", ">撤下<", "含个人信息", "https://example.gov.cn/gg", "原件第3页")
	says("changes/feed.xml", `term="correction"`, `term="transcription"`, "30 → 1234")
	says("data/vintages.csv", "anping/bureau-0,安平县文化和旅游局,2024,proactive.permits,30,2026-01-31,2026-02-03,agency\r\n",
		"anping/bureau-0,安平县文化和旅游局,2024,proactive.permits,1234,2026-02-03,,\r\n", "proactive.penalties,12,2026-01-31,2026-02-03,archive\r\n")
	says("agencies/anping/bureau-0/2024/index.html", "第 0002 次发布，2026-02-03", "第 0001 次发布，2026-01-31", "原为 30，现为 1234")
	says("agencies/anping/bureau-2/2023/index.html", "含个人信息", "2026-02-02")
	says("agencies/anping/bureau-3/index.html", `agencies/anping/moved/index.html"`)
	says("agencies/anping/bureau-3/2024/index.html", `agencies/anping/moved/2024/index.html"`)
	for name := range site {
		if strings.HasPrefix(name, "agencies/anping/bureau-2/2023/") && name != "agencies/anping/bureau-2/2023/index.html" {
			t.Errorf("%s of a withdrawn report is published", name)
		}
	}
	if page := site["agencies/anping/bureau-1/2024/index.html"]; strings.Contains(page, `<a href="#report-corrections">更正`) {
		t.Error("a slip of ours is called a correction")
	}
	for args, want := range map[string]string{
		"diff 1 2":             "anping/bureau-0 2024: changed proactive.permits 30 → 1234 (the agency's correction) 漏记\nanping/bureau-1 2024: changed proactive.penalties 12 → 4321 (our transcription mended) 原件第3页\nanping/bureau-2 2023: withdrawn 含个人信息\n",
		"diff 0002":            "",
		"diff 1 --format json": `{"agency":"anping/bureau-0","year":2024,"what":"changed","release":2,"date":"2026-02-03","cell":"proactive.permits","was":"30","is":"1234","by":"agency","note":"漏记","url":"https://example.gov.cn/gg"}` + "\n",
	} {
		var out strings.Builder
		env := cli.Env{Out: &out, Err: &out, Getenv: func(string) string { return "" }}
		if code := cli.Main(t.Context(), append(strings.Fields(args), "--dir", dir, "--lang", "en"), env); code != 0 || !strings.HasPrefix(out.String(), want) || want == "" && out.Len() > 0 {
			t.Errorf("%s: exit %d\n%s", args, code, out.String())
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, ".annals")); err != nil {
		t.Fatal(err)
	}
	if res, err := generator.Build(t.Context(), opt); err != nil || res.Output.Written > 0 {
		t.Errorf("without the state: %v, %+v", err, res)
	}
}
