package search

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"hash"

	"annals/generator/sitemap"
)

// file is one file of the index; its folder is named for its content.
type file struct {
	path string
	data []byte
}

// hashBytes of the sum of a folder's files are its name, in base32. Forty
// bits tell versions of the same folder apart.
const hashBytes = 5

var hashNames = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func hashName(h [hashBytes]byte) string { return hashNames.EncodeToString(h[:]) }

// folder gives files the folder below search/ that is named for all of them.
func folder(kind string, files []file) (h [hashBytes]byte) {
	sum := sha256.New()
	for _, f := range files {
		writeField(sum, []byte(f.path))
		writeField(sum, f.data)
	}
	copy(h[:], sum.Sum(nil))
	path := folderPath(kind, h)
	for i := range files {
		files[i].path = path + files[i].path
	}
	return h
}

// folderPath is the folder's path from the site's root, with a slash at its end.
func folderPath(kind string, h [hashBytes]byte) string {
	return sitemap.SearchFolder + kind + "/" + hashName(h) + "/"
}

// writeField hashes data so that two fields cannot run into each other.
func writeField(h hash.Hash, data []byte) {
	var n [8]byte
	binary.LittleEndian.PutUint64(n[:], uint64(len(data)))
	h.Write(n[:])
	h.Write(data)
}
