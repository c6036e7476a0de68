package render

import "html/template"

// trusted tells html/template that text is HTML already. It is the only place
// in the program that does, and what may be given to it is listed here:
//
//   - the official tables, which are a layout with plain digits put between
//     its tags, and cells made by another layout (tables.go);
//   - Markdown, of which every byte is escaped and every element is one that
//     this package writes (markdown.go);
//   - the figures of a line, which a layout made but for their digits
//     (values.go), and lines of lists, which a layout made but for their
//     texts, and those are escaped (rows.go);
//   - marks of a page that is made to be cut (shape.go);
//   - charts, whose texts the chart package escapes;
//   - the description of an agency's data for machines, by encoding/json,
//     which escapes what could end a script element (dataset.go);
//   - the header and footer of the host site, which its owner wrote.
func trusted(html []byte) template.HTML { return template.HTML(html) }
