package schema

import (
	"strings"

	"annals/generator/form"
	"annals/generator/lang"
)

// table describes a table of the form: its groups as objects, its rows as
// lists of just as many numbers as they have columns.
func table(f *form.Form, t *form.Table, tag lang.Tag) object {
	s := object{"type": "object", "additionalProperties": false}
	s["description"] = t.Label.In(tag)
	properties := object{}
	if t.Layout == form.Blocks {
		for _, r := range t.Rows {
			add(properties, r.Path, r.Label, r.Aliases, row(r, tag))
		}
	} else {
		groups(properties, t.ID, t.Body, tag)
	}
	s["properties"] = properties
	return s
}

func groups(properties object, path string, list []*form.Group, tag lang.Tag) {
	for _, g := range list {
		switch {
		case g.Row != nil:
			add(properties, g.Row.Path, g.Label, g.Aliases, row(g.Row, tag))
		case g.ID == "":
			groups(properties, path, g.Under, tag)
		default:
			below := object{}
			groups(below, path+"."+g.ID, g.Under, tag)
			add(properties, path+"."+g.ID, g.Label, g.Aliases, object{
				"type": "object", "description": g.Label.In(tag), "properties": below, "additionalProperties": false,
			})
		}
	}
}

// add describes a row or group under its id, and under the labels that stand
// for it.
func add(properties object, path string, label lang.Text, aliases []string, s object) {
	properties[path[strings.LastIndexByte(path, '.')+1:]] = s
	for _, name := range append([]string{label.In(lang.ZH), form.Normalise(label.In(lang.ZH))}, aliases...) {
		if properties[name] == nil && name != "" {
			properties[name] = s
		}
	}
}

func row(r *form.Row, tag lang.Tag) object {
	var names []string
	cells := make([]object, len(r.Columns))
	for i, c := range r.Columns {
		names = append(names, c.Label.In(tag))
		cells[i] = object{"$ref": "#/$defs/" + c.Type.Name()}
	}
	about := r.Full.In(tag) + ": " + strings.Join(names, ", ")
	list := object{
		"type": "array", "prefixItems": cells, "items": false, "minItems": len(cells), "description": about,
	}
	if len(cells) > 1 {
		return list
	}
	return object{"anyOf": []object{cells[0], list}, "description": about}
}
