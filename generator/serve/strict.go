package serve

import (
	"io/fs"
	"net/http"
	"path"
	"slices"

	"annals/generator/sitemap"
)

// OwnKinds are the kinds of files that a site consists of, besides attachments. Some
// files of its proof have none.
var OwnKinds = []string{".html", ".css", ".js", ".json", ".jsonl", ".svg", ".xml", ".txt", ".csv", ".bin", ""}

// strictly answers as the strictest hosts do: a file has the address that is its
// name, and no other. No address of a folder is completed but that of the home page,
// no kind of file is taken that is not listed, a file that is missing has no page of
// the site's own, and nothing is added to a page.
func (s *Server) strictly(w http.ResponseWriter, r *http.Request) {
	name, folder, ok := siteName(r.URL.Path)
	if name == "." {
		name, folder = sitemap.IndexFile, false
	}
	if !ok || folder || !slices.Contains(s.strict, path.Ext(name)) {
		refuse(w, http.StatusNotFound)
		return
	}
	data, err := fs.ReadFile(s.site, name)
	if err != nil {
		refuse(w, http.StatusNotFound)
		return
	}
	writeAll(w, r, sitemap.ContentType(name), http.StatusOK, data)
}
