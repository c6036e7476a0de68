package render

import (
	"strings"
	"testing"
)

func TestMinified(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a.css", "/* why */\na  { color : #ffffff ; }\n", "a{color:#fff}"},
		{"a.js", "// why\nalert( 1 );\n", "alert(1)"},
		{"broken.js", "function (", "function ("},
		{"large.css", strings.Repeat("a { }\n", maxMinified/6) + "b { }", strings.Repeat("a { }\n", maxMinified/6) + "b { }"},
		{"a.svg", "<svg> </svg>", "<svg> </svg>"},
	} {
		if got := strings.TrimSpace(string(minified(c.name, []byte(c.in)))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
