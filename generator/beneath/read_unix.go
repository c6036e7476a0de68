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

// ReadRegular reads a regular file of at most limit bytes in four calls of the
// system, where an os.File takes twelve: a build reads tens of thousands. It
// is false about whatever is not as usual; Open tells what that is.
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
	data := make([]byte, stat.Size+1) // one more, so that the end is told by the same call
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

// descriptor opens a name. The folder must not be closed, as one that nobody
// has any more is, before the system has answered.
func (f *Folder) descriptor(name string, flags int) (int, error) {
	fd, err := openBeneath(int(f.dir.Fd()), name, flags)
	runtime.KeepAlive(f)
	return fd, err
}

// openParts opens part by part, for systems that cannot be asked at once.
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
