package search

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"annals/generator/sitemap"
	"annals/generator/wire"
)

var errFormat = errors.New("search: the index is damaged")

// reader reads the files of an index, each once.
type reader struct {
	fsys   fs.FS
	root   rootJSON
	folds  [][]string // folders of lists, by volume
	ranks  []string
	shards []shardPlace
	chars  map[rune]int // level of each character
	dense  *charSet
	kindOf []byte
	files  map[string]string
}

// shardPlace is where a shard's agencies begin, and its folder.
type shardPlace struct {
	first, agencies int
	folder          string
}

func open(fsys fs.FS) (*reader, error) {
	r := &reader{fsys: fsys, files: map[string]string{}, chars: map[rune]int{}}
	if err := r.json(sitemap.SearchIndex, &r.root); err != nil {
		return nil, err
	}
	if r.root.Format != formatVersion {
		return nil, fmt.Errorf("search: the index has format %d, not %d", r.root.Format, formatVersion)
	}
	years := 0
	for _, v := range r.root.Volumes {
		years += v.Years
		r.folds = append(r.folds, unpackHashes(v.Folders))
		if v.Files <= 0 || len(v.Folders) == 0 || len(v.Folders)%hashBytes != 0 {
			return nil, errFormat
		}
	}
	sizes, err := varints(r.root.Shards.Sizes)
	if err != nil || years != len(r.root.Years) || len(r.root.Shards.Hashes) != len(sizes)*hashBytes {
		return nil, errFormat
	}
	if r.root.Shards.Block < 1 {
		return nil, errFormat
	}
	first := 0
	for i, h := range unpackHashes(r.root.Shards.Hashes) {
		r.shards = append(r.shards, shardPlace{first, sizes[i], h})
		first += sizes[i]
	}
	points, err := varints(r.root.Chars.Points)
	if err != nil || first != r.root.Agencies || len(points) != len(r.root.Chars.Levels) {
		return nil, errFormat
	}
	at := 0
	var dense []rune
	for i, gap := range points {
		at += gap
		l := r.root.Chars.Levels[i]
		if l&denseLevel != 0 {
			dense = append(dense, rune(at))
		}
		r.chars[rune(at)] = int(l &^ denseLevel)
	}
	r.dense = newCharSet(dense)
	for runs := wire.NewReader(r.root.Kinds.Runs); runs.Len() > 0; {
		kind, n := runs.Byte(), runs.Uvarint()
		if runs.Bad() || n > uint64(first-len(r.kindOf)) || int(kind) >= len(r.root.Kinds.Names) {
			return nil, errFormat
		}
		r.kindOf = append(r.kindOf, slices.Repeat([]byte{kind}, int(n))...)
	}
	if len(r.kindOf) != first {
		return nil, errFormat
	}
	r.ranks = unpackHashes(r.root.Ranks)
	return r, nil
}

func varints(b []byte) (out []int, err error) {
	r := wire.NewReader(b)
	for r.Len() > 0 {
		v := r.Uvarint()
		if r.Bad() || v > 1<<31 {
			return nil, errFormat
		}
		out = append(out, int(v))
	}
	return out, nil
}

// data reads a file of the index as it is.
func (r *reader) data(path string) ([]byte, error) {
	data, err := fs.ReadFile(r.fsys, path)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return data, nil
}

func (r *reader) json(path string, into any) error {
	data, err := r.data(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%w: %w", errFormat, err)
	}
	return nil
}

// read returns a deflated file of the index, unpacked.
func (r *reader) read(path string) (string, error) {
	if s, ok := r.files[path]; ok {
		return s, nil
	}
	data, err := r.data(path)
	if err != nil {
		return "", err
	}
	s, err := inflate(data)
	if err == nil {
		r.files[path] = s
	}
	return s, err
}

