package acceptance

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/diag"
)

// clean returns the reports of two years, which have no mistakes, as those of
// 2025 and 2026.
func clean(t *testing.T) (earlier, later string) {
	t.Helper()
	read := func(was, is string) string {
		data, err := os.ReadFile("../check/testdata/" + was + ".md")
		if err != nil {
			t.Fatal(err)
		}
		next := func(y string) string {
			n, _ := strconv.Atoi(y)
			return strconv.Itoa(n + 1)
		}
		return strings.ReplaceAll(string(data), "published: "+next(was), "published: "+next(is))
	}
	return read("2023", "2025"), read("2024", "2026")
}

// replaced replaces a text that stands in a report once.
func replaced(t *testing.T, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(text, pairs[i]) != 1 {
			t.Fatalf("%q stands there %d times", pairs[i], strings.Count(text, pairs[i]))
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

// What is found about a report's words, and how likely its figures are, is not
// published, but where an agency gives a reason, where an error has to be named,
// and where the settings name the rule.
func TestWhatIsPublished(t *testing.T) {
	t.Parallel()
	earlier, later := clean(t)
	slip := replaced(t, later, "permits: 812", "permits: 8123456")
	earlier = regexp.MustCompile(`permits: \d+`).ReplaceAllString(earlier, "permits: 812")
	accepted := strings.Replace(slip, "---\n", "---\naccept:\n  - {rule: unit-slip, reason: 改按窗口计数}\n", 1)
	title := strings.Replace(later, "---\n", "---\ntitle: 甲县2024年政府信息公开工作年度报告\n", 1)
	total := strings.Replace(replaced(t, later, "434, 2626]", "434, 2627]"), "---\n", "---\naccept:\n  - {rule: row-total, reason: 原文如此印}\n", 1)
	const page, data, all = "agencies/a/2026/index.html", "agencies/a/2026/report.json", "quality/findings.json"
	for name, c := range map[string]struct {
		site, report, rule string
		in                 []string // the files that name the rule, besides the list of rules
		words              []string // on the page
		without            string   // not on it
		accepted           string   // in the list of reports
		quiet              bool     // there is nothing to be found
	}{
		"a warning":                          {"", slip, "unit-slip", nil, nil, "8123456倍", "0", false},
		"a warning where faults are marked":  {"on_error: mark\n", slip, "unit-slip", nil, nil, "report-faults", "0", false},
		"one with a reason":                  {"", accepted, "unit-slip", []string{page}, []string{"改按窗口计数"}, "report-faults", "0", false},
		"one that the settings name":         {"publish_findings: [unit-slip]\n", slip, "unit-slip", []string{page, data, all, "quality/2026.json"}, []string{"report-faults"}, "", "0", false},
		"a named one with a reason":          {"publish_findings: [unit-slip, jump]\n", accepted, "unit-slip", []string{page, data, all, "quality/2026.json"}, []string{"改按窗口计数"}, "", "1", false},
		"an error about the text":            {"on_error: mark\n", title, "title-form", []string{page, data}, []string{"report-faults"}, "", "0", false},
		"an equation with a reason":          {"", total, "row-total", []string{page, data, all, "quality/2026.json"}, []string{"原文如此印", "项已说明"}, "项不符", "1", false},
		"an equation in a faulty report":     {"on_error: mark\n", replaced(t, later, "434, 2626]", "434, 2627]"), "row-total", []string{page, data, all, "quality/2026.json"}, []string{"report-faults", "项不符"}, "项已说明", "0", false},
		"a warning about an equation":        {"", replaced(t, later, "[3, 2, 26]", "[3, 2, 27]"), "stock", []string{all, "quality/2026.json"}, []string{"1 项不符"}, "report-faults", "0", false},
		"a report without any finding":       {"", later, "row-total", []string{data}, []string{"核对 42 项表内、9 项跨年关系，相符</summary>"}, "report-faults", "0", true},
		"numbers in the text":                {"", strings.Replace(later, "## 总体情况", "## 总体情况\n\n全年收到政府信息公开申请2626件，主动公开信息449条。", 1), "text-table", nil, []string{"文字中 1 个数字与表格相符", "文字中另有 1 个数字没有"}, "", "0", true},
		"one that contradicts a cell":        {"", strings.Replace(later, "## 总体情况", "## 总体情况\n\n全年收到政府信息公开申请2662件。", 1), "text-table", nil, []string{"跨年关系，相符</summary>"}, "个数字", "0", false},
		"a name that is of no private rule":  {"publish_findings: [row-total]\n", later, "", nil, nil, "", "", false},
		"a name that is not a rule's at all": {"publish_findings: [text-tables, ok]\n", later, "", nil, nil, "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writeFile(t, filepath.Join(dir, "content/site.yaml"), "title: 档案\n"+c.site)
			writeFile(t, filepath.Join(dir, "content/agencies/a/_index.md"), "---\nname: 甲县\nkind: government\nrulemaking: true\nsince: 2025\n---\n")
			writeFile(t, filepath.Join(dir, "content/agencies/a/2025.md"), earlier)
			writeFile(t, filepath.Join(dir, "content/agencies/a/2026.md"), c.report)
			site, published, res := cleanBuild(t, dir)
			if c.rule == "" {
				if published || !slices.ContainsFunc(res.Diagnostics, func(d diag.Diagnostic) bool { return d.Rule == "setting" && d.Place.Line == 2 && d.Place.Column > 19 }) {
					t.Errorf("%v", res.Diagnostics)
				}
				return
			}
			if !published {
				t.Fatalf("%v", res.Diagnostics)
			}
			if found := slices.ContainsFunc(res.Diagnostics, func(d diag.Diagnostic) bool { return d.Rule == c.rule }); found == (c.quiet || strings.Contains(c.report, "accept:")) {
				t.Errorf("the rule's finding is in the list: %t", found)
			}
			var in []string
			for _, f := range slices.Sorted(maps.Keys(site)) {
				if !strings.HasPrefix(f, "rules/") && !strings.HasPrefix(f, "data/") && strings.Contains(site[f], c.rule) && !(f == all && !strings.Contains(site[f], `"rule": "`+c.rule)) && !(f == data && !strings.Contains(site[f], `"rule":"`+c.rule) && !c.quiet) && f != "agencies/a/2025/report.json" {
					in = append(in, f)
				}
			}
			slices.Sort(c.in)
			if !slices.Equal(in, c.in) {
				t.Errorf("%s is named in %v, not in %v", c.rule, in, c.in)
			}
			for _, w := range c.words {
				if !strings.Contains(site[page], w) {
					t.Errorf("the page does not have %s", w)
				}
			}
			if c.without != "" && strings.Contains(site[page], c.without) {
				t.Errorf("the page has %s", c.without)
			}
			if row := line(site["data/reports.csv"], "a,甲县,government,2026,"); !strings.HasSuffix(row, ","+c.accepted+",0") {
				t.Errorf("the list of reports says %s", row)
			}
		})
	}
}

func line(text, prefix string) string {
	i := strings.Index(text, prefix)
	line, _, _ := strings.Cut(text[max(i, 0):], "\r\n")
	return line
}

// An archive of any size has a findings.json that can be read: with many findings it
// leads to the files of the years.
func TestManyFindings(t *testing.T) {
	t.Parallel()
	_, later := clean(t)
	bad := regexp.MustCompile(`, (\d+)\]`).ReplaceAllString(later, ", 7$1]")
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "content/site.yaml"), "title: 档案\non_error: mark\n")
	for i := range 80 {
		folder := filepath.Join(dir, "content/agencies/a"+strconv.Itoa(i))
		writeFile(t, folder+"/_index.md", "---\nname: 第"+strconv.Itoa(i)+"局\nkind: department\nsince: 2026\nrulemaking: true\n---\n")
		writeFile(t, folder+"/2026.md", bad)
	}
	out := filepath.Join(dir, "public")
	if _, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: out, Program: "v1"}); err != nil {
		t.Fatal(err)
	}
	site := files(t, out)
	schema := findingsSchema(t, site)
	var whole struct {
		Program  string
		Total    int
		Findings []any
		Years    []struct{ Files []string }
	}
	valid(t, schema, site["quality/findings.json"], &whole)
	var year struct {
		Reports []struct{ Findings []any }
	}
	valid(t, schema, site["quality/2026.json"], &year)
	n := 0
	for _, r := range year.Reports {
		n += len(r.Findings)
	}
	if whole.Program != "v1" || whole.Total <= 2000 || whole.Total != n || whole.Findings != nil || len(site["quality/findings.json"]) > 4000 || len(whole.Years) != 1 || !slices.Equal(whole.Years[0].Files, []string{"2026.json"}) {
		t.Errorf("%d findings, %d of them in the file of the year, %.3000s", whole.Total, n, site["quality/findings.json"])
	}
}

func valid(t *testing.T, schema validator, text string, into any) {
	t.Helper()
	var value any
	decode(t, text, &value)
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
	decode(t, text, into)
}
