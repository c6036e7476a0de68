//go:build unix

package output

import (
	"os"

	"golang.org/x/sys/unix"
)

// lstamp returns the stamp of the file at a path of the site. regular is
// false for folders, links and all else that is no plain file.
func lstamp(near folder, path string) (s stamp, regular bool, err error) {
	var st unix.Stat_t
	_, err = retry(func() (int, error) {
		return 0, unix.Fstatat(near.fd, path[near.above:], &st, unix.AT_SYMLINK_NOFOLLOW)
	})
	if err != nil {
		return stamp{}, false, &os.PathError{Op: "lstat", Path: path, Err: err}
	}
	return stampFrom(&st), st.Mode&unix.S_IFMT == unix.S_IFREG, nil
}

func stampFrom(st *unix.Stat_t) stamp {
	return stamp{size: st.Size, inode: uint64(st.Ino), mtime: st.Mtim.Nano(), ctime: st.Ctim.Nano()}
}

func sameDevice(a, b string) (bool, error) {
	var sa, sb unix.Stat_t
	if err := unix.Stat(a, &sa); err != nil {
		return false, &os.PathError{Op: "stat", Path: a, Err: err}
	}
	if err := unix.Stat(b, &sb); err != nil {
		return false, &os.PathError{Op: "stat", Path: b, Err: err}
	}
	return sa.Dev == sb.Dev, nil
}

// moveBetween renames a name of one folder to the same name of another. The
// folders are held open: no path is walked, so no link can lead elsewhere.
func moveBetween(from, to *os.Root, name string) error {
	a, err := from.Open(".")
	if err != nil {
		return err
	}
	defer a.Close()
	b, err := to.Open(".")
	if err != nil {
		return err
	}
	defer b.Close()
	return unix.Renameat(int(a.Fd()), name, int(b.Fd()), name)
}
