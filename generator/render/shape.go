package render

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/site"
)

// Nearly all reports have pages of a few shapes: the same form, the same parts
// there or not there, and only texts and numbers that differ. For such a page
// the layout is executed once a shape, with marks in the place of the texts,
// and cut at the marks; the page of a report is then those pieces with its own
// texts, escaped as html/template does, between them. It is a tenth of the
// work. A page with anything unusual is executed in full, and so are all pages
// where the site has a layout of its own, which may look at what a text says.
// A test holds the two ways together.

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
	text   [][]byte // one more than values
	values []int32  // what stands between: texts, then the marks below
}

// What stands at a mark that is no text.
const (
	slotRoot  = 1000 // the way to the root
	slotTable = 2000 // + index of the table
	slotProse = 3000 // + index of the section
	slotChart = 4000 // + index of the chart
)

// A mark passes html/template unchanged wherever a value can stand: it is
// letters and digits.
const (
	shapeMark    = "annalsShapeMark"
	shapeMarkEnd = "endOfMark"
)

func slot(n int) string { return shapeMark + strconv.Itoa(n) + shapeMarkEnd }

// plainReport reports whether a page has nothing but what shapes know.
func plainReport(p *site.ReportPage) bool {
	if len(p.Faults)+len(p.Accepted)+len(p.Corrections)+len(p.Footnotes)+len(p.Attachments) > 0 || p.SourceHref != "" {
		return false
	}
	for i := range p.Sections {
		if p.Sections[i].Own {
			return false
		}
	}
	return true
}

// texts lists the texts of a page in a fixed order, and says which of them
// are addresses. It is the one place that knows them all: the page whose
// texts are marks is made with it too.
func texts(p *site.ReportPage, visit func(s *string, address bool)) {
	visit(&p.Title, false)
	visit(&p.Window, false)
	visit(&p.Canonical, true)
	visit(&p.Published, false)
	visit(&p.Citation, false)
	for _, l := range []*site.Link{&p.Agency, &p.YearPage, &p.Origin, p.Previous, p.Next} {
		if l != nil {
			visit(&l.Href, true)
			visit(&l.Text, false)
		}
	}
	for i := range p.Crumbs {
		visit(&p.Crumbs[i].Href, true)
		visit(&p.Crumbs[i].Text, false)
	}
	for i := range p.Meta {
		visit(&p.Meta[i].Content, false)
	}
}

// reportPage appends the page of a report by its shape. It is false where the
// page has none.
func (r *Renderer) reportPage(b []byte, p *site.ReportPage) ([]byte, bool, error) {
	if r.shapes == nil || !plainReport(p) {
		return b, false, nil
	}
	var keep [64]string
	values := keep[:0]
	key := make([]byte, 0, 256)
	key = append(key, p.Source.Form.ID...)
	key = append(key, ' ')
	key = append(key, p.Filing...)
	key = appendFlags(key, p.CSV != "", p.Last != nil, p.Previous != nil, p.Next != nil)
	for i := range p.Sections {
		key = append(append(key, ' '), p.Sections[i].ID...)
		key = appendFlags(key, p.Sections[i].Blocks != nil, p.Sections[i].Absent)
	}
	for i := range p.Charts {
		key = append(append(key, ' '), p.Charts[i].ID...)
	}
	for _, m := range p.Meta {
		key = append(append(key, ' '), m.Name...)
	}
	safe := true
	texts(p, func(s *string, address bool) {
		key = appendFlags(key, *s != "")
		safe = safe && (!address || plainAddress(*s))
		values = append(values, *s)
	})
	if !safe {
		return b, false, nil
	}
	s, err := r.shapeOf(key, p)
	if s == nil || err != nil {
		return b, false, err
	}
	b, err = r.fill(b, s, p, values)
	return b, true, err
}

func appendFlags(key []byte, flags ...bool) []byte {
	for _, f := range flags {
		if f {
			key = append(key, '1')
		} else {
			key = append(key, '0')
		}
	}
	return key
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

func (r *Renderer) shapeOf(key []byte, p *site.ReportPage) (*shape, error) {
	r.shapes.RLock()
	s, ok := r.shapes.byKey[string(key)]
	many := len(r.shapes.byKey) >= maxShapes
	r.shapes.RUnlock()
	if ok || many {
		return s, nil
	}
	s, err := r.newShape(p)
	if err != nil {
		return nil, err
	}
	r.shapes.Lock()
	defer r.shapes.Unlock()
	r.shapes.byKey[string(key)] = s
	return s, nil
}

// newShape executes the layout for a page like p with marks for its texts.
func (r *Renderer) newShape(p *site.ReportPage) (*shape, error) {
	x := *p
	x.Path = shapeMark // tells the functions of layouts to leave a mark
	x.Source = &archive.Report{Form: p.Source.Form}
	for _, l := range []**site.Link{&x.Previous, &x.Next} {
		if *l != nil {
			c := **l
			*l = &c
		}
	}
	x.Crumbs = append([]site.Link(nil), p.Crumbs...)
	x.Meta = append([]site.Meta(nil), p.Meta...)
	n := 0
	texts(&x, func(s *string, _ bool) {
		if *s != "" {
			*s = slot(n)
		}
		n++
	})
	x.Sections = append([]site.Section(nil), p.Sections...)
	for i := range x.Sections {
		if x.Sections[i].Blocks != nil {
			x.Sections[i].Blocks = &content.Section{Heading: slot(slotProse + i)}
		}
	}
	x.Charts = make([]site.Chart, len(p.Charts))
	for i := range x.Charts {
		x.Charts[i].ID = slot(slotChart + i)
	}
	var b bytes.Buffer
	if err := r.kinds[site.KindReport].Execute(&b, &x); err != nil {
		return nil, fmt.Errorf("layout report.html: %w", err)
	}
	page := strings.ReplaceAll(b.String(), rootMark, slot(slotRoot))
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
			return nil, fmt.Errorf("layout report.html: it takes a text apart")
		}
		s.values = append(s.values, int32(n))
		page = after
	}
}

// fill puts a report's own between the pieces.
func (r *Renderer) fill(b []byte, s *shape, p *site.ReportPage, values []string) ([]byte, error) {
	var err error
	for i, v := range s.values {
		b = append(b, s.text[i]...)
		switch {
		case v < slotRoot:
			b = appendEscaped(b, values[v])
		case v == slotRoot:
			b = append(b, p.Root...)
		case v < slotProse:
			if b, err = r.appendTable(b, p, int(v-slotTable)); err != nil {
				return b, err
			}
		case v < slotChart:
			b = r.appendProse(b, p.Path, p.Source.Body, p.Sections[v-slotProse].Blocks)
		default:
			b = r.appendChart(b, p.Charts[v-slotChart])
		}
	}
	return append(b, s.text[len(s.values)]...), nil
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
