package output

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"

	"annals/generator/beneath"
	"annals/generator/wire"
)

// manifest lists the groups of files that the output holds. On disk it is a log of
// blocks, so that a small change appends a little and need not rewrite the names of
// the whole site:
//
//	header  magic, the key of the digests, and the output folder relative to the state folder
//	block   kind, length, payload, checksum
//
// A block's checksum covers the one before, so that blocks which were
// swapped, left out or taken from another manifest are noticed.
type manifest struct {
	disk   *disk
	path   string
	folder string

	digests digester
	groups  map[string]group
	pending []records // entries that a build which was killed may have placed
	intact  bool      // read to its end without damage

	file  *os.File // open for appending
	chain digest   // checksum of the last block
	size  int64    // bytes of the log
	base  int64    // bytes of its first block, which lists everything
}

// group is what the manifest says of one group of files.
type group struct {
	key  string
	list records
}

// leastGroup is the fewest bytes that a group takes: three lengths.
const leastGroup = 3

const magic = "annals output manifest 2\n"

const (
	blockAll    = 'A' // all groups
	blockIntent = 'I' // groups about to be placed
	blockDone   = 'D' // groups that were placed, and groups that are gone
)

func loadManifest(d *disk, state, folder string) (*manifest, error) {
	sum := checksum([]byte(folder))
	l := &manifest{
		disk:    d,
		path:    filepath.Join(state, "manifest-"+hexOf(sum[:4])),
		folder:  folder,
		digests: randomDigester(),
		groups:  map[string]group{},
	}
	data, err := d.read(l.path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, beneath.ErrLink) { // a link is replaced when the manifest is written
		return l, nil
	}
	var unreadable *fs.PathError
	if errors.As(err, &unreadable) && !errors.Is(err, fs.ErrPermission) {
		if fi, serr := os.Stat(l.path); serr == nil && fi.IsDir() {
			return l, d.removeAll(l.path) // a folder cannot be a manifest of this program
		}
	}
	if err != nil {
		return nil, err
	}
	l.read(data)
	return l, nil
}

// read reads the log, up to its first damaged block.
func (l *manifest) read(data []byte) {
	in := wire.NewReader(data)
	start := string(in.Fixed(len(magic)))
	key := in.Fixed(len(l.digests.key))
	folder := in.String()
	if in.Bad() || start != magic || folder != l.folder {
		return
	}
	l.digests = newDigester([16]byte(key))
	l.chain = checksum(l.header())
	left := in.Len()
	for l.size = int64(len(data) - left); left > 0; left = in.Len() {
		kind := in.Byte()
		payload := in.Fixed(int(min(in.Uint64(), math.MaxInt)))
		sum := in.Fixed(len(digest{}))
		if in.Bad() || digest(sum) != blockSum(l.chain, kind, payload) || !l.apply(kind, payload) {
			return
		}
		l.chain = digest(sum)
		n := int64(left - in.Len())
		l.size += n
		if l.base == 0 {
			l.base = n
		}
	}
	l.intact = l.base != 0
}

func (l *manifest) apply(kind byte, payload []byte) bool {
	in := wire.NewReader(payload)
	for range in.Count(leastGroup) {
		name, key := in.String(), in.String()
		list := records(in.Bytes())
		if in.Bad() {
			return false
		}
		if kind == blockIntent {
			l.pending = append(l.pending, list)
		} else {
			l.groups[name] = group{key, list}
		}
	}
	switch kind {
	case blockAll, blockDone:
		l.pending = nil
		for in.Len() > 0 {
			delete(l.groups, in.String())
		}
	case blockIntent:
	default:
		return false
	}
	return in.Done()
}

// paths yields the paths of the files in the output, in no particular order.
func (l *manifest) paths(yield func(path string) bool) {
	for _, g := range l.groups {
		list, _ := g.list.decode() // nothing of a damaged list is used
		for _, e := range list {
			if !yield(e.path) {
				return
			}
		}
	}
}

