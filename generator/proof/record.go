package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// Record is the file that stands beside an agency's reports: the lines that the
// releases have of them, what their text is made from, and the hashes of the
// files of the agency's pages.
//
// The lines come first, each as the release wrote it. Then comes a line
// {"year":2024,"text":"…"} for each report that has lines, and one {"files":{…}}.
type Record struct {
	Lines [][]byte // each with its end
	Text  map[int]string
	Files map[string][sha256.Size]byte // by path in the site
}

type textLine struct {
	Year int     `json:"year"`
	Text *string `json:"text"`
}

type filesLine struct {
	Files map[string]string `json:"files"`
}

// Append appends the file.
func (r *Record) Append(b []byte) []byte {
	for _, line := range r.Lines {
		b = append(b, line...)
	}
	for _, year := range slices.Sorted(maps.Keys(r.Text)) {
		b = strconv.AppendInt(append(b, `{"year":`...), int64(year), 10)
		b = append(appendJSON(append(b, `,"text":`...), r.Text[year]), "}\n"...)
	}
	b = append(b, `{"files":{`...)
	for i, path := range slices.Sorted(maps.Keys(r.Files)) {
		if i > 0 {
			b = append(b, ',')
		}
		sum := r.Files[path]
		b = append(appendJSON(b, path), `:"`...)
		b = append(hex.AppendEncode(b, sum[:]), '"')
	}
	return append(b, "}}\n"...)
}

// appendJSON appends a text, which cannot fail to be written.
func appendJSON(b []byte, text string) []byte {
	w := bytes.NewBuffer(b)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		panic("proof: " + err.Error())
	}
	return bytes.TrimSuffix(w.Bytes(), []byte("\n"))
}

// ParseRecord reads the file.
func ParseRecord(data []byte) (*Record, error) {
	r := &Record{Text: map[int]string{}}
	for line := range bytes.Lines(data) {
		var t textLine
		var f filesLine
		switch {
		case r.Files != nil || !bytes.HasSuffix(line, []byte("\n")):
			return nil, ErrMalformed // nothing follows the files, and no line is cut
		case bytes.HasPrefix(line, []byte(`{"agency":`)):
			if len(r.Text) > 0 {
				return nil, ErrMalformed
			}
			r.Lines = append(r.Lines, line)
		case bytes.HasPrefix(line, []byte(`{"year":`)):
			if json.Unmarshal(line, &t) != nil || t.Text == nil {
				return nil, ErrMalformed
			}
			r.Text[t.Year] = *t.Text
		default:
			if json.Unmarshal(line, &f) != nil || f.Files == nil {
				return nil, ErrMalformed
			}
			r.Files = make(map[string][sha256.Size]byte, len(f.Files))
			for path, text := range f.Files {
				sum, err := hex.DecodeString(text)
				if err != nil || len(sum) != sha256.Size {
					return nil, ErrMalformed
				}
				r.Files[path] = [sha256.Size]byte(sum)
			}
		}
	}
	if r.Files == nil {
		return nil, ErrMalformed
	}
	return r, nil
}
