// Package search makes the archive's full-text index, as plain files that a
// static host can serve, and answers queries from them.
//
// A query finds every report that contains it as a substring, and no other, in
// Chinese and in any other script. Text is indexed by its single characters, its
// pairs and some of its triples of characters (grams), each with the list of the
// reports that contain it. The reports that are in the lists of all grams of a query
// are candidates; a candidate becomes a result only if its stored text contains the
// query. The snippet is taken from the stored text too.
//
// Two steps make the index. Part turns one agency into a small blob, which depends
// only on that agency, so that a build can keep the blobs of agencies that did not
// change. Build makes shards from the blobs, in the order of the tree, and emits the
// files: see files.go for their names, merge.go and chunk.go for the posting lists,
// block.go for the stored text. Query, in query.go, is the reference for the search
// page (layouts/assets/src/page.ts), which must give the same answers. The format and
// the ranking are described in docs/search.md.
package search

import (
	"annals/generator/lang"
)

// Agency is the text of one agency and its reports that is indexed.
type Agency struct {
	Path    string   // folders below agencies/, with slashes
	Name    string   //
	Short   string   // "" for none
	Former  []string // former names
	Kind    string   // a kind of package archive
	Reports []Report // at most one a year, in any order
}

// Report is the text of one report that is indexed. All texts are plain,
// without markup. A line break separates paragraphs, and a query never matches
// across one.
type Report struct {
	Year        int
	URL         string // of the page, from the site's root: agencies/x/2024/
	Title       string
	Sections    []Section
	Footnotes   []string
	Attachments []string // names of files
}

// Section is a heading with the text under it. Heading is empty for a heading
// that is an official label and therefore the same on every page: a search for
// it would find every report.
type Section struct {
	Heading string
	Text    string
}

// Label is an official label, and the page that shows its figure.
type Label struct {
	Text lang.Text
	URL  string // from the site's root
}
