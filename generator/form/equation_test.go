package form

import (
	"strings"
	"testing"
)

// text writes a statement out again, in the one usual spelling.
func (s statement) text() string {
	side := func(list []operand) string {
		var b strings.Builder
		for i, o := range list {
			switch {
			case o.minus && i > 0:
				b.WriteString(" - ")
			case o.minus:
				b.WriteString("-")
			case i > 0:
				b.WriteString(" + ")
			}
			b.WriteString([]string{"", "previous.", "children."}[o.from] + o.path)
			if o.all {
				b.WriteString(".*")
			}
		}
		return b.String()
	}
	sign := " = "
	if s.atLeast {
		sign = " >= "
	}
	return side(s.left) + sign + side(s.right)
}

func TestParseEquation(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"new + carried_in = results.total + carried_out", ""},
		{"results.total = results.granted + results.refused.*", ""},
		{"in_force=previous.in_force+issued-repealed", "in_force = previous.in_force + issued - repealed"},
		{"cell ≥ children.cell", "cell >= children.cell"},
		{"- a = b", "-a = b"},
		{"a =\n  b\n  + c", "a = b + c"},
	} {
		want := c.want
		if want == "" {
			want = c.text
		}
		s, wrong := parseEquation(c.text)
		if wrong != nil || s.text() != want {
			t.Errorf("%q is read as %q, %+v; want %q", c.text, s.text(), wrong, want)
		}
	}
}

func TestEquationMistakes(t *testing.T) {
	for _, c := range []struct {
		text, variant, at string
		column            int
	}{
		{"", "equation-short", "", 0},
		{"a", "equation-short", "", 1},
		{"a b = c", "equation-comparison", "b", 2},
		{"a = b c", "equation-end", "c", 6},
		{"a = b = c", "equation-end", "=", 6},
		{"a > b", "equation-comparison", ">", 2},
		{"a = b + ", "equation-short", "", 8},
		{"a = b ++ c", "equation-operand", "+", 7},
		{"a = 一 + b", "equation-operand", "一", 4},
		{"一 = a * b", "equation-operand", "一", 0},
		{"a = b * c", "equation-end", "*", 6},
		{"a = B", "equation-operand", "B", 4},
		{"a = b..c", "equation-operand", "b..c", 4},
		{"a = previous.", "equation-operand", "previous.", 4},
		{"a = previous", "", "", 0},
		{"a = *", "equation-operand", "*", 4},
		{"a = b.*.c", "equation-operand", "b.*.c", 4},
		{"a = b − c", "equation-end", "−", 6},
		{"a = 3", "equation-operand", "3", 4},
		{"a = b\u3000+ c", "equation-end", "\u3000", 5},
	} {
		_, wrong := parseEquation(c.text)
		if c.variant == "" {
			if wrong != nil {
				t.Errorf("%q: %+v", c.text, *wrong)
			}
			continue
		}
		if wrong == nil {
			t.Errorf("%q is read", c.text)
			continue
		}
		if wrong.variant != c.variant || wrong.text != c.at || wrong.at != c.column {
			t.Errorf("%q: %+v; want %s at %q, column %d", c.text, *wrong, c.variant, c.at, c.column)
		}
	}
}

// FuzzEquation holds that reading never fails in another way than by a
// mistake with a place within the text, and that what is read can be written and read again.
func FuzzEquation(f *testing.F) {
	for _, s := range []string{
		"new + carried_in = results.total + carried_out",
		"in_force = previous.in_force + issued - repealed",
		"cell >= children.cell", "a = b.* - c", "-a ≥ -b", "a = 一", "a = \xff", "= =", "a\n=\tb",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, wrong := parseEquation(text)
		if wrong != nil {
			runes := []rune(text)
			if wrong.at < 0 || wrong.width < 0 || wrong.at+wrong.width > len(runes) {
				t.Fatalf("%q: the mistake is at %d, width %d", text, wrong.at, wrong.width)
			}
			return
		}
		again, wrong := parseEquation(s.text())
		if wrong != nil || again.text() != s.text() {
			t.Fatalf("%q is %q, which reads as %q, %+v", text, s.text(), again.text(), wrong)
		}
		for _, o := range append(s.left, s.right...) {
			at := []rune(text)[o.at : o.at+o.width]
			if !strings.HasSuffix(strings.TrimSuffix(string(at), ".*"), o.path) {
				t.Fatalf("%q: %q stands at %q", text, o.path, string(at))
			}
		}
	})
}
