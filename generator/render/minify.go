package render

import (
	"bytes"
	"path"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// scriptVersion is the newest edition of ECMAScript whose syntax the minifier
// may bring in: a browser that is too old for search must still say so.
const scriptVersion = 2015

// maxMinified is the size in bytes up to which a style or script is minified.
// For some that are larger the minifier takes minutes; those that have a need
// of it are not written by hand.
const maxMinified = 128 << 10

// minified returns a style or script without what only serves who reads it.
// What cannot be parsed stays as it is: a browser may know more than we do.
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
