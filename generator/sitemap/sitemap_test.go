package sitemap

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFile(t *testing.T) {
	for _, c := range []struct {
		kind Kind
		at   At
		want string
	}{
		{Home, At{}, "index.html"},
		{Agencies, At{Part: 2}, "agencies/2.html"},
		{Coverage, At{}, "coverage/index.html"},
		{Coverage, At{Agency: "x/y", Part: 3}, "coverage/x/y/3.html"},
		{Data, At{Year: 2023, Part: 1}, "data/2023/index.html"},
		{Year, At{Year: 2023}, "years/2023/index.html"},
		{Year, At{Year: 2023, Agency: "x"}, "years/2023/x/index.html"},
		{Report, At{Year: 2023, Agency: "x/y"}, "agencies/x/y/2023/index.html"},
		{Free, At{Name: "about"}, "about/index.html"},
		{NotFound, At{}, "404.html"},
	} {
		if got := Of(c.kind).Path.File(c.at); got != c.want {
			t.Errorf("%s %+v: %s, not %s", c.kind, c.at, got, c.want)
		}
	}
}

func TestFill(t *testing.T) {
	for _, c := range []struct {
		name, want string
		values     []string
		fits       bool
	}{
		{"coverage", "coverage/index.html", nil, true},
		{"year", "years/{year}/index.html", nil, true},
		{"year", "years/{{.}}/index.html", []string{"{{.}}"}, true},
		{"report", "agencies/a/2023/index.html", []string{"a", "2023"}, true},
		{"home", "index.html", []string{"2023"}, false},
		{"search-index", "search/root.json", nil, true},
	} {
		p, ok := Lookup(c.name)
		got, fits := p.Fill(c.values...)
		if !ok || got != c.want || fits != c.fits {
			t.Errorf("%s %q: %s %v", c.name, c.values, got, fits)
		}
	}
	if _, ok := Lookup("no-such-name"); ok {
		t.Error("a name that nothing has is found")
	}
}

// A path is read back as what it was made of, and belongs to one kind alone;
// that it is a report's and not that of an agency below, named for a year, the
// archive decides.
func TestMatchReadsWhatFileWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(Pages).Draw(t, "page")
		var want At
		name := rapid.StringMatching("[a-z]([a-z0-9-]{0,8}[a-z0-9])?")
		for _, s := range strings.Split(string(p.Path), "/") {
			switch left := strings.HasPrefix(s, "[") && rapid.Bool().Draw(t, "left out"); {
			case left:
			case strings.HasSuffix(s, "agency}"), strings.HasSuffix(s, "agency]"):
				want.Agency = strings.Join(rapid.SliceOfN(name, 1, 4).Draw(t, "agency"), "/")
			case strings.HasSuffix(s, "year}"), strings.HasSuffix(s, "year]"):
				want.Year = rapid.IntRange(1000, 2999).Draw(t, "year")
			case s == "{name}":
				want.Name = name.Filter(func(n string) bool { return !Reserved(n) }).Draw(t, "name")
			}
		}
		file := p.Path.File(want)
		for _, q := range Pages {
			at, ok := q.Path.Match(file)
			switch {
			case q.Kind == p.Kind && (!ok || at != want):
				t.Fatalf("%s is read as %+v %v", file, at, ok)
			case instead(p.Kind) || instead(q.Kind):
			case q.Kind != p.Kind && ok && !(q.Kind == Agency && p.Kind == Report):
				t.Fatalf("%s is of the kind %s and of %s", file, p.Kind, q.Kind)
			}
		}
	})
}

// instead reports whether pages of a kind stand in the place of others.
func instead(k Kind) bool { return k == Moved || k == Withdrawn }

func TestMatchRefuses(t *testing.T) {
	for _, file := range []string{"", "/", "index.html/", "years", "years/2023", "years/23/index.html", "years/index.html/", "coverage/2.html",
		"agencies/x", "agencies//index.html/x", "years/2023/x/2.html", "about.html", "search/root.json", "x/y/index.html"} {
		for _, p := range Pages {
			if at, ok := p.Path.Match(file); ok {
				t.Errorf("%q is read as %s %+v", file, p.Kind, at)
			}
		}
	}
}

func TestReserved(t *testing.T) {
	for _, name := range []string{"404", "agencies", "assets", "coverage", "data", "explore", "index", "rules", "search", "years"} {
		if !Reserved(name) {
			t.Errorf("a free page can be named %s", name)
		}
	}
	for _, name := range []string{"about", "feed", "year", "report", "a"} {
		if Reserved(name) {
			t.Errorf("no free page can be named %s", name)
		}
	}
}

func TestListed(t *testing.T) {
	for _, c := range []struct {
		at   At
		want []string
	}{
		{At{Name: "about"}, []string{"about/index.html"}},
		{At{Year: 2023}, []string{"years/2023/index.html"}},
		{At{Agency: "x/y"}, []string{"agencies/x/y/index.html"}},
		{At{Agency: "x/y", Year: 2023}, []string{"agencies/x/y/2023/index.html"}},
	} {
		if got := slices.Collect(Listed(c.at)); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q", c.at, got)
		}
	}
}

func TestListedOnce(t *testing.T) {
	list := slices.Collect(Listed(At{}))
	if list[0] != Home.Path() || slices.Contains(list, NotFound.Path()) {
		t.Errorf("listed are %q", list)
	}
	for _, file := range list {
		if strings.ContainsAny(file, "{[]}") || !slices.ContainsFunc(Pages, func(p Page) bool { return p.Kind.Path() == file }) {
			t.Errorf("%s is listed", file)
		}
	}
}

func TestAddress(t *testing.T) {
	for path, want := range map[string]string{"index.html": "", "years/index.html": "years/", "years/2.html": "years/2.html",
		"404.html": "404.html", "x/anindex.html": "x/anindex.html"} {
		if got := Address(path); got != want {
			t.Errorf("%s is addressed as %q", path, got)
		}
	}
}
