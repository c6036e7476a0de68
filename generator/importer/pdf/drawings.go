package pdf

import (
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

const (
	maxNesting = 8   // forms within forms
	thin       = 4.0 // points: what is no wider is a line
)

// drawings reads the lines and pictures of a page.
func (r *reader) drawings(at requests.Page, s *sheet) error {
	n, err := r.engine.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: at})
	if err != nil {
		return ErrDamaged
	}
	if r.objects+n.Count > MaxObjects {
		return ErrTooLarge
	}
	for i := range n.Count {
		o, err := r.engine.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: at, Index: i})
		if err != nil {
			return ErrDamaged
		}
		if err := r.object(o.PageObject, matrix{1, 0, 0, 1, 0, 0}, 0, s); err != nil {
			return err
		}
	}
	return nil
}

// object reads an object of a page, or of a form on it, which has its own
// coordinates.
func (r *reader) object(o references.FPDF_PAGEOBJECT, m matrix, depth int, s *sheet) error {
	if r.objects++; r.objects > MaxObjects {
		return ErrTooLarge
	}
	kind, err := r.engine.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o})
	if err != nil {
		return ErrDamaged
	}
	switch kind.Type {
	case enums.FPDF_PAGEOBJ_IMAGE:
		s.pictures++
	case enums.FPDF_PAGEOBJ_TEXT:
		mode, err := r.engine.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: o})
		if err == nil && (mode.TextRenderMode == enums.FPDF_TEXTRENDERMODE_INVISIBLE || mode.TextRenderMode == enums.FPDF_TEXTRENDERMODE_CLIP) {
			if b, err := r.engine.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: o}); err == nil {
				x1, y1 := m.apply(float64(b.Left), float64(b.Bottom))
				x2, y2 := m.apply(float64(b.Right), float64(b.Top))
				s.unseen = append(s.unseen, segment{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)})
			}
		}
	case enums.FPDF_PAGEOBJ_PATH:
		return r.path(o, m, s)
	case enums.FPDF_PAGEOBJ_FORM:
		if depth == maxNesting {
			return ErrTooLarge
		}
		n, err := r.engine.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: o})
		if err != nil {
			return nil
		}
		own, err := r.engine.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: o})
		if err != nil {
			return nil
		}
		for i := range n.Count {
			inner, err := r.engine.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: o, Index: uint64(i)})
			if err != nil {
				return nil
			}
			if err := r.object(inner.PageObject, m.of(own.Matrix), depth+1, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// path adds the straight lines of a path: those that are stroked, and areas that are
// so thin that they are lines. A path of many parts may be all borders of a table.
func (r *reader) path(o references.FPDF_PAGEOBJECT, m matrix, s *sheet) error {
	mode, err := r.engine.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: o})
	if err != nil || !mode.Stroke && mode.FillMode == 0 {
		return nil
	}
	b, err := r.engine.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: o})
	if err != nil {
		return nil
	}
	x1, y1 := m.apply(float64(b.Left), float64(b.Bottom))
	x2, y2 := m.apply(float64(b.Right), float64(b.Top))
	if s.thin(segment{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}) {
		return nil
	}
	n, err := r.engine.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: o})
	if err != nil || !mode.Stroke && n.Count <= 5 { // an area of colour
		return nil
	}
	if r.objects += n.Count; r.objects > MaxObjects {
		return ErrTooLarge
	}
	own, err := r.engine.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: o})
	if err != nil {
		return nil
	}
	m = m.of(own.Matrix)
	var points []segment // of a part of the path: x1, y1 is the point, x2 is 1 if a line leads to it
	flush := func() {
		s.outline(points, mode.Stroke)
		points = nil
	}
	for i := range n.Count {
		seg, err := r.engine.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: o, Index: i})
		if err != nil {
			return nil
		}
		kind, err := r.engine.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: seg.PathSegment})
		if err != nil {
			return nil
		}
		at, err := r.engine.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: seg.PathSegment})
		if err != nil {
			return nil
		}
		x, y := m.apply(float64(at.X), float64(at.Y))
		p := segment{x1: x, y1: y}
		switch kind.Type {
		case enums.FPDF_SEGMENT_MOVETO:
			flush()
		case enums.FPDF_SEGMENT_LINETO:
			p.x2 = 1
		}
		points = append(points, p)
		closing, err := r.engine.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: seg.PathSegment})
		if err == nil && closing.IsClose {
			first := points[0]
			points = append(points, segment{x1: first.x1, y1: first.y1, x2: 1})
			flush()
		}
	}
	flush()
	return nil
}

// thin adds an area that is so thin that it is a line. A dot is a stretch of a
// line in either direction, as a dotted one has them. It reports whether it is one.
func (s *sheet) thin(box segment) bool {
	w, h := box.x2-box.x1, box.y2-box.y1
	x, y := (box.x1+box.x2)/2, (box.y1+box.y2)/2
	if min(w, h) > thin {
		return false
	}
	if h <= thin {
		s.lines = append(s.lines, segment{box.x1, y, box.x2, y})
	}
	if w <= thin {
		s.lines = append(s.lines, segment{x, box.y1, x, box.y2})
	}
	return true
}

// outline adds a part of a path, if it is a line itself, or the sides of it that
// are stroked and level or upright.
func (s *sheet) outline(points []segment, stroked bool) {
	if len(points) < 2 {
		return
	}
	box := segment{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		box = segment{min(box.x1, p.x1), min(box.y1, p.y1), max(box.x2, p.x1), max(box.y2, p.y1)}
	}
	if s.thin(box) || !stroked {
		return
	}
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		if b.x2 == 1 && (math.Abs(a.x1-b.x1) < 1) != (math.Abs(a.y1-b.y1) < 1) {
			s.lines = append(s.lines, segment{a.x1, a.y1, b.x1, b.y1})
		}
	}
}

// matrix maps coordinates of an object to those of the page.
type matrix [6]float64

func (m matrix) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// of returns the mapping of an object that has the matrix own within m.
func (m matrix) of(own structs.FPDF_FS_MATRIX) matrix {
	a, b, c, d, e, f := float64(own.A), float64(own.B), float64(own.C), float64(own.D), float64(own.E), float64(own.F)
	return matrix{
		m[0]*a + m[2]*b, m[1]*a + m[3]*b,
		m[0]*c + m[2]*d, m[1]*c + m[3]*d,
		m[0]*e + m[2]*f + m[4], m[1]*e + m[3]*f + m[5],
	}
}
