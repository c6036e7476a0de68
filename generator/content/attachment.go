package content

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"annals/generator/diag"
)

// MaxAttachment is the size up to which an attachment is accepted, in bytes.
const MaxAttachment = 100 << 20

// headSize is how much of a file's beginning a browser looks at when it
// guesses a type.
const headSize = 1024

var kinds = []string{"pdf", "ofd", "docx", "xlsx", "csv", "png", "jpg"}

// kindOf returns the kind of attachment that a name says.
func kindOf(name string) (kind string, ok bool) {
	kind = strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	return kind, slices.Contains(kinds, kind)
}

// ReadAttachment reads an attachment of the kind that its name says ("" takes
// the kind from the name), checks that its bytes are of that kind, and hashes
// them. It reads the file once, so that what was judged is what was hashed.
func ReadAttachment(fsys fs.FS, file, kind string) (Attachment, []diag.Diagnostic) {
	fail := func(key string, args ...any) (Attachment, []diag.Diagnostic) {
		return Attachment{}, []diag.Diagnostic{diag.New(key, top(file), args...)}
	}
	name := path.Base(file)
	said, known := kindOf(name)
	if kind == "" {
		kind = said
	}
	if !known || kind != said {
		return fail("attachment/kind", "name", name)
	}
	f, info, diags := open(fsys, file)
	if f == nil {
		return Attachment{}, diags
	}
	defer f.Close()
	if info.Size() > MaxAttachment {
		return fail("file-size", "size", sizeOf(info.Size()), "limit", sizeOf(MaxAttachment))
	}
	var data bytes.Buffer
	data.Grow(int(info.Size()) + bytes.MinRead)
	if _, err := data.ReadFrom(io.LimitReader(f, MaxAttachment+1)); err != nil {
		return Attachment{}, []diag.Diagnostic{unreadable(file, err)}
	}
	if data.Len() > MaxAttachment {
		return fail("file-size", "size", sizeOf(int64(data.Len())), "limit", sizeOf(MaxAttachment))
	}
	switch verdict := judge(kind, data.Bytes()); verdict {
	case genuine:
	default:
		return fail("attachment/"+string(verdict), "name", name, "kind", kind)
	}
	sum := sha256.Sum256(data.Bytes())
	return Attachment{Name: name, File: file, Kind: kind, Size: int64(data.Len()), SHA256: hex.EncodeToString(sum[:])}, nil
}
