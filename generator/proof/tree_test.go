package proof

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io/fs"
	"testing"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

func leavesOf(seed, n int) []Hash {
	list := make([]Hash, n)
	for i := range list {
		list[i] = tlog.RecordHash(binary.BigEndian.AppendUint64(nil, uint64(seed<<32+i)))
	}
	return list
}

// folder is a site in memory.
type folder map[string][]byte

func (f folder) emit(path string, data []byte) error {
	f[path] = append([]byte(nil), data...)
	return nil
}

func (f folder) read(_ context.Context, path string, most int64) ([]byte, error) {
	data, ok := f[path]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return data[:min(int64(len(data)), most)], nil
}

// reader lets torchwood read the tiles, from where it looks for them.
type reader struct{ folder }

func (r reader) ReadTiles(_ context.Context, tiles []tlog.Tile) (list [][]byte, err error) {
	for _, t := range tiles {
		data, err := r.read(context.Background(), torchwood.TilePath(t), 1<<20)
		if err != nil {
			return nil, err
		}
		list = append(list, data)
	}
	return list, nil
}

func (reader) SaveTiles([]tlog.Tile, [][]byte) {}

func (r reader) ReadEndpoint(ctx context.Context, path string) ([]byte, error) {
	return r.read(ctx, path, 1<<20)
}

// Torchwood reads the same tree from the tiles: its root, a proof for each leaf,
// and that each older tree is a prefix of it.
func TestTorchwoodAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.IntRange(1, 300), rapid.SampledFrom([]int{255, 256, 257, 511, 512, 65535, 65536, 65537, 66000})).Draw(t, "size")
		leaves, site := leavesOf(0, n), folder{}
		root, err := Tiles(leaves, site.emit)
		if err != nil {
			t.Fatal(err)
		}
		hashes := torchwood.TileHashReaderWithContext(t.Context(), tlog.Tree{N: int64(n), Hash: root}, reader{site})
		if sum, err := tlog.TreeHash(int64(n), hashes); err != nil || sum != root {
			t.Fatalf("the root is %v, torchwood's %v: %v", root, sum, err)
		}
		at, old := rapid.IntRange(0, n-1).Draw(t, "leaf"), rapid.IntRange(1, n).Draw(t, "old")
		p, err := tlog.ProveRecord(int64(n), int64(at), hashes)
		if err != nil {
			t.Fatal(err)
		}
		if err := tlog.CheckRecord(p, int64(n), root, int64(at), leaves[at]); err != nil {
			t.Error(err)
		}
		c := Checkpoint{Origin: "example.org", Size: int64(n), Root: root}
		theirs, err := torchwood.ParseCheckpoint(c.Text())
		if err != nil || theirs.Origin != c.Origin || theirs.N != c.Size || theirs.Hash != c.Root {
			t.Errorf("torchwood reads the checkpoint as %+v: %v", theirs, err)
		}
		tree, err := ReadTree(t.Context(), c, site.read)
		if err != nil {
			t.Fatal(err)
		}
		before := Checkpoint{Size: int64(old), Root: Root(leaves[:old])}
		proven, err := tlog.ProveTree(int64(n), int64(old), hashes)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(tlog.CheckTree(proven, int64(n), root, before.Size, before.Root), tree.Extends(before)); err != nil {
			t.Errorf("%d lines are not found to continue %d: %v", n, old, err)
		}
	})
}

// A tree is refused whose tiles differ from it in any bit, or are cut or missing;
// so is one that does not continue an older one.
func TestForgedTreesAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{1, 2, 255, 256, 257, 700, 65537}).Draw(t, "size")
		leaves, site := leavesOf(0, n), folder{}
		root, _ := Tiles(leaves, site.emit)
		c := Checkpoint{Size: int64(n), Root: root}
		var paths []string
		for path := range site {
			paths = append(paths, path)
		}
		path := rapid.SampledFrom(paths).Draw(t, "tile")
		switch data := site[path]; rapid.IntRange(0, 3).Draw(t, "fault") {
		case 0:
			data[rapid.IntRange(0, len(data)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		case 1:
			site[path] = data[:rapid.IntRange(0, len(data)-1).Draw(t, "cut")]
		case 2:
			delete(site, path)
		case 3: // a fork: another history of the same length
			site, c.Root = folder{}, Root(leaves)
			if _, err := Tiles(leavesOf(1, n), site.emit); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := ReadTree(t.Context(), c, site.read); err == nil {
			t.Errorf("with %s changed, a tree of %d is believed", path, n)
		} else if !errors.Is(err, ErrTree) && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the error is %v", err)
		}
	})
}

func TestOtherHistoriesAreRefused(t *testing.T) {
	site := folder{}
	leaves := leavesOf(0, 300)
	root, _ := Tiles(leaves, site.emit)
	tree, err := ReadTree(t.Context(), Checkpoint{Size: 300, Root: root}, site.read)
	if err != nil {
		t.Fatal(err)
	}
	for name, old := range map[string]Checkpoint{
		"fork":        {Size: 299, Root: Root(leavesOf(1, 299))},
		"same size":   {Size: 300, Root: Root(leavesOf(1, 300))},
		"rolled back": {Size: 301, Root: Root(leavesOf(0, 301))},
		"wrong size":  {Size: 298, Root: Root(leaves[:299])},
	} {
		if tree.Extends(old) == nil {
			t.Errorf("%s: the tree is found to continue a checkpoint that is not its own", name)
		}
	}
	if err := tree.Extends(Checkpoint{Size: 0, Root: Root(nil)}); err != nil {
		t.Errorf("no tree continues the empty one: %v", err)
	}
	if Root(nil) != sha256.Sum256(nil) {
		t.Error("the empty tree has another root than RFC 6962 says")
	}
}

func BenchmarkTree(b *testing.B) {
	leaves := leavesOf(0, 100_000)
	for b.Loop() {
		if _, err := Tiles(leaves, func(string, []byte) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
