package annotate

import (
	"io"
	"net/url"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/explain"
	"annals/generator/lang"
	"annals/generator/locale"
	"annals/generator/source"
)

// mostResults is how many results code scanning takes of a run.
const mostResults = 25_000

type log struct {
	Schema  string `json:"$schema"`
	Version string `json:"version"`
	Runs    []run  `json:"runs"`
}

type run struct {
	Tool         tool         `json:"tool"`
	Translations []component  `json:"translations,omitempty"`
	Language     string       `json:"language"`
	ColumnKind   string       `json:"columnKind"`
	Invocations  []invocation `json:"invocations"`
	Results      []result     `json:"results"`
}

type invocation struct {
	ExecutionSuccessful bool           `json:"executionSuccessful"`
	Notifications       []notification `json:"toolExecutionNotifications,omitempty"`
}

type notification struct {
	Level   string  `json:"level"`
	Message message `json:"message"`
}

type tool struct {
	Driver component `json:"driver"`
}

type component struct {
	Name     string       `json:"name"`
	Version  string       `json:"version,omitempty"`
	Language string       `json:"language"`
	Rules    []descriptor `json:"rules"`
}

type descriptor struct {
	ID            string         `json:"id"`
	Short         message        `json:"shortDescription"`
	Full          message        `json:"fullDescription"`
	Help          message        `json:"help"`
	Configuration *configuration `json:"defaultConfiguration,omitempty"`
	Properties    *properties    `json:"properties,omitempty"`
}

type configuration struct {
	Level string `json:"level"`
}

type properties struct {
	Tags []string `json:"tags"`
}

type message struct {
	Text string `json:"text"`
}

type result struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      message           `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Related      []sarifLocation   `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string `json:"partialFingerprints"`
	Fixes        []fix             `json:"fixes,omitempty"`
}

type sarifLocation struct {
	ID       *int              `json:"id,omitempty"`
	Physical physicalLocation  `json:"physicalLocation"`
	Logical  []logicalLocation `json:"logicalLocations,omitempty"`
	Message  *message          `json:"message,omitempty"`
}

type logicalLocation struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
}

type physicalLocation struct {
	Artifact artifact `json:"artifactLocation"`
	Region   *region  `json:"region,omitempty"`
}

type artifact struct {
	URI  string `json:"uri"`
	Base string `json:"uriBaseId"`
}

type region struct {
	StartLine   int32 `json:"startLine"`
	StartColumn int32 `json:"startColumn"`
	EndLine     int32 `json:"endLine"`
	EndColumn   int32 `json:"endColumn"`
}

type fix struct {
	Description message  `json:"description"`
	Changes     []change `json:"artifactChanges"`
}

type change struct {
	Artifact     artifact      `json:"artifactLocation"`
	Replacements []replacement `json:"replacements"`
}

type replacement struct {
	Deleted  region  `json:"deletedRegion"`
	Inserted message `json:"insertedContent"`
}

// levels are SARIF's words for the severities.
var levels = [...]string{diag.Error: "error", diag.Warning: "warning", diag.Notice: "note"}

// SARIF prints a log of one run. The rules stand in it in the printer's language,
// and in the other one as a translation. omitted says, of a number of results,
// that they are left out, and fixed what a repair does.
func (p Printer) SARIF(w io.Writer, list []diag.Diagnostic, omitted func(n int) string, fixed string) error {
	r := run{ColumnKind: "unicodeCodePoints", Language: locale.For(p.Lang).Code, Results: []result{}}
	r.Tool.Driver = p.component(p.Lang)
	r.Tool.Driver.Version = p.Version
	for _, l := range locale.All() {
		if l.Language != p.Lang {
			r.Translations = append(r.Translations, p.component(l.Language))
		}
	}
	done := invocation{ExecutionSuccessful: true}
	prints := fingerprints(list)
	if n := len(list) - mostResults; n > 0 {
		done.Notifications = append(done.Notifications, notification{"warning", message{omitted(n)}})
		list = list[:mostResults]
	}
	r.Invocations = []invocation{done}
	for i, d := range list {
		x := result{
			RuleID: d.Rule, RuleIndex: slices.IndexFunc(p.Rules, func(r explain.Rule) bool { return r.ID == d.Rule }),
			Level: levels[d.Severity], Message: message{d.Message.In(p.Lang)},
			Locations:    []sarifLocation{{Physical: p.place(d.Place)}},
			Fingerprints: map[string]string{"annals/v1": prints[i]},
		}
		if d.Cell != "" {
			x.Locations[0].Logical = []logicalLocation{{d.Cell}}
		}
		for n, related := range d.Related {
			x.Related = append(x.Related, sarifLocation{ID: &n, Physical: p.place(related.Place), Message: &message{related.Message.In(p.Lang)}})
		}
		if f := d.Fix; f != nil {
			x.Fixes = []fix{{message{fixed}, []change{{p.artifact(f.Place.File), []replacement{{regionOf(f.Place.Span), message{f.Replace}}}}}}}
		}
		r.Results = append(r.Results, x)
	}
	return write(w, log{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []run{r},
	})
}

// component describes the program in a language.
func (p Printer) component(tag lang.Tag) component {
	c := component{Name: "annals", Language: locale.For(tag).Code, Rules: []descriptor{}}
	for _, r := range p.Rules {
		var help strings.Builder
		for _, part := range []lang.Text{r.Formula, r.Explain, r.Basis} {
			if text := part.In(tag); text != "" {
				help.WriteString(text + "\n")
			}
		}
		d := descriptor{
			ID: r.ID, Short: message{r.Title.In(tag)}, Full: message{r.Explain.In(tag)},
			Help: message{strings.TrimSuffix(help.String(), "\n")},
		}
		if tag == p.Lang {
			d.Configuration = &configuration{levels[r.Severity]}
			d.Properties = &properties{[]string{string(r.About)}}
		}
		c.Rules = append(c.Rules, d)
	}
	return c
}

func (p Printer) place(at source.Place) physicalLocation {
	x := physicalLocation{Artifact: p.artifact(at.File)}
	if at.Line > 0 {
		r := regionOf(at.Span)
		x.Region = &r
	}
	return x
}

// artifact names a file by a relative reference, whose segments are encoded.
func (p Printer) artifact(file string) artifact {
	return artifact{(&url.URL{Path: p.file(file)}).EscapedPath(), "%SRCROOT%"}
}

func regionOf(s source.Span) region {
	r := region{max(s.Line, 1), max(s.Column, 1), max(s.EndLine, s.Line, 1), max(s.EndColumn, 1)}
	if r.EndLine == r.StartLine {
		r.EndColumn = max(r.EndColumn, r.StartColumn)
	}
	return r
}
