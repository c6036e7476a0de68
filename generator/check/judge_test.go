package check_test

import (
	"bytes"
	"fmt"
	"testing"

	"annals/generator/archive"
	"annals/generator/check"
	"annals/generator/diag"
	"annals/generator/form"
)

// subject is a report with a relation of a given severity, about and commencement.
func subject(t *testing.T, severity diag.Severity, about diag.About, c diag.Commencement) *archive.Report {
	t.Helper()
	r, found := read(t, forms(t), 2024, testdata(t, 2024))
	if len(found) > 0 {
		t.Fatal(found)
	}
	r.Accepts = nil
	f := *r.Form
	f.Relations = append(f.Relations[:len(f.Relations):len(f.Relations)], &form.Relation{ID: "new-rule", Severity: severity, About: about, Commencement: c})
	x := *r
	x.Form = &f
	return &x
}

func newFinding(r *archive.Report, severity diag.Severity) diag.Diagnostic {
	return diag.Diagnostic{Rule: "new-rule", Severity: severity, Place: r.Key.In(r.File)}
}

// TestSeverities: every severity, in every setting, of a report that is older than
// the rule and of one that is not.
func TestSeverities(t *testing.T) {
	old, new := diag.Commencement{Added: diag.First}, diag.Commencement{Effective: "2099-01-01", Added: diag.Version}
	for _, c := range []struct {
		severity diag.Severity
		about    diag.About
		rule     diag.Commencement
		explain  bool
		want     diag.Severity
	}{
		{diag.Error, diag.AboutText, old, false, diag.Error},
		{diag.Error, diag.AboutText, old, true, diag.Error},
		{diag.Warning, diag.AboutText, old, false, diag.Warning},
		{diag.Warning, diag.AboutText, old, true, diag.Error},
		{diag.Notice, diag.AboutText, old, false, diag.Notice},
		{diag.Notice, diag.AboutText, old, true, diag.Notice},
		{diag.Error, diag.AboutText, new, false, diag.Warning},
		{diag.Error, diag.AboutText, new, true, diag.Warning},
		{diag.Warning, diag.AboutText, new, false, diag.Warning},
		{diag.Warning, diag.AboutText, new, true, diag.Warning},
		{diag.Notice, diag.AboutText, new, true, diag.Notice},
		{diag.Error, diag.AboutPrivacy, new, false, diag.Error},
		{diag.Warning, diag.AboutPrivacy, new, true, diag.Error},
		{diag.Error, diag.AboutRecord, new, false, diag.Error},
	} {
		r := subject(t, c.severity, c.about, c.rule)
		left, _ := check.Judge(r, "", c.explain, []diag.Diagnostic{newFinding(r, c.severity)})
		if len(left) != 1 || left[0].Severity != c.want || len(left[0].Where) == 0 {
			t.Errorf("%s about %s, %+v, explain %v: %+v", c.severity, c.about, c.rule, c.explain, left)
		}
		r.Accepts = []archive.Accept{{Rule: "new-rule", Reason: "x", By: archive.ByArchive}}
		left, accepted := check.Judge(r, "", c.explain, []diag.Diagnostic{newFinding(r, c.severity)})
		if len(left) != 0 || len(accepted) != 1 || accepted[0].By != archive.ByArchive {
			t.Errorf("an accepted %s: %v, %v", c.severity, left, accepted)
		}
	}
}

// TestUpgradeStopsNobody: whatever a new rule finds in a report that was published
// before it took effect, or that an earlier version released, fails nothing, in
// either setting of warnings; and a report of a year before the rule's is left alone.
func TestUpgradeStopsNobody(t *testing.T) {
	for _, released := range []string{"", diag.First, "0.1.9", diag.Version} {
		for _, effective := range []string{"", "2000-01-01", "2099-01-01"} {
			for _, explain := range []bool{false, true} {
				c := diag.Commencement{Effective: effective, Added: diag.Version}
				r := subject(t, diag.Error, diag.AboutText, c)
				left, _ := check.Judge(r, released, explain, []diag.Diagnostic{newFinding(r, diag.Error)})
				older := released != "" && released != diag.Version || effective == "2099-01-01"
				if fails := diag.Errors(left) > 0; fails == older {
					t.Errorf("released by %q, effective %q, explain %v: fails %v", released, effective, explain, fails)
				}
			}
		}
	}
	r := subject(t, diag.Error, diag.AboutText, diag.Commencement{Since: 2025, Added: diag.Version})
	if left, _ := check.Judge(r, "", false, []diag.Diagnostic{newFinding(r, diag.Error)}); len(left) > 0 {
		t.Errorf("a rule for 2025 judges 2024: %v", left)
	}
}

