package importer

import (
	"path"
	"strings"

	"annals/generator/importer/draft"
)

// unzip puts the files of zips of documents in the place of the zips. What
// cannot be taken apart stays, to be told of when it is read.
func unzip(list []document) (all []document) {
	budget := draft.MaxInflated
	for _, doc := range list {
		if doc.link || !strings.EqualFold(path.Ext(doc.name), ".zip") {
			all = append(all, doc)
			continue
		}
		data, err := readDocument(doc.path)
		if err != nil { // told when it is read
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
