//go:build unix

package output

import (
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// folder is the output folder or one below it, held open. Most of the time
// that an unchanged archive takes goes into asking for its files, and half of
// that into walking their long paths: the files of a group share most of it.
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
		return whole(dir) // each file will tell what is wrong
	}
	return folder{fd, n, true}
}

func (f folder) release() {
	if f.own {
		unix.Close(f.fd)
	}
}