// TestLoweredCount: a count of findings that are not listed has the
// severity of its rule.
func TestLoweredCount(t *testing.T) {
	r := subject(t, diag.Error, diag.AboutText, diag.Commencement{Effective: "2099-01-01", Added: diag.Version})
	var list []diag.Diagnostic
	for range diag.MaxOfKind + 5 {
		list = append(list, newFinding(r, diag.Error))
	}
	left, _ := check.Judge(r, "", true, diag.Cap(list))
	if diag.Errors(left) > 0 {
		t.Errorf("%d of the findings fail", diag.Errors(left))
	}
}

// TestAcceptByText: an entry with a text accepts findings about a sentence with it,
// whatever its width and spacing, and with a cell too only if both are theirs.
func TestAcceptByText(t *testing.T) {
	r := subject(t, diag.Warning, diag.AboutText, diag.Commencement{Added: diag.First})
	d := newFinding(r, diag.Warning)
	d.Text, d.Cell = "全年共收到申请１，０２４ 件，\n办结1000件。", "requests.new.total"
	for _, c := range []struct {
		text, cell string
		accepted   bool
		says       string // in the entry that matches nothing
	}{
		{"收到申请1,024件", "", true, ""},
		{"收到 申请 1,024 件", "requests.new.total", true, ""},
		{"收到申请1,024件，办结", "requests.new", true, ""},
		{"收到申请1,024件", "requests.carried_in", false, "requests.carried_in 收到申请1,024件"},
		{"收到申请1,025件", "", false, "“全年共收到申请"},
		{"申请", "", false, "至少要有 4 个字"},
		{"申 请 １ ", "", false, "至少要有 4 个字"},
	} {
		r.Accepts = []archive.Accept{{Rule: "new-rule", Text: c.text, Cell: c.cell, Reason: "x"}}
		left, accepted := check.Accept(r, []diag.Diagnostic{d})
		if (len(accepted) == 1) != c.accepted {
			t.Errorf("%q %q: %d accepted", c.text, c.cell, len(accepted))
		}
		if !c.accepted && (len(left) != 2 || left[1].Rule != "unused-accept" || !bytes.Contains([]byte(left[1].Message.ZH), []byte(c.says))) {
			t.Errorf("%q %q: %v", c.text, c.cell, left)
		}
	}
	d.Text = "" // it is about the whole report
	r.Accepts = []archive.Accept{{Rule: "new-rule", Text: "收到申请1,024件", Reason: "x"}}
	if _, accepted := check.Accept(r, []diag.Diagnostic{d}); len(accepted) > 0 {
		t.Error("a text accepted a finding about no sentence")
	}
}

// TestUnusedAccept names the rule that was meant, and where the rule's findings are.
func TestUnusedAccept(t *testing.T) {
	r := subject(t, diag.Warning, diag.AboutForm, diag.Commencement{Added: diag.First})
	d := newFinding(r, diag.Warning)
	d.Cell = "requests.new.total"
	for _, c := range []struct{ rule, cell, zh, en string }{
		{"row-totl", "", "没有规则“row-totl”，是不是“row-total”？", "there is no rule “row-totl”; did you mean “row-total”?"},
		{"row-total", "", "没有与此对应的问题（row-total），请删去这一项", "no finding matches this (row-total); delete the entry"},
		{"new-rule", "reviews", "没有与此对应的问题（new-rule reviews）；这条规则的问题在：requests.new.total",
			"no finding matches this (new-rule reviews); what the rule found is about: requests.new.total"},
	} {
		r.Accepts = []archive.Accept{{Rule: c.rule, Cell: c.cell, Reason: "x"}}
		left, _ := check.Accept(r, []diag.Diagnostic{d})
		if got := left[len(left)-1]; got.Message.ZH != c.zh || got.Message.EN != c.en {
			t.Errorf("%s", fmt.Sprint(got.Message))
		}
	}
}
