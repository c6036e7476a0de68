// Package archive interprets the content: it makes the tree of agencies, their
// reports, and the facts in the reports, as cells of the forms.
//
// An Agency and a Report are built once and then only read. All reports of an
// agency are in memory together and no others: what the rest of the archive
// needs of them afterwards is an Entry, small and of plain numbers.
package archive

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/keys"
	"annals/generator/source"
)

// Kind is the kind of an agency.
type Kind string

// The kinds that differ in what the program does: a Region files no report, a
// Government is compared with those below it, and Department is the kind of an
// agency whose _index.md gives none.
const (
	Region     Kind = "region"
	Government Kind = "government"
	Department Kind = "department"
)

// Kinds lists the kinds in the order in which pages show them.
func Kinds() (list []Kind) {
	for _, k := range keys.Kinds() {
		list = append(list, Kind(k))
	}
	return list
}

// Agency is a place in the tree: a region, or a body that files reports. Its
// metadata stays in memory for the whole archive; its reports do not.
type Agency struct {
	Path        string // folders below agencies/, with slashes: shanxi/loufan
	File        string // its _index.md
	Name, Short string
	FormerNames []string
	Aliases     []string // folders where the agency was before, as Path
	Kind        Kind
	Since       int // first and last year a report is expected for; 0 is open
	Until       int
	Rulemaking  Power
	Contact     Contact
	Body        *content.Body // optional text; nil where there is none
	NameSpan    source.Span

	Parent   *Agency // nil for the top of the tree
	Children []*Agency
}

// Power says whether an agency may do what only some bodies may.
type Power uint8

// The values of Power.
const (
	Unsaid Power = iota // _index.md does not say
	Has
	HasNot
)

// Contact is how to reach the office that answers for the reports.
type Contact struct {
	Office, Address, Postcode, Phone, Email string
}

// Reports reports whether the agency files reports at all.
func (a *Agency) Reports() bool { return a.Kind != Region }

// Expected reports whether the agency should have filed a report for the year.
func (a *Agency) Expected(year int) bool {
	return a.Reports() && (a.Since == 0 || year >= a.Since) && (a.Until == 0 || year <= a.Until)
}

// Each yields agencies and all below them, each before those below it.
func Each(list []*Agency) iter.Seq[*Agency] {
	return func(yield func(*Agency) bool) {
		for _, a := range list {
			if !yield(a) {
				return
			}
			for below := range Each(a.Children) {
				if !yield(below) {
					return
				}
			}
		}
	}
}

// Chain returns the agencies from the top of the tree down to a.
func (a *Agency) Chain() []*Agency {
	var chain []*Agency
	for x := a; x != nil; x = x.Parent {
		chain = append(chain, x)
	}
	slices.Reverse(chain)
	return chain
}

// Report is one agency's filed disclosure for one year.
type Report struct {
	Agency      *Agency
	Year        int
	File        string
	Form        *form.Form
	Title       string
	Published   Date
	FromPage    bool // Published is what a web page says
	Source      Origin
	Draft       bool
	Withdrawn   *Withdrawal   // nil unless it is no longer published; then nothing but its year is known
	Summary     bool          // the prose is the archive's, not the document's
	Facts       []Fact        // by cell number; empty for a form without tables
	Rows        []source.Span // by row ordinal: the key that starts the row; zero where missing
	Redacted    []string      // why digits are masked, each reason once
	Accepts     []Accept
	Notes       []Note
	Corrections []Correction
	Body        *content.Body
	Attachments []content.Attachment
	Key         source.Span // a place for findings about the report as a whole

	TitleSpan, PublishedSpan, FormSpan source.Span // zero where the report does not give it
}

// Withdrawal says since when a released report is no longer published, and why.
type Withdrawal struct {
	Date   Date
	Reason string
}

// Withdrawn is the report of a year that is no longer published.
type Withdrawn struct {
	Year int
	Withdrawal
}

// Holds reports whether a file is the report's own or one of its attachments.
func (r *Report) Holds(file string) bool {
	return file == r.File || slices.ContainsFunc(r.Attachments, func(a content.Attachment) bool { return a.File == file })
}

// BaseFacts returns the facts by the cells of Form.Base(): for a report in a
// variant, those that the form shares with its parent; the others are Missing.
func (r *Report) BaseFacts() []Fact {
	shared := r.Form.Shared()
	if shared == nil || len(r.Facts) == 0 {
		return r.Facts
	}
	facts := make([]Fact, len(shared))
	for base, own := range shared {
		if own >= 0 {
			facts[base] = r.Facts[own]
		}
	}
	return facts
}

// Status is the kind of value that a cell holds.
type Status uint8

const (
	Missing       Status = iota // the row is not there
	Number                      // a number
	Blank                       // printed without anything in it
	NotApplicable               // printed with a token: / - — 无 不适用
	Invalid                     // a text that is neither; it has been reported
)

// Fact is the reported value of one cell.
type Fact struct {
	Value  int64  // for an Amount, times form.Scale; meaningful for a Number only
	Text   string // as written: 75.9260, /
	Span   source.Span
	Status Status
}

// AppendNumber writes the fact's number as the document prints it, trailing
// zeros included.
func (f Fact) AppendNumber(b []byte, t form.Type) []byte {
	if t == form.Amount && f.Text != "" && strings.Trim(f.Text, "0123456789.") == "" {
		return append(b, f.Text...)
	}
	return t.Append(b, f.Value)
}

// Known reports whether the cell holds a number, which sums may use.
func (f Fact) Known() bool { return f.Status == Number }

// Date is a calendar date; the zero Date is unknown.
type Date struct{ Year, Month, Day int }

// Compare is negative if d is before other, positive if it is after.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// String returns the date as files have it, such as 2025-01-10.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Origin is where the report was published and the file it was taken from.
type Origin struct {
	URL, File, SHA256 string
	Kept              bool // the file is not published
}

// Accept is a finding that stands in the official document.
type Accept struct {
	Rule, Cell, Reason string
	Text               string // a piece of the sentence that the finding is about, or ""
	By                 string // ByAgency or ByArchive: whose reason it is
	Span               source.Span
}

// Note is a footnote to one cell.
type Note struct {
	Cell int // cell number
	Text string
	Span source.Span
}

// Updated is the day of publication, or of the last correction after it.
func (r *Report) Updated() Date {
	day := r.Published
	for _, c := range r.Corrections {
		if c.Date.Compare(day) > 0 {
			day = c.Date
		}
	}
	return day
}

// Correction is something that was corrected after publication.
type Correction struct {
	Date Date
	Cell string // cell id, or one of the names in NoCells, or ""
	Was  string
	Note string
	By   string // ByAgency or ByArchive
	URL  string // of the agency's notice
	Span source.Span
}

// Who corrected: the agency its own figure, or the archive a transcription that
// differed from the document.
const (
	ByAgency  = "agency"
	ByArchive = "archive"
)

// NoCells are what a correction can be about besides cells: keys of a report.
var NoCells = []string{"published", "form", "title"}

// Corrected counts the corrections that are the agency's own.
func (r *Report) Corrected() (n int) {
	for _, c := range r.Corrections {
		if c.By == ByAgency {
			n++
		}
	}
	return n
}
