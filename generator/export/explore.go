package export

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/sitemap"
)

// The explore page draws from:
//
//	explore/index.json                   years, forms, shards, and which files there are
//	explore/agencies/<shard>.json        [path, name, kind, [years with a report]], in a fixed order
//	explore/<year>/<shard>/<row>.json    for each of these agencies the row's values, or null
//
// A row of nothing but zeros has no file. Where the reports are few, or the
// site must have few files, the rows of a year and shard lie in one file:
// explore/<year>/<shard>.json holds them by row.

// packLimit is the number of reports up to which their rows lie in one file:
// some 100 KB, a tenth of it on the wire.
const packLimit = 200

// packed marks in the index a year and shard whose rows are in one file.
const packed = "*"

// exploreYear writes the rows of a year and returns which of them have a
// file: a character 0 or 1 for each row of the year's form, or packed.
func (e *Exporter) exploreYear(in *site.Archive, year int, s *site.Shard, records []record, emit Emit) (string, error) {
	f := site.ForYear(in.Forms, year)
	if f == nil {
		return "", nil
	}
	records = slices.DeleteFunc(slices.Clone(records), func(r record) bool { return r.entry.Form.Base() != f })
	folder := sitemap.ExploreFolder + strconv.Itoa(year) + "/" + s.ID
	have := make([]byte, len(f.Rows))
	var b []byte
	pack := e.site.FewFiles || len(records) <= packLimit
	if pack {
		b = append(b, '{')
	}
	for i, row := range f.Rows {
		have[i] = '0'
		if zero(records, row) {
			continue
		}
		have[i] = '1'
		if emit == nil {
			continue
		}
		if pack {
			if len(b) > 1 {
				b = append(b, ',')
			}
			b = appendString(b, row.Path)
			b = append(b, ':')
			b = appendRow(b, row, len(s.Agencies), records)
			continue
		}
		b = appendRow(b[:0], row, len(s.Agencies), records)
		if err := emit(folder+"/"+row.Path+".json", b); err != nil {
			return "", err
		}
	}
	if pack && emit == nil {
		return packed, nil
	}
	if pack {
		return packed, emit(folder+".json", append(b, '}'))
	}
	return string(have), nil
}

func zero(records []record, row *form.Row) bool {
	for _, r := range records {
		for k := range row.Columns {
			if v := at(r.values, row.First+k); !v.Known() || v.N != 0 {
				return false
			}
		}
	}
	return true
}

func at(values []archive.Value, i int) archive.Value {
	if i < len(values) {
		return values[i]
	}
	return archive.Value{}
}

func appendRow(b []byte, row *form.Row, agencies int, records []record) []byte {
	b = append(b, '[')
	next := 0
	for i := range agencies {
		if i > 0 {
			b = append(b, ',')
		}
		if next >= len(records) || records[next].at != i {
			b = append(b, "null"...)
			continue
		}
		b = append(b, '[')
		for k, c := range row.Columns {
			if k > 0 {
				b = append(b, ',')
			}
			if v := at(records[next].values, row.First+k); v.Known() {
				b = c.Type.Append(b, v.N)
			} else {
				b = append(b, "null"...)
			}
		}
		b = append(b, ']')
		next++
	}
	return append(b, ']')
}

// exploreAgencies names the agencies of a shard and the years for which they
// have figures.
func (e *Exporter) exploreAgencies(in *site.Archive, s *site.Shard, entries [][]archive.Entry, emit Emit) error {
	b := []byte{'['}
	for i, a := range s.Agencies {
		if i > 0 {
			b = append(b, ",\n"...)
		}
		years := []int{}
		for _, x := range entries[i] {
			if site.ForYear(in.Forms, x.Year) == x.Form.Base() {
				years = append(years, x.Year)
			}
		}
		data, err := json.Marshal([]any{a.Path, a.Name, a.Kind, years})
		if err != nil {
			return err
		}
		b = append(b, data...)
	}
	return emit(sitemap.ExploreFolder+"agencies/"+s.ID+".json", append(b, ']'))
}

