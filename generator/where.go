package generator

import (
	"path"
	"strconv"
	"strings"

	"annals/generator/diag"
	"annals/generator/lang"
)

// name sets Where of the findings that have none and are about a report's file,
// which may be missing, or an attachment: of those about no report that could be read.
func (l *Library) name(list []diag.Diagnostic) {
	for i := range list {
		d := &list[i]
		if below, ok := strings.CutPrefix(d.Place.File, "content/agencies/"); ok && d.Where == nil {
			if s, year := l.filing(below); s != nil {
				d.Where = []lang.Text{diag.OfReport(s.agency.Name, year)}
			}
		}
	}
}

// filing returns the agency and the year of the report to which a path below
// agencies/ belongs: 2024.md or the folder 2024. The agency is nil if there is none.
func (l *Library) filing(below string) (*source, int) {
	for {
		dir := path.Dir(below)
		if dir == "." {
			return nil, 0
		}
		if s := l.at(dir); s != nil {
			name, _ := strings.CutSuffix(path.Base(below), ".md")
			year, err := strconv.Atoi(name)
			if err != nil || len(name) != 4 {
				return nil, 0
			}
			return s, year
		}
		below = dir
	}
}
