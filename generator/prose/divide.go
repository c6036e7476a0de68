package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/generator/locale"
)

// divide finds the sentences of lines, and their clauses.
func divide(norm string, lines []line, marks locale.Prose) []Sentence {
	list := make([]Sentence, 0, 2*len(lines))
	clauses := make([]Stretch, 0, 4*len(lines)) // of all sentences, one behind the other
	for _, l := range lines {
		text := norm[:l.To]
		from, clause := l.From, l.From // where the sentence and the clause at hand begin
		first := len(clauses)
		for i := l.From; i < l.To; {
			if n := plain(text[i:]); n > 0 {
				i += n
				continue
			}
			if wordy(text[i]) {
				i++
				continue
			}
			c, size := utf8.DecodeRuneInString(text[i:])
			at := i
			i += size
			if number(text, at, c) {
				continue
			}
			ends := strings.ContainsRune(marks.Sentence, c)
			if !ends && !strings.ContainsRune(marks.Clause, c) {
				continue
			}
			i = closed(text, i, marks.Sentence, ends)
			clauses = append(clauses, Stretch{clause, i})
			clause = i
			if ends {
				list = append(list, Sentence{Stretch{from, i}, l.heading, clauses[first:len(clauses):len(clauses)]})
				from, first = i, len(clauses)
			}
		}
		if from < l.To {
			if clause < l.To {
				clauses = append(clauses, Stretch{clause, l.To})
			}
			list = append(list, Sentence{Stretch{from, l.To}, l.heading, clauses[first:len(clauses):len(clauses)]})
		}
	}
	return list
}

// closed returns where a mark's sentence or clause ends that has been read up to i: a
// sentence's further marks, and the brackets and quotation marks that close
// behind it, belong to it.
func closed(text string, i int, more string, sentence bool) int {
	for sentence && i < len(text) {
		c, size := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune(more, c) && !unicode.In(c, unicode.Pe, unicode.Pf) && c != '"' {
			break
		}
		i += size
	}
	return i
}

// number reports whether the mark at an offset is part of a number or a time:
// 3,021 and 9:30 and 0.5.
func number(text string, at int, c rune) bool {
	if c != ',' && c != ':' && c != '.' || !digit(text, at-1) || !digit(text, at+1) {
		return false
	}
	return c != ',' || digit(text, at+2) && digit(text, at+3) && !digit(text, at+4)
}

// wordy reports whether a byte is a letter or digit of ASCII, or the space between
// them: none of them ends anything.
func wordy(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z' || b == ' '
}

func digit(text string, i int) bool {
	return i >= 0 && i < len(text) && '0' <= text[i] && text[i] <= '9'
}
