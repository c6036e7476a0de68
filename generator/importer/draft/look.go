package draft

import (
	"slices"
	"strconv"
)

// with returns the look as changed by a formatting element of an office file.
func (l look) with(e element) look {
	value := e.attr("val")
	on := value != "0" && value != "false" && value != "off"
	switch e.name {
	case "strike":
		l.struck = on
	case "dstrike":
		l.double = on
	case "vanish", "webHidden":
		l.hidden = on
	case "vertAlign":
		l.raised = value == "superscript" || value == "subscript"
	case "position": // in half points
		l.raised = l.raised || value != "" && value != "0"
	}
	return l
}

// wordStyles are the styles of a Word file, of paragraphs and of characters, by id.
// The id "" is that of what the file declares for all text.
type wordStyles struct {
	byID     map[string]*wordStyle
	ordinary string // the style of paragraphs that name none
}

// wordStyle is a style and how it differs from the one that it is based on.
type wordStyle struct {
	base    string
	changes []element
}

// maxStyles is how many styles are read; a program defines a few hundred.
const maxStyles = 10_000

// maxBase is how many styles may be based on each other.
const maxBase = 16

// over returns the look of text of the style, where l is the look without it.
func (s wordStyles) over(l look, id string) look {
	var chain []*wordStyle
	for st := s.byID[id]; st != nil && len(chain) < maxBase; st = s.byID[st.base] {
		chain = append(chain, st)
		if st.base == "" {
			break
		}
	}
	for _, st := range slices.Backward(chain) {
		for _, e := range st.changes {
			l = l.with(e)
		}
	}
	return l
}

// paragraph returns the look of text in a paragraph of the style.
func (s wordStyles) paragraph(id string) look { return s.over(s.over(look{}, ""), id) }

// readStyles reads the styles of a Word file.
func (r *reader) readStyles(p parts) wordStyles {
	s := wordStyles{byID: map[string]*wordStyle{"": {}}}
	var open *wordStyle
	r.parse(p, "word/styles.xml", func(e element) bool {
		switch e.name {
		case "docDefaults":
			open = s.byID[""]
		case "style":
			kind := e.attr("type")
			if open = nil; kind != "character" && kind != "paragraph" || len(s.byID) > maxStyles {
				return false
			}
			open = &wordStyle{}
			s.byID[e.attr("styleId")] = open
			if kind == "paragraph" && e.attr("default") == "1" {
				s.ordinary = e.attr("styleId")
			}
		case "basedOn":
			if open != nil {
				open.base = e.attr("val")
			}
		case "strike", "dstrike", "vanish", "webHidden", "vertAlign", "position":
			if open != nil && len(open.changes) < maxBase {
				open.changes = append(open.changes, e)
			}
		}
		return true
	}, func(string) {}, func(name string) {
		if name == "docDefaults" || name == "style" {
			open = nil
		}
	})
	return s
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
