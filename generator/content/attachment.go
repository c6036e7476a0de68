package content

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/keys"
	"annals/generator/lang"
	"annals/generator/office"
)

// MaxAttachment is the size up to which an attachment is accepted, in bytes.
const MaxAttachment = 100 << 20

// headSize is the number of bytes at the beginning of a file by which a browser
// guesses its type.
const headSize = 1024

// types is the setting that names the kinds of attachments. Those of its
// default do nothing in a browser; the others are originals that import reads,
// and what office programs write with them.
var types = sync.OnceValue(func() *keys.Key { return keys.Site().Key("publish").Keys.Key("types") })

// KindOf returns the kind of attachment that a name says, or "".
func KindOf(name string) string {
	kind := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	if !slices.Contains(types().Words, kind) {
		return ""
	}
	return kind
}

// passive reports whether a kind of file does nothing in a browser.
func passive(kind string) bool { return slices.Contains(types().Defaults(), kind) }

// Active reports whether a browser may run what is in a file of that name beside
// a report.
func Active(name string) bool {
	kind := KindOf(name)
	return kind != "" && !passive(kind)
}

// Kinds are the kinds of files that may lie beside a report.
func Kinds() []string { return types().Words }

// Genuine reports whether data is of the kind.
func Genuine(kind string, data []byte) bool { return judge(kind, data) == genuine }

// Original is the name, without its extension, of the document from which a
// report was imported.
const Original = "original"

// Settle decides whether an attachment is published, by the kinds that are. It
// returns the diagnostics that follow: about hidden contents of a published file, or
// that a file is only kept. It is not ok if the kind may act in a browser, and the file is neither
// of a kind that is published nor an original: it has no place beside a report.
func (a *Attachment) Settle(published []string) (found []diag.Diagnostic, ok bool) {
	a.Active = Active(a.Name)
	switch at := files.Top(a.File); {
	case slices.Contains(published, a.Kind):
		return a.Traces, true
	case a.Active && strings.TrimSuffix(a.Name, path.Ext(a.Name)) != Original:
		return []diag.Diagnostic{diag.New("attachment/kind", at, "name", a.Name)}, false
	default:
		a.Kept = true
		return []diag.Diagnostic{diag.New("attachment-kept", at, "name", a.Name, "kind", a.Kind)}, true
	}
}

// ReadAttachment reads an attachment of the kind that its name says ("" takes
// the kind from the name), checks that its bytes are of that kind, and hashes
// them. It reads the file once, so that what was judged is what was hashed. For
// a file whose bytes are refused only the hash is set.
func ReadAttachment(fsys fs.FS, file, kind string) (Attachment, []diag.Diagnostic) {
	fail := func(key string, args ...any) (Attachment, []diag.Diagnostic) {
		return Attachment{}, []diag.Diagnostic{diag.New(key, files.Top(file), args...)}
	}
	name := path.Base(file)
	said := KindOf(name)
	if kind == "" {
		kind = said
	}
	if said == "" || kind != said {
		return fail("attachment/kind", "name", name)
	}
	data, diags := files.Read(fsys, file, MaxAttachment)
	if data == nil {
		return Attachment{}, diags
	}
	sum := sha256.Sum256(data)
	a := Attachment{File: file, SHA256: hex.EncodeToString(sum[:])}
	if kind == "csv" { // the one kind that git merges
		if d, found := files.Unmerged(file, data); found {
			return a, []diag.Diagnostic{d}
		}
	}
	if verdict := judge(kind, data); verdict != genuine {
		_, diags = fail("attachment/"+string(verdict), "name", name, "kind", kind)
		return a, diags
	}
	a.Name, a.Kind, a.Size, a.Traces = name, kind, int64(len(data)), traces(file, kind, data)
	return a, nil
}

// Bytes reads the attachment once more, for publishing, because up to 100 MiB
// are not kept in memory. If the bytes are not those that ReadAttachment
// hashed, it returns a diagnostic.
func (a Attachment) Bytes(fsys fs.FS) ([]byte, []diag.Diagnostic) {
	data, diags := files.Read(fsys, a.File, a.Size)
	if sum := sha256.Sum256(data); len(diags) > 0 || hex.EncodeToString(sum[:]) != a.SHA256 {
		return nil, []diag.Diagnostic{diag.New("attachment/swapped", files.Top(a.File), "name", a.Name)}
	}
	return data, nil
}

// Changed is the error if a file to be published has changed since it was checked.
type Changed struct{ Diagnostics []diag.Diagnostic }

func (e Changed) Error() string { return e.Diagnostics[0].Message.EN }

// traces returns one warning that lists what a file contains but does not show,
// such as metadata and hidden text.
func traces(file, kind string, data []byte) []diag.Diagnostic {
	list := office.Traces(kind, data)
	if len(list) == 0 {
		return nil
	}
	var what []lang.Text
	for _, t := range list {
		named := "attachment-hidden/" + string(t.Kind)
		if len(t.Names) == 0 {
			named += "-count"
		}
		what = append(what, diag.Say(named, "n", t.Count, "names", strings.Join(t.Names, ", ")))
	}
	remedy := "attachment-hidden/remedy"
	if kind == "pdf" || kind == "ofd" {
		remedy = "attachment-hidden/export"
	}
	return []diag.Diagnostic{diag.New("attachment-hidden", files.Top(file),
		"name", path.Base(file), "what", what, "remedy", diag.Say(remedy))}
}
