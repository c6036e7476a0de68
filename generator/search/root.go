package search

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"annals/generator/lang"
	"annals/generator/sitemap"
	"annals/generator/wire"
)

// root is the decoded root.json: the only file of the index whose name is not a
// hash of its content, and the first one that a search loads.
type root struct {
	years   []int // newest first
	volumes []volume
	chars   []rune // that occur, ascending
}

// rootJSON is root.json. Every []byte is base64.
type rootJSON struct {
	Format   int          `json:"format"`
	Agencies int          `json:"agencies"`
	Reports  int          `json:"reports"`
	Years    []int        `json:"years"`  // newest first
	Counts   []int        `json:"counts"` // reports of each year
	Volumes  []volumeJSON `json:"volumes"`
	Shards   shardsJSON   `json:"shards"`
	Chars    charsJSON    `json:"chars"`
	Kinds    kindsJSON    `json:"kinds"`
	Tree     []node       `json:"tree"`
	Folds    foldFile     `json:"folds"` // of the characters that the archive's texts hold
	Fold     []string     `json:"fold"`  // folders of han.json and other.json, the whole table
	Ranks    []byte       `json:"ranks"` // folders of the agencies' places by name
	Labels   *labelsJSON  `json:"labels,omitempty"`
}

type volumeJSON struct {
	Years   int    `json:"years"`   // how many of Years, after those of the volume before
	Files   int    `json:"files"`   // in each folder
	Folders []byte `json:"folders"` // hashes, hashBytes each
}

type shardsJSON struct {
	Sizes  []byte `json:"sizes"` // agencies of each, varints
	Hashes []byte `json:"hashes"`
	Block  int    `json:"block"` // agencies whose reports of a year share a file
}

type charsJSON struct {
	Points []byte `json:"points"` // code points ascending, as varint gaps
	Levels []byte `json:"levels"` // a byte each, see level; with denseLevel for a dense one
}

type kindsJSON struct {
	Names []string `json:"names"`
	Runs  []byte   `json:"runs"` // by agency: pairs of a kind and a varint length
}

type labelsJSON struct {
	Folder string `json:"folder"`
	Hashes []byte `json:"hashes"` // four bytes each, little-endian, sorted
}

func (b *builder) newRoot() *root {
	r := &root{}
	r.years = slices.SortedFunc(maps.Keys(b.counts), func(a, b int) int { return cmp.Compare(b, a) })
	r.volumes = cutVolumes(r.years, b.counts, b.volume)
	r.chars = slices.Sorted(maps.Keys(b.singles))
	return r
}

// writeRoot emits the small files and, last, root.json.
func (b *builder) writeRoot(r *root) error {
	out := rootJSON{Format: formatVersion, Agencies: len(b.agencies), Years: r.years, Counts: []int{}}
	if out.Years == nil {
		out.Years = []int{}
	}
	for _, y := range r.years {
		out.Counts = append(out.Counts, b.counts[y])
		out.Reports += b.counts[y]
	}
	for _, v := range r.volumes {
		j := volumeJSON{Years: len(v.years), Files: v.perPart}
		for _, h := range v.folders {
			j.Folders = append(j.Folders, h[:]...)
		}
		out.Volumes = append(out.Volumes, j)
	}
	out.Shards.Block = b.blockAgencies()
	for _, x := range b.shards {
		out.Shards.Sizes = wire.AppendUvarint(out.Shards.Sizes, uint64(x.agencies))
		out.Shards.Hashes = append(out.Shards.Hashes, x.name[:]...)
	}
	last := rune(0)
	for _, c := range r.chars {
		out.Chars.Points = wire.AppendUvarint(out.Chars.Points, uint64(c-last))
		l := byte(level(b.singles[c]))
		if b.dense.has(c) {
			l |= denseLevel
		}
		out.Chars.Levels = append(out.Chars.Levels, l)
		last = c
	}
	out.Kinds = b.kinds()
	out.Folds = folding().file(slices.Sorted(maps.Keys(b.written)))

	han, other, err := foldFiles(slices.ContainsFunc(r.chars, isHan))
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	one := func(kind, name string, data []byte) (string, error) {
		files := []file{{name, data}}
		h := folder(kind, files)
		return hashName(h), b.emitAll(files)
	}
	for _, f := range []file{{"han.json", han}, {"other.json", other}} {
		h, err := one("f", f.path, f.data)
		if err != nil {
			return err
		}
		out.Fold = append(out.Fold, h)
	}
	if out.Labels, err = b.writeLabels(one); err != nil {
		return err
	}
	if out.Ranks, err = b.writeRanks(); err != nil {
		return err
	}
	if out.Tree, err = b.writeTree(); err != nil {
		return err
	}
	data, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	return b.emit(sitemap.SearchIndex, append(data, '\n'))
}

