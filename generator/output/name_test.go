package output

import (
	"errors"
	"os"
	"strings"
	"testing"
)

func TestCheckPath(t *testing.T) {
	for _, p := range []string{
		"index.html", "agencies/cn/140123/2024/index.html", ".nojekyll", ".well-known/x", "_headers", "附件/年报.docx", "a..b/c",
		"console", "com10", "nul-1", strings.Repeat("x", 255),
	} {
		if err := CheckPath(p); err != nil {
			t.Errorf("%q: %v", p, err)
		}
	}
	for reason, list := range map[string][]string{
		"1 to 1024 bytes":  {"", strings.Repeat("x/", 600)},
		"not UTF-8":        {"\xff"},
		"normal form":      {"e\u0301"},
		"is reserved":      {"C:/x", "C:x", `a\b`, "a:b", "a*", "a?b", "a#b", "a%41", "a|b", `a"b`, "<a>", "a>", "a\x00b", "a\nb", "a\x7f", "a\u0085"},
		"an empty name":    {"/", "/etc/passwd", "a//b", "a/"},
		"not clean":        {"..", "../x", "a/../b", "a/./b", "."},
		"255 bytes":        {strings.Repeat("x", 256)},
		"space":            {"a.", "a ", "a/ b", "a./b", "..."},
		"Windows reserves": {"con", "CON.html", "a/nul", "aux.tar.gz", "LPT1", "com¹", "con .txt", "conin$"},
		"not the site's":   {".git/config", ".GIT/x", ".annals/x", "a/.annals-stage"},
	} {
		for _, p := range list {
			var failed *os.PathError
			if err := CheckPath(p); !errors.As(err, &failed) || !strings.Contains(err.Error(), reason) {
				t.Errorf("%q: %v, want: %s", p, err, reason)
			}
		}
	}
}

// TestCollisions stages paths that are one file on some disk. Nothing of the
// site may be written.
func TestCollisions(t *testing.T) {
	for _, pair := range [][2]string{
		{"a/x", "A/x"}, {"a/x", "a/X"}, {"a/é", "a/É"}, {"a", "a/b"}, {"a/b", "a"}, {"A", "a/b"}, {"a/b/c", "a/b"},
		{"straße", "STRAßE"}, {"a/ǆ", "a/ǅ"}, {"same", "same"},
	} {
		for _, groups := range [][2]string{{"one", "two"}, {"one", "one"}} {
			o := place(t)
			d, err := Open(o)
			if err != nil {
				t.Fatal(err)
			}
			b, err := d.Begin()
			if err != nil {
				t.Fatal(err)
			}
			g := b.Group(groups[0], "")
			h := g
			if groups[1] != groups[0] {
				h = b.Group(groups[1], "")
			}
			err = errors.Join(g.Stage(pair[0], nil), h.Stage(pair[1], nil))
			if err == nil {
				_, err = b.Commit()
			}
			if err == nil {
				t.Errorf("%q and %q are accepted", pair[0], pair[1])
			} else if !strings.Contains(err.Error(), pair[1]) && !strings.Contains(err.Error(), pair[0]) {
				t.Errorf("%q and %q: the error names neither: %v", pair[0], pair[1], err)
			}
			d.Close()
			wantTree(t, o.Dir, map[string]string{})
		}
	}
}

// TestCaseRename: a path that collides with one of the last site is allowed if that
// path is not in the new site.
func TestCaseRename(t *testing.T) {
	o := place(t)
	mustBuild(t, o, site{"g": {"A/x": "1", "b": "2"}})
	now := site{"g": {"a/x": "1", "B": "2"}}
	mustBuild(t, o, now)
	wantTree(t, o.Dir, now.files())
}
