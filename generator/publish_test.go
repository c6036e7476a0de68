package generator

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"annals/generator/beneath"
	"annals/generator/files"
	"annals/generator/release"
)

// readRecord reads the record of a folder as a build does.
func readRecord(t *testing.T, dir string) *release.Record {
	t.Helper()
	fsys, err := files.Dir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	names, _ := filepath.Glob(filepath.Join(dir, release.Folder, "[0-9]*"))
	for _, name := range names {
		list = append(list, release.Folder+"/"+filepath.Base(name))
	}
	r, found := release.Read(fsys, list)
	if len(found) > 0 {
		t.Fatalf("the record is reported: %v", found)
	}
	return r
}

// lines makes lines of n reports of about the size; those of another n are others.
func lines(n, size int) (list [][]byte) {
	for i := range n {
		line := fmt.Sprintf(`{"agency":"a-%d-%d","year":2024,"revision":1,"title":"`, n, i)
		list = append(list, append([]byte(line), append(bytes.Repeat([]byte("x"), size), "\"}\n"...)...))
	}
	return list
}

// A release that is stopped at any operation, once or for good, leaves the record
// as it was or with the whole release, however many files that has; and the next
// one makes it whole.
func TestReleaseIsThereOrNot(t *testing.T) {
	const most = 10_000
	many := lines(5, most/2-600) // three files
	for _, sticky := range []bool{false, true} {
		for k, more := 0, true; more; k++ {
			dir := t.TempDir()
			if err := os.MkdirAll(filepath.Join(dir, "content"), 0o755); err != nil {
				t.Fatal(err)
			}
			first := readRecord(t, dir)
			if err := write(dir, first, first.Files(release.Header{Date: "2026-01-31"}, lines(2, 100), most)); err != nil {
				t.Fatal(err)
			}
			before := readRecord(t, dir)
			n := -1
			restore := beneath.Intercept(func(op, path string) error {
				if n++; n == k || sticky && n > k {
					return syscall.ENOSPC
				}
				return nil
			})
			err := write(dir, before, before.Files(release.Header{Date: "2026-02-28"}, many, most))
			restore()
			more = n >= k
			after := readRecord(t, dir)
			if err == nil && len(after.Releases) != 2 {
				t.Fatalf("operation %d: no error and no release", k)
			}
			if len(after.Releases) == 1 {
				if after.Sum() != before.Sum() {
					t.Fatalf("operation %d: the record is another", k)
				}
				if err := write(dir, after, after.Files(release.Header{Date: "2026-02-28"}, many, most)); err != nil {
					t.Fatalf("operation %d, again: %v", k, err)
				}
				after = readRecord(t, dir)
			}
			names, _ := filepath.Glob(filepath.Join(dir, release.Folder, "*"))
			if len(after.Releases) != 2 || len(names) != 4 || len(after.Unfinished()) > 0 {
				t.Fatalf("operation %d: %d releases, %v", k, len(after.Releases), names)
			}
			for _, name := range names {
				if info, err := os.Stat(name); err != nil || info.Size() > most {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
}
