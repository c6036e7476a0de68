// Package site is the plan of the archive's pages: which pages exist, what
// they are called, and the typed data that each of them shows. It is pure: it
// reads no file and writes none, and the same input gives the same plan.
//
// The rules are:
//
//   - A page's Path is the file it is written to, relative to the root of the
//     site, with forward slashes: agencies/x/2024/index.html. Links name the
//     index.html, because a folder opened from the disk is not a page.
//   - Every link is relative. A page knows the way back to the root (Root), and
//     a link is that way followed by the other page's path.
//   - The data are in the site's language, numbers included: a layout prints
//     them and decides nothing.
//   - No page grows without bound. A list is shown whole while the part of the
//     tree it covers has at most Limit agencies; beyond that a page shows the
//     children of one agency and links to a page for each of those which has
//     children of its own, and a list of children alone is cut into parts.
//
// Two kinds of input make all pages. Of one agency: everything that is known
// of it and its reports (Agency). Of the whole archive: the tree, and for each
// report an archive.Entry; Walk goes through it from the leaves to the root,
// and holds no more than one branch at a time.
package site

import (
	"net/url"
	"strings"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/sitemap"
)

// Limit is the number of rows up to which a list stands on one page.
const Limit = 300

// The patterns of the pages that there are many of, looked up once.
var (
	agencyPage   = sitemap.Of(sitemap.Agency).Path
	agenciesPage = sitemap.Of(sitemap.Agencies).Path
	reportPage   = sitemap.Of(sitemap.Report).Path
	yearPage     = sitemap.Of(sitemap.Year).Path
	coveragePage = sitemap.Of(sitemap.Coverage).Path
	dataPage     = sitemap.Of(sitemap.Data).Path
)

// AgencyPath is the page of an agency.
func AgencyPath(a *archive.Agency) string { return agencyPage.File(sitemap.At{Agency: a.Path}) }

// AgencyFile is a file beside the page of an agency.
func AgencyFile(a *archive.Agency, name string) string {
	return sitemap.Address(AgencyPath(a)) + name
}

// ReportPath is the page of an agency's report of a year.
func ReportPath(a *archive.Agency, year int) string {
	return reportPage.File(sitemap.At{Agency: a.Path, Year: year})
}

// ReportFile is a file beside the page of a report.
func ReportFile(a *archive.Agency, year int, name string) string {
	return sitemap.Address(ReportPath(a, year)) + name
}

// ChildrenPath is a part of the list of an agency's children; the first part
// stands on the agency's own page, and with a nil agency on the page of the
// whole tree.
func ChildrenPath(a *archive.Agency, part int) string {
	if a == nil {
		return agenciesPage.File(sitemap.At{Part: part})
	}
	return agencyPage.File(sitemap.At{Agency: a.Path, Part: part})
}

// YearPath is the page of a year: of the whole archive for a nil agency,
// otherwise of the branch below it. Parts count from 1.
func YearPath(year int, a *archive.Agency, part int) string {
	return yearPage.File(sitemap.At{Agency: branch(a), Year: year, Part: part})
}

// CoveragePath is the coverage of the archive, or of the branch below an
// agency. Parts count from 1.
func CoveragePath(a *archive.Agency, part int) string {
	return coveragePage.File(sitemap.At{Agency: branch(a), Part: part})
}

func branch(a *archive.Agency) string {
	if a == nil {
		return ""
	}
	return a.Path
}

// Root is the way from a page back to the root of the site: "" at the top,
// else "../" for each folder.
func Root(path string) string {
	const up = "../../../../../../../../../../../../"
	n := strings.Count(path, "/") * 3
	if n <= len(up) {
		return up[:n]
	}
	return strings.Repeat("../", n/3)
}

// Address is the absolute address of a page below the base URL, or "" where
// the site has none. A folder's page is addressed as the folder.
func Address(base, path string) string {
	if base == "" {
		return ""
	}
	return base + sitemap.Address(path)
}

// FigureAddress is the explore page showing the figures of a form's row.
func FigureAddress(row *form.Row) string {
	return sitemap.Explore.Path() + "?figure=" + url.QueryEscape(row.Path)
}
