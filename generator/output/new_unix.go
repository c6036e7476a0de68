//go:build unix

package output

import (
	"annals/generator/beneath"
	"os"

	"golang.org/x/sys/unix"
)

// newFile is the descriptor of a file that is being written. It is not an os.File,
// because that makes six system calls to find out whether a file can be polled, which
// take as long as all other work on a small file.
type newFile struct {
	fd   int
	path string
}

// createNew makes a file that does not exist yet.
func createNew(path string) (newFile, error) {
	fd, err := retry(func() (int, error) {
		return unix.Open(path, unix.O_CREAT|unix.O_EXCL|unix.O_WRONLY|unix.O_CLOEXEC, fileMode)
	})
	return newFile{fd, path}, beneath.PathError("open", path, err)
}

func (f newFile) name() string { return f.path }

func (f newFile) write(data []byte) error {
	for len(data) > 0 {
		n, err := retry(func() (int, error) { return unix.Write(f.fd, data) })
		if err != nil {
			return beneath.PathError("write", f.path, err)
		}
		data = data[n:]
	}
	return nil
}

func (f newFile) stamp() (stamp, os.FileMode, error) {
	var st unix.Stat_t
	if err := unix.Fstat(f.fd, &st); err != nil {
		return stamp{}, 0, beneath.PathError("stat", f.path, err)
	}
	return stampFrom(&st), os.FileMode(st.Mode & 0o777), nil
}

func (f newFile) chmod(mode os.FileMode) error {
	return beneath.PathError("chmod", f.path, unix.Fchmod(f.fd, uint32(mode)))
}

// close closes the descriptor. It does not retry after EINTR: the descriptor is
// closed then too, and its number may already belong to another file.
func (f newFile) close() error {
	if err := unix.Close(f.fd); err != unix.EINTR {
		return beneath.PathError("close", f.path, err)
	}
	return nil
}

// retry repeats a system call that was interrupted by a signal.
func retry(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != unix.EINTR {
			return n, err
		}
	}
}
