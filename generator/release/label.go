package release

import (
	"annals/generator/diag"
	"annals/generator/lang"
)

// label is what a cell, or what is no cell, is called in messages.
func (c *comparison) label(cell string) lang.Text {
	switch cell {
	case "":
		return diag.Say("release/whole")
	case Published, FormID, Title:
		return diag.Say("release/" + cell)
	}
	if i, ok := c.report.Form.Cell(cell); ok {
		return c.report.Form.Cells[i].Label
	}
	return lang.Same(cell)
}
