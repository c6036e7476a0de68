package archive

import (
	"annals/generator/content"
	"annals/generator/diag"
)

// CheckFree checks the front matter of a free page: it has a title, and
// nothing else.
func CheckFree(doc *content.Document) []diag.Diagnostic {
	if doc.Front == nil {
		return nil
	}
	m := open(doc.File, doc.Front)
	if n := m.need("title"); n != nil {
		m.line(n)
	}
	return m.close()
}
