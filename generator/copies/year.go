package copies

import (
	"cmp"
	"slices"
)

// Year holds the sentences of a year's reports against each other. It takes 8 bytes
// of memory a sentence, and 4 for one that stands in a few reports: some 100 MB for
// a quarter of a million reports.
type Year struct {
	shared []uint64 // hash and number of the report, sorted; of sentences that a few reports share
	at     []int32  // the places in shared, by report
	first  []int32  // by report: where its places begin in at
	own    []int32  // by report: how many of its sentences are not common
	common []uint32 // hashes of sentences that are, sorted

	seen    []int32 // by report: sentences in common with the one at hand
	touched []int32
}

// Common returns how many of a year's reports may have a sentence before it is
// nobody's own: 5, or 2 in a hundred.
func Common(reports int) int { return max(5, reports/50) }

// near is how many neighbours, to either side, a report is compared with among those
// that have the same sentence, in the order of the reports. It is all of them in a
// year of 2,000 reports; beyond, it keeps a text that thousands have from costing
// its square.
const near = 40

// Compare reads the hashes of a year's reports, each as Prose.Hashes has them.
func Compare(reports [][]uint32) *Year {
	n, size := len(reports), 0
	for _, list := range reports {
		size += len(list)
	}
	y := &Year{own: make([]int32, n), first: make([]int32, n+1), seen: make([]int32, n)}
	all := make([]uint64, 0, size)
	for i, list := range reports {
		y.own[i] = int32(len(list))
		for _, h := range list {
			all = append(all, uint64(h)<<32|uint64(i))
		}
	}
	slices.Sort(all)
	kept, limit := all[:0], Common(n)
	for i := 0; i < len(all); {
		end := i + 1
		for end < len(all) && all[end]>>32 == all[i]>>32 {
			end++
		}
		switch {
		case end-i > limit:
			y.common = append(y.common, uint32(all[i]>>32))
			for _, x := range all[i:end] {
				y.own[uint32(x)]--
			}
		case end-i > 1:
			kept = append(kept, all[i:end]...)
		}
		i = end
	}
	y.shared = kept
	for _, x := range kept {
		y.first[uint32(x)+1]++
	}
	for i := range n {
		y.first[i+1] += y.first[i]
	}
	next := slices.Clone(y.first)
	y.at = make([]int32, len(kept))
	for k, x := range kept {
		y.at[next[uint32(x)]] = int32(k)
		next[uint32(x)]++
	}
	return y
}

// IsCommon reports whether a sentence is nobody's own.
func (y *Year) IsCommon(hash uint64) bool {
	_, ok := slices.BinarySearch(y.common, short(hash))
	return ok
}

// Other is a report that has sentences of another.
type Other struct {
	Report int
	Share  float64 // of the other's sentences that are not common, by their number
}

// Others returns the reports that may have a share of a report's prose: of the
// number of its sentences they have nearly as much. The nearest comes first.
func (y *Year) Others(report int, share float64) (list []Other) {
	least := share * nearly
	y.touched = y.touched[:0]
	for _, k := range y.at[y.first[report]:y.first[report+1]] {
		hash := y.shared[k] >> 32
		for _, step := range [...]int{-1, 1} {
			for i, left := int(k)+step, near; left > 0 && i >= 0 && i < len(y.shared) && y.shared[i]>>32 == hash; i, left = i+step, left-1 {
				other := int32(uint32(y.shared[i]))
				if y.seen[other]++; y.seen[other] == 1 {
					y.touched = append(y.touched, other)
				}
			}
		}
	}
	for _, other := range y.touched {
		if share := float64(y.seen[other]) / float64(y.own[report]); share >= least {
			list = append(list, Other{int(other), share})
		}
		y.seen[other] = 0
	}
	slices.SortFunc(list, func(a, b Other) int { return cmp.Or(cmp.Compare(b.Share, a.Share), a.Report-b.Report) })
	return list
}
