package content

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/files"
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
		return Attachment{}, []diag.Diagnostic{diag.New(key, files.Top(file), args...)}
	}
	name := path.Base(file)
	said, known := kindOf(name)
	if kind == "" {
		kind = said
	}
	if !known || kind != said {
		return fail("attachment/kind", "name", name)
	}
	data, diags := files.Read(fsys, file, MaxAttachment)
	if data == nil {
		return Attachment{}, diags
	}
	if verdict := judge(kind, data); verdict != genuine {
		return fail("attachment/"+string(verdict), "name", name, "kind", kind)
	}
	sum := sha256.Sum256(data)
	return Attachment{Name: name, File: file, Kind: kind, Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:])}, nil
}
