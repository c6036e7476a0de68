package draft

import "strconv"

// with returns the look as changed by a formatting element of an office file.
func (l look) with(e element) look {
	value := e.attr("val")
	switch e.name {
	case "strike", "dstrike":
		l.struck = value != "0" && value != "false"
	case "vertAlign":
		l.raised = value == "superscript" || value == "subscript"
	case "position": // in half points
		l.raised = l.raised || value != "" && value != "0"
	}
	return l
}

// runStyles returns the looks of the character styles of a Word file, by style
// id.
func (r *reader) runStyles(p parts) map[string]look {
	styles := map[string]look{}
	id := ""
	r.parse(p, "word/styles.xml", func(e element) bool {
		switch e.name {
		case "style":
			if id = e.attr("styleId"); e.attr("type") != "character" {
				id = ""
			}
		case "strike", "dstrike", "vertAlign", "position":
			if id != "" {
				styles[id] = styles[id].with(e)
			}
		}
		return true
	}, func(string) {}, func(name string) {
		if name == "style" {
			id = ""
		}
	})
	return styles
}

// cellStyles returns the looks of a workbook's cell styles, which cells refer to
// by number. The look of a style is that of its font.
func (r *reader) cellStyles(p parts) (styles []look) {
	var fonts []look
	inFonts, inCells := false, false
	r.parse(p, "xl/styles.xml", func(e element) bool {
		switch e.name {
		case "fonts":
			inFonts = true
		case "cellXfs":
			inCells = true
		case "font":
			if inFonts {
				fonts = append(fonts, look{})
			}
		case "strike", "vertAlign":
			if inFonts && len(fonts) > 0 {
				fonts[len(fonts)-1] = fonts[len(fonts)-1].with(e)
			}
		case "xf":
			if !inCells {
				break
			}
			l := look{}
			if n, err := strconv.Atoi(e.attr("fontId")); err == nil && n >= 0 && n < len(fonts) {
				l = fonts[n]
			}
			styles = append(styles, l)
		}
		return true
	}, func(string) {}, func(name string) {
		inFonts = inFonts && name != "fonts"
		inCells = inCells && name != "cellXfs"
	})
	return styles
}
