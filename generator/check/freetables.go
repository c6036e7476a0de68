package check

import (
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
)

// freeTables checks the Markdown tables of a report whose form prescribes none.
// All that can be said of their figures is that none may be negative.
func freeTables(r *archive.Report) []diag.Diagnostic {
	if !r.Form.Free || r.Body == nil {
		return nil
	}
	var found diag.Collector
	for text, at := range r.Body.TableCells() {
		digits, minus := strings.CutPrefix(strings.TrimSpace(text), "-")
		if !minus {
			digits, minus = strings.CutPrefix(strings.TrimSpace(text), "−")
		}
		if minus && digits != "" && strings.Trim(digits, "0123456789.,") == "" && strings.Trim(digits, "0.,") != "" {
			found.Add("negative", func() diag.Diagnostic { return diag.New("negative/table", at.In(r.File), "text", text) })
		}
	}
	return found.List()
}
