package site

import (
	"strings"

	"annals/generator/archive"
)

// ShardLimit is the number of agencies up to which a file of figures holds
// them together.
const ShardLimit = 5000

// Shard is a group of agencies whose figures lie in one file: neighbours in
// the tree, each agency in exactly one shard.
type Shard struct {
	ID       string // a file name: all, or the path of its first agency with dots
	Name     string
	Agencies []*archive.Agency // those that file reports, in the order of the tree
}

// Shards cuts the tree into groups of at most limit agencies, along branches
// where that is possible.
func Shards(roots []*archive.Agency, limit int) []Shard {
	size := map[*archive.Agency]int{}
	var measure func(a *archive.Agency) int
	measure = func(a *archive.Agency) int {
		n := 0
		if a.Reports() {
			n = 1
		}
		for _, c := range a.Children {
			n += measure(c)
		}
		size[a] = n
		return n
	}
	for _, a := range roots {
		measure(a)
	}
	var shards []Shard
	var group func(above *archive.Agency, list []*archive.Agency)
	group = func(above *archive.Agency, list []*archive.Agency) {
		var branches []*archive.Agency
		var cur Shard
		flush := func() {
			if len(cur.Agencies) > 0 {
				cur.name(above, branches)
				shards = append(shards, cur)
			}
			cur, branches = Shard{}, nil
		}
		for _, a := range list {
			if size[a] > limit {
				if a.Reports() { // the large branch's own report stays with its neighbours
					if len(cur.Agencies) == limit {
						flush()
					}
					cur.Agencies = append(cur.Agencies, a)
					branches = append(branches, a)
				}
				group(a, a.Children)
				continue
			}
			if len(cur.Agencies)+size[a] > limit {
				flush()
			}
			cur.Agencies = appendReporting(cur.Agencies, a)
			branches = append(branches, a)
		}
		flush()
	}
	group(nil, roots)
	if len(shards) == 1 {
		shards[0].ID = "all"
	}
	return shards
}

// name calls a shard by its branch, or by the first and the last of several.
func (s *Shard) name(above *archive.Agency, branches []*archive.Agency) {
	s.ID = strings.ReplaceAll(s.Agencies[0].Path, "/", ".")
	prefix := ""
	if above != nil {
		prefix = above.Name + " · "
	}
	s.Name = prefix + branches[0].Name
	if last := branches[len(branches)-1]; last != branches[0] {
		s.Name += " – " + last.Name
	}
}

func appendReporting(list []*archive.Agency, a *archive.Agency) []*archive.Agency {
	if a.Reports() {
		list = append(list, a)
	}
	for _, c := range a.Children {
		list = appendReporting(list, c)
	}
	return list
}
