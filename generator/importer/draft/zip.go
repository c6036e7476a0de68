package draft

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
)

// zipKind tells the office formats apart by the parts they must have.
func zipKind(data []byte) string {
	// The directory is counted before it is read: a million entries would
	// cost more than the whole budget.
	if bytes.Count(data, []byte("PK\x01\x02")) > 4*MaxEntries {
		return "too-many-entries"
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "damaged"
	}
	kind := "not-office"
	for _, f := range z.File {
		switch f.Name {
		case "word/document.xml":
			kind = "docx"
		case "xl/workbook.xml":
			kind = "xlsx"
		case "content.xml", "OFD.xml":
			return "other-office"
		}
	}
	return kind
}

// parts are the entries of an office file by name.
type parts map[string]*zip.File

// office opens the zip of an office file, checks its entries and reads it.
func (r *reader) office(data []byte, read func(parts)) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		r.refuse("damaged")
		return
	}
	if len(z.File) > MaxEntries {
		r.refuse("too-many-entries")
		return
	}
	p := parts{}
	for _, f := range z.File {
		name := strings.TrimPrefix(f.Name, "/")
		if p[name] != nil || strings.Contains(name, "..") || strings.ContainsAny(name, "\\\x00") {
			r.refuse("entry", "name", f.Name)
			return
		}
		p[name] = f
	}
	if overlapping(z.File) || !r.inflates(z.File) {
		if !r.refused {
			r.refuse("damaged")
		}
		return
	}
	read(p)
}

// overlapping reports whether two entries share compressed bytes. Zip bombs do
// that, so that the same bytes are inflated many times.
func overlapping(files []*zip.File) bool {
	type stretch struct{ start, end int64 }
	var all []stretch
	for _, f := range files {
		start, err := f.DataOffset()
		if err != nil || f.CompressedSize64 > MaxFile {
			return true
		}
		if f.CompressedSize64 > 0 {
			all = append(all, stretch{start, start + int64(f.CompressedSize64)})
		}
	}
	slices.SortFunc(all, func(a, b stretch) int { return int(a.start - b.start) })
	for i := 1; i < len(all); i++ {
		if all[i].start < all[i-1].end {
			return true
		}
	}
	return false
}

// inflates unpacks every entry once and discards the result, to check sizes and
// checksums, which a header may state wrongly, and the limit on all of them.
func (r *reader) inflates(files []*zip.File) bool {
	left := int64(MaxInflated)
	buf := make([]byte, 64<<10)
	for _, f := range files {
		rc, err := f.Open()
		if err != nil {
			return false
		}
		n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, io.LimitReader(rc, left+1), buf)
		rc.Close()
		if left -= n; left < 0 {
			r.refuse("bomb", "limit", MaxInflated>>20)
			return false
		}
		if err != nil {
			return false
		}
	}
	return true
}

var errTooLarge = errors.New("the part is too large")

// open returns the part's bytes, at most limit of them.
func (p parts) open(name string, limit int) ([]byte, error) {
	f := p[name]
	if f == nil {
		return nil, nil
	}
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	data, err := io.ReadAll(io.LimitReader(rc, int64(limit)+1))
	if err == nil && len(data) > limit {
		err = errTooLarge
	}
	return data, err
}

// matching returns the names of the parts with a prefix, in order.
func (p parts) matching(prefix string) []string {
	var names []string
	for name := range p {
		if strings.HasPrefix(name, prefix) && strings.HasSuffix(name, ".xml") {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b) // sheet2 before sheet10
		}
		return strings.Compare(a, b)
	})
	return names
}
