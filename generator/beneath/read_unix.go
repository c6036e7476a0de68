//go:build unix

package beneath

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"
)

const readFlags = unix.O_RDONLY | unix.O_NOFOLLOW | unix.O_NONBLOCK | unix.O_NOCTTY | unix.O_CLOEXEC

// ReadRegular reads a regular file of at most limit bytes with four system
// calls. Through an os.File it would take twelve, and a build reads tens of
// thousands of files. It returns false if anything is unusual: the name, the kind
// of file, its size or an error. The caller then uses Open, which returns the
// reason.
func (f *Folder) ReadRegular(name string, limit int64) ([]byte, bool) {
	if f.check("read", name) != nil {
		return nil, false
	}
	fd, err := f.descriptor(name, readFlags)
	if err != nil {
		return nil, false
	}
	defer unix.Close(fd)
	var stat unix.Stat_t
	if unix.Fstat(fd, &stat) != nil || stat.Mode&unix.S_IFMT != unix.S_IFREG || stat.Size > limit {
		return nil, false
	}
	data := make([]byte, stat.Size+1) // one byte more: a read that does not fill it has reached the end
	n, err := unix.Read(fd, data)
	if err != nil || n != len(data)-1 {
		return nil, false
	}
	return data[:n:n], true
}

func (f *Folder) open(name string) (*os.File, error) {
	fd, err := f.descriptor(name, readFlags)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), filepath.Join(f.path, name)), nil
}

func (f *Folder) openDir(name string) (*os.File, error) {
	fd, err := f.descriptor(name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), filepath.Join(f.path, name)), nil
}

// descriptor opens a name and returns the file descriptor. KeepAlive keeps the
// garbage collector from closing an otherwise unused folder during the call.
func (f *Folder) descriptor(name string, flags int) (int, error) {
	fd, err := openBeneath(int(f.dir.Fd()), name, flags)
	runtime.KeepAlive(f)
	return fd, err
}

// openParts opens a name one part at a time, for systems without openat2.
func openParts(dir int, name string, flags int) (int, error) {
	at := dir
	for {
		first, rest, more := strings.Cut(name, "/")
		how := flags
		if more {
			how = unix.O_RDONLY | unix.O_DIRECTORY | unix.O_NOFOLLOW | unix.O_CLOEXEC
		}
		fd, err := unix.Openat(at, first, how, 0)
		for err == unix.EINTR {
			fd, err = unix.Openat(at, first, how, 0)
		}
		if at != dir {
			unix.Close(at)
		}
		if err != nil || !more {
			return fd, err
		}
		at, name = fd, rest
	}
}
