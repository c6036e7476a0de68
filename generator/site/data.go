package site

import (
	"strconv"
	"strings"

	"annals/generator/sitemap"
)

// DataPage describes the files to download.
type DataPage struct {
	Page
	Files []DataFile
	Forms []Link // descriptions of the forms
	Years []Link // pages with the files of a year, where they are many
	Year  int    // of the files, on such a page; otherwise 0
	Part  int
}

// DataFile is a file to download.
type DataFile struct {
	Href  string
	Title string
	Year  int // 0 for a file that is of no year
	Rows  int
}

// Data makes the page that describes the downloads. Where they are many, the
// files of each year have a page of their own.
func (p *Plan) Data(files []DataFile, forms []Link) []*DataPage {
	x := &DataPage{Page: p.single(sitemap.Data), Forms: forms}
	if len(files) <= Limit {
		x.Files = files
		return []*DataPage{x}
	}
	pages := []*DataPage{x}
	for _, f := range files {
		if f.Year == 0 {
			x.Files = append(x.Files, f)
			continue
		}
		last := pages[len(pages)-1]
		if last.Year != f.Year || len(last.Files) == Limit {
			part := 1
			if last.Year == f.Year {
				part = last.Part + 1
			}
			last = p.dataYear(f.Year, part)
			pages = append(pages, last)
			x.Years = append(x.Years, Link{last.Path[len(sitemap.DataFolder):], last.Title})
		}
		f.Href = "../" + f.Href
		last.Files = append(last.Files, f)
	}
	return pages
}

func (p *Plan) dataYear(year, part int) *DataPage {
	text := strconv.Itoa(year)
	path := dataPage.File(sitemap.At{Year: year, Part: part})
	root := Root(path)
	title := strings.Replace(p.Words("year-title"), "{year}", text, 1)
	if part > 1 {
		title += " " + strconv.Itoa(part)
	}
	return &DataPage{Year: year, Part: part, Page: p.page(sitemap.Data, path, title, p.Words("data-description"),
		[]Link{p.home(root), {root + sitemap.Data.Path(), p.Words("data")}, {Text: title}})}
}
