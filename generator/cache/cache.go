// Package cache stores on disk the results of the work on each agency's folder,
// so that a build repeats that work only for what has changed.
//
// The rules are:
//
// - A record may be used only if its key is the one wanted. The key is a hash
// of everything that the value was made from, the program itself included
// (Program). Nothing is ever invalidated: a record with another key is just not
// used.
// - Data that are damaged, cut short or of another program fail their checksum
// and are ignored as a whole: a cache never makes a build fail, and never
// changes its result.
//   - Small values are in the index, which is read at once and written anew.
//     Large ones are in a pack, which is only appended to and read on demand,
//     until more than half of it is garbage and it is copied. The index says
//     how much of the pack is valid; it is replaced last.
package cache

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"annals/generator/beneath"
	"annals/generator/wire"
)

// Key is a hash of everything that a value was made from.
type Key [sha256.Size]byte

// Record is a value stored under a name.
type Record struct {
	Key   Key
	Small []byte // kept in memory
	large ref
}

// ref is the position, length and checksum of a large value in the pack.
type ref struct {
	off, len int64
	sum      [16]byte
}

// Sum is the checksum of the record's large value.
func (r Record) Sum() [16]byte { return r.large.sum }

// Store is the cache of one archive.
type Store struct {
	dir  string
	old  map[string]Record
	pack *os.File // nil if it cannot be opened; then large values are not kept

	mu   sync.Mutex
	now  map[string]Record
	size int64  // of the pack in bytes; anything behind it was written by a build that did not end
	tail []byte // large values to be written at size
	gone bool   // a write failed: the bytes of the pack from lost on are undefined
	lost int64
}

// maxTail is how many bytes of large values are buffered before they are
// written to the pack.
const maxTail = 1 << 20

const (
	indexFile = "memo.index"
	packFile  = "memo.pack"
	magic     = "annals memo 1\n"
)

// Open reads the cache in dir. A missing or damaged cache is an empty one.
func Open(dir string) *Store {
	s := &Store{dir: dir, old: map[string]Record{}, now: map[string]Record{}}
	var err error
	if s.pack, err = beneath.OpenFile(filepath.Join(dir, packFile), os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		s.pack = nil
		return s
	}
	data, err := beneath.ReadFile(filepath.Join(dir, indexFile))
	if err != nil {
		return s
	}
	info, err := s.pack.Stat()
	old, size, ok := decodeIndex(data)
	if err == nil && ok && info.Size() >= size {
		s.old, s.size = old, size
	}
	return s
}

// Get returns the record stored under the name in the last build.
func (s *Store) Get(name string) (Record, bool) {
	r, ok := s.old[name]
	return r, ok
}

// Large returns the large value of a record, or nil if it is damaged.
func (s *Store) Large(r Record) []byte {
	if r.large.len == 0 {
		return []byte{}
	}
	buf := make([]byte, r.large.len)
	if !s.Read(r, buf, 0) || checksum(buf) != r.large.sum {
		return nil
	}
	return buf
}

// Read fills p with the bytes of a record's large value from offset off on, and
// reports whether it could. It does not verify the checksum; the caller has to
// check the bytes.
func (s *Store) Read(r Record, p []byte, off int64) bool {
	n := int64(len(p))
	if s.pack == nil || off < 0 || off > r.large.len-n {
		return false
	}
	off += r.large.off
	s.mu.Lock()
	held, gone := off-s.size, s.gone && off+n > s.lost
	if held >= 0 && held+n <= int64(len(s.tail)) {
		copy(p, s.tail[held:])
	}
	s.mu.Unlock()
	if held < 0 {
		if gone {
			return false
		}
		_, err := s.pack.ReadAt(p, off)
		return err == nil
	}
	return true
}

// Keep copies a record of the last build into this one.
func (s *Store) Keep(name string, r Record) {
	s.mu.Lock()
	s.now[name] = r
	s.mu.Unlock()
}

// KeepAll copies all records of the last build whose names begin with the
// prefix.
func (s *Store) KeepAll(prefix string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, r := range s.old {
		if strings.HasPrefix(name, prefix) {
			s.now[name] = r
		}
	}
}

// Put stores a value and returns its record. It may be called by many
// goroutines at once.
func (s *Store) Put(name string, key Key, small, large []byte) Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := Record{Key: key, Small: small}
	if len(large) > 0 {
		r.large = ref{off: s.size + int64(len(s.tail)), len: int64(len(large)), sum: checksum(large)}
		s.tail = append(s.tail, large...)
		if len(s.tail) >= maxTail {
			s.flush()
		}
	}
	s.now[name] = r
	return r
}

// flush writes the buffered large values to the pack. If that fails the values
// are lost: they cannot be read, and Save leaves out their records. The caller
// holds the lock.
func (s *Store) flush() {
	if s.pack != nil {
		err := beneath.Before("write", s.pack.Name())
		if err == nil {
			_, err = s.pack.WriteAt(s.tail, s.size)
		}
		if err != nil && !s.gone {
			s.gone, s.lost = true, s.size
		}
	}
	s.size += int64(len(s.tail))
	s.tail = s.tail[:0]
}

