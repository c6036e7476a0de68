package cli

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"annals/generator/beneath"
	"annals/generator/explain"
)

// lay writes files to a folder.
func lay(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// laid reads the files in a folder of an archive.
func laid(t *testing.T, dir, below string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(filepath.Join(dir, below), func(path string, e fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		data, err := os.ReadFile(path)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// named matches the error for a full disk, with the name of a file.
var named = regexp.MustCompile(`annals: \S+: no space is left on the disk\n$`)

// TestFaults lets every disk operation of a command fail, alone and together with
// all operations after it. Every file must be the old one or the new one, and the
// command must name the file that it could not write and exit with 3. Run again, it
// must complete its work.
func TestFaults(t *testing.T) {
	docx, err := os.ReadFile("../importer/testdata/reports/lo.docx")
	if err != nil {
		t.Fatal(err)
	}
	const agency = "anping/government/culture-tourism"
	untidy := explain.Base()
	for _, name := range []string{"content/agencies/anping/government/2024.md", "content/site.yaml"} {
		untidy[name] = strings.ReplaceAll(untidy[name], ": ", ":   ")
	}
	scanned := explain.Base()
	scanned["a.docx"] = string(docx)
	scanned["content/agencies/"+agency+"/2020.md"] = "---\npublished: 2021-01-31\n---\n\nold\n"
	for _, c := range []struct {
		args  []string
		files map[string]string
		below string // the folder in which the command writes
		each  int    // only one in each operations fails: a build has hundreds, and the tests of output let all of them fail
		least int    // number of operations whose failure must make the command fail
	}{
		{[]string{"fmt"}, untidy, "content", 1, 10},
		{[]string{"build"}, explain.Base(), "public", 13, 15},
		{[]string{"release", "--date", "2026-01-31"}, explain.Base(), "content", 13, 15},
		{[]string{"import", "a.docx", "--agency", agency, "--year", "2020", "--force"}, scanned, "content", 1, 12},
	} {
		t.Run(c.args[0], func(t *testing.T) {
			do := func(dir string) (code int, said string) {
				args := append([]string{}, c.args...)
				if args[0] == "import" {
					args[1] = filepath.Join(dir, args[1])
				}
				return run(dir, args...)
			}
			whole := t.TempDir()
			lay(t, whole, c.files)
			healthy, said := do(whole)
			if healthy > content {
				t.Fatalf("without a fault: exit %d\n%s", healthy, said)
			}
			want := laid(t, whole, c.below)
			if maps.Equal(want, c.files) || len(want) < 3 {
				t.Fatal("the command writes nothing")
			}
			failed := 0
			for first, sticky := range []bool{false, true} {
				for k, more := first, true; more; k += 2 * c.each {
					dir := t.TempDir()
					lay(t, dir, c.files)
					n := -1
					restore := beneath.Intercept(func(op, path string) error {
						if n++; n == k || sticky && n > k {
							return syscall.ENOSPC
						}
						return nil
					})
					code, said := do(dir)
					restore()
					more = n >= k
					if code != healthy {
						failed++
						if code != impossible || !named.MatchString(said) {
							t.Fatalf("operation %d: exit %d\n%s", k, code, said)
						}
					}
					now := laid(t, dir, c.below)
					for name, text := range now {
						if text != c.files[name] && text != want[name] {
							t.Fatalf("operation %d: %s is neither the old file nor the new one: %q", k, name, text)
						}
					}
					for name := range want {
						if _, stays := c.files[name]; stays && now[name] == "" {
							t.Fatalf("operation %d: %s is gone", k, name)
						}
					}
					if code == impossible {
						if code, said := do(dir); code != healthy {
							t.Fatalf("operation %d, again: exit %d\n%s", k, code, said)
						}
					}
					for name, text := range laid(t, dir, c.below) {
						if text != want[name] {
							t.Fatalf("operation %d, again: %s", k, name)
						}
					}
				}
			}
			if failed < c.least {
				t.Errorf("only %d operations failed the command: the faults do not bite", failed)
			}
			t.Logf("%d operations failed it", failed)
		})
	}
}
