package site

import (
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/sitemap"
)

// RulesPage lists the rules.
type RulesPage struct {
	Page
	Forms   []RuleForm
	Program []Rule
}

// RuleForm is a form with its relations and ratios.
type RuleForm struct {
	ID, Title, Official string
	Rules               []Rule
	Ratios              []Ratio
}

// Rule is a rule of a form or of the program.
type Rule struct {
	ID, Title, Formula, Explain, Basis string
	Severity                           string // "error", "warning" or "notice": a key among the words
	Commencement                       string // for which reports it is in force, and since which version of the program it is there
	Assumes, Silent, FalseAlarms       string // what a reader of its findings must know; "" where there is nothing to know
}

func (p *Plan) rules(forms []*form.Form, program []diag.Rule) *RulesPage {
	x := &RulesPage{Page: p.single(sitemap.Rules)}
	for _, f := range form.NewestFirst(forms) {
		x.Forms = append(x.Forms, p.ruleForm(f))
	}
	for _, r := range program {
		x.Program = append(x.Program, p.limited(Rule{ID: r.ID, Title: r.Title.In(p.tag), Explain: r.Explain.In(p.tag),
			Basis: r.Basis.In(p.tag)}, r.Severity(), r.About, r.Commencement, r.Limits))
	}
	return x
}

// limited completes a rule with how grave it is, from when on it is in force, and
// what limits it.
func (p *Plan) limited(r Rule, s diag.Severity, about diag.About, c diag.Commencement, l diag.Limits) Rule {
	r.Severity, r.Commencement = s.String(), c.Words(about, s).In(p.tag)
	r.Assumes, r.Silent, r.FalseAlarms = l.Assumes.In(p.tag), l.Silent.In(p.tag), l.FalseAlarms.In(p.tag)
	return r
}

// ruleForm lists what a form demands; of a variant, what it states otherwise
// than its parent.
func (p *Plan) ruleForm(f *form.Form) RuleForm {
	y := RuleForm{ID: f.ID, Title: f.Title.In(p.tag), Official: f.Official.In(p.tag)}
	if f.Parent == nil {
		y.Ratios = p.ratios(f)
	}
	for _, r := range f.Relations {
		if f.Inherits(r) {
			continue
		}
		y.Rules = append(y.Rules, p.limited(Rule{ID: r.ID, Title: r.Label.In(p.tag), Formula: r.Formula.In(p.tag),
			Explain: r.Explain.In(p.tag), Basis: r.Basis.In(p.tag)}, r.Severity, r.About, r.Commencement, r.Limits))
	}
	return y
}

func (p *Plan) ratios(f *form.Form) []Ratio {
	var list []Ratio
	for _, r := range f.Ratios {
		list = append(list, Ratio{ID: r.ID, Label: r.Label.In(p.tag), Formula: r.Formula.In(p.tag)})
	}
	return list
}