// postings returns the lists of a gram: one of each volume.
func (r *reader) postings(gram string) ([]postings, error) {
	h := mix(keySeed, []rune(gram))
	var out []postings
	for v, vol := range r.root.Volumes {
		n := uint64(len(r.folds[v]) * vol.Files)
		i := int(uint64(h) * n >> 32)
		path := sitemap.SearchFolder + "g/" + r.folds[v][i/vol.Files] + "/" + chunkName(i%vol.Files)
		data, err := r.data(path)
		if err != nil {
			return nil, err
		}
		p, err := find(data, gram, vol.Years*r.root.Agencies, r.root.Agencies)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// shard returns the shard of an agency and its number there.
func (r *reader) shard(agency int) (shardPlace, int) {
	i, found := slices.BinarySearchFunc(r.shards, agency, func(s shardPlace, a int) int { return s.first - a })
	if !found {
		i--
	}
	return r.shards[i], agency - r.shards[i].first
}

// names returns the fields of an agency in its shard's names file: path,
// kind, and the names with their spellings.
func (r *reader) names(agency int) ([]string, error) {
	s, local := r.shard(agency)
	text, err := r.read(sitemap.SearchFolder + "t/" + s.folder + "/names.bin")
	if err != nil {
		return nil, err
	}
	groups := strings.Split(text, groupSep)
	if local >= len(groups) {
		return nil, errFormat
	}
	f := strings.Split(groups[local], fieldSep)
	if len(f) < 3 {
		return nil, errFormat
	}
	return f, nil
}

// report returns a stored report and its agency's name.
func (r *reader) report(agency, year int) (rec record, name string, err error) {
	s, local := r.shard(agency)
	base := sitemap.SearchFolder + "t/" + s.folder + "/" + strconv.Itoa(year) + "-" + strconv.Itoa(local/r.root.Shards.Block)
	text, err := r.read(base + ".bin")
	if err != nil {
		return rec, "", err
	}
	for g := range strings.SplitSeq(text, groupSep) {
		f := strings.SplitN(g, fieldSep, 3)
		if len(f) != 3 {
			return rec, "", errFormat
		}
		if f[0] != strconv.Itoa(local) {
			continue
		}
		body := f[2]
		if pieces, ok := strings.CutPrefix(body, "+"); ok {
			n, err := strconv.Atoi(pieces)
			if err != nil {
				return rec, "", errFormat
			}
			body = ""
			for i := range n {
				s, err := r.read(base + "-" + f[0] + "-" + strconv.Itoa(i) + ".bin")
				if err != nil {
					return rec, "", err
				}
				body += s
			}
		}
		rec, ok := parseRecord(body)
		if !ok {
			return rec, "", errFormat
		}
		return rec, f[1], nil
	}
	return rec, "", errFormat
}

// rank returns the place of an agency in the order of names.
func (r *reader) rank(agency int) (int, error) {
	piece := agency / rankAgencies
	if piece >= len(r.ranks) {
		return 0, errFormat
	}
	s, err := r.read(sitemap.SearchFolder + "n/" + r.ranks[piece] + "/ranks.bin")
	i := 3 * (agency % rankAgencies)
	if err != nil || i+3 > len(s) {
		return 0, errors.Join(errFormat, err)
	}
	return int(s[i]) | int(s[i+1])<<8 | int(s[i+2])<<16, nil
}

// node finds the agencies of a path in the tree: the first, and how many.
func (r *reader) node(path string) (first, size int, ok bool, err error) {
	list, base := r.root.Tree, 0
	rest := path
	for {
		var next *node
		for i := 0; i < len(list); i++ {
			n := &list[i]
			if n.Segment == "" && n.Folder != "" {
				if list, err = r.children(n.Folder); err != nil {
					return 0, 0, false, err
				}
				i = -1
				continue
			}
			if n.Segment == rest {
				return base + n.Offset, n.Size, true, nil
			}
			if strings.HasPrefix(rest, n.Segment+"/") {
				next = n
				break
			}
		}
		if next == nil {
			return 0, 0, false, nil
		}
		rest = rest[len(next.Segment)+1:]
		base += next.Offset
		if list = next.Inline; len(list) == 0 {
			if next.Folder == "" {
				return 0, 0, false, nil
			}
			if list, err = r.children(next.Folder); err != nil {
				return 0, 0, false, err
			}
		}
	}
}

func (r *reader) children(folder string) (list []node, err error) {
	err = r.json(sitemap.SearchFolder+"a/"+folder+"/children.json", &list)
	return list, err
}
