package wording_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/prose"
	"annals/generator/wording"
	"annals/generator/yamlpos"
)

// table is a file of testdata, named for its rule: texts with a fault that the rule
// tells, once, and texts that look like it and of which nothing is told.
type table struct {
	Faults []fault `yaml:"faults"`
	Clean  []text  `yaml:"clean"`
}

// text is a report: its parts are those of a right one but for what is given.
type text struct {
	Year     int    `yaml:"year"`
	Name     string `yaml:"name"`
	Kind     string `yaml:"kind"`
	Since    int    `yaml:"since"`
	Until    int    `yaml:"until"`
	Preface  string `yaml:"preface"`
	Overview string `yaml:"overview"`
	Add      string `yaml:"add"` // a paragraph more of the overview
	Problems string `yaml:"problems"`
	Heading  string `yaml:"heading"` // of the problems
	Other    string `yaml:"other"`
	Front    string `yaml:"front"`
	Form     string `yaml:"form"`
}

type fault struct {
	text  `yaml:",inline"`
	Words string `yaml:"words"` // the message has them
	Place string `yaml:"place"` // the words that are marked; those of Words if they stand in the text
}

func (x *text) report(t testing.TB, forms *form.Set) *archive.Report {
	t.Helper()
	or := func(s, otherwise string) string {
		if s == "" {
			return otherwise
		}
		return strings.TrimSuffix(s, "-")
	}
	if x.Year == 0 {
		x.Year = 2024
	}
	a := &archive.Agency{Path: "a", Name: or(x.Name, "安平县水务局"), Kind: archive.Kind(or(x.Kind, "department")), Since: x.Since, Until: x.Until}
	a.Parent = &archive.Agency{Path: "p", Name: "安平县", Kind: archive.Region}
	overview := or(x.Overview, fmt.Sprintf("%d年，本机关依法开展主动公开和依申请公开工作，规范政府信息管理，加强公开平台建设，强化监督保障。", x.Year))
	body := "---\n" + x.Front + "form: " + or(x.Form, "cn-2021") + "\n---\n\n" + x.Preface + "\n\n## 总体情况\n\n" + overview + "\n\n" + x.Add +
		"\n\n## " + or(x.Heading, "存在的主要问题及改进情况") + "\n\n" + or(x.Problems, "图解偏少，更新不够及时。下一步将增加图解和问答。") +
		"\n\n## 其他需要报告的事项\n\n" + or(x.Other, "本年度未收取政府信息公开信息处理费。") + "\n"
	file := fmt.Sprintf("content/agencies/a/%d.md", x.Year)
	doc, _ := content.ReadDocument(fstest.MapFS{file: {Data: []byte(body)}}, file)
	if doc == nil {
		t.Fatalf("not read:\n%s", body)
	}
	r, _ := archive.ReadReport(a, x.Year, doc, nil, forms, lang.ZH)
	if r == nil {
		t.Fatalf("no report:\n%s", body)
	}
	return r
}

func tables(t testing.TB) map[string]*table {
	t.Helper()
	names, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(err, names)
	}
	all := map[string]*table{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var x table
		if err := yamlpos.Strict(name, data, &x); err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".yaml")] = &x
	}
	return all
}

func said(found []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range found {
		fmt.Fprintf(&b, "\n\t%d:%d %s: %s [%s]", d.Place.Line, d.Place.Column, d.Severity, d.Message.ZH, d.Rule)
	}
	return b.String()
}

// TestRules: each made fault is told by its rule, once, with its words, and nothing
// else is; of what looks like one nothing is told.
func TestRules(t *testing.T) {
	forms, _ := form.Load(fstest.MapFS{})
	words := wording.New(forms)
	for rule, x := range tables(t) {
		t.Run(rule, func(t *testing.T) {
			if len(x.Faults) < 5 || len(x.Clean) < 8 {
				t.Errorf("%d faults and %d clean texts: five and eight at least", len(x.Faults), len(x.Clean))
			}
			for i := range x.Faults {
				f := &x.Faults[i]
				r := f.report(t, forms)
				found := words.Judge(r, prose.Of(r))
				if len(found) != 1 || found[0].Rule != rule || !strings.Contains(found[0].Message.ZH, f.Words) {
					t.Errorf("fault %d, %q:%s", i+1, f.Words, said(found))
					continue
				}
				d := found[0]
				if known, _ := diag.Lookup(rule); d.Severity < known.Severity() {
					t.Errorf("fault %d: %s", i+1, d.Severity)
				}
				marked := marked(t, r, d)
				if want := f.Place; want != "" && marked != want || want == "" && strings.Contains(string(r.Body.Source), f.Words) && !strings.Contains(marked, f.Words) {
					t.Errorf("fault %d: “%s” is marked", i+1, marked)
				}
				if d.Text != "" && !strings.Contains(string(r.Body.Source), strings.TrimSpace(d.Text)) {
					t.Errorf("fault %d: the sentence %q is not in the text", i+1, d.Text)
				}
			}
			for i := range x.Clean {
				r := x.Clean[i].report(t, forms)
				if found := words.Judge(r, prose.Of(r)); len(found) > 0 {
					t.Errorf("clean %d:%s", i+1, said(found))
				}
			}
		})
	}
}

// marked returns the text at a finding's place.
func marked(t *testing.T, r *archive.Report, d diag.Diagnostic) string {
	t.Helper()
	lines := strings.Split(string(r.Body.Source), "\n")
	if d.Place.Line < 1 || int(d.Place.Line) > len(lines) || d.Place.EndLine != d.Place.Line {
		t.Fatalf("%+v: no such place", d.Place)
	}
	line := []rune(lines[d.Place.Line-1])
	return string(line[d.Place.Column-1 : d.Place.EndColumn-1])
}

// TestSilent: nothing is said of a summary, of what a draft lacks, of a form that is not the year's, and in
// a language or on a form without words.
func TestSilent(t *testing.T) {
	forms, _ := form.Load(fstest.MapFS{})
	words := wording.New(forms)
	for _, x := range []text{
		{Front: "text: summary\n", Other: "共收到申请 件。"},
		{Front: "draft: true\n", Overview: "年度工作概述，详见各部分。", Problems: "-", Other: "-"},
		{Year: 2024, Form: "cn-2019", Add: "依据国办公开办函〔2019〕60号编制，共收到申请 件。"},
		{Year: 2016, Form: "cn-2008", Add: "2015年收到申请5件，共收到申请 件。"},
	} {
		r := x.report(t, forms)
		if found := words.Judge(r, prose.Of(r)); len(found) > 0 {
			t.Errorf("%+v:%s", x, said(found))
		}
	}
}
