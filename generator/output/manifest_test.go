package output

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func manifestOf(t *testing.T, o Options) string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(o.State, "manifest-*"))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	return list[0]
}

func TestRecords(t *testing.T) {
	list := []entry{
		{path: "a", hash: checksum([]byte("a")), stamp: stamp{size: 3}},
		{path: "a/b", hash: checksum(), stamp: stamp{1 << 40, 1 << 63, 1e18, 1e18 + 5}},
		{path: "a/c", stamp: stamp{0, 7, -5, -7}, staged: true},
		{path: "漢"},
	}
	got, err := encode(list).decode()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(list, got, cmp.AllowUnexported(entry{}, stamp{})); diff != "" {
		t.Error(diff)
	}
}

// TestDamagedManifest changes the manifest in every way a disk, an editor or a
// merge could. The next build must leave the same site, and files of others.
func TestDamagedManifest(t *testing.T) {
	o := place(t)
	mustBuild(t, o, sample())
	mustBuild(t, o, edited()) // one more block in the log
	path := manifestOf(t, o)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := place(t)
	mustBuild(t, other, site{"x": {"CNAME": "another", "index.html": "y"}})
	foreign, err := os.ReadFile(manifestOf(t, other))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	damaged := [][]byte{nil, {0}, foreign, append(good[:len(good):len(good)], 'D', 0), append(good[:len(good):len(good)], good...)}
	for range 150 {
		flip := append([]byte(nil), good...)
		flip[r.IntN(len(flip))] ^= 1 << r.IntN(8)
		zero := append([]byte(nil), good...)
		at := r.IntN(len(zero))
		clear(zero[at:min(at+16, len(zero))])
		damaged = append(damaged, flip, zero, good[:r.IntN(len(good))])
	}
	for i, data := range damaged {
		write(t, path, string(data))
		write(t, filepath.Join(o.Dir, "CNAME"), "example")
		d, err := Open(o)
		if err != nil {
			t.Fatalf("damage %d: %v", i, err)
		}
		// A log that was cut between two blocks is valid, and so is the log of
		// another folder, although its files are not here.
		cut := len(data) > 0 && strings.HasPrefix(string(good), string(data))
		if d.manifest.intact && !cut && i != 2 {
			t.Errorf("damage %d is not noticed", i)
		}
		d.Close()
		if _, err := build(o, edited(), i%2 == 0, nil); err != nil {
			t.Fatalf("damage %d: %v", i, err)
		}
		want := edited().files()
		want["CNAME"] = "example"
		wantTree(t, o.Dir, want)
	}
	// In the end the manifest is complete again.
	if stats, err := build(o, site{}, false, nil); err != nil || stats.Removed != len(edited().files()) {
		t.Errorf("%+v, %v", stats, err)
	}
	wantTree(t, o.Dir, map[string]string{"CNAME": "example"})
}

func TestManifestIsFolder(t *testing.T) {
	o := place(t)
	mustBuild(t, o, sample())
	path := manifestOf(t, o)
	os.Remove(path)
	os.MkdirAll(filepath.Join(path, "x"), 0o755)
	mustBuild(t, o, sample())
	wantTree(t, o.Dir, sample().files())
}

// TestLogStaysShort makes many small changes: the log must be compacted.
func TestLogStaysShort(t *testing.T) {
	o := place(t)
	s := sample()
	for i := range 300 {
		s["a"]["agencies/a/index.html"] = string(rune('a' + i%26))
		mustBuild(t, o, s)
	}
	if fi, err := os.Stat(manifestOf(t, o)); err != nil || fi.Size() > 120_000 {
		t.Errorf("the manifest of 8 files takes %d bytes, %v", fi.Size(), err)
	}
}

func FuzzManifest(f *testing.F) {
	head := (&manifest{folder: "../public"}).header()
	l := &manifest{folder: "../public", chain: checksum(head)}
	list := encode([]entry{{path: "a/b", stamp: stamp{1, 2, 3, 4}}, {path: "a/c"}})
	log := l.block(slices.Clip(head), blockAll, map[string]group{"g": {"key", list}}, nil)
	log = l.block(log, blockDone, map[string]group{"h": {"", list}}, []string{"g"})
	f.Add(log, []byte(list))
	f.Add(append(slices.Clip(head), 'A', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1), []byte{1, 0xff, 0xff, 3})
	f.Add([]byte(magic), []byte{0, 0, 1})
	f.Fuzz(func(t *testing.T, log, list []byte) {
		l := &manifest{folder: "../public", groups: map[string]group{}}
		l.read(log)
		// A fuzzer cannot find the right checksum, so the payload is read directly.
		for _, kind := range []byte{blockAll, blockIntent, blockDone, 'x'} {
			l.apply(kind, log)
		}
		entries, err := records(list).decode()
		if err != nil {
			return
		}
		again, err := encode(entries).decode()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(entries, again, cmp.AllowUnexported(entry{}, stamp{})); diff != "" {
			t.Fatal(diff)
		}
	})
}
