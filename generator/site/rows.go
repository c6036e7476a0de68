package site

import (
	"strconv"

	"annals/generator/archive"
)

// row is an agency in a list, with its depth below the agency of the page.
type row struct {
	*node
	depth int
}

// rows lists what a page about the branch shows: the branch in full where it
// is small, otherwise the children of its agency.
func (n *node) rows() []row {
	if !n.whole() {
		list := make([]row, len(n.children))
		for i, c := range n.children {
			list[i] = row{c, 0}
		}
		return list
	}
	list := make([]row, 0, n.size)
	var down func(n *node, depth int)
	down = func(n *node, depth int) {
		for _, c := range n.children {
			list = append(list, row{c, depth})
			down(c, depth+1)
		}
	}
	down(n, 0)
	return list
}

// parts is the number of pages that a list of n rows takes.
func parts(n int) int { return max(1, (n+Limit-1)/Limit) }

// part is the i-th page's share of a list, counting from 1.
func part[T any](list []T, i int) []T {
	return list[min(len(list), (i-1)*Limit):min(len(list), i*Limit)]
}

// partLinks are the links between the pages of one list; nil for one page.
// The page that is shown has no address.
func partLinks(root string, n, shown int, path func(part int) string) []Link {
	if n < 2 {
		return nil
	}
	list := make([]Link, n)
	for i := range list {
		list[i].Text = strconv.Itoa(i + 1)
		if i+1 != shown {
			list[i].Href = root + path(i+1)
		}
	}
	return list
}

// links names agencies with links to their pages.
func links(root string, agencies []*archive.Agency) []Link {
	list := make([]Link, len(agencies))
	for i, a := range agencies {
		list[i] = Link{root + AgencyPath(a), a.Name}
	}
	return list
}
