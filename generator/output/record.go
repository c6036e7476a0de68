package output

import (
	"encoding/binary"
	"errors"
)

// stamp is what the system says of a file without reading it. Two equal
// stamps with a change time are proof that the file was not written to in
// between: the change time cannot be set back as the modification time can.
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
	staged bool // lies in the stage: not yet placed
}

// records are the entries of a group in the order of their paths, encoded:
// each path as what it shares with the one before, each stamp as its
// distance from the one before. A file takes about 40 bytes, and a million
// reports' manifest holds no pointer that the collector would follow.
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
		b = binary.AppendUvarint(b, uint64(shared))
		b = appendString(b, e.path[shared:])
		b = append(b, e.hash[:]...)
		b = binary.AppendUvarint(b, uint64(e.stamp.size))
		if flags&flagProven != 0 {
			b = binary.AppendVarint(b, int64(e.stamp.inode-last.stamp.inode))
			b = binary.AppendVarint(b, e.stamp.mtime-last.stamp.mtime)
			b = binary.AppendVarint(b, e.stamp.ctime-e.stamp.mtime)
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
	in := reader{data: r}
	for len(in.data) > 0 && !in.bad {
		var e entry
		flags := in.byte()
		shared := in.uvarint()
		if shared > uint64(len(last.path)) {
			return nil, errDamaged
		}
		e.path = last.path[:shared] + in.string()
		copy(e.hash[:], in.bytes(uint64(len(e.hash))))
		e.stamp.size = int64(in.uvarint())
		e.staged = flags&flagStaged != 0
		if flags&flagProven != 0 {
			e.stamp.inode = last.stamp.inode + uint64(in.varint())
			e.stamp.mtime = last.stamp.mtime + in.varint()
			e.stamp.ctime = e.stamp.mtime + in.varint()
			last = e
		} else {
			last = entry{path: e.path}
		}
		if e.stamp.ctime == 0 {
			e.stamp = stamp{size: e.stamp.size}
		}
		list = append(list, e)
	}
	if in.bad {
		return nil, errDamaged
	}
	return list, nil
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// reader takes values off encoded data; after the first that is not there,
// bad is set and all are zero.
type reader struct {
	data []byte
	bad  bool
}

func (r *reader) bytes(n uint64) []byte {
	if r.bad || n > uint64(len(r.data)) {
		r.bad = true
		return nil
	}
	b := r.data[:n:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.data)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.bytes(uint64(n))
	return v
}

// length reads eight bytes.
func (r *reader) length() uint64 {
	if b := r.bytes(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.data)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.bytes(uint64(n))
	return v
}

func (r *reader) string() string { return string(r.bytes(r.uvarint())) }
