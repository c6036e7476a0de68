package draft

import (
	"bytes"
	"io"

	"github.com/richardlehane/mscfb"
)

// maxStreams is the largest number of streams of a compound file.
const maxStreams = 2_000

// ole reads a compound file, which old office programs wrote, and new ones for a
// document with a password.
func (r *reader) ole(data []byte) {
	streams, ok := compound(data)
	_, encrypted := streams["EncryptedPackage"]
	switch {
	case !ok:
		r.refuse("damaged")
	case encrypted:
		r.refuse("encrypted")
	case streams["WordDocument"] != nil:
		r.Ext = extension("doc", r.File)
		r.doc(streams)
	case streams["Workbook"] != nil || streams["Book"] != nil:
		r.refuse("old-workbook")
	default:
		r.refuse("old-office")
	}
}

// compound returns the streams of a compound file at its top, by name. Of others it
// knows only the name. Reading stops at MaxFile bytes, whatever sizes the file
// claims.
func compound(data []byte) (streams map[string][]byte, ok bool) {
	f, err := mscfb.New(bytes.NewReader(data))
	if err != nil || len(f.File) > maxStreams {
		return nil, false
	}
	streams = map[string][]byte{}
	left := int64(len(data))
	for _, e := range f.File {
		if len(e.Path) > 0 || !wanted(e.Name) {
			continue
		}
		content, err := io.ReadAll(io.LimitReader(e, left))
		if err != nil {
			return nil, false
		}
		left -= int64(len(content))
		streams[e.Name] = content
	}
	return streams, true
}

func wanted(stream string) bool {
	switch stream {
	case "WordDocument", "0Table", "1Table", "Workbook", "Book", "EncryptedPackage":
		return true
	}
	return false
}
