package sitemap

import "testing"

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
