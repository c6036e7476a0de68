package render

import (
	"fmt"

	"annals/generator/site"
	"annals/generator/sitemap"
)

// rows prints the lines of a list of agencies, each by the template year-row,
// coverage-row or child-row of the page's own layout.
func (x *run) rows(args []any) error {
	if len(args) == 1 {
		switch list := args[0].(type) {
		case []site.YearRow:
			return rows(x, sitemap.Year, "year-row", list)
		case []site.CoverageRow:
			return rows(x, sitemap.Coverage, "coverage-row", list)
		case []site.Child:
			return rows(x, sitemap.Agency, "child-row", list)
		}
	}
	return fmt.Errorf("rows: no list of rows")
}

func rows[Row any](x *run, kind site.Kind, name string, list []Row) error {
	t := x.r.kinds[kind].Lookup(name)
	if t == nil {
		return fmt.Errorf("rows: %s.html has no template %s", kind, name)
	}
	for i := range list {
		if err := x.layout(t, &list[i]); err != nil {
			return err
		}
	}
	return nil
}

// values prints the figures of a line as cells, each by the template value of
// parts.html.
func (x *run) values(list []site.Value) error {
	for i := range list {
		if err := x.layout(x.r.value, &list[i]); err != nil {
			return err
		}
	}
	return nil
}
