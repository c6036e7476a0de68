package draft

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
)

// File is a file of a zip of documents.
type File struct {
	Name  string // with forward slashes, below no folder but the zip's own
	entry *zip.File
}

// ErrDamaged says that a file of a zip cannot be inflated.
var ErrDamaged = errors.New("the file is damaged")

// Read inflates the file, up to one byte more than MaxFile.
func (f File) Read() ([]byte, error) {
	r, err := f.entry.Open()
	if err != nil {
		return nil, ErrDamaged
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, ErrDamaged
	}
	return data, nil
}

// Unzip lists the files of a zip of documents; names may be in GBK. budget is how
// many bytes all of them may have inflated, less for each call. A file is never
// inflated beyond the size that the zip gives for it. ok is false if the zip is an
// office file, damaged, improper or too large.
func Unzip(data []byte, budget *int64) (list []File, ok bool) {
	if len(data) > MaxFile || zipKind(data) != "not-office" {
		return nil, false
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) > MaxEntries || overlapping(z.File) {
		return nil, false
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		name, known := Decode([]byte(f.Name))
		if !known || strings.Contains(name, "..") || strings.HasPrefix(name, "/") || strings.ContainsAny(name, "\\\x00") || !f.Mode().IsRegular() || f.UncompressedSize64 > MaxInflated {
			return nil, false
		}
		if *budget -= int64(f.UncompressedSize64); *budget < 0 {
			return nil, false
		}
		list = append(list, File{name, f})
	}
	return list, true
}
