package draft

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

// File is a file of a zip of documents.
type File struct {
	Name string // relative path with forward slashes
	Data []byte
}

// Unzip reads the files of a zip of documents. Their names may be in GBK. budget
// is the number of bytes that may still be inflated; Unzip subtracts what it
// inflates. ok is false if the zip is an office file, is damaged or too large, or
// has an unsafe name in it.
func Unzip(data []byte, budget *int) (list []File, ok bool) {
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
		if !known || strings.Contains(name, "..") || strings.HasPrefix(name, "/") || strings.ContainsAny(name, "\\\x00") || !f.Mode().IsRegular() {
			return nil, false
		}
		r, err := f.Open()
		if err != nil {
			return nil, false
		}
		text, err := io.ReadAll(io.LimitReader(r, int64(min(MaxFile, *budget))+1))
		r.Close()
		if *budget -= len(text); err != nil || *budget < 0 {
			return nil, false
		}
		list = append(list, File{name, append([]byte{}, text...)})
	}
	return list, true
}
