//go:build unix

package acceptance

import (
	"bytes"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"annals/generator/cli"
	"annals/generator/explain"
)

// canary is a text in every file outside of the archive.
const canary = "canary-7f3a91"

// ground is an archive, and a folder outside of it that must not be touched.
type ground struct {
	t            *testing.T
	dir, outside string
}

func newGround(t *testing.T) ground {
	t.Helper()
	home := t.TempDir()
	g := ground{t, filepath.Join(home, "archive"), filepath.Join(home, "outside")}
	for name, text := range explain.Base() {
		g.write(filepath.Join(g.dir, name), text)
	}
	g.write(g.at("partials/header.html"), "<p>host</p>")
	g.write(g.at("content/site.yaml"), explain.Base()["content/site.yaml"]+"header: partials/header.html\n")
	g.write(g.at("content/about.md"), "---\ntitle: T\n---\n\nx\n")
	g.write(g.at(agencyFolder+"2023/a.csv"), "a,b\n")
	g.write(g.at("layouts/assets/own.css"), "a{}")
	// Targets for links: text that is valid in each place, and folders like those of the archive.
	g.write(filepath.Join(g.outside, "file"), "---\nname: "+canary+"\ntitle: "+canary+"\n---\n\n"+canary+"\n")
	for _, name := range []string{"_index.md", "2024.md", "index.md", "a.csv", "own.css", "header.html", "report.html", "site.yaml", "index.html", "lock", "memo.pack", "x.yaml"} {
		g.write(filepath.Join(g.outside, "folder", name), canary+"\n")
	}
	g.write(filepath.Join(g.outside, "folder/assets/own.css"), canary)
	g.write(filepath.Join(g.outside, "folder/agencies/anping/_index.md"), "---\nname: "+canary+"\nkind: region\n---\n")
	return g
}

const agencyFolder = "content/agencies/anping/government/culture-tourism/"

func (g ground) at(name string) string { return filepath.Join(g.dir, filepath.FromSlash(name)) }

func (g ground) write(name, text string) {
	g.t.Helper()
	g.must(os.MkdirAll(filepath.Dir(name), 0o755))
	g.must(os.WriteFile(name, []byte(text), 0o644))
}

func (g ground) must(err error) {
	g.t.Helper()
	if err != nil {
		g.t.Fatal(err)
	}
}

// replace replaces whatever has the name.
func (g ground) replace(name string, put func(path string) error) {
	g.t.Helper()
	path := g.at(name)
	g.must(os.RemoveAll(path))
	g.must(os.MkdirAll(filepath.Dir(path), 0o755))
	g.must(put(path))
}

func (g ground) run(args ...string) (int, string) {
	var out bytes.Buffer
	code := cli.Main(g.t.Context(), append(args, "--dir", g.dir, "--lang", "en"),
		cli.Env{In: strings.NewReader(""), Out: &out, Err: &out, Getenv: func(string) string { return "" }})
	return code, out.String()
}

// snapshotOf returns the contents of a folder; for links, their targets.
func snapshotOf(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			fmt.Fprintln(&b, path)
			return err
		}
		if e.Type().IsRegular() {
			data, err := os.ReadFile(path)
			fmt.Fprintf(&b, "%s %q\n", path, data)
			return err
		}
		fmt.Fprintln(&b, path, e.Type())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// vector is one way to make the program read or write files outside of the
// archive.
type vector struct {
	name  string
	put   func(g ground)
	fails bool // a build must fail
}

