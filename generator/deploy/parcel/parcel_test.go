package parcel

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"annals/generator/beneath"
	"annals/generator/deploy"
)

func site(t *testing.T, files map[string]string) *deploy.Site {
	t.Helper()
	s, err := deploy.NewSite(slices.Sorted(maps.Keys(files)), func(path string) ([]byte, error) { return []byte(files[path]), nil }, func(string, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// pack makes a package and returns its bytes; "" if nothing has changed.
func pack(t *testing.T, dir string, files map[string]string, o Options) (*Made, []byte) {
	t.Helper()
	o.MaxDeletes = 1000
	m, err := Make(t.Context(), dir, site(t, files), o)
	if err != nil {
		t.Fatal(err)
	}
	if m.File == "" {
		return m, nil
	}
	data, err := os.ReadFile(filepath.Join(dir, m.File))
	if err != nil {
		t.Fatal(err)
	}
	return m, data
}

// apply does with a package what it tells the webmaster to do, and looks whether the
// tree is the one that it lists.
func apply(t *testing.T, web map[string]string, data []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil || f.NonUTF8 {
			t.Fatal(f.Name, err)
		}
		if name, ok := strings.CutPrefix(f.Name, "site/"); ok {
			web[name] = string(text)
		} else {
			list[f.Name] = string(text)
		}
	}
	for name := range strings.Lines(list["DELETE.txt"]) {
		delete(web, strings.TrimSuffix(name, "\n"))
	}
	if want := string(site(t, web).Tree.Sums()); list["SHA256SUMS"] != want {
		t.Errorf("the package lists\n%s\nand gives\n%s", list["SHA256SUMS"], want)
	}
	if !strings.HasPrefix(list["说明.txt"], "\ufeff") {
		t.Error("nothing is said to the webmaster")
	}
}

func TestPackages(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "zips")
	r := rand.New(rand.NewPCG(1, 2))
	files, web, late := map[string]string{}, map[string]string{}, map[string]string{}
	var made [][]byte
	for n := range 30 {
		for range r.IntN(8) {
			path := fmt.Sprintf("a%d/文件 %d.html", r.IntN(3), r.IntN(9))
			if files[path] = fmt.Sprint(r.IntN(1000)); r.IntN(3) == 0 {
				delete(files, path)
			}
		}
		files["index.html"] = fmt.Sprint("home ", n/2)
		_, data := pack(t, dir, files, Options{Title: "档案", Full: r.IntN(9) == 0})
		if data == nil {
			continue
		}
		made = append(made, data)
		apply(t, web, data)
		if diff := cmp.Diff(files, web); diff != "" {
			t.Fatalf("package %d: %s", len(made), diff)
		}
	}
	if m, data := pack(t, dir, files, Options{}); data != nil || m.Base != len(made) {
		t.Errorf("nothing has changed, and there is %+v", m)
	}
	// The third was the last that was handed over; whether the others were is not known.
	for _, data := range made[:3] {
		apply(t, late, data)
	}
	files["index.html"] = "the end"
	_, data := pack(t, dir, files, Options{Base: 3})
	apply(t, late, data)
	apply(t, web, data)
	if diff := cmp.Diff(files, late) + cmp.Diff(files, web); diff != "" {
		t.Error(diff)
	}
	if _, err := Make(t.Context(), dir, site(t, files), Options{Base: 99}); !errors.As(err, new(NoPackageError)) {
		t.Error(err)
	}
}

// TestSameBytes: the same sites give the same packages.
func TestSameBytes(t *testing.T) {
	one, other := t.TempDir(), t.TempDir()
	for n := range 3 {
		files := map[string]string{"index.html": fmt.Sprint(n), "a/report.pdf": "x", "b.txt": strings.Repeat("y", 1000)}
		_, a := pack(t, one, files, Options{Title: "档案"})
		_, b := pack(t, other, files, Options{Title: "档案"})
		if !bytes.Equal(a, b) {
			t.Errorf("package %d differs", n)
		}
	}
}

// TestPurge: what was purged is in no file of the folder.
func TestPurge(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{"index.html": "home canary", "agencies/a/2024/index.html": "canary", "agencies/a/2024/a.csv": "x"}
	pack(t, dir, files, Options{})
	if _, err := Make(t.Context(), dir, site(t, files), Options{Purge: []string{"agencies/a/2024"}, MaxDeletes: -1}); !errors.As(err, new(*deploy.NotWithdrawnError)) {
		t.Error(err)
	}
	files["index.html"], files["agencies/a/2024/index.html"] = "home", "withdrawn"
	m, data := pack(t, dir, files, Options{Purge: []string{"agencies/a/2024"}})
	web := map[string]string{"agencies/a/2024/index.html": "canary"}
	apply(t, web, data)
	list, err := os.ReadDir(dir)
	if err != nil || m.Base != 0 || len(list) != 2 {
		t.Errorf("%+v, %v, %v", m, list, err)
	}
	for _, e := range list {
		if data, err := os.ReadFile(filepath.Join(dir, e.Name())); err != nil || bytes.Contains(data, []byte("canary")) {
			t.Errorf("%s still holds it: %v", e.Name(), err)
		}
	}
}

// TestFaults lets every operation on the disk fail. The next run makes the same
// package, and nothing that is half done is taken for one.
func TestFaults(t *testing.T) {
	for k := 0; ; k++ {
		dir := t.TempDir()
		files := map[string]string{"index.html": "one"}
		pack(t, dir, files, Options{})
		files["index.html"] = "two"
		n := 0
		restore := beneath.Intercept(func(string, string) error {
			if n++; n > k {
				return errors.New("no space")
			}
			return nil
		})
		_, err := Make(t.Context(), dir, site(t, files), Options{MaxDeletes: -1})
		restore()
		if err == nil {
			if k < 3 {
				t.Errorf("only %d operations were announced", k)
			}
			return
		}
		m, data := pack(t, dir, files, Options{})
		web := map[string]string{"index.html": "one"}
		if apply(t, web, data); m.Number != 2 || web["index.html"] != "two" {
			t.Errorf("after a fault at %d: %+v, %v", k, m, web)
		}
	}
}
