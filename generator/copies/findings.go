package copies

import (
	"strings"

	"annals/generator/archive"
	"annals/generator/config"
	"annals/generator/diag"
)

// Report is a report and its prose.
type Report struct {
	*archive.Report
	*Prose
}

// LastYear holds a report against that of the year before. A report of an agency
// that was renamed in between is not judged: it says what the body before it said.
func LastYear(r, before Report, limits config.Copies) []diag.Diagnostic {
	if r.Characters < limits.Characters || !r.near(before.Prose, limits.Notice) || renamed(r, before) {
		return nil
	}
	same := r.In(before.Prose, nil)
	if same.percent() < limits.Notice {
		return nil
	}
	d := finding("copied-last-year", r, before, same, "year", before.Year)
	if same.percent() < limits.Share {
		d.Severity = diag.Notice
	}
	return []diag.Diagnostic{d}
}

// renamed reports whether a former name of the agency stands in the report of the
// year before alone.
func renamed(r, before Report) bool {
	for _, name := range r.Agency.FormerNames {
		says := func(x Report) bool { return strings.Contains(x.Title, name) || strings.Contains(x.text.Norm, name) }
		if says(before) && !says(r) {
			return true
		}
	}
	return false
}

// OtherAgency reports what a report has in common with that of another agency, more
// agencies besides having about as much.
func OtherAgency(r, other Report, same Same, more int, limits config.Copies) diag.Diagnostic {
	key := "copied-other"
	if more > 0 {
		key += "/more"
	}
	d := finding(key, r, other, same, "agency", other.Agency.Name, "more", more)
	if limits.Warn {
		d.Severity = diag.Warning
	}
	return d
}

// mostPairs is how many pairs of sentences a finding shows.
const mostPairs = 3

// finding makes a diagnostic at the longest sentence in common, with the pairs of
// sentences that show it.
func finding(key string, r, other Report, same Same, args ...any) diag.Diagnostic {
	args = append(args, "percent", same.percent(), "n", len(same.Pairs))
	d := diag.New(key, r.Place(same.Pairs[0].Stretch), args...)
	for i, p := range same.Pairs[:min(mostPairs, len(same.Pairs))] {
		if i > 0 {
			d = d.With(r.Place(p.Stretch), diag.Say("copied-last-year/here", "text", r.text.In(p.Stretch)))
		}
		d = d.With(other.Place(p.Other), diag.Say("copied-last-year/there", "text", other.text.In(p.Other)))
	}
	return d
}

// Assessable reports whether there is enough of a report's own prose to judge it.
func (s Same) Assessable(limits config.Copies) bool { return s.Own >= limits.Characters }

// percent is the share in whole percents, rounded down.
func (s Same) percent() int { return int(s.Share * 100) }

// Told reports whether the share is one that is told of.
func (s Same) Told(limits config.Copies) bool { return s.percent() >= limits.Share }