// ways are the things that can replace a file or a folder.
func ways(folder bool) map[string]func(g ground, path string) error {
	target := "file"
	if folder {
		target = "folder"
	}
	list := map[string]func(g ground, path string) error{
		"absolute link": func(g ground, path string) error { return os.Symlink(filepath.Join(g.outside, target), path) },
		"relative link": func(g ground, path string) error {
			rel, err := filepath.Rel(filepath.Dir(path), filepath.Join(g.outside, target))
			g.must(err)
			return os.Symlink(rel, path)
		},
		"chain of links": func(g ground, path string) error {
			g.must(os.Symlink(filepath.Join(g.outside, target), filepath.Join(g.dir, "step")))
			return os.Symlink(filepath.Join(g.dir, "step"), path)
		},
		"loop": func(_ ground, path string) error { return os.Symlink(filepath.Base(path), path) },
		"pipe": func(_ ground, path string) error { return syscall.Mkfifo(path, 0o644) },
	}
	if !folder {
		list["device"] = func(_ ground, path string) error { return os.Symlink("/dev/zero", path) }
		list["environment"] = func(_ ground, path string) error { return os.Symlink("/proc/self/environ", path) }
		list["folder"] = func(_ ground, path string) error { return os.Mkdir(path, 0o755) }
		list["socket"] = func(_ ground, path string) error {
			l, err := net.Listen("unix", path)
			if err == nil {
				l.(*net.UnixListener).SetUnlinkOnClose(false)
				err = l.Close()
			}
			return err
		}
		list["too large"] = func(_ ground, path string) error {
			if err := os.WriteFile(path, nil, 0o644); err != nil {
				return err
			}
			return os.Truncate(path, 110<<20)
		}
	}
	return list
}

func vectors() []vector {
	var list []vector
	add := func(name string, fails bool, put func(g ground)) { list = append(list, vector{name, put, fails}) }
	for _, file := range []string{
		"content/site.yaml", "content/about.md", "content/forms/x.yaml", agencyFolder + "_index.md", agencyFolder + "2024.md",
		agencyFolder + "2023/index.md", agencyFolder + "2023/a.csv", "layouts/report.html", "layouts/words.json",
		"layouts/assets/own.css", "partials/header.html",
	} {
		for way, put := range ways(false) {
			if way == "socket" && len(file) > 40 {
				continue // too long for the name of a socket in a test's folder
			}
			// A folder with a layout's name is ignored, and the built-in layout used.
			harmless := way == "folder" && strings.HasPrefix(file, "layouts/")
			add(way+" for "+file, !harmless, func(g ground) { g.replace(file, func(path string) error { return put(g, path) }) })
		}
	}
	for _, folder := range []string{"content", "content/agencies", "content/forms", "content/agencies/anping", strings.TrimSuffix(agencyFolder, "/"), agencyFolder + "2023", "layouts", "layouts/assets", "partials"} {
		for way, put := range ways(true) {
			add(way+" for the folder "+folder, true, func(g ground) { g.replace(folder, func(path string) error { return put(g, path) }) })
		}
	}
	for _, name := range []string{".annals", "public"} {
		for way, put := range ways(true) {
			add(way+" for "+name, true, func(g ground) { g.replace(name, func(path string) error { return put(g, path) }) })
		}
	}
	for _, name := range []string{"public/agencies", "public/assets", "public/agencies/anping"} {
		add("link for "+name, true, func(g ground) {
			g.replace(name, func(path string) error { return os.Symlink(filepath.Join(g.outside, "folder"), path) })
		})
	}
	for _, name := range []string{".annals/lock", ".annals/memo.pack", ".annals/memo.index", ".annals/stage"} {
		add("link for "+name, false, func(g ground) {
			g.replace(name, func(path string) error { return os.Symlink(filepath.Join(g.outside, "file"), path) })
		})
		add("hard link for "+name, false, func(g ground) {
			g.replace(name, func(path string) error { return os.Link(filepath.Join(g.outside, "file"), path) })
		})
		add("link to a folder for "+name, false, func(g ground) {
			g.replace(name, func(path string) error { return os.Symlink(filepath.Join(g.outside, "folder"), path) })
		})
	}
	add("links for all that a build remembers", false, func(g ground) {
		if code, out := g.run("build"); code != 0 {
			g.t.Fatalf("exit %d\n%s", code, out)
		}
		names, err := filepath.Glob(g.at(".annals/*"))
		g.must(err)
		for _, name := range names {
			g.must(os.RemoveAll(name))
			g.must(os.Symlink(filepath.Join(g.outside, "file"), name))
		}
	})
	add("link for a page", true, func(g ground) {
		g.replace("public/index.html", func(path string) error { return os.Symlink(filepath.Join(g.outside, "file"), path) })
	})
	for _, name := range []string{
		".git/config", ".env", "partials/.env", "../outside/file", "../outside/folder/header.html", "/etc/passwd", "/proc/self/environ",
		"content/about.md", "content/site.yaml", agencyFolder + "2023/a.csv", agencyFolder + "2023/x.html", "CONTENT/x.html",
		`..\outside\file`, "partials/../../outside/folder/header.html", "partials//header.html", "./partials/header.html", "partials", "C:/x.html",
		"partials/header.html/", "layouts/assets/own.css", "%2e%2e/outside/folder/header.html", "partials/header.html:x", "//host/share/x.html", "~/.ssh/id.html",
	} {
		for _, key := range []string{"header", "footer"} {
			add(key+": "+name, true, func(g ground) {
				g.write(g.at(".git/config"), canary)
				g.write(g.at(".env"), canary)
				g.write(g.at("partials/.env"), canary)
				g.write(g.at(agencyFolder+"2023/x.html"), "<p>attached</p>")
				g.write(g.at("content/site.yaml"), "title: T\n"+key+": '"+name+"'\n")
			})
		}
	}
	return list
}