func checksum(data []byte) [16]byte {
	sum := sha256.Sum256(data)
	return [16]byte(sum[:16])
}

// Save writes the cache of this build. Records that were neither kept nor put
// are forgotten.
func (s *Store) Save() error {
	s.mu.Lock()
	s.flush()
	if s.gone {
		maps.DeleteFunc(s.now, func(_ string, r Record) bool { return r.large.len > 0 && r.large.off+r.large.len > s.lost })
		s.gone, s.size = false, s.lost
	}
	s.mu.Unlock()
	var live int64
	for _, r := range s.now {
		live += r.large.len
	}
	if s.pack != nil && s.size > 2*live+1<<20 {
		if err := s.copyPack(); err != nil {
			return err
		}
	}
	return s.replace(indexFile, func(f io.Writer) error {
		_, err := f.Write(encodeIndex(s.now, s.size))
		return err
	})
}

// copyPack writes a new pack with the values that are still in use only. It
// removes the index of the old pack first, so that an old index is never found
// beside a new pack.
func (s *Store) copyPack() error {
	if err := s.remove(indexFile); err != nil {
		return err
	}
	moved := make(map[string]Record, len(s.now))
	var off int64
	err := s.replace(packFile, func(f io.Writer) error {
		for _, name := range slices.Sorted(maps.Keys(s.now)) {
			r := s.now[name]
			data := s.Large(r)
			if data == nil {
				continue
			}
			if _, err := f.Write(data); err != nil {
				return err
			}
			r.large.off = off
			off += r.large.len
			moved[name] = r
		}
		return s.pack.Close() // Windows replaces no file that is open
	})
	if err == nil {
		s.now, s.size, s.gone = moved, off, false
	}
	s.pack.Close()
	var oerr error
	s.pack, oerr = beneath.OpenFile(filepath.Join(s.dir, packFile), os.O_RDWR, 0o644)
	return errors.Join(err, oerr)
}

// Next makes the records of this build those of the last build, for a program
// that builds repeatedly with one Store.
func (s *Store) Next() {
	s.old, s.now = s.now, map[string]Record{}
}

// Close closes the pack.
func (s *Store) Close() error {
	if s.pack == nil {
		return nil
	}
	return s.pack.Close()
}

// replace atomically replaces the content of a file with the bytes that fill
// writes, or leaves the file unchanged if that fails.
func (s *Store) replace(name string, fill func(io.Writer) error) error {
	path := filepath.Join(s.dir, name)
	if err := beneath.Before("create", path); err != nil {
		return err
	}
	f, err := os.CreateTemp(s.dir, "memo-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err = beneath.Before("write", path); err == nil {
		err = fill(f)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return beneath.Insist("rename", path, func() error { return os.Rename(f.Name(), path) })
}

// remove removes a file, if it is there.
func (s *Store) remove(name string) error {
	path := filepath.Join(s.dir, name)
	if err := beneath.Before("remove", path); err != nil {
		return err
	}
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// The index is the magic, the pack's size, the records in the order of their
// names, and a checksum of all of it.
func encodeIndex(records map[string]Record, size int64) []byte {
	n := 0
	for name, r := range records {
		n += len(name) + len(r.Small) + 80
	}
	b := append(make([]byte, 0, n+64), magic...)
	b = wire.AppendUvarint(b, uint64(size))
	for _, name := range slices.Sorted(maps.Keys(records)) {
		r := records[name]
		b = wire.AppendString(b, name)
		b = append(b, r.Key[:]...)
		b = wire.AppendString(b, r.Small)
		b = wire.AppendUvarint(b, uint64(r.large.off))
		b = wire.AppendUvarint(b, uint64(r.large.len))
		b = append(b, r.large.sum[:]...)
	}
	sum := checksum(b)
	return append(b, sum[:]...)
}

func decodeIndex(data []byte) (records map[string]Record, size int64, ok bool) {
	body, found := bytes.CutPrefix(data, []byte(magic))
	if !found || len(body) < 16 {
		return nil, 0, false
	}
	end := len(data) - 16
	if checksum(data[:end]) != [16]byte(data[end:]) {
		return nil, 0, false
	}
	r := wire.NewReader(body[:len(body)-16])
	total := r.Uvarint()
	records = map[string]Record{}
	for r.Len() > 0 {
		name, key, small := r.String(), r.Fixed(sha256.Size), r.Bytes()
		off, length := r.Uvarint(), r.Uvarint()
		sum := r.Fixed(16)
		if r.Bad() || off > total || length > total-off {
			return nil, 0, false
		}
		records[name] = Record{Key: Key(key), Small: small, large: ref{int64(off), int64(length), [16]byte(sum)}}
	}
	return records, int64(total), r.Done()
}
