package acceptance

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

// watchOpens records, with inotify, every file and folder below dir that is opened,
// read or written until the returned function is called.
func watchOpens(t *testing.T, dir string) func() []string {
	t.Helper()
	fd, err := unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	folders := map[int32]string{}
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() {
			wd, werr := unix.InotifyAddWatch(fd, path, unix.IN_OPEN|unix.IN_ACCESS|unix.IN_MODIFY|unix.IN_CREATE|unix.IN_DELETE|unix.IN_MOVE|unix.IN_ATTRIB)
			folders[int32(wd)], err = path, werr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 64<<10)
	for n := 1; n > 0; { // discard events of the walk itself
		n, _ = unix.Read(fd, buf)
	}
	return func() (names []string) {
		defer unix.Close(fd)
		for {
			n, err := unix.Read(fd, buf)
			if err != nil || n <= 0 {
				return slices.Compact(names)
			}
			for b := buf[:n]; len(b) >= unix.SizeofInotifyEvent; {
				wd, mask := int32(binary.NativeEndian.Uint32(b)), binary.NativeEndian.Uint32(b[4:])
				end := unix.SizeofInotifyEvent + int(binary.NativeEndian.Uint32(b[12:]))
				name := string(bytes.TrimRight(b[unix.SizeofInotifyEvent:end], "\x00"))
				// Removing another hard link of a file changes only its link count.
				if mask&unix.IN_ATTRIB == 0 {
					names = append(names, filepath.Join(folders[wd], name))
				}
				b = b[end:]
			}
		}
	}
}
