package generator

import (
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/sitemap"
)

// If a folder is emptied or moved by mistake, a build would remove the pages of
// its reports, and links from other sites and search engines would break. So a
// build that would remove many reports stops and names them. A report that
// became a draft counts as removed; a withdrawn report keeps its page and does
// not.
const (
	fewRemovals = 20 // reports that a build may remove in any case
	mostRemoved = 5  // at most one in this many reports may be removed
)

// removalsError is the error with which guardRemovals stops a build.
type removalsError struct{ found []diag.Diagnostic }

func (e *removalsError) Error() string { return e.found[0].Message.EN }

// guardRemovals is called by the output before it removes files, and returns an
// error if too many reports would be removed.
func guardRemovals(gone []string, was iter.Seq[string]) error {
	if found := removals(gone, was); len(found) > 0 {
		return &removalsError{found}
	}
	return nil
}

// removals returns diagnostics if more than fewRemovals reports would be
// removed and they are more than a fifth of all reports, or all reports of an
// agency and of the agencies below it.
func removals(gone []string, was iter.Seq[string]) []diag.Diagnostic {
	years := map[string][]string{} // of the reports that go, by agency
	n := 0
	report := sitemap.Of(sitemap.Report).Path
	for _, file := range gone {
		if at, ok := report.Match(file); ok {
			years[at.Agency] = append(years[at.Agency], strconv.Itoa(at.Year))
			n++
		}
	}
	if n <= fewRemovals {
		return nil
	}
	all, total := map[string]int{}, 0 // by agency, with those below
	for file := range was {
		if at, ok := report.Match(file); ok {
			eachAbove(at.Agency, func(a string) { all[a]++ })
			total++
		}
	}
	going := map[string]int{}
	for agency, list := range years {
		eachAbove(agency, func(a string) { going[a] += len(list) })
	}
	many := n*mostRemoved > total
	var found []diag.Diagnostic
	reported := "" // the agency reported last; agencies below it are not reported again
	for _, a := range slices.Sorted(maps.Keys(going)) {
		file := files.Top("content/agencies/" + a)
		switch {
		case reported != "" && strings.HasPrefix(a, reported+"/"):
		case going[a] == all[a] && (going[a] > fewRemovals || many && all[a] > 0):
			found = append(found, diag.New("removal/agency", file, "agency", a, "n", going[a]))
			reported = a
		case many && len(years[a]) > 0:
			found = append(found, diag.New("removal", file, "agency", a, "n", len(years[a]), "years", strings.Join(years[a], ", ")))
		}
	}
	return found
}

// eachAbove calls f with the path of an agency and those of all above it.
func eachAbove(agency string, f func(string)) {
	for {
		f(agency)
		i := strings.LastIndexByte(agency, '/')
		if i < 0 {
			return
		}
		agency = agency[:i]
	}
}
