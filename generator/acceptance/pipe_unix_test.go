//go:build unix

package acceptance

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestPipeIsNotRead: reading a named pipe would block the run, and so this test.
func TestPipeIsNotRead(t *testing.T) {
	for _, name := range []string{"content/site.yaml", "content/about.md", "content/forms/a.yaml"} {
		dir := t.TempDir()
		if name != "content/site.yaml" {
			writeFile(t, filepath.Join(dir, "content/site.yaml"), "title: 档案\n")
		}
		writeFile(t, filepath.Join(dir, "content/agencies/a/_index.md"), "---\nname: 甲局\nkind: department\n---\n")
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(file, 0o644); err != nil {
			t.Fatal(err)
		}
		list := checked(t, dir)
		if len(list) != 1 || list[0].Rule != "symlink" || list[0].Place.File != name {
			t.Errorf("%s: %v", name, list)
		}
	}
}
