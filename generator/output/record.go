package output

import (
	"errors"

	"annals/generator/wire"
)

// stamp is the metadata by which the system shows that a file has changed. Two equal
// stamps with a change time prove that the file was not written to in between,
// because programs cannot set the change time.
type stamp struct {
	size  int64
	inode uint64
	mtime int64 // nanoseconds since 1970
	ctime int64 // nanoseconds since 1970; 0 proves nothing
}

func (s stamp) proves(now stamp) bool { return s.ctime != 0 && s == now }

// entry is one file of the output.
type entry struct {
	path   string
	hash   digest
	stamp  stamp
	staged bool // the file is in the stage and has not been placed yet
}

// records are the entries of a group in the order of their paths, encoded:
// each path as what it shares with the one before, each stamp as its
// distance from the one before. A file takes about 40 bytes, and the records
// contain no pointers, which the garbage collector would have to follow for
// millions of files.
type records []byte

const (
	flagProven = 1 << iota
	flagStaged
)

var errDamaged = errors.New("damaged manifest")

func encode(list []entry) records {
	var b []byte
	var last entry
	for _, e := range list {
		shared := 0
		for shared < len(last.path) && shared < len(e.path) && last.path[shared] == e.path[shared] {
			shared++
		}
		var flags byte
		if e.stamp.ctime != 0 {
			flags |= flagProven
		}
		if e.staged {
			flags |= flagStaged
		}
		b = append(b, flags)
		b = wire.AppendUvarint(b, uint64(shared))
		b = wire.AppendString(b, e.path[shared:])
		b = append(b, e.hash[:]...)
		b = wire.AppendUvarint(b, uint64(e.stamp.size))
		if flags&flagProven != 0 {
			b = wire.AppendVarint(b, int64(e.stamp.inode-last.stamp.inode))
			b = wire.AppendVarint(b, e.stamp.mtime-last.stamp.mtime)
			b = wire.AppendVarint(b, e.stamp.ctime-e.stamp.mtime)
		} else {
			e.stamp = stamp{}
		}
		last = e
	}
	return b
}

func (r records) decode() ([]entry, error) {
	var list []entry
	var last entry
	in := wire.NewReader(r)
	for in.Len() > 0 {
		var e entry
		flags := in.Byte()
		shared := in.Uvarint()
		if shared > uint64(len(last.path)) {
			return nil, errDamaged
		}
		e.path = last.path[:shared] + in.String()
		copy(e.hash[:], in.Fixed(len(e.hash)))
		e.stamp.size = int64(in.Uvarint())
		e.staged = flags&flagStaged != 0
		if flags&flagProven != 0 {
			e.stamp.inode = last.stamp.inode + uint64(in.Varint())
			e.stamp.mtime = last.stamp.mtime + in.Varint()
			e.stamp.ctime = e.stamp.mtime + in.Varint()
			last = e
		} else {
			last = entry{path: e.path}
		}
		if e.stamp.ctime == 0 {
			e.stamp = stamp{size: e.stamp.size}
		}
		list = append(list, e)
	}
	if in.Bad() {
		return nil, errDamaged
	}
	return list, nil
}
