package importer

import (
	"path"
	"strings"

	"annals/generator/importer/draft"
)

// unzip replaces zips of documents in the list by the files in them. A zip that
// cannot be unpacked stays in the list; reading it reports the reason.
func unzip(list []document) (all []document) {
	budget := draft.MaxInflated
	for _, doc := range list {
		if doc.link || !strings.EqualFold(path.Ext(doc.name), ".zip") {
			all = append(all, doc)
			continue
		}
		data, err := readDocument(doc.path)
		if err != nil { // reported when the document is read
			all = append(all, doc)
			continue
		}
		files, ok := draft.Unzip(data, &budget)
		if !ok {
			all = append(all, doc)
			continue
		}
		for _, f := range files {
			if base := path.Base(f.Name); !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "~$") {
				all = append(all, document{name: doc.name + "/" + f.Name, data: f.Data})
			}
		}
	}
	return all
}
