package render

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"sync"
)

// Nearly all reports and agencies have pages of a few shapes, and lines in
// lists: the same form, the same parts there or not there, and only texts and
// numbers that differ. For such a page the layout is executed once a shape, with
// marks in the place of the texts, and cut at the marks; the page of a report is
// then those pieces with its own texts, escaped as html/template does, between
// them. It is a tenth of the work. A page with anything unusual is executed in
// full, and so are all pages where the site has a layout of its own, which may
// look at what a text says. A test holds the two ways together.

// maxShapes bounds the memory of the shapes; further ones are executed.
const maxShapes = 1024

// shapes are the compiled shapes by their key; nil where the layouts are not
// the built-in ones.
type shapes struct {
	sync.RWMutex
	byKey map[string]*shape
}

// shape is a page cut at its marks.
type shape struct {
	text  [][]byte // one more than slots
	slots []int32  // what stands between
}

// What stands at a mark: the text of that number, or one of these. A page with
// more texts, or more parts of one kind, is executed.
const (
	mostSlots = 1000
	slotRoot  = mostSlots     // the way to the root
	slotPart  = 2 * mostSlots // + number of what a function of layouts makes
)

// A mark passes html/template unchanged wherever a value can stand: it is
// letters and digits.
const (
	shapeMark    = "annalsShapeMark"
	shapeMarkEnd = "endOfMark"
)

func slot(n int) string { return shapeMark + strconv.Itoa(n) + shapeMarkEnd }

// outline is what a page is but for its texts: all that a shape depends on.
type outline struct {
	key   []byte
	texts []string
	safe  bool // the addresses need no escaping
}

// begin empties an outline for the next page or line.
func (o *outline) begin(name string) {
	o.key, o.texts, o.safe = o.key[:0], o.texts[:0], true
	o.name(name)
}

func (o *outline) flags(flags ...bool) {
	for _, f := range flags {
		if f {
			o.key = append(o.key, '1')
		} else {
			o.key = append(o.key, '0')
		}
	}
}

func (o *outline) name(s string) { o.key = append(append(o.key, s...), ' ') }

func (o *outline) number(n int) { o.key = append(strconv.AppendInt(o.key, int64(n), 10), ' ') }

func (o *outline) text(s *string, address bool) {
	o.flags(*s != "")
	o.safe = o.safe && (!address || plainAddress(*s))
	o.texts = append(o.texts, *s)
}

// marker puts marks in the place of texts that are there.
func marker() func(s *string, address bool) {
	n := 0
	return func(s *string, _ bool) {
		if *s != "" {
			*s = slot(n)
		}
		n++
	}
}

// plainAddress reports whether an address is the same in HTML and in any
// normal form.
func plainAddress(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~/:", c) >= 0) {
			return false
		}
	}
	return s == "" || strings.HasPrefix(s, "../") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// shape returns the shape of an outline, made from the marked page if it is
// the first of its kind; nil where there are too many, or too many texts.
func (r *Renderer) shape(o *outline, layout *template.Template, marked func() any) (*shape, error) {
	if len(o.texts) > mostSlots {
		return nil, nil
	}
	r.shapes.RLock()
	s, ok := r.shapes.byKey[string(o.key)]
	many := len(r.shapes.byKey) >= maxShapes
	r.shapes.RUnlock()
	if ok || many {
		return s, nil
	}
	page, err := execute(layout, marked())
	if err != nil {
		return nil, err
	}
	if s, err = newShape(strings.ReplaceAll(page, rootMark, slot(slotRoot))); err != nil {
		return nil, err
	}
	r.shapes.Lock()
	defer r.shapes.Unlock()
	r.shapes.byKey[string(o.key)] = s
	return s, nil
}

// newShape cuts a page at its marks.
func newShape(page string) (*shape, error) {
	s := &shape{}
	for {
		before, rest, ok := strings.Cut(page, shapeMark)
		s.text = append(s.text, []byte(before))
		if !ok {
			return s, nil
		}
		digits, after, _ := strings.Cut(rest, shapeMarkEnd)
		n, err := strconv.Atoi(digits)
		if err != nil {
			return nil, fmt.Errorf("it takes a text apart")
		}
		s.slots = append(s.slots, int32(n))
		page = after
	}
}

// fill puts a page's own between the pieces; part appends what a function of
// layouts makes.
func (s *shape) fill(b []byte, o *outline, root string, part func(b []byte, n int) ([]byte, error)) ([]byte, error) {
	var err error
	for i, n := range s.slots {
		b = append(b, s.text[i]...)
		switch {
		case n < slotRoot:
			b = appendEscaped(b, o.texts[n])
		case n == slotRoot:
			b = append(b, root...)
		default:
			if b, err = part(b, int(n)); err != nil {
				return b, err
			}
		}
	}
	return append(b, s.text[len(s.slots)]...), nil
}

// appendEscaped escapes a text exactly as html/template does, in elements and
// in quoted attributes alike.
func appendEscaped(b []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); i++ {
		var e string
		switch s[i] {
		case 0:
			e = "\uFFFD"
		case '"':
			e = "&#34;"
		case '&':
			e = "&amp;"
		case '\'':
			e = "&#39;"
		case '+':
			e = "&#43;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		default:
			continue
		}
		b = append(append(b, s[start:i]...), e...)
		start = i + 1
	}
	return append(b, s[start:]...)
}
