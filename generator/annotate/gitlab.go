package annotate

import (
	"encoding/json"
	"io"

	"annals/generator/diag"
)

// issue is a finding as a Code Quality report of GitLab has it.
type issue struct {
	Description string   `json:"description"`
	CheckName   string   `json:"check_name"`
	Fingerprint string   `json:"fingerprint"`
	Severity    string   `json:"severity"`
	Location    location `json:"location"`
}

type location struct {
	Path      string    `json:"path"`
	Positions positions `json:"positions"`
}

type positions struct {
	Begin position `json:"begin"`
	End   position `json:"end"`
}

type position struct {
	Line   int32 `json:"line"`
	Column int32 `json:"column"`
}

// severities are GitLab's words, of info, minor, major, critical and blocker, for
// errors, warnings and notices.
var severities = [...]string{diag.Error: "major", diag.Warning: "minor", diag.Notice: "info"}

// GitLab prints a Code Quality report.
func (p Printer) GitLab(w io.Writer, list []diag.Diagnostic) error {
	issues := []issue{}
	prints := fingerprints(list)
	for i, d := range list {
		at := d.Place
		begin := position{max(at.Line, 1), max(at.Column, 1)}
		end := position{max(at.EndLine, begin.Line), max(at.EndColumn, 1)}
		issues = append(issues, issue{
			Description: d.Message.In(p.Lang), CheckName: d.Rule, Fingerprint: prints[i], Severity: severities[d.Severity],
			Location: location{p.file(at.File), positions{begin, end}},
		})
	}
	return write(w, issues)
}

// write prints a value as JSON, with a line break at its end.
func write(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(v)
}
