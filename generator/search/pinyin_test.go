package search

import "testing"

func TestSpelling(t *testing.T) {
	for _, c := range []struct {
		name, query string
		want        bool
	}{
		{"娄烦县", "loufan", true},
		{"娄烦县", "lfx", true},
		{"娄烦县", "lf", true},
		{"娄烦县", "fanx", true},
		{"娄烦县", "fx", true},
		{"娄烦县", "oufan", false}, // begins within a syllable
		{"娄烦县", "lx", false},
		{"婁煩縣", "loufanxian", true},
		{"重庆市", "chongqing", true},
		{"重庆市", "zhongqing", true}, // polyphones: every reading
		{"重庆市", "cqs", true},
		{"长治银行", "zhangzhiyinhang", true},
		{"长治银行", "czyx", true},
		{"绿春县", "lvchun", true},
		{"西安市", "xian", true},
		{"县", "xian", true},
	} {
		if got := spelled(spellName(c.name), c.query); got != c.want {
			t.Errorf("%s (%s) by %s: %v", c.name, spellName(c.name), c.query, got)
		}
	}
}

// A name is found through the lists by a query that its spelling matches.
func TestFindBySpelling(t *testing.T) {
	agencies := []Agency{
		{Path: "a", Name: "重庆市长寿区", Kind: "government", Short: "长寿", Former: []string{"长寿县"}},
		{Path: "b", Name: "娄烦县文化和旅游局", Kind: "department", Short: "文旅局"},
		{Path: "c", Name: "文旅局办公室", Kind: "department"},
	}
	fsys := built(t, agencies)
	for query, want := range map[string]string{
		"cqscsq": "重庆市长寿区", "zhangshou": "重庆市长寿区", "长寿县": "重庆市长寿区", "CQ": "重庆市长寿区",
		"loufan": "娄烦县文化和旅游局", "wlj": "娄烦县文化和旅游局", "文旅局": "娄烦县文化和旅游局", "娄烦 旅游": "娄烦县文化和旅游局",
	} {
		r, err := Query(fsys, query, Filters{})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Agencies) == 0 || r.Agencies[0].Name != want {
			t.Errorf("%s finds %v, want %s first", query, r.Agencies, want)
		}
	}
	r, err := Query(fsys, "文旅局", Filters{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Agencies) != 2 || !r.Agencies[0].Exact || r.Agencies[1].Exact {
		t.Errorf("文旅局: %+v", r.Agencies)
	}
}

func spellName(name string) string { return spell(readings([]rune(Fold(name)))) }
