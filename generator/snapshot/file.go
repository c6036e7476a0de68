package snapshot

import (
	"crypto/sha256"
	"io/fs"
	"slices"
	"time"

	"annals/generator/cache"
	"annals/generator/content"
	"annals/generator/files"
)

// File is the hash of a file's bytes, and the file's stamp when they were read.
type File struct {
	Path  string
	Stamp cache.Stamp
	Sum   [sha256.Size]byte // zero while it is not known
}

// leastFile is the fewest bytes that an encoded File takes.
const leastFile = 1 + 3 + 16 + sha256.Size

// Files are the files of an agency's folder, in the order of Folder.
type Files []File

// Folder lists the files of an agency's folder in a fixed order.
func Folder(f *content.Folder) []content.File {
	var list []content.File
	if f.Index != nil {
		list = append(list, *f.Index)
	}
	for _, r := range f.Reports {
		list = append(list, r.File)
		list = append(list, r.Attachments...)
	}
	return list
}

// Stamps returns the files of a folder with their stamps, without hashes. It
// must be called before the files are read.
func Stamps(folder *content.Folder) Files {
	var list Files
	for _, f := range Folder(folder) {
		x := File{Path: f.Path}
		if info, err := f.Info(); err == nil {
			x.Stamp = cache.StampOf(info)
		}
		list = append(list, x)
	}
	return list
}

// Identify finds the hashes of a folder's files. It does not read a file whose
// stamp proves that the last build has read the same bytes. It returns false if
// a file cannot be read; reading the agency then reports the reason.
func Identify(fsys fs.FS, folder *content.Folder, last Files) (Files, bool) {
	var list Files
	for i, f := range Folder(folder) {
		info, err := f.Info()
		if err != nil {
			return nil, false
		}
		x := File{Path: f.Path, Stamp: cache.StampOf(info)}
		if old, ok := last.at(x.Path, i); ok && old.Stamp == x.Stamp && x.Stamp.Changed != 0 {
			x.Sum = old.Sum
		} else {
			data, _ := files.Read(fsys, f.Path, content.MaxAttachment)
			if data == nil {
				return nil, false
			}
			x.Sum = sha256.Sum256(data)
		}
		list = append(list, x)
	}
	return list, true
}

// at finds a file by its path. It looks at index i first, where the file most
// often is.
func (list Files) at(path string, i int) (File, bool) {
	if i >= len(list) || list[i].Path != path {
		i = slices.IndexFunc(list, func(f File) bool { return f.Path == path })
	}
	if i < 0 {
		return File{}, false
	}
	return list[i], true
}

// Sum returns the hash of a file's bytes, if it is known.
func (list Files) Sum(path string) ([sha256.Size]byte, bool) {
	f, ok := list.at(path, 0)
	return f.Sum, ok && f.Sum != [sha256.Size]byte{}
}

// Known reports whether the hashes of all files are known.
func (list Files) Known() bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(f File) bool { return f.Sum == [sha256.Size]byte{} })
}

// Saw records the hash of a file that was read.
func (list Files) Saw(path string, sum [sha256.Size]byte) {
	for i := range list {
		if list[i].Path == path {
			list[i].Sum = sum
		}
	}
}

// Settled returns the files for a snapshot of a build that began at the given
// time. A file that had changed shortly before loses its stamp, since another
// change could leave the stamp the same.
func (list Files) Settled(began time.Time) Files {
	list = slices.Clone(list)
	for i := range list {
		if f := &list[i]; !f.Stamp.Settled(began) {
			f.Stamp = cache.Stamp{}
		}
	}
	return list
}
