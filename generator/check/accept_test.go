package check_test

import (
	"testing"

	"annals/generator/archive"
	"annals/generator/check"
)

// Where a row and a column cross in the likely mistake, the report may accept
// the finding by that cell or by either of the totals that the message names.
func TestAcceptAtACrossing(t *testing.T) {
	set := forms(t)
	for cell, accepted := range map[string]bool{
		"":                                  true,
		"requests.results.granted.business": true,
		"requests.results.granted.total":    true,
		"requests.results.total.business":   true,
		"requests.results.granted":          true,
		"requests":                          true,
		"requests.results.granted.research": false,
		"requests.new.total":                false,
		"reviews":                           false,
	} {
		r, _ := read(t, set, 2024, testdata(t, 2024))
		i, _ := r.Form.Cell("requests.results.granted.business")
		r.Facts[i].Value++
		r.Accepts = []archive.Accept{{Rule: "row-total", Cell: cell, Reason: "原文如此"}}
		left, findings := check.Accept(r, check.Years([]*archive.Report{r}))
		if (len(findings) == 1) != accepted {
			t.Errorf("%q: %d accepted, %d left", cell, len(findings), len(left))
		}
		if accepted && len(left) > 0 {
			t.Errorf("%q: %v is left", cell, left)
		}
	}
}
