package content

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
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

// TestWalkDepth tests folders just below and just above the limit.
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
		if describe(tree) != describe(first) || !cmp.Equal(lines(diags), lines(again)) {
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

// Temporary files of editors are not files of the archive.
func TestLeftovers(t *testing.T) {
	fsys := fstest.MapFS{
		"content/agencies/a/_index.md": {Data: []byte("---\nname: 甲\n---\n")},
		"content/agencies/a/2024.md":   {Data: []byte("---\n---\n")},
	}
	for _, name := range []string{"2024.md~", "2024.md.bak", ".2024.md.swp", "#2024.md#", "~$2024.docx", "Thumbs.db"} {
		fsys["content/agencies/a/"+name] = &fstest.MapFile{}
	}
	tree, diags := Walk(fsys)
	if got := describe(tree); strings.Count(got, "\n") != 2 || len(diags) > 0 {
		t.Errorf("%s%v", got, diags)
	}
}
