package yamlpos

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// escapes reports escapes in a quoted text for characters that cannot be seen on a
// page. Such characters may not be typed, so they may not be written as escapes
// either.
func (c *converter) escapes(start, end int) {
	for i := start; i < end; i++ {
		if c.text[i] != '\\' {
			continue
		}
		r, n := escaped(c.text[i:end])
		if r != '\n' && r != '\r' && r != '\t' && (!unicode.IsGraphic(r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)) {
			c.report("hidden-character", i, i+n, "code", fmt.Sprintf("U+%04X", r))
		}
		i += n - 1
	}
}

// escaped returns the character that an escape stands for, and the escape's
// length. The library has read it before, so that its digits are there.
func escaped(s string) (rune, int) {
	if len(s) < 2 {
		return ' ', 1
	}
	if digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[1]]; digits > 0 && len(s) >= 2+digits {
		if v, err := strconv.ParseUint(s[2:2+digits], 16, 31); err == nil {
			return rune(v), 2 + digits
		}
	}
	if i := strings.IndexByte("0abvfeNLP", s[1]); i >= 0 {
		return []rune("\x00\a\b\v\f\x1b\u0085\u2028\u2029")[i], 2
	}
	return ' ', 2 // an escape for an ordinary character, or for the end of a line
}
