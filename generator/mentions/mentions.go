// Package mentions holds the numbers in a report's prose against the cells of its
// tables: 全年共收到政府信息公开申请5件 against requests.new.total.
//
// What words mean is data. The form's YAML says which words stand for which cells
// (form.Mentions); the language's says what may stand between (locale.Prose). This
// package knows how sentences are read:
//
//  1. symbol.go turns a sentence into symbols: characters, but a number with its
//     unit is one symbol, and so is a year or a date.
//  2. word.go and automaton.go: one automaton (Aho–Corasick) for each form finds all
//     its words; token.go takes those that leave the fewest symbols unknown.
//  3. context.go reads from left to right what the words before a number say of it:
//     the topic, the year, whether it is expected, or part of something.
//  4. phrase.go looks from a number to the left for its phrase, and then to the
//     right. Everything between must be known and say nothing: 收到意见398条 is not
//     about requests.
//     respective.go gives names and numbers of two lists to each other: 甲、乙分别为3件、2件.
//  5. judge.go compares the number with the readings of the phrase, sums.go the
//     parts of a whole, none.go what is said to be none.
//
// A number fails only if it equals none of the readings. What cannot be judged is
// counted with its reason and is no fault. The cost is linear in the length of the
// text: a symbol is looked at a fixed number of times.
package mentions

import (
	"sync"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/prose"
)

// Result is what was found in a report.
type Result struct {
	Mentions []Mention         // in the order of the text
	Findings []diag.Diagnostic // of the rules text-table, text-zero and text-sums
}

// Mention is a number in the text, or a statement that there was none of something.
type Mention struct {
	Number   prose.Stretch // with its unit; of a statement of none, the words that were denied
	Phrase   prose.Stretch // the words for the cells; empty where there are none
	Sentence prose.Stretch
	Value    int64 // in millionths
	Zero     bool  // there was none
	Readings []Reading
	Agrees   int    // the index of the reading that it equals, or -1
	Reason   Reason // why it could not be judged, or Judged
	Because  prose.Stretch

	money bool
	step  int64 // the value of its last digit, in millionths
	list  string
	inner bool // in brackets
}

// Reading is a reading of a phrase in this report.
type Reading struct {
	form.Reading
	Value int64 // millionths
	Known bool  // all of its cells hold numbers
}

// Reason says why a number was not held against a cell.
type Reason string

// The reasons. Of those from Other on nobody expects that there is a cell.
const (
	Judged     Reason = ""
	NoPhrase   Reason = "no-phrase"  // no words for a cell lead to it
	Between    Reason = "between"    // unknown words stand between it and its phrase
	OffTopic   Reason = "off-topic"  // its words mean a cell, but the sentence is about something else
	Unnamed    Reason = "unnamed"    // unknown words stand before the phrase, and may restrict it
	PartOf     Reason = "part"       // it is of a part of the agency, or of the requests
	Channel    Reason = "channel"    // it is what came in by one way
	Difference Reason = "difference" // it is a change against another year
	Inexact    Reason = "inexact"    // about, more than
	Expected   Reason = "expected"   // it has not happened yet
	OtherYear  Reason = "other-year" // it is of another year
	PartOfYear Reason = "part-year"  // it is of a part of the year
	Several    Reason = "several"    // several things have one number each, or share one
	Range      Reason = "range"      // from one number to another
	Share      Reason = "share"      // a share or a rate
	OtherUnit  Reason = "unit"       // counted in another unit
	Counted    Reason = "counted"    // counted in another way than the table (on file)
	NoNumber   Reason = "no-number"  // the cell holds no number
	Accepted   Reason = "accepted"   // the cell is accepted as it is
)

// Judged reports whether a mention was held against a cell.
func (m *Mention) Judged() bool { return m.Reason == Judged }

// Mentioned counts the numbers that agree with a cell, and those that were held
// against none. A number that fails is in a finding.
func (x *Result) Mentioned() (n archive.Mentioned) {
	for i := range x.Mentions {
		switch m := &x.Mentions[i]; {
		case m.Zero:
		case !m.Judged():
			n.Open++
		case m.Agrees >= 0:
			n.Agree++
		}
	}
	return n
}

// Engines holds an engine for each form that says how its prose is read. They are
// made when they are first needed. It may be used by several goroutines.
type Engines struct{ byForm sync.Map }

// For returns the engine of a form, nil where the form says nothing of its prose.
func (e *Engines) For(f *form.Form) *Engine {
	if f.Mentions == nil {
		return nil
	}
	made, ok := e.byForm.Load(f)
	if !ok {
		made, _ = e.byForm.LoadOrStore(f, sync.OnceValue(func() *Engine { return New(f) }))
	}
	return made.(func() *Engine)()
}

// Engine judges the reports of a form.
type Engine struct {
	form  *form.Form
	m     *form.Mentions
	v     *vocabulary
	scans sync.Pool // of *scan, whose slices are used again
	steps *int      // for tests: counts what is looked at
}

// New makes the engine of a form. It is nil where the form says nothing of its
// prose, and then finds nothing.
func New(f *form.Form) *Engine {
	if f.Mentions == nil {
		return nil
	}
	e := &Engine{form: f, m: f.Mentions, v: compile(f)}
	e.scans.New = func() any { return &scan{tokens: tokens{reader: reader{vocabulary: e.v}}, m: e.m} }
	return e
}

// Judge holds the prose of a report against its tables. last is the agency's report
// before it, or nil; only one of the year before is used. Sentences without a word
// of the form are passed over: their numbers are not among the mentions.
func (e *Engine) Judge(r, last *archive.Report, text *prose.Text) Result {
	return e.judge(r, last, text, false)
}

// Look is Judge with all numbers of the parts that are read, for people to look at.
func (e *Engine) Look(r, last *archive.Report, text *prose.Text) Result {
	return e.judge(r, last, text, true)
}

func (e *Engine) judge(r, last *archive.Report, text *prose.Text, all bool) Result {
	if e == nil || len(r.Facts) == 0 {
		return Result{}
	}
	j := judge{Engine: e, r: r, last: last, text: text, all: all, scan: e.scans.Get().(*scan)}
	defer e.scans.Put(j.scan)
	j.scan.year, j.scan.steps = r.Year, e.steps
	for i := range text.Parts {
		for _, s := range e.m.Sections {
			if s.Section == text.Parts[i].ID {
				j.part(&text.Parts[i], s.Topic)
			}
		}
	}
	j.findings()
	return j.Result
}

// Count returns how many of the mentions were held against a cell, and how many
// were not, by reason.
func (r *Result) Count() (judged int, not map[Reason]int) {
	not = map[Reason]int{}
	for i := range r.Mentions {
		if m := &r.Mentions[i]; m.Judged() {
			judged++
		} else {
			not[m.Reason]++
		}
	}
	return judged, not
}
