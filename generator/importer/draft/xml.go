package draft

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

var errDoctype = errors.New("it declares a document type")

// element is a start tag.
type element struct {
	name  string // local name; prefixes and namespaces differ between writers
	attrs []xml.Attr
}

// attr returns the value of the attribute with the local name.
func (e element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// walk reads an XML part and calls the functions for what it finds. If start
// returns false, the element and everything in it is skipped, its end too.
func walk(data []byte, start func(e element) bool, text func(s string), end func(name string)) error {
	dec := xml.NewDecoder(bytes.NewReader(data))
	depth := 0
	for {
		tok, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			if depth != 0 {
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.Directive:
			return errDoctype
		case xml.StartElement:
			if depth++; depth > MaxDepth {
				return errors.New("it is nested too deeply")
			}
			if !start(element{t.Name.Local, t.Attr}) {
				if err := skip(dec); err != nil {
					return err
				}
				depth--
			}
		case xml.EndElement:
			depth--
			end(t.Name.Local)
		case xml.CharData:
			text(string(t))
		}
	}
}

// skip reads to the end of the element whose start tag was read last.
func skip(dec *xml.Decoder) error {
	for depth := 1; depth > 0; {
		tok, err := dec.RawToken()
		if err != nil {
			return err
		}
		switch tok.(type) {
		case xml.Directive:
			return errDoctype
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// parse walks the part with the name, and refuses the file if it cannot.
func (r *reader) parse(p parts, name string, start func(element) bool, text func(string), end func(string)) bool {
	data, err := p.open(name, MaxPart-r.parsed)
	r.parsed += len(data)
	switch {
	case errors.Is(err, errTooLarge):
		r.refuse("part-too-large", "name", name, "limit", MaxPart>>20)
		return false
	case err != nil:
		r.refuse("damaged")
		return false
	}
	if data == nil {
		return true
	}
	if err := walk(data, start, text, end); err != nil {
		if errors.Is(err, errDoctype) {
			r.refuse("doctype", "name", name)
		} else {
			r.refuse("xml", "name", name, "problem", err.Error())
		}
		return false
	}
	return !r.refused
}
