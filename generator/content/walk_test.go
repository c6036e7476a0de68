package content

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"annals/generator/diag"
)

// describe writes a tree one thing a line.
func describe(t *Tree) string {
	var b strings.Builder
	for _, f := range t.Pages {
		fmt.Fprintf(&b, "page %s\n", f.Path)
	}
	for _, f := range t.Forms {
		fmt.Fprintf(&b, "form %s\n", f.Path)
	}
	for f := range t.Folders {
		index := "-"
		if f.Index != nil {
			index = path.Base(f.Index.Path)
		}
		fmt.Fprintf(&b, "agency %s %s\n", f.Path, index)
		for _, r := range f.Reports {
			fmt.Fprintf(&b, "  %d %s %q", r.Year, r.Path, r.Dir)
			for _, a := range r.Attachments {
				fmt.Fprintf(&b, " %s", a.Name())
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// TestWalk reads the cases of testdata/walk: the files of an archive, then
// "tree" and "diagnostics" as they are expected.
func TestWalk(t *testing.T) {
	cases, err := filepath.Glob("testdata/walk/*.txtar")
	if err != nil || len(cases) < 5 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys := fstest.MapFS{}
			want := map[string]string{}
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, "content/") {
					fsys[f.Name] = &fstest.MapFile{Data: f.Data}
				} else {
					want[f.Name] = string(f.Data)
				}
			}
			tree, diags := Walk(fsys)
			if diff := cmp.Diff(want["tree"], describe(tree)); diff != "" {
				t.Errorf("tree (-want +got):\n%s", diff)
			}
			var lines strings.Builder
			for _, d := range diags {
				fmt.Fprintf(&lines, "%s: %s [%s]\n", d.Place.File, d.Message.EN, d.Rule)
			}
			if diff := cmp.Diff(want["diagnostics"], lines.String()); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWalkMissing(t *testing.T) {
	for name, fsys := range map[string]fs.FS{
		"no folder": fstest.MapFS{"x": {}},
		"a file":    fstest.MapFS{"content": {}},
	} {
		if tree, diags := Walk(fsys); len(diags) != 1 || diags[0].Rule != "missing-file" || describe(tree) != "" {
			t.Errorf("%s: %v", name, diags)
		}
	}
}

// TestWalkLinks proves that no link is followed, wherever it stands and
// leads, and that no pipe is opened.
func TestWalkLinks(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	must(os.WriteFile(filepath.Join(outside, "2024.md"), []byte("canary"), 0o644))
	must(os.WriteFile(filepath.Join(outside, "_index.md"), []byte("canary"), 0o644))
	must(os.MkdirAll(at("content/agencies/a/2023"), 0o755))
	must(os.WriteFile(at("content/agencies/a/_index.md"), nil, 0o644))
	must(os.WriteFile(at("content/agencies/a/2023/index.md"), nil, 0o644))
	must(os.Symlink(filepath.Join(outside, "2024.md"), at("content/agencies/a/2024.md")))
	must(os.Symlink("_index.md", at("content/agencies/a/2022.md")))
	must(os.Symlink(outside, at("content/agencies/b")))
	must(os.Symlink("..", at("content/agencies/a/up")))
	must(os.Symlink("/proc/self/environ", at("content/agencies/a/2023/x.pdf")))
	must(os.Symlink(outside, at("content/forms")))
	must(os.Symlink("nowhere", at("content/about.md")))
	must(syscall.Mkfifo(at("content/agencies/a/2021.md"), 0o644))
	want := "agency a _index.md\n  2023 content/agencies/a/2023/index.md \"content/agencies/a/2023\"\n"
	root, err := os.OpenRoot(dir)
	must(err)
	defer root.Close()
	for name, fsys := range map[string]fs.FS{"DirFS": os.DirFS(dir), "Root": root.FS()} {
		tree, diags := Walk(fsys)
		if diff := cmp.Diff(want, describe(tree)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		diag.Sort(diags)
		var got []string
		for _, d := range diags {
			got = append(got, strings.TrimPrefix(d.Place.File, "content/")+" "+d.Rule)
		}
		if diff := cmp.Diff([]string{
			"about.md symlink", "agencies/a/2021.md symlink", "agencies/a/2022.md symlink", "agencies/a/2023/x.pdf symlink",
			"agencies/a/2024.md symlink", "agencies/a/up symlink", "agencies/b symlink", "forms symlink",
		}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	must(os.Rename(at("content"), at("elsewhere")))
	must(os.Symlink("elsewhere", at("content")))
	if tree, diags := Walk(os.DirFS(dir)); len(diags) != 1 || diags[0].Rule != "symlink" || describe(tree) != "" {
		t.Errorf("content is a link: %v", diags)
	}
}

// TestWalkDepth stands on both sides of the limit.
func TestWalkDepth(t *testing.T) {
	for levels, fine := range map[int]bool{MaxFolders: true, MaxFolders + 1: false} {
		fsys := fstest.MapFS{}
		dir := "content/agencies"
		for range levels {
			dir += "/a"
			fsys[dir+"/_index.md"] = &fstest.MapFile{}
		}
		tree, diags := Walk(fsys)
		n := 0
		for range tree.Folders {
			n++
		}
		if (len(diags) == 0) != fine || n != MaxFolders {
			t.Errorf("%d levels: %d read, %v", levels, n, diags)
		}
	}
}

// TestWalkDeterministic proves that the order of the workers does not show.
func TestWalkDeterministic(t *testing.T) {
	fsys := fstest.MapFS{}
	for i := range 40 {
		for j := range 5 {
			fsys[fmt.Sprintf("content/agencies/a%d/b%d/2024.md", i, j)] = &fstest.MapFile{}
			fsys[fmt.Sprintf("content/agencies/a%d/b%d/x.txt", i, j)] = &fstest.MapFile{}
		}
	}
	first, diags := Walk(fsys)
	for range 20 {
		tree, again := Walk(fsys)
		if describe(tree) != describe(first) || !cmp.Equal(told(diags), told(again)) {
			t.Fatal("two walks differ")
		}
	}
}

func BenchmarkWalk(b *testing.B) {
	dir := b.TempDir()
	for i := range 400 {
		agency := filepath.Join(dir, "content", "agencies", fmt.Sprintf("a%d", i/20), fmt.Sprintf("b%d", i))
		if err := os.MkdirAll(agency, 0o755); err != nil {
			b.Fatal(err)
		}
		for _, name := range []string{"_index.md", "2020.md", "2021.md", "2022.md", "2023.md", "2024.md"} {
			if err := os.WriteFile(filepath.Join(agency, name), nil, 0o644); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		tree, _ := Walk(os.DirFS(dir))
		if len(tree.Agencies) != 20 {
			b.Fatal(len(tree.Agencies))
		}
	}
}