func (l *manifest) header() []byte {
	return wire.AppendString(append([]byte(magic), l.digests.key[:]...), l.folder)
}

func blockSum(chain digest, kind byte, payload []byte) digest {
	return checksum(chain[:], []byte{kind}, payload)
}

// block appends a block with groups in the order of their names; gone are the names
// of groups that no longer exist. It becomes the last block of the chain. For a
// million reports the block has 250 MB, so its parts are not copied.
func (l *manifest) block(b []byte, kind byte, groups map[string]group, gone []string) []byte {
	size := 64
	for name, g := range groups {
		size += len(name) + len(g.key) + len(g.list) + 12
	}
	b = append(slices.Grow(b, size), kind)
	at := len(b)
	b = wire.AppendUint64(b, 0) // the length, set below when it is known
	start := len(b)
	b = wire.AppendUvarint(b, uint64(len(groups)))
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		g := groups[name]
		b = wire.AppendString(b, name)
		b = wire.AppendString(b, g.key)
		b = wire.AppendString(b, []byte(g.list))
	}
	for _, name := range gone {
		b = wire.AppendString(b, name)
	}
	binary.LittleEndian.PutUint64(b[at:], uint64(len(b)-start))
	l.chain = blockSum(l.chain, kind, b[start:])
	return append(b, l.chain[:]...)
}

// intend writes to the log which groups are about to be placed. It must return
// before the first file is placed.
func (l *manifest) intend(groups map[string]group) error {
	if !l.intact {
		// No log to append to: the first block lists what was known, which
		// for a damaged manifest is its undamaged part.
		if err := l.rewrite(); err != nil {
			return err
		}
	}
	for _, g := range groups {
		l.pending = append(l.pending, g.list)
	}
	return l.append(blockIntent, groups, nil)
}

// record writes to the log which groups have been placed and which are gone. It
// appends a block while the log is not much longer than one block with all
// groups would be, and otherwise replaces the log by that one block.
func (l *manifest) record(groups map[string]group, gone []string) error {
	maps.Copy(l.groups, groups)
	for _, name := range gone {
		delete(l.groups, name)
	}
	l.pending = nil
	if l.intact && l.size <= 3*l.base+1<<16 {
		return l.append(blockDone, groups, gone)
	}
	return l.rewrite()
}

func (l *manifest) append(kind byte, groups map[string]group, gone []string) error {
	if l.file == nil {
		if err := beneath.Before("open", l.path); err != nil {
			return err
		}
		f, err := beneath.OpenFile(l.path, os.O_WRONLY|os.O_APPEND, fileMode)
		if err != nil {
			return err
		}
		l.file = f
	}
	data := l.block(nil, kind, groups, gone)
	if err := l.disk.appendTo(l.file, data); err != nil {
		l.intact = false // there may be half a block at the end
		return err
	}
	l.size += int64(len(data))
	return nil
}

// rewrite replaces the log by one block with all groups. Intent blocks without
// a matching done block are written again behind it.
func (l *manifest) rewrite() error {
	head := l.header()
	l.chain = checksum(head)
	data := l.block(head, blockAll, l.groups, nil)
	base := int64(len(data) - len(head))
	if len(l.pending) > 0 {
		open := make(map[string]group, len(l.pending))
		for i, list := range l.pending {
			open[string(wire.AppendUvarint(nil, uint64(i)))] = group{list: list}
		}
		data = l.block(data, blockIntent, open, nil)
	}
	if err := l.close(); err != nil {
		return err
	}
	l.intact = false
	temp := l.path + ".new"
	if err := l.disk.removeAll(temp); err != nil {
		return err
	}
	if _, err := l.disk.create(temp, data); err != nil {
		return err
	}
	if err := l.disk.rename(temp, l.path); err != nil {
		return err
	}
	l.intact, l.size, l.base = true, int64(len(data)), base
	return nil
}

func (l *manifest) close() error {
	if l.file == nil {
		return nil
	}
	f := l.file
	l.file = nil
	return f.Close()
}
