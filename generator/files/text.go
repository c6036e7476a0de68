package files

import (
	"io"
	"io/fs"

	"annals/generator/diag"
)

// MaxText is the size up to which a file of text is read, in bytes. A report
// takes 5 to 40 kB.
const MaxText = 4 << 20

// ReadText reads a file of text and checks that it is UTF-8, has at most MaxText
// bytes, no invisible characters and no merge conflicts. Data is nil if the file
// cannot be used at all; otherwise it can be used, even if there are diagnostics.
func ReadText(fsys fs.FS, file string) (data []byte, diags []diag.Diagnostic) {
	data, diags = Read(fsys, file, MaxText)
	if data == nil {
		return nil, diags
	}
	return Text(file, data)
}

// Text checks as ReadText does, for a file that has not been written yet and would
// hold these bytes.
func Text(file string, data []byte) ([]byte, []diag.Diagnostic) {
	if len(data) > MaxText {
		return nil, []diag.Diagnostic{tooLarge(file, int64(len(data)), MaxText)}
	}
	if d, found := Unmerged(file, data); found {
		return nil, []diag.Diagnostic{d}
	}
	diags, whole := checkCharacters(file, data)
	if !whole {
		return nil, diags
	}
	return data, diags
}

// Read reads a file of at most limit bytes; of a larger one it reads no more
// than that. Data is nil if there is a diagnostic.
func Read(fsys fs.FS, file string, limit int64) ([]byte, []diag.Diagnostic) {
	if d, ok := fsys.(direct); ok {
		if data, ok := d.ReadRegular(file, limit); ok {
			return data, nil
		}
	}
	f, info, diags := Open(fsys, file)
	if f == nil {
		return nil, diags
	}
	defer f.Close()
	size := info.Size()
	if size <= limit {
		data := make([]byte, size+1) // one byte more, to notice a file that grows
		n, err := io.ReadFull(f, data)
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return data[:n:n], nil
		case err != nil:
			return nil, []diag.Diagnostic{Unreadable(file, err)}
		}
		rest, err := io.ReadAll(io.LimitReader(f, limit+1-int64(n)))
		if err != nil {
			return nil, []diag.Diagnostic{Unreadable(file, err)}
		}
		data = append(data, rest...)
		if size = int64(len(data)); size <= limit {
			return data, nil
		}
	}
	return nil, []diag.Diagnostic{tooLarge(file, size, limit)}
}

func tooLarge(file string, size, limit int64) diag.Diagnostic {
	return diag.New("file-size", Top(file), "size", sizeOf(size), "limit", sizeOf(limit))
}

// direct is a file system that can read a whole regular file of at most limit
// bytes in one step. ReadRegular returns false if anything is unusual; the file is
// then opened in the ordinary way, which gives the reason.
type direct interface {
	ReadRegular(file string, limit int64) (data []byte, ok bool)
}
