package verify_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/explain"
	"annals/generator/proof"
	"annals/generator/verify"
)

// archive is a released archive with its site.
type archive struct {
	dir, site string
	signer    proof.Signer
	vkey      string
}

const bureau = "content/agencies/anping/government/culture-tourism/"

// markdown has everything that text can be made of.
const markdown = `段落里有**粗体**、*斜体*、~~删除~~和` + "`代码`" + `，一个[链接](https://www.example.gov.cn/a?b=1&c=2)，<https://www.example.gov.cn/>，脚注[^1]，
换行处是中文。A &amp; B \* 一行
second line.

### 主动公开

1. 一
2. 二
   - 甲

> 引文

| 列 | 数 |
|----|---:|
| 甲 | 1  |

<b>不是标签</b>

` + "```" + `
a < b
` + "```" + `

[^1]: 脚注文字。
`

// reports are the agencies of the archive, and what is put in place of what in the
// reports of an agency of explain's archive.
var reports = map[string][]string{
	"marks": {"permits: 30", `permits: "/"`, "fees: 0", "fees: 75.9260", "本机关2024年按规定公开政府信息。", markdown, "published: 2025-01-20", "published: 2025-01-20\nnotes: [{cell: proactive.permits, note: 本机关无行政许可事项。}]"},
	"c":     {"permits: 30", "permits: 7"},
	"old":   {"permits: 30", "permits: 9", "penalties: 12", `penalties: ""`},
	"gone":  {"permits: 30", "permits: 1573179"},
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func edit(t testing.TB, dir, name, old, now string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil || !strings.Contains(string(data), old) {
		t.Fatalf("%s has no %q: %v", name, old, err)
	}
	write(t, dir, name, strings.Replace(string(data), old, now, 1))
}

// newArchive makes an archive and its first release. files are added to it, or put in
// place of others.
func newArchive(t testing.TB, files ...string) *archive {
	t.Helper()
	dir := t.TempDir()
	for name, text := range explain.Base() {
		write(t, dir, name, text)
	}
	edit(t, dir, "content/site.yaml", "language:", "base_url: https://www.example.gov.cn/zfxxgk/nb/\nlanguage:")
	for name, changes := range reports {
		to := filepath.Join(dir, "content/agencies/anping", name)
		if err := os.CopyFS(to, os.DirFS(filepath.Join(dir, bureau))); err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(changes); i += 2 {
			edit(t, to, "2024.md", changes[i], changes[i+1])
		}
	}
	write(t, dir, "content/agencies/anping/c/2023/list.csv", "a,b\n1,2\n")
	for i := 0; i < len(files); i += 2 {
		write(t, dir, files[i], files[i+1])
	}
	a := &archive{dir: dir, site: filepath.Join(dir, "public")}
	key, vkey, err := proof.NewKey("www.example.gov.cn/zfxxgk/nb")
	if err != nil {
		t.Fatal(err)
	}
	a.vkey = vkey
	if a.signer, err = proof.NewSigner(key); err != nil {
		t.Fatal(err)
	}
	a.release(t, "2026-01-31")
	return a
}

// release makes a release of the archive as it is.
func (a *archive) release(t testing.TB, date string) {
	t.Helper()
	res, err := generator.Release(t.Context(), a.options(), &generator.Publication{Date: date, Program: "test"})
	if err != nil || !res.Published {
		t.Fatalf("no release: %v %s", err, told(res))
	}
}

// told is what a build said.
func told(res *generator.Result) string {
	var b strings.Builder
	if res != nil {
		for _, d := range res.Diagnostics {
			fmt.Fprintf(&b, "%s:%d: %v: %s [%s]\n", d.Place.File, d.Place.Line, d.Severity, d.Message.EN, d.Rule)
		}
	}
	return b.String()
}

func (a *archive) build(t testing.TB) {
	t.Helper()
	res, err := generator.Build(t.Context(), a.options())
	if err != nil || !res.Published {
		t.Fatalf("no site: %v %s", err, told(res))
	}
}

func (a *archive) options() generator.Options {
	return generator.Options{Dir: a.dir, Out: a.site, Signer: a.signer, AllowRemovals: true}
}

// second makes a second release: a correction, a withdrawal, an agency that moved.
func (a *archive) second(t testing.TB) {
	t.Helper()
	edit(t, a.dir, "content/agencies/anping/c/2024.md", "permits: 7", "permits: 8")
	edit(t, a.dir, "content/agencies/anping/c/2024.md", "---\n\n", "corrections:\n  - {date: 2026-02-01, cell: proactive.permits, was: 7, note: 漏计一件}\n---\n\n")
	write(t, a.dir, "content/agencies/anping/gone/2024.md", "---\nwithdrawn: {date: 2026-02-02, reason: 机关撤回}\n---\n")
	if err := os.Rename(filepath.Join(a.dir, "content/agencies/anping/old"), filepath.Join(a.dir, "content/agencies/anping/new")); err != nil {
		t.Fatal(err)
	}
	edit(t, a.dir, "content/agencies/anping/new/_index.md", "---\n", "---\naliases: [anping/old]\n")
	a.release(t, "2026-02-28")
}

// since is the checkpoint of the site as it is.
func (a *archive) since(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(a.site, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// verified verifies a folder, and returns what was found.
func verified(t testing.TB, dir string, opt verify.Options) (list []verify.Finding, res *verify.Result) {
	t.Helper()
	site, err := verify.Dir(dir)
	if err != nil {
		t.Fatal(err)
	}
	opt.Found = func(f verify.Finding) { list = append(list, f) }
	opt.Workers = 2
	res, err = verify.Run(t.Context(), site, opt)
	if err != nil {
		t.Fatal(err)
	}
	return list, res
}

// readTree reads the files of a folder.
func readTree(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	list := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		list[path], err = os.ReadFile(filepath.Join(dir, path))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