type exploreIndex struct {
	Years  []exploreYearIndex     `json:"years"` // newest first
	Forms  map[string]exploreForm `json:"forms"`
	Shards []exploreShard         `json:"shards"`
	Places [][2]string            `json:"places"` // path and name of the upper branches, to filter by
}

type exploreYearIndex struct {
	Year int      `json:"year"`
	Form string   `json:"form"`
	Rows []string `json:"rows"` // by shard
}

type exploreForm struct {
	Rows   []exploreRow   `json:"rows"`
	Ratios []exploreRatio `json:"ratios"`
	Start  string         `json:"start"` // the figure that is shown first
}

type exploreRow struct {
	ID      string      `json:"id"`
	Label   string      `json:"label"`
	Columns [][3]string `json:"columns"` // id, label, unit
}

type exploreRatio struct {
	ID      string   `json:"id"`
	Label   string   `json:"label"`
	Formula string   `json:"formula"`
	Few     int      `json:"few"`
	Over    [][2]int `json:"over"` // row and column
	Under   [][2]int `json:"under"`
}

type exploreShard struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

func (e *Exporter) index(in *site.Archive, shards []site.Shard, results []shardResult, emit Emit) error {
	x := exploreIndex{Forms: map[string]exploreForm{}, Years: []exploreYearIndex{}, Shards: []exploreShard{}, Places: [][2]string{}}
	for i := len(in.Years) - 1; i >= 0; i-- {
		f := site.ForYear(in.Forms, in.Years[i])
		if f == nil {
			continue
		}
		y := exploreYearIndex{Year: in.Years[i], Form: f.ID}
		for k := range results {
			y.Rows = append(y.Rows, results[k].rows[i])
		}
		x.Years = append(x.Years, y)
		x.Forms[f.ID] = e.exploreForm(f)
	}
	for _, s := range shards {
		x.Shards = append(x.Shards, exploreShard{s.ID, s.Name, len(s.Agencies)})
	}
	x.Places = places(x.Places, in.Roots)
	data, err := json.Marshal(x)
	if err != nil {
		return err
	}
	return emit(sitemap.ExploreIndex, data)
}

// maxPlaces bounds the list of branches to filter by.
const maxPlaces = 400

// places lists the upper branches of the tree, as many levels as are few.
func places(list [][2]string, level []*archive.Agency) [][2]string {
	for len(level) > 0 {
		var next []*archive.Agency
		n := 0
		for _, a := range level {
			if len(a.Children) > 0 {
				n++
				next = append(next, a.Children...)
			}
		}
		if len(list)+n > maxPlaces {
			break
		}
		for _, a := range level {
			if len(a.Children) > 0 {
				list = append(list, [2]string{a.Path, a.Name})
			}
		}
		level = next
	}
	slices.SortFunc(list, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return list
}

func (e *Exporter) exploreForm(f *form.Form) exploreForm {
	x := exploreForm{Ratios: []exploreRatio{}}
	for _, r := range f.Rows {
		y := exploreRow{ID: r.Path, Label: r.Full.In(e.tag)}
		for _, c := range r.Columns {
			y.Columns = append(y.Columns, [3]string{c.ID, c.Label.In(e.tag), c.Unit.In(e.tag)})
		}
		x.Rows = append(x.Rows, y)
	}
	pair := func(cells []int) [][2]int {
		list := [][2]int{}
		for _, c := range cells {
			row := f.Cells[c].Row
			list = append(list, [2]int{row.Ordinal, c - row.First})
		}
		return list
	}
	for _, r := range f.Ratios {
		x.Ratios = append(x.Ratios, exploreRatio{r.ID, r.Label.In(e.tag), r.Formula.In(e.tag), r.Few, pair(r.Over), pair(r.Under)})
	}
	if len(f.Figures) > 0 {
		x.Start = f.Cells[f.Figures[0]].ID
	}
	return x
}