func (b *builder) kinds() kindsJSON {
	out := kindsJSON{Names: []string{}}
	for i := 0; i < len(b.agencies); {
		kind := b.agencies[i].kind
		at := slices.Index(out.Names, kind)
		if at < 0 {
			at = len(out.Names)
			out.Names = append(out.Names, kind)
		}
		n := 0
		for ; i+n < len(b.agencies) && b.agencies[i+n].kind == kind; n++ {
		}
		out.Runs = wire.AppendUvarint(append(out.Runs, byte(at)), uint64(n))
		i += n
	}
	return out
}

// writeLabels emits the labels in one file, from folded label to text and
// URL. The hashes of the labels are in the root, so that the file is loaded
// only for a query whose hash is among them.
func (b *builder) writeLabels(one func(kind, name string, data []byte) (string, error)) (*labelsJSON, error) {
	if len(b.Labels) == 0 {
		return nil, nil
	}
	type label struct {
		ZH  string `json:"zh"`
		EN  string `json:"en,omitempty"`
		URL string `json:"url"`
	}
	all := map[string]label{}
	var hashes []uint32
	for _, l := range b.Labels {
		for _, s := range []string{l.Text.ZH, l.Text.EN} {
			f := Fold(s)
			if _, ok := all[f]; ok || f == "" {
				continue
			}
			all[f] = label{l.Text.In(lang.ZH), l.Text.EN, l.URL}
			hashes = append(hashes, mix(keySeed, []rune(f)))
		}
	}
	data, err := json.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	out := &labelsJSON{}
	slices.Sort(hashes)
	for _, h := range hashes {
		out.Hashes = wire.AppendUint32(out.Hashes, h)
	}
	out.Folder, err = one("l", "labels.json", data)
	return out, err
}

// rankAgencies are the agencies whose ranks share a file.
const rankAgencies = 1 << 14

// writeRanks emits the place of every agency in the order of names, three
// bytes each, for sorting by name.
func (b *builder) writeRanks() ([]byte, error) {
	type named struct {
		sort string
		i    int
	}
	list := make([]named, len(b.agencies))
	for i, a := range b.agencies {
		list[i] = named{sortKey(a.name), i}
	}
	slices.SortFunc(list, func(a, b named) int {
		return cmp.Or(cmp.Compare(a.sort, b.sort), cmp.Compare(a.i, b.i))
	})
	ranks := make([]byte, 3*len(list))
	for rank, x := range list {
		ranks[3*x.i], ranks[3*x.i+1], ranks[3*x.i+2] = byte(rank), byte(rank>>8), byte(rank>>16)
	}
	var hashes []byte
	for piece := range slices.Chunk(ranks, 3*rankAgencies) {
		files := []file{{"ranks.bin", deflate(piece)}}
		h := folder("n", files)
		hashes = append(hashes, h[:]...)
		if err := b.emitAll(files); err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// unpackHashes cuts a string of folder hashes.
func unpackHashes(b []byte) []string {
	var out []string
	for h := range slices.Chunk(b, hashBytes) {
		out = append(out, hashNames.EncodeToString(h))
	}
	return out
}
