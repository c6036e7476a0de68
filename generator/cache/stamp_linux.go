package cache

import (
	"io/fs"
	"syscall"
)

func (s *Stamp) status(info fs.FileInfo) {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		s.Changed = st.Ctim.Nano()
		s.Inode, s.Device = st.Ino, uint64(st.Dev)
	}
}
