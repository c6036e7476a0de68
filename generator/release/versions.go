package release

import (
	"cmp"
	"maps"
	"slices"

	"annals/generator/archive"
)

// Version is a release in which a report is new or differs from before.
type Version struct {
	Release   int
	Date      string
	Withdrawn *Withdrawal // nil unless it was withdrawn then
	Changes   []Change    // in the first version: corrections from before there were releases
}

// Change is a value that became another one, with what the entry of corrections
// says of it.
type Change struct {
	Correction        // Date is empty where there is no entry
	Is         string // as Was; both are empty for what is no cell and for what was printed blank
	Text       bool   // it is the text or the attachments that changed
}

// With returns the history with the lines of a release that is not written yet.
func (h *History) With(lines [][]byte, number int, date string) *History {
	if len(lines) == 0 {
		return h
	}
	with := &History{Path: h.Path, record: h.record, refs: slices.Clone(h.refs)}
	for _, line := range lines {
		if x, from, ok := lineOf(line); ok && from == "" {
			x.release, x.date, x.text, x.sum, x.leaf = int32(number), date, line, Leaf(line), NoLeaf
			with.refs = append(with.refs, x)
		}
	}
	with.Sum = with.sum()
	return with
}

// Versions returns the versions of a report, the oldest first. It reads the lines
// only of one that ever changed.
func (h *History) Versions(year int) (list []Version, err error) {
	var was *State // the last that has values
	past := h.of(year)
	for _, x := range past {
		v := Version{Release: int(x.release), Date: x.date}
		if len(past) > 1 || x.corrected {
			s, err := h.record.read(x)
			if err != nil {
				return nil, err
			}
			if v.Withdrawn = s.Withdrawn; v.Withdrawn == nil {
				v.Changes = h.record.changes(was, s)
				was = s
			}
		}
		list = append(list, v)
	}
	return list, nil
}

// Years lists the years of the reports that the record has.
func (h *History) Years() []int {
	var years []int
	for _, x := range h.refs {
		years = append(years, int(x.year))
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// Changed lists the years of the reports that ever changed.
func (h *History) Changed() (years []int) {
	lines := map[int32]int{}
	for _, x := range h.refs {
		if lines[x.year]++; x.corrected || lines[x.year] > 1 {
			years = append(years, int(x.year))
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// changes lists how one state of a report became another: what the entries that
// were added say, and what differs without one.
func (r *Record) changes(was, is *State) (list []Change) {
	added := slices.Clone(is.Corrections)
	if was != nil {
		for _, old := range was.Corrections {
			if i := slices.IndexFunc(added, old.same); i >= 0 {
				added = slices.Delete(added, i, i+1)
			}
		}
	}
	slices.SortStableFunc(added, func(a, b Correction) int { return cmp.Compare(a.Date, b.Date) })
	now := is.Values.byCell()
	value := func(s *State, values map[string]string, cell string) string {
		switch cell {
		case Published:
			return s.Published
		case FormID:
			return s.Form
		case Title:
			return s.Title
		}
		if v, ok := values[cell]; ok {
			return Written(v)
		}
		return Written(r.leftOut(s.Form, cell))
	}
	told := map[string]bool{}
	for i, c := range added {
		x := Change{Correction: c, Text: c.Cell == ""}
		if told[c.Cell] = true; !x.Text {
			x.Is = value(is, now, c.Cell)
			if next := slices.IndexFunc(added[i+1:], func(d Correction) bool { return d.Cell == c.Cell }); next >= 0 {
				x.Is = added[i+1+next].Was
			}
		}
		list = append(list, x)
	}
	if was == nil {
		return list
	}
	before := was.Values.byCell()
	for _, cell := range cells(was, is) {
		if a, b := value(was, before, cell), value(is, now, cell); !told[cell] && !sameWritten(a, b) {
			list = append(list, Change{Correction: Correction{Cell: cell, Was: a}, Is: b})
		}
	}
	if !told[""] && (was.Text != is.Text || !maps.Equal(was.Files, is.Files)) {
		list = append(list, Change{Text: true})
	}
	return list
}

// cells lists what can differ between two states of a report.
func cells(was, is *State) []string {
	list := slices.Clone(archive.NoCells)
	seen := map[string]bool{}
	for _, v := range [...]Values{is.Values, was.Values} {
		for _, x := range v {
			if !seen[x.Cell] {
				seen[x.Cell] = true
				list = append(list, x.Cell)
			}
		}
	}
	return list
}
