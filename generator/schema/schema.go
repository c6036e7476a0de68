// Package schema describes the files of an archive as JSON Schema, for editors
// that complete keys and mark mistakes while one types.
//
// The schemas are generated from the forms and from the key lists of the
// content format; nothing in them is written by hand. They describe the shape
// only: what annals check says about sums, years and attachments is beyond
// them, and whatever it accepts without an error they accept too.
package schema

import (
	"encoding/json"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/format"
	"annals/generator/lang"
)

// dialect is the version of JSON Schema.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// object is a schema. encoding/json sorts its keys, so that the same form
// always gives the same bytes.
type object map[string]any

// Site returns the schema of site.yaml.
func Site() []byte {
	day := object{"type": "string", "pattern": `^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`}
	days := object{}
	for _, k := range archive.Kinds {
		if k != archive.Region {
			days[string(k)] = day
		}
	}
	s := closed(object{
		"title":         line(),
		"base_url":      object{"type": "string", "pattern": `^https?://`},
		"language":      object{"enum": []string{"zh-CN", "en"}},
		"owner":         line(),
		"icp":           line(),
		"police_record": line(),
		"site_code":     line(),
		"party_mark":    object{"type": "string", "pattern": `^https?://`},
		"contact":       line(),
		"deadlines":     closed(days, nil),
		"on_error":      object{"enum": []string{"stop", "mark"}},
		"header":        line(),
		"footer":        line(),
		"repository":    object{"type": "string", "pattern": `^https?://`},
		"files":         object{"enum": []string{"few", "all"}},
	}, format.SiteKeys)
	properties := s["properties"].(object)
	for k, v := range properties { // an empty value leaves the default
		properties[k] = object{"anyOf": []any{v, object{"type": "null"}}}
	}
	return write(s, "site.yaml")
}

// Agency returns the schema of the front matter of an agency's _index.md.
func Agency() []byte {
	var kinds []string
	for _, k := range archive.Kinds {
		kinds = append(kinds, string(k))
	}
	contact := object{}
	for _, k := range format.ContactKeys {
		contact[k] = line()
	}
	s := closed(object{
		"name":         line(),
		"kind":         object{"enum": kinds},
		"short":        line(),
		"former_names": object{"type": "array", "items": line()},
		"since":        year(),
		"until":        year(),
		"rulemaking":   object{"type": "boolean"},
		"contact":      closed(contact, format.ContactKeys),
	}, format.AgencyKeys)
	s["required"] = []string{"name", "kind"}
	return write(s, "_index.md")
}

// Report returns the schema of the front matter of a report on the form.
func Report(f *form.Form, tag lang.Tag) []byte {
	properties := object{
		"form":      object{"const": f.ID, "description": f.Title.In(tag)},
		"title":     line(),
		"published": date(),
		"draft":     object{"type": "boolean"},
		"source": closed(object{
			"url":    object{"type": "string", "pattern": `^https?://`},
			"file":   line(),
			"sha256": object{"type": "string", "pattern": `^[0-9a-fA-F]{64}$`},
		}, format.SourceKeys),
		"accept":      items("accept", []string{"rule", "reason"}, nil),
		"notes":       items("notes", []string{"cell", "note"}, cells(f)),
		"corrections": items("corrections", []string{"date"}, cells(f)),
	}
	for _, t := range f.Tables {
		properties[t.ID] = table(f, t, tag)
	}
	s := object{"type": "object", "properties": properties, "additionalProperties": false}
	s["$defs"] = object{
		"count":  number(f, "integer", 0, 999_999_999_999_999),
		"amount": number(f, "number", 0, 999_999_999_999),
		"change": number(f, "integer", -999_999_999_999_999, 999_999_999_999_999),
	}
	return write(s, f.ID)
}

// closed is an object with these properties and no others. The key list is
// the content format's: a key without a description is a mistake of ours.
func closed(properties object, keys []string) object {
	for _, k := range keys {
		if properties[k] == nil {
			panic("schema: no description of the key " + k)
		}
	}
	return object{"type": "object", "properties": properties, "additionalProperties": false}
}

// line is a text of one line. A name or a phone number that consists of digits
// needs no quotes.
func line() object { return object{"type": []string{"string", "number"}, "minLength": 1} }

func year() object { return object{"type": "integer", "minimum": 1900, "maximum": 2999} }

func date() object {
	return object{"type": "string", "pattern": `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`}
}

// items is a list of entries with the keys of the content format.
func items(name string, required []string, cell object) object {
	properties := object{}
	for _, k := range format.ItemKeys[name] {
		properties[k] = line()
		switch {
		case k == "date":
			properties[k] = date()
		case k == "was":
			properties[k] = object{"type": []string{"string", "number"}}
		case k == "cell" && cell != nil:
			properties[k] = cell
		}
	}
	entry := closed(properties, nil)
	entry["required"] = required
	return object{"type": "array", "items": entry}
}

// cells is the id of a cell: editors offer the list.
func cells(f *form.Form) object {
	if len(f.Cells) == 0 {
		return line()
	}
	var ids []string
	for _, c := range f.Cells {
		ids = append(ids, c.ID)
	}
	return object{"anyOf": []object{{"enum": ids}, line()}}
}

// number is a cell: a number, or a token that the document prints instead.
func number(f *form.Form, kind string, low, high int64) object {
	return object{"anyOf": []object{
		{"type": kind, "minimum": low, "maximum": high},
		{"enum": f.Tokens()},
	}}
}

// write makes the bytes of a schema.
func write(s object, title string) []byte {
	s["$schema"] = dialect
	s["title"] = title
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic("schema: " + err.Error()) // only maps, lists and texts are in it
	}
	return append(data, '\n')
}
