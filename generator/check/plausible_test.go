package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"annals/generator/archive"
	"annals/generator/check"
	"annals/generator/config"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/source"
)

// about reads reports of an agency, each from the report in testdata with lines
// changed, and returns what the rule says: "severity file-year line" of each finding.
func about(t *testing.T, rule string, a *archive.Agency, changes map[int][]string) []string {
	t.Helper()
	set := forms(t)
	var reports []*archive.Report
	for year := 2010; year < 2030; year++ {
		edits, there := changes[year]
		if !there {
			continue
		}
		text := strings.Replace(string(testdata(t, 2024)), "published: 2025", fmt.Sprintf("published: %d", year+1), 1)
		for _, line := range edits {
			key, _, _ := strings.Cut(line, ":")
			i := strings.Index(text, "\n"+key+":")
			if i < 0 {
				text = strings.Replace(text, "form:", line+"\nform:", 1)
				continue
			}
			end := i + 1 + strings.IndexByte(text[i+1:], '\n')
			text = text[:i+1] + line + text[end:]
		}
		r, found := read(t, set, year, []byte(text))
		if r == nil || len(found) > 0 {
			t.Fatalf("%d: %v", year, found)
		}
		if a != nil {
			r.Agency = a
		}
		reports = append(reports, r)
	}
	var said []string
	list, _ := check.Years(reports)
	for _, d := range list {
		if d.Rule == rule {
			said = append(said, fmt.Sprintf("%s %d", d.Severity, yearOf(d.Place.File)))
		}
	}
	return said
}

func yearOf(file string) (year int) {
	fmt.Sscanf(file[strings.LastIndexByte(file, '/')+1:], "%d", &year)
	return year
}

func TestUnitSlip(t *testing.T) {
	for _, c := range []struct {
		fees []string // of 2021 and the years after; "" where there is no report
		want []string
	}{
		{[]string{"12.5", "131000"}, []string{"warning 2022"}},
		{[]string{"131000", "12.5"}, []string{"warning 2022"}},
		{[]string{"0.38", "3800"}, []string{"warning 2022"}},
		{[]string{"59237.2449", "592372449"}, []string{"warning 2022"}},
		{[]string{"2", "16000"}, []string{"warning 2022"}},                       // 8,000 times
		{[]string{"2", "24000"}, []string{"warning 2022"}},                       // 12,000 times
		{[]string{"12.5", "125000", "12.8"}, []string{"warning 2022"}},           // and back
		{[]string{"12.5", "125000", "130000", "12.8"}, []string{"warning 2022"}}, // and back, later
		{[]string{"12.5", "125000", "12.8", "128000"}, []string{"warning 2022", "warning 2024"}},

		{[]string{"12.5", "12.5"}, nil},
		{[]string{"12.5", "125"}, nil},
		{[]string{"12.5", "12500"}, nil}, // a thousand times
		{[]string{"2", "15999.9"}, nil},
		{[]string{"2", "24000.1"}, nil},
		{[]string{"0", "125000"}, nil},
		{[]string{"125000", "0"}, nil},
		{[]string{`"/"`, "125000"}, nil},
		{[]string{"12.5", `""`}, nil},
		{[]string{"12.5", "", "125000"}, nil}, // the year between is not there
	} {
		changes := map[int][]string{}
		for i, fees := range c.fees {
			if fees != "" {
				changes[2021+i] = []string{"  fees: " + fees}
			}
		}
		if got := about(t, "unit-slip", nil, changes); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.fees, got, c.want)
		}
		if got := about(t, "jump", nil, changes); len(c.want) > 0 && got != nil {
			t.Errorf("%v is told as a jump too: %v", c.fees, got)
		}
	}
}

func TestJump(t *testing.T) {
	for _, c := range []struct {
		permits []int
		want    []string
	}{
		{[]int{30, 330}, []string{"notice 2022"}},
		{[]int{330, 30}, []string{"notice 2022"}},
		{[]int{20, 201}, []string{"notice 2022"}},
		{[]int{950, 9501}, []string{"notice 2022"}},
		{[]int{30, 330, 31}, []string{"notice 2022"}},
		{[]int{30, 330, 3600}, []string{"notice 2022", "notice 2023"}},

		{[]int{30, 300}, nil}, // ten times
		{[]int{19, 900}, nil}, // too few
		{[]int{0, 900}, nil},
		{[]int{900, 0}, nil},
		{[]int{900, 19}, nil},
		{[]int{30, 290, 2800}, nil},
		{[]int{30, 31}, nil},
		{[]int{30, 300_000}, nil}, // a slip of the unit
	} {
		changes := map[int][]string{}
		for i, n := range c.permits {
			changes[2021+i] = []string{fmt.Sprintf("  permits: %d", n)}
		}
		if got := about(t, "jump", nil, changes); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.permits, got, c.want)
		}
	}
}

