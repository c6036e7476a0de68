// Package explain explains a rule: what it requires, its formula, its legal basis,
// and an example of a mistake with the diagnostic of Annals.
//
// Rules come from two places, the program's catalogue and the forms; both are
// explained in the same way. The examples are data: a small faultless archive
// (base.txtar), and for every rule a file with a few lines to change, the command
// that reports the fault if it is not check, and the expected diagnostic. A test
// makes the change and compares.
package explain

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
)

// Rule is a rule with all that its explanation shows.
type Rule struct {
	ID         string
	Severity   diag.Severity
	Title      lang.Text
	Formula    lang.Text // of a form's relation; "" otherwise
	Explain    lang.Text
	Basis      lang.Text
	Acceptable bool
	About      diag.About
	diag.Commencement
	Limits  diag.Limits
	Forms   []string // the forms that declare it; none for a rule of the program
	Example Example
}

// Rules lists all rules: those of the forms in the forms' order, then the
// program's by id. A relation that several forms declare is one rule, explained
// with the words of the newest form.
func Rules(forms *form.Set) []Rule {
	var list []Rule
	for _, f := range form.NewestFirst(forms.Forms()) {
		for _, rel := range f.Relations {
			if f.Inherits(rel) {
				continue
			}
			if i := slices.IndexFunc(list, func(r Rule) bool { return r.ID == rel.ID }); i >= 0 {
				list[i].Forms = append(list[i].Forms, f.ID)
				continue
			}
			list = append(list, Rule{
				ID: rel.ID, Severity: rel.Severity, Title: rel.Label, Formula: rel.Formula, Explain: rel.Explain,
				Basis: rel.Basis, Acceptable: true, About: rel.About, Commencement: rel.Commencement, Limits: rel.Limits, Forms: []string{f.ID}, Example: examples()[rel.ID],
			})
		}
	}
	for _, r := range diag.Rules() {
		if r.ID == shared {
			continue
		}
		list = append(list, Rule{
			ID: r.ID, Severity: r.Severity(), Title: r.Title, Explain: r.Explain, Basis: r.Basis,
			Acceptable: r.Acceptable, About: r.About, Commencement: r.Commencement, Limits: r.Limits, Example: examples()[r.ID],
		})
	}
	return list
}

// shared is the entry of the catalogue with the messages that all relations use. It
// is not a rule.
const shared = "relation"

//go:embed words.json
var wordsJSON []byte

var words = lang.Embedded("explain/words.json", wordsJSON)

// Commences says for which reports the rule is in force, and since which version of
// the program it is there.
func (r Rule) Commences(tag lang.Tag) string {
	return r.Commencement.Words(r.About, r.Severity).In(tag)
}

// Write prints a rule for the terminal.
func Write(w io.Writer, r Rule, tag lang.Tag) error {
	word := func(key string) string { return words()[key].In(tag) }
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  (%s)\n", r.ID, r.Title.In(tag), word(r.Severity.String()))
	line := func(key, text string) {
		if text != "" {
			fmt.Fprintf(&b, "\n%s\n  %s\n", word(key), text)
		}
	}
	line("formula", r.Formula.In(tag))
	line("meaning", r.Explain.In(tag))
	line("basis", r.Basis.In(tag))
	line("forms", strings.Join(r.Forms, ", "))
	line("commencement", r.Commences(tag))
	line("assumes", r.Limits.Assumes.In(tag))
	line("silent", r.Limits.Silent.In(tag))
	line("false-alarms", r.Limits.FalseAlarms.In(tag))
	if r.Acceptable {
		line("acceptance", word("acceptable"))
	}
	if r.Example.Says != "" {
		fmt.Fprintf(&b, "\n%s\n", word("example"))
		for _, s := range r.Example.Lines(tag) {
			fmt.Fprintf(&b, "  %s\n", s)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
