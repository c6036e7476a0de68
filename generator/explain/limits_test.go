package explain

import (
	"slices"
	"testing"
	"testing/fstest"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
)

// TestLimits: whoever reads a finding about what a report says can learn what the
// rule takes for granted, when it is silent, and where it is mistaken.
func TestLimits(t *testing.T) {
	judging := []diag.About{diag.AboutArithmetic, diag.AboutRecord, diag.AboutText, diag.AboutCopies, diag.AboutPrivacy, diag.AboutPlausibility}
	complete := func(where string, about diag.About, l diag.Limits) {
		if !slices.Contains(judging, about) {
			return
		}
		for name, text := range map[string]lang.Text{"assumes": l.Assumes, "silent": l.Silent, "false_alarms": l.FalseAlarms} {
			if text.ZH == "" || text.EN == "" {
				t.Errorf("%s (about: %s) does not say in both languages: %s", where, about, name)
			}
		}
	}
	forms, _ := form.Load(fstest.MapFS{})
	for _, f := range forms.Forms() {
		for _, rel := range f.Relations {
			complete(f.ID+": "+rel.ID, rel.About, rel.Limits)
		}
	}
	for _, r := range diag.Rules() {
		if r.ID != shared {
			complete(r.ID, r.About, r.Limits)
		}
	}
}
