package importer

import (
	"iter"
	"path"
	"strings"

	"annals/generator/importer/draft"
)

// unzipped goes through the documents of the list, and in the place of a zip of
// documents through the files in it. One zip and one of its files are in memory at
// a time. A zip that cannot be unpacked stays; reading it reports the reason.
func unzipped(list []document) iter.Seq[document] {
	return func(yield func(document) bool) {
		budget := int64(draft.MaxInflated)
		for _, doc := range list {
			files, ok := zipFiles(doc, &budget)
			if !ok && !yield(doc) {
				return
			}
			for _, f := range files {
				if base := path.Base(f.Name); strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") {
					continue
				}
				if !yield(document{name: doc.name + "/" + f.Name, read: f.Read}) {
					return
				}
			}
		}
	}
}

// zipFiles lists the files of a zip of documents; ok is false if the document is
// none, or cannot be read.
func zipFiles(doc document, budget *int64) (list []draft.File, ok bool) {
	if doc.link || !strings.EqualFold(path.Ext(doc.name), ".zip") {
		return nil, false
	}
	data, err := doc.read()
	if err != nil {
		return nil, false
	}
	return draft.Unzip(data, budget)
}
