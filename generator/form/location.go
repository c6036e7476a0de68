package form

import (
	"cmp"
	"slices"
	"strings"

	"annals/generator/lang"
	"annals/generator/locale"
)

// Location names in words what an id of the form is, from outside in: the part of the
// report, and then the groups, the row and the column. Labels are shortened to the
// longest alias that they begin with, where they have one. It is nil if the form has nothing
// with the id.
func (f *Form) Location(id string) []lang.Text {
	if s := f.Part(id); s != nil {
		return []lang.Text{f.PartName(s)}
	}
	row := id
	cell, ok := f.Cell(id)
	if ok {
		row = f.Cells[cell].Row.Path
	}
	table, _, _ := strings.Cut(row, ".")
	t := f.Table(table)
	if t == nil {
		return nil
	}
	var list []lang.Text
	if i := slices.IndexFunc(f.Sections, func(s *Section) bool { return s.Table == t }); i >= 0 {
		list = append(list, f.PartName(f.Sections[i]))
	}
	if row != t.ID {
		groups := f.groupsTo(t.ID, t.Body, row)
		if groups == nil {
			return nil
		}
		for _, g := range groups {
			list = append(list, f.brief(g.Label, g.Aliases))
		}
	}
	if ok && len(f.Cells[cell].Row.Columns) > 1 {
		c := f.Cells[cell].Column
		list = append(list, f.brief(c.Label, c.Aliases))
	}
	return list
}

// groupsTo returns the groups on the way to the path, itself included; nil if it is
// none of theirs.
func (f *Form) groupsTo(prefix string, groups []*Group, path string) []*Group {
	for _, g := range groups {
		here := prefix
		if g.ID != "" {
			here += "." + g.ID
			if here == path {
				return []*Group{g}
			}
		}
		if found := f.groupsTo(here, g.Under, path); found != nil {
			return append([]*Group{g}, found...)
		}
	}
	return nil
}

// PartName is what a part is called when it is cited: by its number, or, where it has
// none, by its label.
func (f *Form) PartName(s *Section) lang.Text {
	if s.Number == "" {
		return s.Label
	}
	i := slices.Index(f.Sections, s)
	return lang.Text{ZH: locale.For(lang.ZH).CitePart(f.number(s, i, lang.ZH)), EN: locale.For(lang.EN).CitePart(f.number(s, i, lang.EN))}
}

// brief shortens a label in the form's own language: without a remark, and to the
// alias that it begins with, behind its number.
func (f *Form) brief(label lang.Text, aliases []string) lang.Text {
	own := f.Own(label)
	plain := f.Language.Unnumbered(own)
	number, _, ok := strings.Cut(own, plain)
	if !ok {
		return label
	}
	short := ""
	for _, alias := range aliases {
		if strings.HasPrefix(plain, alias) && len(alias) > len(short) {
			short = alias
		}
	}
	plain = cmp.Or(short, plain)
	if f.Language.Language == lang.EN {
		return lang.Text{ZH: label.ZH, EN: number + plain}
	}
	return lang.Text{ZH: number + plain, EN: label.EN}
}
