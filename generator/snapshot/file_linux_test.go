package snapshot

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"annals/generator/beneath"
	"annals/generator/cache"
	"annals/generator/content"
)

// folder is an agency's folder with one file of the disk.
func folder(t *testing.T, dir string) (fs.FS, *content.Folder) {
	t.Helper()
	fsys, err := beneath.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fsys.Close() })
	list, err := fsys.ReadDir(".")
	if err != nil || len(list) != 1 {
		t.Fatal(err, list)
	}
	return fsys, &content.Folder{Index: &content.File{Path: "_index.md", DirEntry: list[0]}}
}

// TestStampOf: a stamp has what the system records of a file, with the time of the
// last status change, which programs cannot set.
func TestStampOf(t *testing.T) {
	name := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(name, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, time.Unix(5, 6), time.Unix(5, 6)); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	st := info.Sys().(*syscall.Stat_t)
	want := cache.Stamp{Size: 4, Modified: 5e9 + 6, Changed: st.Ctim.Nano(), Inode: st.Ino, Device: uint64(st.Dev)}
	if got := cache.StampOf(info); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestIdentify: the hash of the last build is used only for a file whose stamp is
// completely the same.
func TestIdentify(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "_index.md"), []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	fsys, f := folder(t, dir)
	stamps := Stamps(f)
	believed := [32]byte{9}
	stamps[0].Sum = believed
	if got, ok := Identify(fsys, f, stamps); !ok || got[0].Sum != believed {
		t.Errorf("a file that is as it was is read again: %v", got)
	}
	for what, change := range map[string]func(*File){
		"size":              func(x *File) { x.Stamp.Size++ },
		"modification time": func(x *File) { x.Stamp.Modified++ },
		"change time":       func(x *File) { x.Stamp.Changed++ },
		"inode":             func(x *File) { x.Stamp.Inode++ },
		"device":            func(x *File) { x.Stamp.Device++ },
		"name":              func(x *File) { x.Path += "x" },
		"no stamp":          func(x *File) { x.Stamp = cache.Stamp{} },
	} {
		last := Files{stamps[0]}
		change(&last[0])
		if got, ok := Identify(fsys, f, last); !ok || got[0].Sum != sha256.Sum256([]byte("text")) {
			t.Errorf("%s: another file is believed: %v", what, got)
		}
	}
}

// TestIdentifySettled: the stamp of a file is not kept if the file had changed just
// before it was read, or at an unknown time.
func TestIdentifySettled(t *testing.T) {
	began := time.Unix(100, 0)
	list := Files{
		{Path: "old", Stamp: cache.Stamp{Size: 1, Changed: time.Unix(90, 0).UnixNano()}},
		{Path: "fresh", Stamp: cache.Stamp{Size: 1, Changed: time.Unix(99, 0).UnixNano()}},
		{Path: "later", Stamp: cache.Stamp{Size: 1, Changed: time.Unix(101, 0).UnixNano()}},
		{Path: "never", Stamp: cache.Stamp{Size: 1}},
	}
	got := list.Settled(began)
	for i, kept := range []bool{true, false, false, false} {
		if (got[i].Stamp != cache.Stamp{}) != kept {
			t.Errorf("%s: %+v", got[i].Path, got[i].Stamp)
		}
	}
	if list[1].Stamp.Size == 0 {
		t.Error("the list itself was changed")
	}
}
