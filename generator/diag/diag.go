// Package diag defines diagnostics: what is wrong with the content, and where.
//
// A problem with content is a value that is returned and collected, never a
// printed line and never a bare error: an error stops the program, a
// Diagnostic does not. Text, JSON and other outputs are printers over one
// list.
//
// Rules and the texts of their messages are data, with a file of rules/ for each
// rule. Code names a rule and one of its messages and gives the values; both
// languages are made at once, so that a diagnostic can be shown in either.
//
// Each rule says what it is about (About), from when on it is in force
// (Commencement), and what a reader must know of it (Limits). Rules do not look at
// that themselves: what is dropped for old years, and lowered for reports that are
// older than the rule, is decided in one place, for all findings about a report
// (check.Judge).
package diag

import (
	"cmp"
	"slices"

	"annals/generator/lang"
	"annals/generator/source"
)

// Severity says whether a diagnostic fails the run.
type Severity uint8

// The severities. Only an Error keeps a site from being written. A Notice is
// no fault: it is printed only to those who ask for it.
const (
	Error Severity = iota
	Warning
	Notice
)

var severities = []string{"error", "warning", "notice"}

// String returns the word for the severity in every output: error, warning, notice.
func (s Severity) String() string { return severities[s] }

// Diagnostic is one finding.
type Diagnostic struct {
	Rule     string       // stable id, kebab-case
	Severity Severity     //
	Lowered  bool         // it can be a warning at most, because the report is older than the rule
	Raised   bool         // it is a warning, which fails because nobody has explained it (warnings: explain)
	Known    string       // it stands in the archive's baseline, with this hash, and fails nothing; "": it does not
	Place    source.Place // where the fault most likely is
	Cell     string       // the cell it is about ("requests.new.total"), or a row or table, or ""
	Also     []string     // more cells that it is about: the totals of a row and a column that cross in Cell
	Text     string       // of a finding about prose: the sentence it is about; "" for one about a whole part or report
	Where    []lang.Text  // where in the official document, from outside in: the report, part, row, column; nil where it is about none
	Message  lang.Text    // what is wrong there, one line; Line is the whole message
	Related  []Related    // every other cell or line that took part
	Fix      *Fix         // where a repair is certain
	Omitted  *Omitted     // findings that it stands for; nil: only itself
}

// Omitted counts findings that are not listed.
type Omitted struct {
	Rule  string // in one file; "" for those of any rule in the run
	Count int
}

// findings returns the number of findings that d stands for.
func (d Diagnostic) findings() int {
	if d.Omitted != nil {
		return d.Omitted.Count
	}
	return 1
}

// OfRecord reports whether d is an error of a rule that protects what was
// published (Rule.Record).
func (d Diagnostic) OfRecord() bool {
	rule, _ := Lookup(d.Rule)
	return rule.Record && d.Severity == Error
}

// Stops reports whether d is an error with which nothing is published, even where
// faulty reports are: it is about what was published before, or about data of
// persons.
func (d Diagnostic) Stops() bool {
	rule, _ := Lookup(d.Rule)
	return (rule.Record || rule.About == AboutPrivacy) && d.Severity == Error
}

// Related is a place that took part in a finding.
type Related struct {
	Place   source.Place
	Message lang.Text
}

// Fix is a certain repair: the text at Place becomes Replace.
type Fix struct {
	Place   source.Place
	Replace string
}

// New makes a diagnostic of a message in rules/. The key is the rule's id,
// or "id/variant" where a rule has several messages; args are pairs of a
// placeholder's name and its value (a string, an integer or a lang.Text).
// An unknown key is a bug in the caller and panics; a test tries every key.
func New(key string, at source.Place, args ...any) Diagnostic {
	rule, severity, message := say(key, args)
	return Diagnostic{Rule: rule, Severity: severity, Place: at, Message: message}
}

// Say fills a message of rules.json without making a diagnostic of it, for
// related places and page texts.
func Say(key string, args ...any) lang.Text {
	_, _, message := say(key, args)
	return message
}

// OnCell returns d with its cell set.
func (d Diagnostic) OnCell(cell string) Diagnostic {
	d.Cell = cell
	return d
}

// With returns d with one more related place.
func (d Diagnostic) With(at source.Place, message lang.Text) Diagnostic {
	d.Related = append(slices.Clip(d.Related), Related{Place: at, Message: message})
	return d
}

// Sort orders a list by file, place and rule: the order in which they are
// shown, and the same whatever the number of workers.
func Sort(list []Diagnostic) {
	slices.SortStableFunc(list, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Place.Column, b.Place.Column),
			cmp.Compare(a.findings(), b.findings()), // a count after the findings of its kind
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Cell, b.Cell),
			cmp.Compare(a.Message.ZH, b.Message.ZH),
		)
	})
}

// Count returns how many findings fail a run, and how many only warn, but for those
// that are Known.
func Count(list []Diagnostic) (errors, warnings int) {
	for _, d := range list {
		if d.Known != "" {
			continue
		}
		switch d.Severity {
		case Error:
			errors += d.findings()
		case Warning:
			warnings += d.findings()
		}
	}
	return errors, warnings
}

// Faults returns the list without its notices, and how many those were.
func Faults(list []Diagnostic) ([]Diagnostic, int) {
	left := slices.DeleteFunc(slices.Clone(list), func(d Diagnostic) bool { return d.Severity == Notice })
	return left, len(list) - len(left)
}

// Errors counts the findings that fail a run.
func Errors(list []Diagnostic) int {
	n, _ := Count(list)
	return n
}
