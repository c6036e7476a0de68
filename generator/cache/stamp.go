package cache

import (
	"io/fs"
	"time"

	"annals/generator/wire"
)

// Stamp is what a file system says of a file that changes with every change
// of its content: its size, its times, and the number of its inode. The time
// of the last status change cannot be set back by restoring old times.
type Stamp struct {
	Size          int64
	Modified      int64 // nanoseconds
	Changed       int64 // nanoseconds; 0 where the system has none, and then nothing is believed
	Inode, Device uint64
}

// settling is how long ago a file must have changed for its stamp to be
// believed: a second change within the file system's granularity, 2 s at
// worst, would leave the stamp as it is.
const settling = 2 * time.Second

// Settled reports whether the stamp is good evidence from now on: the file
// had last changed some time before it was read, at now.
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
