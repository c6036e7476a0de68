package check_test

import (
	"bytes"
	"slices"
	"testing"

	"annals/generator/archive"
	"annals/generator/check"
	"annals/generator/diag"
)

// If a row and a column cross in the likely mistake, the report may accept the
// finding by that cell or by either of the totals that the message names.
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
		list, _ := check.Years([]*archive.Report{r})
		left, findings := check.Accept(r, list)
		if (len(findings) == 1) != accepted {
			t.Errorf("%q: %d accepted, %d left", cell, len(findings), len(left))
		}
		if accepted && len(left) > 0 {
			t.Errorf("%q: %v is left", cell, left)
		}
	}
}

// An entry without a reason accepts nothing. An entry that matches nothing is
// reported, and so is one for a rule whose findings cannot be accepted.
func TestAcceptNeedsItsReason(t *testing.T) {
	set := forms(t)
	with := func(accept string) []byte {
		return bytes.Replace(testdata(t, 2024), []byte("---\n"), []byte("---\n"+accept), 1)
	}
	r, found := read(t, set, 2024, with("accept:\n  - rule: row-total\n"))
	if len(r.Accepts) != 0 || len(found) == 0 {
		t.Errorf("without a reason: %v, %v", r.Accepts, found)
	}
	for rule, want := range map[string]string{"row-total": "unused-accept", "not-a-number": "unused-accept", "no-such-rule": "unused-accept"} {
		r, _ := read(t, set, 2024, with("accept:\n  - {rule: "+rule+", reason: 原文如此}\n"))
		left, accepted := check.Accept(r, nil)
		if len(accepted) > 0 || len(left) != 1 || left[0].Rule != want {
			t.Errorf("%s: %v, %v", rule, left, accepted)
		}
	}
	text := with("accept:\n  - {rule: not-a-number, reason: 原文如此}\n")
	r, found = read(t, set, 2024, bytes.Replace(text, []byte("permits: "), []byte("permits: x"), 1))
	left, accepted := check.Accept(r, found)
	if len(accepted) > 0 || !slices.ContainsFunc(left, func(d diag.Diagnostic) bool { return d.Rule == "not-a-number" }) {
		t.Errorf("what is no number was accepted: %v, %v", left, accepted)
	}
}
