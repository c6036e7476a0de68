// Package schema describes the files of an archive as JSON Schema, for editors
// that complete keys and mark mistakes while one types.
//
// The schemas are generated from the forms and from the key lists of the
// content format; nothing in them is written by hand. They describe only the
// structure, and not what annals check finds about sums, years and attachments.
// Whatever annals check accepts without an error they accept too.
package schema

import (
	"encoding/json"

	"annals/generator/form"
	"annals/generator/keys"
	"annals/generator/lang"
)

// dialect is the address that names the version of JSON Schema.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// object is a schema. encoding/json sorts its keys, so that the same form
// always gives the same bytes.
type object map[string]any

// Site returns the schema of site.yaml. It permits empty values, which mean the
// default.
func Site() []byte {
	s := closed(keys.Site(), nil, lang.ZH)
	properties := s["properties"].(object)
	for k, v := range properties {
		properties[k] = object{"anyOf": []any{v, object{"type": "null"}}}
	}
	return write(s, "site.yaml")
}

// Agency returns the schema of the front matter of an agency's _index.md.
func Agency() []byte { return write(closed(keys.Agency(), nil, lang.ZH), "_index.md") }

// Report returns the schema of the front matter of a report on the form.
func Report(f *form.Form, tag lang.Tag) []byte {
	s := closed(keys.Report(), f, tag)
	properties := s["properties"].(object)
	for _, t := range f.Tables {
		properties[t.ID] = table(f, t, tag)
	}
	s["$defs"] = object{
		"count":  number(f, "integer", 0, 999_999_999_999_999),
		"amount": number(f, "number", 0, 999_999_999_999),
		"change": number(f, "integer", -999_999_999_999_999, 999_999_999_999_999),
	}
	return write(s, f.ID)
}

// closed returns the schema of a map that has the keys of a table and no others.
func closed(t keys.Table, f *form.Form, tag lang.Tag) object {
	properties := object{}
	s := object{"type": "object", "properties": properties, "additionalProperties": false}
	var required []string
	for _, k := range t {
		if k.Type == keys.Tables {
			continue
		}
		v := value(k, f, tag)
		if k.List {
			v = object{"type": "array", "items": v}
		} else if k.Named {
			v = object{"type": "object", "additionalProperties": v}
		}
		properties[k.Name] = v
		if k.Required {
			required = append(required, k.Name)
		}
	}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// value returns the schema of one value of a key.
func value(k keys.Key, f *form.Form, tag lang.Tag) object {
	switch k.Type {
	case keys.Map:
		return closed(k.Keys, f, tag)
	case keys.Word:
		return object{"enum": k.Words}
	case keys.Flag:
		return object{"type": "boolean"}
	case keys.Any:
		return object{"type": []string{"string", "number"}}
	case keys.Year:
		return object{"type": "integer", "minimum": 1900, "maximum": 2999}
	case keys.Date:
		return pattern(`^[0-9]{4}-` + day)
	case keys.Day:
		return pattern(`^` + day)
	case keys.URL:
		return pattern(`^https?://`)
	case keys.SHA256:
		return pattern(`^[0-9a-fA-F]{64}$`)
	case keys.Form:
		return object{"const": f.ID, "description": f.Title.In(tag)}
	case keys.Cell:
		return cells(f)
	}
	return line()
}

const day = `(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`

func pattern(p string) object { return object{"type": "string", "pattern": p} }

// line is a text of one line. A name or a phone number that consists of digits
// needs no quotes.
func line() object { return object{"type": []string{"string", "number"}, "minLength": 1} }

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

// write returns a schema as JSON.
func write(s object, title string) []byte {
	s["$schema"] = dialect
	s["title"] = title
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic("schema: " + err.Error()) // only maps, lists and texts are in it
	}
	return append(data, '\n')
}
