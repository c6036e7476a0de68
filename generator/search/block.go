package search

import "strconv"

// Sizes of the files that hold stored text.
const (
	blockAgencies = 4        // neighbours whose reports of a year share a file
	longReport    = 48 << 10 // bytes; a longer report has files of its own
	pieceBytes    = 96 << 10 // of these bytes each
)

// fewerFactor is how many times larger files are with Options.Fewer.
const fewerFactor = 4

func (b *builder) blockAgencies() int {
	if b.Fewer {
		return blockAgencies * fewerFactor
	}
	return blockAgencies
}

// appendBlocks makes the files of one year's stored reports; each file holds
// the reports of the given number of agencies.
func appendBlocks(files []file, agencies, year int, parts []part, list []*record) []file {
	var block []byte
	for at := 0; at < len(list); at += agencies {
		name := strconv.Itoa(year) + "-" + strconv.Itoa(at/agencies)
		block = block[:0]
		for i := at; i < min(len(list), at+agencies); i++ {
			r := list[i]
			if r == nil {
				continue
			}
			if len(block) > 0 {
				block = append(block, groupSep...)
			}
			block = strconv.AppendInt(block, int64(i), 10)
			block = append(append(append(block, fieldSep...), parts[i].names[0]...), fieldSep...)
			if len(r.text) <= longReport {
				block = append(block, r.text...)
				continue
			}
			pieces := 0
			for rest := r.text; rest != ""; pieces++ {
				n := min(len(rest), pieceBytes)
				files = append(files, file{name + "-" + strconv.Itoa(i) + "-" + strconv.Itoa(pieces) + ".bin", deflate([]byte(rest[:n]))})
				rest = rest[n:]
			}
			block = strconv.AppendInt(append(block, '+'), int64(pieces), 10)
		}
		if len(block) > 0 {
			files = append(files, file{name + ".bin", deflate(block)})
		}
	}
	return files
}
