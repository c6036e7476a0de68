package generator

import (
	"context"

	"annals/generator/archive"
	"annals/generator/release"
)

// Difference is something that differs between two states of an archive.
type Difference struct {
	Agency  string `json:"agency"` // path
	Year    int    `json:"year"`
	What    string `json:"what"` // new, changed or withdrawn
	Release int    `json:"release"`
	Date    string `json:"date"` // of the release
	Cell    string `json:"cell,omitempty"`
	Was     string `json:"was,omitempty"`
	Is      string `json:"is,omitempty"`
	By      string `json:"by,omitempty"` // agency or archive; empty without an entry of corrections
	Note    string `json:"note,omitempty"`
	URL     string `json:"url,omitempty"`
}

// Diff lists what differs between release a and release b, in the order of the
// agencies; with b of 0, between release a and the content as it is, which the
// next release would have.
func Diff(ctx context.Context, opt Options, a, b int) (list []Difference, err error) {
	if b == 0 {
		opt.Release = &Publication{}
	}
	l, err := load(ctx, opt, nil)
	if err != nil {
		return nil, err
	}
	last := len(l.record.Releases)
	for _, n := range [...]int{a, max(b, 1)} {
		if n < 1 || n > last {
			return nil, NoReleaseError{n, last}
		}
	}
	built := newBuilt(l)
	if b == 0 {
		b = last + 1
		if err := l.eachSource(ctx, func(s *source) error { built.settle(s); return nil }); err != nil {
			return nil, err
		}
	}
	for i, s := range l.sources {
		h := l.record.Of(s.agency.Path)
		if o := built.outcomes[i]; o != nil {
			h = built.history(s, o)
		}
		for _, year := range h.Years() {
			versions, err := h.Versions(year)
			if err != nil {
				return nil, err
			}
			list = append(list, differences(s.agency, year, versions, a, b)...)
		}
	}
	return list, nil
}

// differences lists those of a report's versions that came after release a, up to
// release b.
func differences(agency *archive.Agency, year int, versions []release.Version, a, b int) (list []Difference) {
	for i, v := range versions {
		if v.Release <= a || v.Release > b {
			continue
		}
		d := Difference{Agency: agency.Path, Year: year, Release: v.Release, Date: v.Date}
		switch {
		case v.Withdrawn != nil:
			d.What, d.Note = "withdrawn", v.Withdrawn.Reason
			list = append(list, d)
		case i == 0:
			d.What = "new"
			list = append(list, d)
		default:
			if versions[i-1].Withdrawn != nil {
				d.What = "new" // once more
				list = append(list, d)
			}
			d.What = "changed"
			for _, c := range v.Changes {
				x := d
				x.Cell, x.Was, x.Is, x.By, x.Note, x.URL = c.Cell, c.Was, c.Is, c.By, c.Note, c.URL
				list = append(list, x)
			}
		}
	}
	return list
}