// TestOneRoad tries every vector with the commands that read and those that
// write: nothing outside is opened, read, shown or changed.
func TestOneRoad(t *testing.T) {
	list := vectors()
	if len(list) < 120 {
		t.Fatalf("only %d vectors", len(list))
	}
	for _, v := range list {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			g := newGround(t)
			v.put(g)
			before := snapshotOf(t, g.outside)
			opened := watchOpens(t, g.outside)
			commands := [][]string{{"build"}, {"fmt"}}
			if !v.fails {
				commands = append(commands, []string{"build"}) // over the output of the first build
			}
			for _, c := range commands {
				code, out := g.run(c...)
				if strings.Contains(out, canary) {
					t.Errorf("%v shows what lies outside:\n%s", c, out)
				}
				if strings.Contains(out, "mistake of the program") {
					t.Errorf("%v panics:\n%s", c, out)
				}
				if c[0] == "build" && (code == 0) == v.fails {
					t.Errorf("%v: exit %d\n%s", c, code, out)
				}
			}
			for _, name := range opened() {
				t.Errorf("%s was opened", name)
			}
			if after := snapshotOf(t, g.outside); after != before {
				t.Errorf("what lies outside is changed:\n%s\nbefore:\n%s", after, before)
			}
			noCanary(t, g)
		})
	}
}

// noCanary looks for the canary in the site.
func noCanary(t *testing.T, g ground) {
	t.Helper()
	if info, err := os.Lstat(g.at("public")); err != nil || !info.IsDir() {
		return
	}
	err := filepath.WalkDir(g.at("public"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(canary)) {
			t.Errorf("%s was published with what lies outside", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestNoRoadForWriters: new and import do not write through a link either.
func TestNoRoadForWriters(t *testing.T) {
	for _, folder := range []string{"content", "content/agencies", "content/agencies/anping", strings.TrimSuffix(agencyFolder, "/"), agencyFolder + "2022"} {
		g := newGround(t)
		g.replace(folder, func(path string) error { return os.Symlink(filepath.Join(g.outside, "folder"), path) })
		before := snapshotOf(t, g.outside)
		document := filepath.Join(g.t.TempDir(), "2022.md")
		g.write(document, "---\npublished: 2023-01-01\n---\n\n# 安平县文化和旅游局2022年政府信息公开工作年度报告\n\n## 一、总体情况\n\nx\n")
		agency := strings.TrimPrefix(strings.TrimSuffix(agencyFolder, "/"), "content/agencies/")
		for _, args := range [][]string{
			{"new", "agency", agency + "/x", "--name", "X"}, {"new", "report", agency, "2022"},
			{"import", document, "--agency", agency, "--year", "2022", "--force"}, {"check", "--fix"}, {"fmt"},
		} {
			if _, out := g.run(args...); strings.Contains(out, canary) || strings.Contains(out, "mistake of the program") {
				t.Errorf("%s: %v says\n%s", folder, args, out)
			}
		}
		if after := snapshotOf(t, g.outside); after != before {
			t.Errorf("%s: what lies outside is changed:\n%s\nbefore:\n%s", folder, after, before)
		}
	}
}
