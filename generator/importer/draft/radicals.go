package draft

import (
	_ "embed"
	"strings"
	"sync"
)

// radicals.txt has a line for each radical that NFKC leaves as it is, and the
// character that looks alike (Unicode's EquivalentUnifiedIdeograph). Programs that
// write PDF put the one for the other, because a font draws both with one glyph.
//
//go:embed radicals.txt
var radicalsText string

var radicals = sync.OnceValue(func() map[rune]rune {
	list := map[rune]rune{}
	for line := range strings.Lines(radicalsText) {
		pair := []rune(line)
		list[pair[0]] = pair[1]
	}
	return list
})
