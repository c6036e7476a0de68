package deploy

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"annals/generator/deploy/store"
	"annals/generator/sitemap"
)

// headers is the number of the rules by which objects are served, below. Who changes
// them counts it up: then every object is put anew.
const headers = 1

// object returns how a file of the site is served. Bytes are stored as they were
// built, never compressed: a store sends them to each client as they are, and a host
// in front of it compresses for those that can read it.
//
// A name that has its hash is kept for good. Everything else is asked for anew each
// time, which costs an answer without a body: what is corrected or withdrawn today is
// not to be read in a cache tomorrow. HTML and SVG that are no pages of the program
// are originals or images: they are saved, and no script in them runs.
func object(name string, data []byte) store.Object {
	o := store.Object{Data: data, Type: sitemap.ContentType(name), Cache: "no-cache"}
	if sitemap.Hashed(name) {
		o.Cache = "public, max-age=31536000, immutable"
	}
	switch path.Ext(name) {
	case ".html", ".htm", ".mht", ".mhtml":
		o.Save = !sitemap.IsPage(name)
	}
	return o
}

// The phases of a deployment, in their order: a file is there before what refers to it.
const (
	phaseAssets = iota // what never changes
	phaseData
	phaseIndex // what lists data: the roots of search and explore
	phasePages
	phaseProof // what is signed of all the rest
	phases
)

// phaseOf returns the phase in which a file is put.
func phaseOf(name string) int {
	switch {
	case sitemap.Hashed(name):
		return phaseAssets
	case name == sitemap.SearchIndex, name == sitemap.ExploreIndex:
		return phaseIndex
	case name == sitemap.Checkpoint, name == sitemap.Inventory:
		return phaseProof
	case sitemap.IsPage(name):
		return phasePages
	}
	return phaseData
}

// inOrder splits files into the phases. Within one the files further down come
// first: a report before the pages that list it, the home page last.
func inOrder(files []File) [phases][][]File {
	var list [phases][][]File
	files = slices.Clone(files)
	depth := func(f File) int { return strings.Count(f.Path, "/") }
	slices.SortStableFunc(files, func(a, b File) int { return cmp.Or(cmp.Compare(depth(b), depth(a)), cmp.Compare(a.Path, b.Path)) })
	for _, f := range files {
		p := &list[phaseOf(f.Path)]
		if n := len(*p); n > 0 && depth((*p)[n-1][0]) == depth(f) {
			(*p)[n-1] = append((*p)[n-1], f)
		} else {
			*p = append(*p, []File{f})
		}
	}
	return list
}

// InOrder returns files in the order in which they are put.
func InOrder(files []File) (list []File) {
	for _, phase := range inOrder(files) {
		for _, step := range phase {
			list = append(list, step...)
		}
	}
	return list
}
