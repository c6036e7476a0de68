package diag

import (
	"strings"

	"golang.org/x/mod/semver"

	"annals/generator/lang"
)

// Version is the program's version: what `annals version` and the headers of
// releases say, and what a rule that comes with it has as its Added.
const Version = "0.2.0"

// First is the version whose rules have been held against every report. A
// release whose header has no version is older than versions are, and counts
// as made by it.
const First = "0.1.0"

// Commencement says for which reports a rule is in force, and from when on. It
// is what keeps a new rule from stopping an archive that was fine: a report
// that was published before the rule took effect, or that stands in a release
// made before the program had the rule, gets at most a warning from it.
//
// Rules about privacy are in force at once (Rule.Lowers).
type Commencement struct {
	Since     int    `json:"since"`     // first report year that the rule is about; 0: all
	Effective string `json:"effective"` // 2027-01-01: reports published before that day get at most a warning; "": none do
	Added     string `json:"added"`     // 0.2.0: the program's version that brought the rule; reports released before get at most a warning
}

// Subject is what a rule's commencement is held against.
type Subject struct {
	Year      int    // of the report
	Published string // 2026-01-31; "" if that is not known
	Released  string // the version of the program that made the first release with the report; "" if none has it
}

// Lowers reports whether the rule can only warn of the report, because one of them
// is older than the other. A day that is not known is not before any other.
func (c Commencement) Lowers(s Subject) bool {
	return s.Published != "" && s.Published < c.Effective || s.Released != "" && semver.Compare("v"+s.Released, "v"+c.Added) < 0
}

// Words says for which reports a rule is in force, and since which version of the
// program it is there. Older reports are spoken of where the rule's findings are
// lowered for them.
func (c Commencement) Words(about About, severity Severity) lang.Text {
	var parts []lang.Text
	say := func(key string, args ...any) { parts = append(parts, Fill(words()[key], args...)) }
	if c.Since > 0 {
		say("since", "year", c.Since)
	} else {
		say("always")
	}
	switch {
	case about == AboutPrivacy || about == AboutRecord || severity != Error || c.Added == First && c.Effective == "":
		say("added", "version", c.Added)
	case c.Effective != "":
		say("effective", "day", c.Effective, "version", c.Added)
	default:
		say("added-lowers", "version", c.Added)
	}
	return lang.Join(parts, words()["and"])
}

// ProgramVersion returns the version in the name by which a program calls itself
// in the header of a release, "annals 0.2.0 6f1c…"; First where there is none.
func ProgramVersion(program string) string {
	_, rest, _ := strings.Cut(program, " ")
	version, _, _ := strings.Cut(rest, " ")
	if v := "v" + version; semver.IsValid(v) && semver.Compare(v, "v"+First) > 0 {
		return version
	}
	return First
}

// IsVersion reports whether a text is a version that the program had or has: three
// numbers, up to Version.
func IsVersion(text string) bool {
	v := "v" + text
	return semver.Canonical(v) == v && semver.Compare(v, "v"+Version) <= 0
}
