package search

import (
	"strconv"
	"strings"
)

// Sizes of the files that hold stored text.
const (
	blockAgencies = 3        // neighbours whose reports of a year share a file
	longReport    = 48 << 10 // bytes; a longer report has files of its own
	pieceBytes    = 96 << 10 // of these bytes each
)

// appendBlocks makes the files of one year's stored reports.
func appendBlocks(files []file, year int, parts []part, list []*record) []file {
	for at := 0; at < len(list); at += blockAgencies {
		var b strings.Builder
		name := strconv.Itoa(year) + "-" + strconv.Itoa(at/blockAgencies)
		for i := at; i < min(len(list), at+blockAgencies); i++ {
			r := list[i]
			if r == nil {
				continue
			}
			if b.Len() > 0 {
				b.WriteString(groupSep)
			}
			b.WriteString(strconv.Itoa(i) + fieldSep + parts[i].names[0] + fieldSep)
			if len(r.text) <= longReport {
				b.WriteString(r.text)
				continue
			}
			pieces := 0
			for rest := r.text; rest != ""; pieces++ {
				n := min(len(rest), pieceBytes)
				files = append(files, file{name + "-" + strconv.Itoa(i) + "-" + strconv.Itoa(pieces) + ".bin", deflate([]byte(rest[:n]))})
				rest = rest[n:]
			}
			b.WriteString("+" + strconv.Itoa(pieces))
		}
		if b.Len() > 0 {
			files = append(files, file{name + ".bin", deflate([]byte(b.String()))})
		}
	}
	return files
}
