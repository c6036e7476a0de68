package site

import (
	"cmp"

	"annals/generator/archive"
	"annals/generator/config"
)

// Filing says whether and when an agency has published its report of a year.
type Filing uint8

// The values of Filing, from the best to the worst.
const (
	NotExpected Filing = iota
	OnTime
	Undated // published, but the date is not known
	Late
	Missing
)

// Name is the key of f among the words of the interface, and its class on
// pages.
func (f Filing) Name() string {
	return [...]string{"not-expected", "on-time", "undated", "late", "missing"}[f]
}

// FilingOf compares a report's date with the deadline for agencies of its
// kind, which is a day of the year after the report's. A date taken from a web
// page may be the date on which a site was migrated: it can prove that a report
// was in time, but not that it was late.
func FilingOf(deadlines map[string]config.Day, kind archive.Kind, year int, published archive.Date, fromPage bool) Filing {
	if published == (archive.Date{}) {
		return Undated
	}
	day, ok := deadlines[string(kind)]
	if !ok {
		return OnTime
	}
	last := archive.Date{Year: year + 1, Month: day.Month, Day: day.Day}
	switch {
	case !before(last, published):
		return OnTime
	case fromPage:
		return Undated
	}
	return Late
}

// filing is FilingOf by the settings of the site, which may judge nobody.
func (p *Plan) filing(kind archive.Kind, year int, published archive.Date, fromPage bool) Filing {
	if p.Config.DatesOnly {
		return Undated
	}
	return FilingOf(p.Config.Deadlines, kind, year, published, fromPage)
}

// filingName is the name of f on pages, which by the settings may judge nobody: a
// report is then absent from the archive, and nothing else is said of it.
func (p *Plan) filingName(f Filing) string {
	if f == Missing && p.Config.DatesOnly {
		return "absent"
	}
	return f.Name()
}

func before(a, b archive.Date) bool {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day)) < 0
}
