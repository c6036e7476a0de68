//go:build unix

package output

import (
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// folder is the output folder or a folder below it, held open. A build of an
// unchanged archive spends most of its time on lstat calls, and half of that
// time the kernel walks long paths. The files of a group share most of their
// path, so they are looked up from a common open folder.
type folder struct {
	fd    int
	above int // how much of a file's path leads to this folder
	own   bool
}

func whole(dir *os.File) folder { return folder{fd: int(dir.Fd())} }

// common opens the folder in which all files of the list are, which is in
// the order of its paths; the output folder itself if there is none.
func (d *disk) common(dir *os.File, list []entry) folder {
	if len(list) < 3 {
		return whole(dir)
	}
	first, last := list[0].path, list[len(list)-1].path
	n := 0
	for n < min(len(first), len(last)) && first[n] == last[n] {
		n++
	}
	n = strings.LastIndexByte(first[:n], '/') + 1
	if n == 0 {
		return whole(dir)
	}
	fd, err := retry(func() (int, error) {
		return unix.Openat(int(dir.Fd()), first[:n], unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return whole(dir) // the look-up of each file will report the error
	}
	return folder{fd, n, true}
}

func (f folder) release() {
	if f.own {
		unix.Close(f.fd)
	}
}
