package archive

import (
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/keys"
)

// CheckFree checks the front matter of a free page: it has a title, and
// nothing else.
func CheckFree(doc *content.Document) []diag.Diagnostic {
	if doc.Front == nil {
		return nil
	}
	var found diag.Collector
	keys.Page().Read(keys.Into(&found, doc.File), doc.Front, false).Close()
	p := personal{doc: doc}
	return append(found.List(), p.check()...)
}