func TestNoPower(t *testing.T) {
	in := func(names ...string) *archive.Agency { // from the top of the tree
		var a *archive.Agency
		for _, name := range names {
			a = &archive.Agency{Name: name, Kind: archive.Government, Parent: a}
		}
		return a
	}
	with := func(p archive.Power, a *archive.Agency) *archive.Agency {
		a.Rulemaking = p
		return a
	}
	rules, none := "[1, 0, 6]", "[0, 0, 0]"
	for _, c := range []struct {
		agency *archive.Agency
		row    string
		want   []string
	}{
		{in("安平县人民政府"), rules, []string{"warning 2022"}},
		{in("苏州市", "昆山市人民政府"), rules, []string{"warning 2022"}},
		{in("苏州市人民政府", "苏州市昆山市人民政府"), rules, []string{"warning 2022"}},
		{in("西柳镇人民政府"), "[0, 0, 6]", []string{"warning 2022"}},
		{in("江苏省", "江苏省教育厅"), rules, []string{"warning 2022"}},
		{in("上海市", "浦东新区人民政府"), rules, []string{"warning 2022"}},
		{with(archive.HasNot, in("安平县人民政府")), rules, []string{"error 2022"}},
		{with(archive.HasNot, in("宿迁市人民政府")), "[0, 1, 0]", []string{"error 2022"}},

		{in("安平县人民政府"), none, nil},
		{with(archive.HasNot, in("安平县人民政府")), none, nil},
		{with(archive.Has, in("教育部")), rules, nil},
		{in("江苏省", "宿迁市人民政府"), rules, nil},
		{in("江苏省", "宿迁市"), rules, nil},
		{in("上海市", "上海市人民政府办公厅"), rules, nil},
		{in("江苏省人民政府"), rules, nil},
		{in("宁夏回族自治区人民政府办公厅"), rules, nil},
		{in("云南省", "大理白族自治州人民政府"), rules, nil},
		{in("国家税务总局"), rules, nil},
		{in("安平县人民政府"), `["/", "/", "/"]`, nil},
	} {
		got := about(t, "no-power", c.agency, map[int][]string{2022: {"  regulations: " + c.row}})
		if !slices.Equal(got, c.want) {
			t.Errorf("%s (%v) with %s: %v, want %v", c.agency.Name, c.agency.Rulemaking, c.row, got, c.want)
		}
	}
}

func TestLate(t *testing.T) {
	local := map[string]config.Day{"department": {Month: 1, Day: 26}, "government": {Month: 3, Day: 31}, "township": {Month: 2, Day: 20}}
	day := func(y, m, d int) archive.Date { return archive.Date{Year: y, Month: m, Day: d} }
	for _, c := range []struct {
		kind      archive.Kind
		published archive.Date
		change    func(*archive.Report, *config.Site)
		want      bool
	}{
		{archive.Department, day(2025, 1, 27), nil, true},
		{archive.Department, day(2025, 2, 18), nil, true},
		{archive.Department, day(2026, 1, 1), nil, true},
		{archive.Government, day(2025, 4, 1), nil, true},
		{"township", day(2025, 12, 20), nil, true},

		{archive.Department, day(2025, 1, 26), nil, false},
		{archive.Department, day(2024, 12, 31), nil, false},
		{archive.Government, day(2025, 3, 31), nil, false},
		{"township", day(2025, 2, 20), nil, false},
		{"institution", day(2025, 12, 1), nil, false}, // no deadline
		{archive.Department, archive.Date{}, nil, false},
		{archive.Department, day(2025, 2, 18), func(r *archive.Report, _ *config.Site) { r.FromPage = true }, false},
		{archive.Department, day(2025, 2, 18), func(r *archive.Report, _ *config.Site) { r.Draft = true }, false},
		{archive.Department, day(2025, 2, 18), func(r *archive.Report, _ *config.Site) { r.Form.Review = nil }, false},
		{archive.Department, day(2025, 2, 18), func(_ *archive.Report, s *config.Site) { s.DatesOnly = true }, false},
	} {
		r := &archive.Report{Agency: &archive.Agency{Kind: c.kind}, Form: &form.Form{Review: &form.Review{}}, Year: 2024, Published: c.published, PublishedSpan: source.At(3, 12)}
		settings := &config.Site{Deadlines: local}
		if c.change != nil {
			c.change(r, settings)
		}
		found := check.Late(r, settings)
		if (len(found) == 1) != c.want || len(found) > 1 {
			t.Errorf("%s on %v: %v", c.kind, c.published, found)
		}
		for _, d := range found {
			if d.Severity != diag.Notice || d.Place.Line != 3 {
				t.Errorf("%+v", d)
			}
		}
	}
}

