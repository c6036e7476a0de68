package generator

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io/fs"
	"time"

	"annals/generator/cache"
	"annals/generator/content"
	"annals/generator/files"
)

// identify finds the hashes of the unit's files without reading those that
// the record has seen as they are. It leaves u.files nil where the folder is
// not remembered or a file cannot be read: then everything is read anyway.
func (u *unit) identify(fsys fs.FS, m *remembered) {
	known := make(map[string]fileHash, len(m.files))
	for _, f := range m.files {
		known[f.path] = f
	}
	var list []fileHash
	for _, f := range u.contentFiles() {
		info, err := f.Info()
		if err != nil {
			return
		}
		h := fileHash{path: f.Path, stamp: cache.StampOf(info)}
		if old, ok := known[f.Path]; ok && old.stamp == h.stamp && h.stamp.Changed != 0 {
			h.sum = old.sum
		} else {
			data, _ := files.Read(fsys, f.Path, content.MaxAttachment)
			if data == nil {
				return
			}
			h.sum = sha256.Sum256(data)
		}
		list = append(list, h)
	}
	u.files = list
}

// contentFiles lists the files of the unit's folder in a fixed order.
func (u *unit) contentFiles() []content.File {
	var list []content.File
	if u.folder.Index != nil {
		list = append(list, *u.folder.Index)
	}
	for _, r := range u.folder.Reports {
		list = append(list, r.File)
		list = append(list, r.Attachments...)
	}
	return list
}

// stamps notes the stamps of the unit's files before they are read. The hashes
// follow when they are.
func (u *unit) stamps() {
	u.files = nil
	for _, f := range u.contentFiles() {
		h := fileHash{path: f.Path}
		if info, err := f.Info(); err == nil {
			h.stamp = cache.StampOf(info)
		}
		u.files = append(u.files, h)
	}
}

// saw notes the hash of a file that was read. If the file was identified
// before and is another one now, it has changed under the build, which then
// is not remembered.
func (u *unit) saw(path string, sum [32]byte) {
	for i := range u.files {
		if f := &u.files[i]; f.path == path {
			if f.sum != [32]byte{} && f.sum != sum {
				u.restless = true
			}
			f.sum = sum
		}
	}
}

func (u *unit) sawAttachment(a content.Attachment) {
	var sum [32]byte
	if n, err := hex.Decode(sum[:], []byte(a.SHA256)); err == nil && n == len(sum) {
		u.saw(a.File, sum)
	}
}

// key is the hash of everything that the unit's pages, entries and part of
// the search index are made from: the program and the archive's settings, the
// agencies above it and directly below it, its own files, and the figures
// that it is compared with.
func (p *project) key(u *unit) cache.Key {
	h := sha256.New()
	text := func(s string) {
		var n [4]byte
		binary.LittleEndian.PutUint32(n[:], uint32(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	number := func(n int) {
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], uint64(n))
		h.Write(b[:])
	}
	h.Write(p.settings[:])
	chain := u.agency.Chain()
	for _, a := range chain {
		text(a.Path)
		text(a.Name)
		text(string(a.Kind))
	}
	number(len(u.files))
	for _, f := range u.files {
		text(f.path)
		h.Write(f.sum[:])
	}
	for _, c := range u.agency.Children {
		text(c.Path)
		text(c.Name)
		text(string(c.Kind))
		number(len(c.Children))
	}
	children, entries := p.below(u)
	for _, c := range children {
		text(c.Path)
		number(c.Since)
		number(c.Until)
	}
	for _, e := range entries {
		text(e.Agency.Path)
		text(e.Form.ID)
		text(string(e.Packed))
		number(e.Year)
		number(e.Errors)
	}
	return cache.Key(h.Sum(nil))
}

// recall takes a unit's outcome from its record.
func (u *unit) recall(m *remembered) {
	u.entries, u.refs = m.entries, m.refs
	for i := range u.entries {
		u.entries[i].Agency = u.agency
	}
}

// record makes the record of a unit whose work is done, in a build that
// started at the given time. A file that had changed just before keeps no
// stamp, since it may change again without changing it.
func (u *unit) record(started time.Time) *remembered {
	for i := range u.files {
		if f := &u.files[i]; !f.stamp.Settled(started) {
			f.stamp = cache.Stamp{}
		}
	}
	a := *u.agency
	a.Parent, a.Children, a.Body = nil, nil, nil
	return &remembered{files: u.files, agency: a, plain: u.agency.Body == nil, entries: u.entries, refs: u.refs}
}

// identified reports whether the hashes of all files are known.
func (u *unit) identified() bool {
	for _, f := range u.files {
		if f.sum == [32]byte{} {
			return false
		}
	}
	return len(u.files) > 0
}
