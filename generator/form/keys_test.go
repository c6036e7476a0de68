package form

import (
	"slices"
	"testing"
)

func TestKey(t *testing.T) {
	set := load(t)
	for _, c := range []struct{ form, prefix, key, want string }{
		{"cn-2021", "", "requests", "requests"},
		{"cn-2021", "", "三、收到和处理政府信息公开申请情况", "requests"},
		{"cn-2021", "", "依申请公开情况", "requests"},
		{"cn-2021", "proactive", "行政许可", "proactive.permits"},
		{"cn-2021", "proactive", "规范性文件", "proactive.normative_documents"},
		{"cn-2021", "requests", "一、本年新收政府信息公开申请数量", "requests.new"},
		{"cn-2021", "requests", "本年新收", "requests.new"},
		{"cn-2021", "requests", "三、本年度办理结果", "requests.results"},
		{"cn-2021", "requests.results", "(一) 予以公开", "requests.results.granted"},
		{"cn-2021", "requests.results", "（二）部分公开", "requests.results.partly_granted"},
		{"cn-2021", "requests.results", "(二) 部分公开(区分处理的, 只计这一情形, 不计其他情形)", "requests.results.partly_granted"},
		{"cn-2021", "requests.results", "合计", "requests.results.total"},
		{"cn-2021", "requests.results.refused", `3、危及"三安全一稳定"`, "requests.results.refused.security_and_stability"},
		{"cn-2021", "requests.results.refused", "１．屬於國家秘密", "requests.results.refused.state_secret"},
		{"cn-2021", "requests.results.other", "逾期不补正", "requests.results.other.not_corrected_in_time"},
		{"cn-2021", "requests.results.other", "其他", "requests.results.other.other"},
		{"cn-2021", "reviews", "复议后起诉", "reviews.litigation_after_reconsideration"},
		{"cn-2021", "reviews", "Administrative reconsideration", "reviews.reconsideration"},
		{"cn-2021", "reviews", "行政诉讼", ""}, // a heading without a key
		{"cn-2021", "requests", "granted", ""},
		{"cn-2021", "proactive.permits", "decisions", ""},
		{"cn-2021", "nowhere", "new", ""},
		{"cn-2021", "requests", "", ""},
		{"cn-2021", "requests", "——", ""},
		{"cn-2019", "proactive", "其他对外管理服务事项", "proactive.other_services"},
		{"cn-2019", "requests.results", "（六）其他处理", "requests.results.other"},
	} {
		f := get(t, set, c.form)
		got, ok := f.Key(c.prefix, c.key)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s: Key(%q, %q) = %q, %v; want %q", c.form, c.prefix, c.key, got, ok, c.want)
		}
	}
}

// TestEveryLabelIsAKey holds for every row and group of every form: its id
// and its official label lead to it.
func TestEveryLabelIsAKey(t *testing.T) {
	for _, f := range load(t, "foreign.yaml").Forms() {
		var walk func(prefix string, groups []*Group) int
		walk = func(prefix string, groups []*Group) (rows int) {
			for _, g := range groups {
				if g.ID == "" {
					rows += walk(prefix, g.Under)
					continue
				}
				path := prefix + "." + g.ID
				for _, key := range append([]string{g.ID, g.Label.ZH, g.Label.EN}, g.Aliases...) {
					if got, ok := f.Key(prefix, key); !ok || got != path {
						t.Errorf("%s: Key(%q, %q) = %q, want %q", f.ID, prefix, key, got, path)
					}
				}
				if !slices.Contains(f.Keys(prefix), g.ID) {
					t.Errorf("%s: Keys(%q) lacks %s", f.ID, prefix, g.ID)
				}
				if f.Group(path) != (g.Row == nil) {
					t.Errorf("%s: Group(%q) = %v", f.ID, path, f.Group(path))
				}
				if g.Row != nil && g.Row.Path == path {
					rows++
				}
				rows += walk(path, g.Under)
			}
			return rows
		}
		rows := 0
		for _, table := range f.Tables {
			if !f.Group(table.ID) || !slices.Contains(f.Keys(""), table.ID) {
				t.Errorf("%s: the table %s is no key", f.ID, table.ID)
			}
			rows += walk(table.ID, table.Body)
		}
		if rows != len(f.Rows) {
			t.Errorf("%s: %d rows are keys, the form has %d", f.ID, rows, len(f.Rows))
		}
	}
}

func TestSection(t *testing.T) {
	set := load(t)
	for _, c := range []struct {
		form, heading, want string
		exact               bool
	}{
		{"cn-2021", "总体情况", "overview", true},
		{"cn-2021", "一、总体情况", "overview", true},
		{"cn-2021", "（一）总体情况", "overview", true},
		{"cn-2021", "Overview", "overview", true},
		{"cn-2021", "四、政府信息公开行政复议、行政诉讼情况", "reviews", true},
		{"cn-2021", "政府信息公开行政复议及行政诉讼情况", "reviews", false},
		{"cn-2021", "五、存在的主要问题及改进情况", "problems", true},
		{"cn-2021", "五、政府信息公开工作存在的主要问题及改进情况", "problems", false},
		{"cn-2019", "五、政府信息公开工作存在的主要问题及改进情况", "problems", true},
		{"cn-2019", "存在的主要问题及改进情况", "problems", false},
		{"cn-2021", "工作亮点", "", false},
		{"cn-2021", "", "", false},
		{"cn-2021", "……", "", false},
	} {
		s, exact, ok := get(t, set, c.form).Section(c.heading)
		if ok != (c.want != "") || exact != c.exact || (ok && s.ID != c.want) {
			t.Errorf("%s: Section(%q) = %v, %v, %v; want %q, %v", c.form, c.heading, s, exact, ok, c.want, c.exact)
		}
	}
}

func TestNormalise(t *testing.T) {
	for _, c := range []struct{ label, want string }{
		{"（三） 不予公开", "不予公开"},
		{"(三)不予公开", "不予公开"},
		{"1.属于国家秘密", "属于国家秘密"},
		{"１．属于国家秘密", "属于国家秘密"},
		{"1、属于国家秘密", "属于国家秘密"},
		{"①属于国家秘密", "属于国家秘密"},
		{"⑩属于国家秘密", "属于国家秘密"},
		{"⑴属于国家秘密", "属于国家秘密"},
		{"三、本年度办理结果（一）予以公开", "本年度办理结果一予以公开"},
		{"三、（一）予以公开", "予以公开"},
		{"IV. Carried over to next year", "carriedovertonextyear"},
		{"結 果　維 持", "结果维持"},
		{"危及\u200b“三安全一稳定”", "危及三安全一稳定"},
		{"三安全一稳定", "三安全一稳定"},
		{"第二十条第（一）项", "第二十条第一项"},
		{"1.5倍", "15倍"},
		{"2024年", "2024年"},
		{"一、", "一"},
		{"……", ""},
		{"", ""},
	} {
		if got := Normalise(c.label); got != c.want {
			t.Errorf("Normalise(%q) = %q, want %q", c.label, got, c.want)
		}
	}
}

// FuzzNormalise holds that a normalised label is its own normal form, so
// that it does not matter how often a label passes through.
func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"（三）不予公开", "1.5倍", "⑴①", "IV. x", "一、一、", "\ufdfa", "ﬁ", "Ⅳ、x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Normalise(s)
		if twice := Normalise(once); twice != once {
			t.Errorf("%q becomes %q, and that %q", s, once, twice)
		}
	})
}
