//go:build unix

package content

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"annals/generator/diag"
)

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
