// Package proof makes from the record of an archive what proves it to somebody
// outside, and reads it again: a Merkle tree of all lines of all releases, a
// checkpoint that names its size and root, and an inventory that says which
// line stands where and which files the site has.
//
// The formats are those of others, so that other programs read them as well:
//
//   - The tree is that of RFC 6962. A leaf is a line of a release without its
//     end; the lines of all files, headers included, are numbered from 0.
//   - Its tiles are C2SP tlog-tiles (tile/0/000, tile/0/001.p/17), of height 8.
//     There are no entry bundles: a line stands in the record of its agency,
//     so that it can go when its report is withdrawn. Its hash stays.
//   - checkpoint is a C2SP tlog-checkpoint, a signed note where there is a key.
//
// What a signature proves is who signed. That there is one history alone is
// proven to whoever keeps an older checkpoint: Tree.Extends.
package proof

import (
	"golang.org/x/mod/sumdb/tlog"

	"annals/generator/sitemap"
)

// Hash is a hash of the tree.
type Hash = tlog.Hash

// A tile of a height of 8 has up to 256 hashes.
const (
	height = 8
	full   = 1 << height
)

// TilePath is where the tile lies.
func TilePath(level int, n int64, width int) string {
	// The library writes the height into the path, C2SP does not.
	const before = "tile/8/"
	return sitemap.TileFolder + tlog.Tile{H: height, L: level, N: n, W: width}.Path()[len(before):]
}

// Tiles makes the tiles of a tree, and returns its root.
func Tiles(leaves []Hash, emit func(path string, data []byte) error) (root Hash, err error) {
	hashes := leaves
	for level := 0; len(hashes) > 0; level++ {
		var above []Hash
		for n := 0; n*full < len(hashes); n++ {
			part := hashes[n*full : min(len(hashes), (n+1)*full)]
			data := make([]byte, 0, len(part)*tlog.HashSize)
			for _, h := range part {
				data = append(data, h[:]...)
			}
			if err := emit(TilePath(level, int64(n), len(part)), data); err != nil {
				return Hash{}, err
			}
			if len(part) == full {
				above = append(above, subtree(part))
			}
		}
		hashes = above
	}
	return Root(leaves), nil
}

// Root is the root of the tree of some leaves (RFC 6962, section 2.1).
func Root(leaves []Hash) Hash {
	if len(leaves) == 0 {
		h, _ := tlog.TreeHash(0, nil) // of no leaves: it reads none
		return h
	}
	return subtree(leaves)
}

func subtree(hashes []Hash) Hash {
	if len(hashes) == 1 {
		return hashes[0]
	}
	k := 1
	for 2*k < len(hashes) {
		k *= 2
	}
	return tlog.NodeHash(subtree(hashes[:k]), subtree(hashes[k:]))
}
