// Package layouts holds the built-in layouts of the pages: html/template
// files, one for each kind of page, the words of the interface in words.json,
// and styles and scripts in assets. A site overrides any of them by a file of
// the same name in the folder layouts beside its content.
//
// generator/docs/layouts.md describes them.
package layouts

import "embed"

// Files are the built-in layouts.
//
//go:embed *.html words.json assets/*.js assets/*.css assets/*.svg
var Files embed.FS
