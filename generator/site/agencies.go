package site

import (
	"strconv"

	"annals/generator/sitemap"
)

// TreePage is the tree of agencies.
type TreePage struct {
	Page
	Tree  []Branch
	Whole bool
	Count int
	Parts []Link
}

// Branch is an agency in the tree, with those below it that are shown.
type Branch struct {
	Name, Href, Kind string
	Size             int  // agencies below it
	Newest           Link // its newest report
	Under            []Branch
	More             bool // it has agencies below it that are listed on its own page only
}

// tree lists branches: in full where the whole tree is small, otherwise one
// level.
func (w *walker) tree(root string, top *node, shown []*node) ([]Branch, bool) {
	whole := top.whole()
	var down func(n *node) Branch
	down = func(n *node) Branch {
		a := n.agency
		b := Branch{Name: a.Name, Href: root + AgencyPath(a), Kind: string(a.Kind), Size: n.size - 1}
		for i := len(n.years) - 1; i >= 0; i-- {
			if n.years[i].own {
				year := w.in.Years[i]
				b.Newest = Link{root + ReportPath(a, year), strconv.Itoa(year)}
				break
			}
		}
		if !whole {
			b.More = n.size > 1
			return b
		}
		for _, c := range n.children {
			b.Under = append(b.Under, down(c))
		}
		return b
	}
	list := make([]Branch, len(shown))
	for i, n := range shown {
		list[i] = down(n)
	}
	return list, whole
}

func (w *walker) treePages(top *node) []Document {
	p := w.plan
	n := parts(len(top.children))
	var pages []Document
	for k := 1; k <= n; k++ {
		path := ChildrenPath(nil, k)
		root := Root(path)
		x := &TreePage{Page: p.page(sitemap.Agencies, path, p.Words("agencies"), p.Words("agencies-description"),
			[]Link{p.home(root), {Text: p.Words("agencies")}}), Count: top.size}
		x.Tree, x.Whole = w.tree(root, top, part(top.children, k))
		x.Parts = partLinks(root, n, k, func(k int) string { return ChildrenPath(nil, k) })
		pages = append(pages, x)
	}
	return pages
}
