package diag

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"annals/generator/lang"
)

//go:embed rules/*.json
var files embed.FS

// Rule is one file of rules/, named for its id: the title and the messages of a
// rule. The rules that a form declares as equations are described in the form's own
// file; this catalogue holds those of the program, and the messages that all
// relations share.
type Rule struct {
	ID    string `json:"-"`
	Level string `json:"severity"`
	About About  `json:"about"`
	Commencement
	Title   lang.Text `json:"title"`
	Explain lang.Text `json:"explain"`
	Basis   lang.Text `json:"basis"`
	Limits  Limits    `json:"limits,omitzero"`
	// Acceptable means that a finding may be true of the official document, so that
	// a report may accept it.
	Acceptable bool `json:"acceptable"`
	// Record rules protect what was published: their errors stop a build even
	// where faulty reports are published.
	Record bool `json:"record,omitempty"`
	// Across rules compare agencies with each other. They are judged when all
	// agencies have been, and nothing that is published depends on them.
	Across   bool                 `json:"across,omitempty"`
	Messages map[string]lang.Text `json:"messages"` // "" is the rule's plain message
}

// About says what kind of thing a rule is about. It decides what of its findings is
// published, and whether they may be lowered.
type About string

// The kinds of rules. Findings of those about the text, copies, privacy and
// plausibility are never published unless the settings name the rule.
const (
	AboutFiles        About = "files"        // of the archive, as files and as Markdown
	AboutSettings     About = "settings"     // site.yaml, forms and layouts of the archive's own
	AboutForm         About = "form"         // how a report is written: its keys, rows, values
	AboutArithmetic   About = "arithmetic"   // relations between figures
	AboutRecord       About = "record"       // what was published before
	AboutText         About = "text"         // what a report's prose says
	AboutCopies       About = "copies"       // prose that stands elsewhere too
	AboutPrivacy      About = "privacy"      // data of persons
	AboutPlausibility About = "plausibility" // figures that are possible and unlikely
	AboutProgram      About = "program"      // what a command could not do, import's above all
)

// Limits is what a reader of a rule's findings must know of it: what it takes for
// granted, when it says nothing though there may be a fault, and where it is known
// to be mistaken. An empty text means that there is nothing to know.
type Limits struct {
	Assumes     lang.Text `json:"assumes,omitzero"`
	Silent      lang.Text `json:"silent,omitzero"`
	FalseAlarms lang.Text `json:"false_alarms,omitzero"`
}

// Severity is the severity of the rule's diagnostics.
func (r Rule) Severity() Severity {
	return Severity(max(0, slices.Index(severities, r.Level)))
}

var catalog = sync.OnceValue(func() map[string]Rule {
	entries, err := files.ReadDir("rules")
	if err != nil {
		panic("diag: " + err.Error())
	}
	m := make(map[string]Rule, len(entries))
	for _, e := range entries {
		data, err := files.ReadFile("rules/" + e.Name())
		if err != nil {
			panic("diag: " + err.Error())
		}
		r := Rule{ID: strings.TrimSuffix(e.Name(), ".json")}
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&r); err != nil {
			panic("diag: rules/" + e.Name() + ": " + err.Error())
		}
		m[r.ID] = r
	}
	return m
})

// Sum is the hash, in hexadecimal digits, of the rules of the program.
func Sum() string {
	h := sha256.New()
	entries, _ := files.ReadDir("rules") // the catalog has read them all
	for _, e := range entries {
		data, _ := files.ReadFile("rules/" + e.Name())
		fmt.Fprintf(h, "%s %d\n%s", e.Name(), len(data), data)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Rules returns the rules of the program by id.
func Rules() []Rule {
	var list []Rule
	for _, r := range catalog() {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// Lookup returns the rule with the id, if the program has one.
func Lookup(id string) (Rule, bool) {
	r, ok := catalog()[id]
	return r, ok
}

func say(key string, args []any) (rule string, severity Severity, message lang.Text) {
	rule, variant, _ := strings.Cut(key, "/")
	r, ok := catalog()[rule]
	if !ok {
		panic("diag: no rule " + rule + " in rules/")
	}
	m, ok := r.Messages[variant]
	if !ok {
		panic("diag: no message " + key + " in rules/")
	}
	return rule, r.Severity(), Fill(m, args...)
}

// Fill puts values in the place of the {placeholders} of a text. Values that
// come from content are made safe to show: control characters, bidirectional
// overrides and invalid bytes appear as escapes, and very long ones are cut.
func Fill(m lang.Text, args ...any) lang.Text {
	return lang.Text{ZH: fill(m.ZH, lang.ZH, args), EN: fill(m.EN, lang.EN, args)}
}

func fill(pattern string, tag lang.Tag, args []any) string {
	b := make([]byte, 0, 2*len(pattern))
	for {
		before, rest, ok := strings.Cut(pattern, "{")
		b = append(b, before...)
		if !ok {
			return string(b)
		}
		name, after, _ := strings.Cut(rest, "}")
		i := 0
		for i < len(args) && args[i] != name {
			i += 2
		}
		if i >= len(args) { // no placeholder
			b, pattern = append(b, '{'), rest
			continue
		}
		b, pattern = append(b, value(args[i+1], tag)...), after
	}
}

// value returns the text of an argument of a message in a language.
func value(arg any, tag lang.Tag) string {
	switch v := arg.(type) {
	case string:
		return Visible(excerpt(v))
	case lang.Text:
		return Visible(v.In(tag))
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case []lang.Text:
		return Visible(Join(v).In(tag))
	default:
		panic(fmt.Sprintf("diag: argument %v of type %T", arg, arg))
	}
}

// excerpt returns the beginning of a value that is too long for a message.
func excerpt(s string) string {
	const most = 200 // code points
	if len(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// Join joins texts to a list, with the separator of each language.
func Join(list []lang.Text) lang.Text { return lang.Join(list, Say("relation/list")) }
