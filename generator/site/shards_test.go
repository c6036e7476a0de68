package site

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"annals/generator/archive"
)

// Every agency that reports is in exactly one shard, no shard is too large,
// and no two have the same name.
func TestShards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(1, 12).Draw(t, "limit")
		var roots []*archive.Agency
		n, reporting := 0, 0
		var grow func(parent *archive.Agency, depth int)
		grow = func(parent *archive.Agency, depth int) {
			for i := range rapid.IntRange(0, 7).Draw(t, "children") {
				a := &archive.Agency{Path: fmt.Sprintf("a%d", i), Kind: archive.Department, Parent: parent}
				if rapid.Bool().Draw(t, "region") {
					a.Kind = archive.Region
				} else {
					reporting++
				}
				if parent == nil {
					roots = append(roots, a)
				} else {
					a.Path = parent.Path + "/" + a.Path
					parent.Children = append(parent.Children, a)
				}
				if n++; depth < 3 && n < 200 {
					grow(a, depth+1)
				}
			}
		}
		grow(nil, 0)
		seen := map[*archive.Agency]bool{}
		ids := map[string]bool{}
		for _, s := range Shards(roots, limit) {
			if len(s.Agencies) > limit || len(s.Agencies) == 0 || ids[s.ID] {
				t.Fatalf("shard %q of %d agencies, limit %d", s.ID, len(s.Agencies), limit)
			}
			ids[s.ID] = true
			for _, a := range s.Agencies {
				if seen[a] || !a.Reports() {
					t.Fatalf("%s twice, or a region", a.Path)
				}
				seen[a] = true
			}
		}
		if len(seen) != reporting {
			t.Fatalf("%d of %d agencies are in shards", len(seen), reporting)
		}
	})
}