func TestTitleForm(t *testing.T) {
	suqian := &archive.Agency{Name: "宿迁市人民政府", Kind: archive.Government, Parent: &archive.Agency{Name: "江苏省", Kind: archive.Region}}
	county := &archive.Agency{Name: "沭阳县人民政府", Kind: archive.Government, Short: "沭阳县", Parent: suqian}
	bureau := &archive.Agency{Name: "沭阳县发展和改革局", Kind: archive.Department, FormerNames: []string{"沭阳县发展和改革委员会"}, Parent: county}
	town := &archive.Agency{Name: "西柳镇人民政府", Kind: "township", Parent: county}
	office := &archive.Agency{Name: "上海市人民政府办公厅", Kind: archive.Department, Parent: &archive.Agency{Name: "上海市", Kind: archive.Region}}
	for _, c := range []struct {
		agency *archive.Agency
		title  string
		want   string
	}{
		{bureau, "沭阳县发展和改革局2023年政府信息公开工作年度报告", "error 2024"},
		{bureau, "沭阳县发展和改革局2023年度政府信息公开工作年度报告", "error 2024"},
		{bureau, "沭阳县发展和改革局二〇二三年政府信息公开工作年度报告", "error 2024"},
		{bureau, "2025年沭阳县发展和改革局政府信息公开工作报告", "error 2024"},
		{bureau, "沭阳县教育局2024年政府信息公开工作年度报告", "error 2024"},
		{bureau, "泗阳县发展和改革局2024年政府信息公开工作年度报告", "error 2024"},
		{county, "泗阳县人民政府2024年政府信息公开工作年度报告", "error 2024"},
		{town, "腾鳌镇2024年政府信息公开工作年度报告", "notice 2024"},
		{bureau, "沭阳县发展和改革局2024年政府信息公开工作报告", "notice 2024"},
		{bureau, "沭阳县发展和改革局2024年政府信息公开年度报告", "notice 2024"},
		{bureau, "沭阳县发展和改革局2024年政府信息公开工作告年度报", "notice 2024"},
		{bureau, "沭阳县发展和改革局关于2024年政府信息公开工作情况的报告", "notice 2024"},
		{bureau, "2024年沭阳县发展和改革局政府信息公开工作年度报告", "notice 2024"},
		{bureau, "2024年政府信息公开工作年度报告", "notice 2024"},
		{bureau, "沭阳县2024年政府信息公开工作年度报告", "notice 2024"},
		{bureau, "政府信息公开工作年度报告", "notice 2024"},

		{bureau, "沭阳县发展和改革局2024年政府信息公开工作年度报告", ""},
		{bureau, "沭阳县发展和改革局2024年度政府信息公开工作年度报告", ""},
		{bureau, "沭阳县发展和改革局 ２０２４ 年政府信息公开工作年度报告", ""},
		{bureau, "沭阳县发展和改革局二〇二四年政府信息公开工作年度报告", ""},
		{bureau, "沭阳县发改局2024年政府信息公开工作年度报告", ""},
		{bureau, "县发改局2024年政府信息公开工作年度报告", ""},
		{bureau, "发展和改革局2024年政府信息公开工作年度报告", ""},
		{bureau, "宿迁市沭阳县发展和改革局2024年政府信息公开工作年度报告", ""},
		{bureau, "沭阳县发展和改革委员会2024年政府信息公开工作年度报告", ""},
		{county, "沭阳县2024年政府信息公开工作年度报告", ""},
		{county, "沭阳县人民政府办公室2024年政府信息公开工作年度报告", ""},
		{suqian, "宿迁市2024年政府信息公开工作年度报告", ""},
		{town, "西柳镇2024年政府信息公开工作年度报告", ""},
		{office, "上海市人民政府办公厅2024年政府信息公开工作年度报告", ""},
	} {
		got := strings.Join(about(t, "title-form", c.agency, map[int][]string{2024: {"title: " + c.title}}), ", ")
		if got != c.want {
			t.Errorf("%s, of %s: %q, want %q", c.title, c.agency.Name, got, c.want)
		}
	}
}

// TestReviewOfOtherForms: a form that says nothing of it has no likely figures and
// no titles.
func TestReviewOfOtherForms(t *testing.T) {
	set := forms(t)
	for _, id := range []string{"cn-2008", "cn-2019", "cn-2021", "cn-2021-other-merged"} {
		f, _ := set.Form(id)
		if (f.Review == nil) != f.Free {
			t.Errorf("%s: %+v", id, f.Review)
		}
		if f.Parent != nil && len(f.Review.Jumps) != len(f.Parent.Review.Jumps) {
			t.Errorf("%s has not its parent's", id)
		}
	}
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{{"*市", "宿迁市", true}, {"国家*", "国家税务总局", true}, {"*市", "宿迁市人民政府", false}, {"甲", "甲乙", false}, {"甲", "甲", true}} {
		if form.Like([]string{c.pattern}, c.name) != c.want {
			t.Errorf("%s, %s", c.pattern, c.name)
		}
	}
}
