package bind

// maxAlign bounds the alignment of a table's labels with the form's: runes of
// the one times runes of the other. Real tables need less than a million.
const maxAlign = 24_000_000

// align finds the best way to read want inside have: the pairs of equal runes,
// in order, that keep most neighbours together. It returns for each rune of
// want the index of its rune in have, or -1; ok is false if the texts are too
// long to compare.
//
// A pair counts 1, and 2 more if the pair before it is adjacent in both, so
// that whole words win over scattered characters.
func align(have, want []rune) (at []int, ok bool) {
	n, m := len(have), len(want)
	at = make([]int, m)
	for j := range at {
		at[j] = -1
	}
	if n*m > maxAlign {
		return at, false
	}
	const (
		up   = 1 // the best does not use have[i-1]
		left = 2 // the best does not use want[j-1]
		pair = 3 // the best uses both
		runs = 4 // and the pair continues one
	)
	step := make([]byte, (n+1)*(m+1))
	best := make([]int32, m+1)     // of the row before, then of this row
	previous := make([]int32, m+1) // pairs that end at [i-1][j]
	current := make([]int32, m+1)
	for i := 1; i <= n; i++ {
		diagonal := best[0] // best[i-1][j-1]
		for j := 1; j <= m; j++ {
			above := best[j]
			how, score := byte(up), above
			if best[j-1] > score {
				how, score = left, best[j-1]
			}
			current[j] = 0
			var continues byte
			if have[i-1] == want[j-1] {
				s := diagonal + 1
				if p := previous[j-1]; p > 0 && p+3 >= s {
					s, continues = p+3, runs
				}
				current[j] = s
				if s > score {
					how, score = pair, s
				}
			}
			step[i*(m+1)+j] = how | continues
			diagonal = above
			best[j] = score
		}
		previous, current = current, previous
	}
	forced := false
	for i, j := n, m; i > 0 && j > 0; {
		s := step[i*(m+1)+j]
		switch {
		case forced || s&3 == pair:
			at[j-1] = i - 1
			forced = s&runs != 0
			i, j = i-1, j-1
		case s&3 == up:
			i--
		default:
			j--
		}
	}
	return at, true
}
