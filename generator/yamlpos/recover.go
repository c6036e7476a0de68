package yamlpos

import (
	"strings"

	"annals/generator/diag"
)

// recover makes diagnostics of a text that the library refuses as a whole.
func (d *document) recover(err error) (*Node, []diag.Diagnostic) {
	problem := strings.TrimPrefix(err.Error(), "yaml: ")
	return nil, []diag.Diagnostic{diag.New("front-matter", d.at(0, 0), "problem", problem)}
}
