package check

import (
	"annals/generator/archive"
	"annals/generator/config"
	"annals/generator/diag"
)

// Late notices a report that was published after the last day for agencies of its
// kind, a day of the year after the report's, if its form is one that reviewers know. The
// date of a web page is no proof, because it may be that of a migration, nor is one
// that is likely mistyped; and the settings may judge nobody.
func Late(r *archive.Report, settings *config.Site) []diag.Diagnostic {
	day, set := settings.Deadlines[string(r.Agency.Kind)]
	last := archive.Date{Year: r.Year + 1, Month: day.Month, Day: day.Day}
	if !set || r.Form.Review == nil || settings.DatesOnly || r.FromPage || r.Draft || r.Far() || r.Published.Compare(last) <= 0 {
		return nil
	}
	return []diag.Diagnostic{diag.New("late", r.PublishedSpan.In(r.File), "published", r.Published.String(), "last", last.String())}
}
