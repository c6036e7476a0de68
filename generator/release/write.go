package release

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
)

// File is a file of a release, to be written into Folder.
type File struct {
	Name string
	Data []byte
}

// Files makes the files of the release that follows on the record, none of them
// larger than most bytes. The lines are those of the agencies in their order, each
// with its line end. head says the rest; its numbers and hashes are filled in here.
func (r *Record) Files(head Header, lines [][]byte, most int) []File {
	head.Release, head.Previous = len(r.Releases)+1, r.last
	var list []File
	for len(lines) > 0 || len(list) == 0 {
		if head.Part = len(list) + 1; head.Part == 1 {
			head.Part = 0
		}
		data := headLine(head)
		n := 0
		for n < len(lines) && (n == 0 || len(data)+len(lines[n]) <= most) {
			data = append(data, lines[n]...)
			n++
		}
		lines = lines[n:]
		own := sha256.Sum256(data)
		hex.Encode(data[bytes.IndexByte(data, '\n')+1-len(headEnd):], own[:])
		list = append(list, File{FileName(head.Release, head.Date, len(list)+1), data})
		head.Previous = hexSum(data)
	}
	return list
}

func headLine(h Header) []byte {
	h.SHA256 = zeros
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(h); err != nil {
		panic("release: " + err.Error())
	}
	return b.Bytes()
}

// Moved makes the line of an agency that has moved.
func Moved(agency, from string) []byte {
	return []byte(strings.Join([]string{lineAgency, agency, lineMoved, from, lineEnd}, ""))
}
