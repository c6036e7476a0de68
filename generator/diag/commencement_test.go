package diag_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"annals/generator/diag"
)

// TestEveryRuleCommences: each rule says what it is about and from when on it is
// in force, and no new one stops what was published before it.
func TestEveryRuleCommences(t *testing.T) {
	known := []diag.About{diag.AboutFiles, diag.AboutSettings, diag.AboutForm, diag.AboutArithmetic, diag.AboutRecord,
		diag.AboutText, diag.AboutCopies, diag.AboutPrivacy, diag.AboutPlausibility, diag.AboutProgram}
	about := map[diag.About]bool{}
	for _, a := range known {
		about[a] = true
	}
	for _, r := range diag.Rules() {
		data, err := os.ReadFile(filepath.Join("rules", r.ID+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var has map[string]json.RawMessage
		if err := json.Unmarshal(data, &has); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"severity", "about", "since", "effective", "added"} {
			if has[key] == nil {
				t.Errorf("%s does not say %s", r.ID, key)
			}
		}
		if !about[r.About] {
			t.Errorf("%s is about %q, which is none of %v", r.ID, r.About, known)
		}
		if !diag.IsVersion(r.Added) {
			t.Errorf("%s was added in %q, which is no version up to %s", r.ID, r.Added, diag.Version)
		}
		if _, err := time.Parse(time.DateOnly, r.Effective); r.Effective != "" && err != nil {
			t.Errorf("%s: %v", r.ID, err)
		}
		if r.Severity() == diag.Error && r.Added != diag.First && r.Effective == "" && r.About != diag.AboutPrivacy && r.About != diag.AboutRecord && r.About != diag.AboutProgram {
			t.Errorf("%s is a new error without the day from which it stops a report: archives that were fine would stop", r.ID)
		}
	}
}

func TestLowers(t *testing.T) {
	old := diag.Commencement{Added: diag.First}
	later := diag.Commencement{Effective: "2027-01-01", Added: "0.2.0"}
	for _, c := range []struct {
		rule diag.Commencement
		s    diag.Subject
		want bool
	}{
		{old, diag.Subject{Published: "2008-05-01", Released: diag.First}, false},
		{later, diag.Subject{}, false}, // neither published nor released, as far as is known
		{later, diag.Subject{Published: "2026-12-31"}, true},
		{later, diag.Subject{Published: "2027-01-01"}, false},
		{later, diag.Subject{Published: "2027-02-01", Released: "0.1.0"}, true},
		{later, diag.Subject{Published: "2027-02-01", Released: "0.2.0"}, false},
		{later, diag.Subject{Published: "2027-02-01", Released: "0.10.0"}, false},
		{diag.Commencement{Added: "0.10.0"}, diag.Subject{Released: "0.9.1"}, true},
	} {
		if got := c.rule.Lowers(c.s); got != c.want {
			t.Errorf("%+v of %+v: %v, want %v", c.rule, c.s, got, c.want)
		}
	}
}

// TestProgramVersion: programs without a version, and revisions that look like one,
// are of the first.
func TestProgramVersion(t *testing.T) {
	for program, want := range map[string]string{
		"": "0.1.0", "annals": "0.1.0", "annals (devel)": "0.1.0", "annals (devel) 1234567890": "0.1.0",
		"annals v0.0.0-20261127123456-abcdefabcdef": "0.1.0", "annals 0.0.9 x": "0.1.0",
		"annals 0.2.0": "0.2.0", "annals 0.10.3 9f8e7d": "0.10.3", "annals " + diag.Version + " 1": diag.Version,
	} {
		if got := diag.ProgramVersion(program); got != want {
			t.Errorf("%q: %s, want %s", program, got, want)
		}
	}
}
