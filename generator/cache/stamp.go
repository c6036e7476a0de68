package cache

import (
	"io/fs"
	"time"

	"annals/generator/wire"
)

// Stamp is the metadata of a file that changes whenever its content does: its
// size, its times, and the number of its inode. The time of the last status
// change cannot be set by programs, so restoring an old modification time does
// not restore it.
type Stamp struct {
	Size          int64
	Modified      int64 // nanoseconds since 1970
	Changed       int64 // nanoseconds since 1970; 0 where the system has none: such a stamp is never trusted
	Inode, Device uint64
}

// settling is how long ago a file must have changed for its stamp to be
// trusted: a second change within the file system's time granularity, 2 s at
// worst, would leave the stamp the same.
const settling = 2 * time.Second

// Settled reports whether an equal stamp later proves that the content is the
// same. It does if the file had last changed at least 2 s before now, the time
// at which it was read.
func (s Stamp) Settled(now time.Time) bool {
	return s.Changed != 0 && s.Changed < now.Add(-settling).UnixNano()
}

// StampOf returns the stamp of a file.
func StampOf(info fs.FileInfo) Stamp {
	s := Stamp{Size: info.Size(), Modified: info.ModTime().UnixNano()}
	s.status(info)
	return s
}

// Append writes the stamp behind b.
func (s Stamp) Append(b []byte) []byte {
	b = wire.AppendVarint(b, s.Size)
	b = wire.AppendUint64(b, uint64(s.Modified))
	b = wire.AppendUint64(b, uint64(s.Changed))
	b = wire.AppendUvarint(b, s.Inode)
	return wire.AppendUvarint(b, s.Device)
}
