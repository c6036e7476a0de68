package pdf

import (
	"math"
	"unicode"

	"github.com/klippa-app/go-pdfium/requests"

	"annals/generator/importer/layout"
)

// character is one of a page, in the coordinates of the file.
type character struct {
	text                     rune
	x, y                     float64 // where it stands
	left, bottom, right, top float64 // the room that it takes, with the space around it
	size                     float64
	angle                    int // quarter turns to the left; -1: aslant
}

// sheet is a page in the coordinates of the file.
type sheet struct {
	characters []character
	lines      []segment
	pictures   int
	width      float64   // of the page as it is shown
	unseen     []segment // the rooms of texts that are not printed, corner to corner
}

// segment is a line from one point to another.
type segment struct{ x1, y1, x2, y2 float64 }

func (r *reader) characters(at requests.Page, s *sheet) error {
	text, err := r.engine.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: at})
	if err != nil {
		return ErrDamaged
	}
	defer r.engine.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	n, err := r.engine.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return ErrDamaged
	}
	if r.glyphs += n.Count; r.glyphs > MaxGlyphs {
		return ErrTooLarge
	}
	for i := range n.Count {
		u, err := r.engine.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text.TextPage, Index: i})
		if err != nil {
			return ErrDamaged
		}
		generated, err := r.engine.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: text.TextPage, Index: i})
		if err != nil || generated.IsGenerated {
			continue // the engine's own spaces and line ends
		}
		c := character{text: rune(u.Unicode)}
		if c.text == 0 {
			c.text = unicode.ReplacementChar // a glyph of which the file does not say which character it is
		}
		origin, err := r.engine.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text.TextPage, Index: i})
		if err != nil {
			continue
		}
		room, err := r.engine.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text.TextPage, Index: i})
		if err != nil {
			continue
		}
		size, err := r.engine.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: text.TextPage, Index: i})
		if err != nil {
			continue
		}
		matrix, err := r.engine.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: text.TextPage, Index: i})
		if err != nil {
			continue
		}
		m := matrix.Matrix
		c.x, c.y = origin.X, origin.Y
		c.left, c.right = float64(room.Rect.Left), float64(room.Rect.Right)
		c.bottom, c.top = float64(min(room.Rect.Bottom, room.Rect.Top)), float64(max(room.Rect.Bottom, room.Rect.Top))
		c.size = size.FontSize * math.Hypot(float64(m.C), float64(m.D))
		c.angle = quarter(math.Atan2(float64(m.B), float64(m.A)))
		s.characters = append(s.characters, c)
	}
	return nil
}

// quarter returns how many quarter turns an angle is, or -1.
func quarter(angle float64) int {
	turns := angle / (math.Pi / 2)
	whole := math.Round(turns)
	if math.IsNaN(turns) || math.Abs(turns-whole) > 0.05 {
		return -1
	}
	return (int(whole) + 4) % 4
}

// upright returns the page turned so that most of its text is upright. Text that
// stands in another way, such as a watermark, is left out of its lines: it is
// counted as hidden.
func (s *sheet) upright() *layout.Page {
	var count [4]int
	for _, c := range s.characters {
		if c.angle >= 0 {
			count[c.angle]++
		}
	}
	turn := 0
	for i, n := range count {
		if n > count[turn] {
			turn = i
		}
	}
	p := &layout.Page{Width: s.width, Pictures: s.pictures}
	for _, c := range s.characters {
		x, y := turned(c.x, c.y, turn)
		x1, _ := turned(c.left, c.bottom, turn)
		x2, _ := turned(c.right, c.top, turn)
		g := layout.Glyph{Text: string(c.text), Left: min(x1, x2), Right: max(x1, x2), Base: y, Size: c.size}
		g.Left, g.Right = min(g.Left, x), max(g.Right, x)
		g.Hidden = c.angle != turn || s.isUnseen(c)
		p.Glyphs = append(p.Glyphs, g)
	}
	for _, l := range s.lines {
		x1, y1 := turned(l.x1, l.y1, turn)
		x2, y2 := turned(l.x2, l.y2, turn)
		r := layout.Rule{At: (y1 + y2) / 2, From: min(x1, x2), To: max(x1, x2)}
		if math.Abs(x2-x1) < math.Abs(y2-y1) {
			r = layout.Rule{Upright: true, At: (x1 + x2) / 2, From: min(y1, y2), To: max(y1, y2)}
		}
		p.Rules = append(p.Rules, r)
	}
	return p
}

// turned turns a point by quarter turns to the right.
func turned(x, y float64, turns int) (float64, float64) {
	for range turns {
		x, y = y, -x
	}
	return x, y
}

// isUnseen reports whether a character is one of a text that is not printed.
func (s *sheet) isUnseen(c character) bool {
	for _, u := range s.unseen {
		if u.x1-1 <= c.x && c.x <= u.x2+1 && u.y1-1 <= c.y && c.y <= u.y2+1 {
			return true
		}
	}
	return false
}
