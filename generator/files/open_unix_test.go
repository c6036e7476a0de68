//go:build unix

package files

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"annals/generator/diag"
)

// TestOpenRefuses proves that nothing but plain files is opened: reading the
// pipe would hang this test, and the links lead to a secret.
func TestOpenRefuses(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret")
	dir := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.WriteFile(outside, []byte("canary"), 0o644))
	must(os.WriteFile(filepath.Join(dir, "plain"), []byte("x"), 0o644))
	must(os.Symlink(outside, filepath.Join(dir, "link")))
	must(os.Symlink("plain", filepath.Join(dir, "inside")))
	must(os.Symlink("loop", filepath.Join(dir, "loop")))
	must(os.Symlink("/dev/zero", filepath.Join(dir, "zero")))
	must(syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644))
	must(os.Mkdir(filepath.Join(dir, "folder"), 0o755))
	folder, err := Dir(dir)
	must(err)
	root, err := os.OpenRoot(dir)
	must(err)
	defer root.Close()
	for name, rule := range map[string]string{
		"plain": "", "link": "symlink", "inside": "symlink", "loop": "symlink", "zero": "symlink", "pipe": "symlink", "folder": "unreadable",
		"missing": "missing-file", "../secret": "unreadable", "/etc/passwd": "unreadable", "plain/x": "unreadable",
	} {
		for _, fsys := range []struct {
			name string
			read func(string) ([]byte, []diag.Diagnostic)
		}{
			{"DirFS", func(name string) ([]byte, []diag.Diagnostic) { return ReadText(os.DirFS(dir), name) }},
			{"Dir", func(name string) ([]byte, []diag.Diagnostic) { return ReadText(folder, name) }},
			{"Root", func(name string) ([]byte, []diag.Diagnostic) { return ReadText(root.FS(), name) }},
		} {
			data, diags := fsys.read(name)
			if rule == "" {
				if string(data) != "x" || len(diags) > 0 {
					t.Errorf("%s: %s: %q %v", fsys.name, name, data, diags)
				}
				continue
			}
			if data != nil || len(diags) != 1 || diags[0].Rule != rule {
				t.Errorf("%s: %s: %q %v, want %s", fsys.name, name, data, diags, rule)
			}
			for _, d := range diags {
				if strings.Contains(d.Message.EN, dir) {
					t.Errorf("%s: the message names the machine's folders: %s", name, d.Message.EN)
				}
			}
		}
	}
}
