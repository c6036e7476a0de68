package render

import "html/template"

// trusted tells html/template that text is HTML already. It is the only place
// in the program that does, and what may be given to it is listed here:
//
//   - what the functions of layouts print (functions.go), which is layouts again,
//     whose every value is escaped; Markdown, of which every byte is escaped and
//     every element is one that this package writes (markdown.go); charts, whose
//     texts the chart package escapes; and the description of an agency's data
//     for machines, by encoding/json, which escapes what could end a script
//     element (dataset.go);
//   - the header and footer of the host site, which its owner wrote.
func trusted(html []byte) template.HTML { return template.HTML(html) }
