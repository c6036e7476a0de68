package proof

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"annals/generator/sitemap"
)

// ErrTree says that tiles are not those of the checkpoint, or that an older
// checkpoint is not of the same history.
var ErrTree = errors.New("the tree is not that of the checkpoint")

// Tree is a tree whose tiles were read and found to have the root of its checkpoint.
type Tree struct {
	Checkpoint
	leaves []Hash
}

// Leaf returns the hash of a leaf.
func (t *Tree) Leaf(n int) (h Hash, ok bool) {
	if n < 0 || n >= len(t.leaves) {
		return h, false
	}
	return t.leaves[n], true
}

// TileError says which tile is wrong. Its cause is ErrTree, or what kept the tile
// from being read.
type TileError struct {
	Path string
	err  error
}

func (e *TileError) Error() string { return e.Path + ": " + e.err.Error() }
func (e *TileError) Unwrap() error { return e.err }

// maxSize is more lines than any archive has: a million reports, corrected a
// thousand times.
const maxSize = 1 << 30

// abreast is how many tiles are read at a time.
const abreast = 16

// Read returns a file of the site, of at most so many bytes. It is called by
// several goroutines at a time.
type Read func(ctx context.Context, path string, most int64) ([]byte, error)

// ReadTree reads all tiles of a tree, and holds them against one another and the
// root.
func ReadTree(ctx context.Context, c Checkpoint, read Read) (*Tree, error) {
	if c.Size > maxSize {
		return nil, &TileError{sitemap.Checkpoint, ErrTree}
	}
	t := &Tree{Checkpoint: c}
	size := c.Size
	var below []Hash // the roots of the full tiles of the level below
	for level := 0; size > 0; level++ {
		hashes, above, err := readLevel(ctx, level, size, read)
		if err != nil {
			return nil, err
		}
		for i, h := range hashes {
			if level > 0 && h != below[i] {
				return nil, &TileError{TilePath(level, int64(i)/full, int(min(full, size-int64(i)/full*full))), ErrTree}
			}
		}
		if level == 0 {
			t.leaves = hashes
		}
		below, size = above, size/full
	}
	if Root(t.leaves) != c.Root {
		return nil, &TileError{sitemap.Checkpoint, ErrTree}
	}
	return t, nil
}

// readLevel reads the tiles of a level, and returns its hashes and the roots of
// its full tiles.
func readLevel(ctx context.Context, level int, size int64, read Read) (hashes, above []Hash, err error) {
	for start := int64(0); start < size; start += abreast * full {
		var got [abreast][]Hash
		var errs [abreast]error
		var wg sync.WaitGroup
		for i := range got {
			if first := start + int64(i)*full; first < size {
				wg.Go(func() { got[i], errs[i] = readTile(ctx, level, first/full, int(min(full, size-first)), read) })
			}
		}
		wg.Wait()
		if err := errors.Join(errs[:]...); err != nil {
			return nil, nil, err
		}
		for _, part := range got {
			if hashes = append(hashes, part...); len(part) == full {
				above = append(above, subtree(part))
			}
		}
	}
	return hashes, above, nil
}

func readTile(ctx context.Context, level int, n int64, width int, read Read) ([]Hash, error) {
	path := TilePath(level, n, width)
	data, err := read(ctx, path, int64(width*tlog.HashSize))
	if err == nil && len(data) != width*tlog.HashSize {
		err = ErrTree
	}
	if err != nil {
		return nil, &TileError{path, err}
	}
	hashes := make([]Hash, width)
	for i := range hashes {
		copy(hashes[i][:], data[i*tlog.HashSize:])
	}
	return hashes, nil
}

// Extends reports whether the tree begins with all of an older one. As all hashes
// are known, the older root is computed anew; nobody need prove that it fits.
func (t *Tree) Extends(old Checkpoint) error {
	if old.Size > t.Size {
		return fmt.Errorf("%w: it has %d lines, the older checkpoint %d", ErrTree, t.Size, old.Size)
	}
	if Root(t.leaves[:old.Size]) != old.Root {
		return ErrTree
	}
	return nil
}
