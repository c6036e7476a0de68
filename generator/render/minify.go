package render

import (
	"bytes"
	"path"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// scriptVersion is the newest edition of ECMAScript whose syntax the minifier
// may introduce. A browser that is too old for search must still be able to
// parse the script, because the script says so to the reader.
const scriptVersion = 2015

// maxMinified is the size in bytes up to which a style or script is minified.
// For some larger files the minifier takes minutes, and files of this size are
// usually generated and minified already.
const maxMinified = 128 << 10

// minified returns a style or script without comments and unneeded white space.
// A file that the minifier cannot parse is returned unchanged: it may use
// syntax that browsers know and the minifier does not.
func minified(name string, data []byte) []byte {
	if len(data) > maxMinified {
		return data
	}
	var out bytes.Buffer
	var err error
	switch path.Ext(name) {
	case ".css":
		err = (&css.Minifier{}).Minify(minify.New(), &out, bytes.NewReader(data), nil)
	case ".js":
		err = (&js.Minifier{Version: scriptVersion}).Minify(minify.New(), &out, bytes.NewReader(data), nil)
	default:
		return data
	}
	if err != nil {
		return data
	}
	return out.Bytes()
}
