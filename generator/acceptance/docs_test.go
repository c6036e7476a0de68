package acceptance

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/explain"
	"annals/generator/form"
	"annals/generator/lang"
)

// TestRulesDocument: docs/rules.md has the same text as annals explain.
func TestRulesDocument(t *testing.T) {
	const name = "../docs/rules.md"
	forms, _ := form.Load(fstest.MapFS{})
	var b bytes.Buffer
	b.WriteString("<!-- Made of the forms and of diag/rules by: go test ./generator/acceptance -run TestRulesDocument -update -->\n\n# Rules\n\n" +
		"What `annals check` reports, as `annals explain RULE` prints it. The first ones are relations of the forms.\n\n" +
		"**An upgrade stops nobody.** A rule is held against reports from its first year on (`since` in its file). A report that was published before the day\n" +
		"on which the rule took effect (`effective`), or that stands in a release made by a version of the program that did not have the rule yet (`added`;\n" +
		"`annals version`, and the headers of releases name the version), gets at most a warning from it, which `warnings: explain` does not raise. Rules of\n" +
		"the first version lower for nobody, and rules about privacy never do. A release whose header has no version counts as made by " + diag.First + ".\n\n" +
		"Where a rule says none of what it assumes, when it is silent and which false alarms are known, it judges what stands in the file, and every finding is a fault.\n")
	for _, r := range explain.Rules(forms) {
		fmt.Fprintf(&b, "\n## %s\n\n**%s** · %s · %s · about: %s · since %s\n", r.ID, r.Title.In(lang.ZH), r.Title.In(lang.EN), r.Severity, r.About, r.Added)
		if r.Since != 0 || r.Effective != "" {
			fmt.Fprintf(&b, "\nIn force: %s.\n", r.Commences(lang.EN))
		}
		if len(r.Forms) > 0 {
			fmt.Fprintf(&b, "\nForms: %s\n", strings.Join(r.Forms, ", "))
		}
		if r.Formula.ZH != "" {
			fmt.Fprintf(&b, "\n> %s  \n> %s\n", r.Formula.In(lang.ZH), r.Formula.In(lang.EN))
		}
		for _, p := range []lang.Text{r.Explain, r.Basis} {
			if p.ZH != "" {
				fmt.Fprintf(&b, "\n%s\n\n%s\n", p.In(lang.ZH), p.In(lang.EN))
			}
		}
		for _, p := range []struct {
			title string
			text  lang.Text
		}{{"Assumes", r.Limits.Assumes}, {"Silent", r.Limits.Silent}, {"Known false alarms", r.Limits.FalseAlarms}} {
			if p.text != (lang.Text{}) {
				fmt.Fprintf(&b, "\n%s: %s\n\n%s\n", p.title, p.text.In(lang.ZH), p.text.In(lang.EN))
			}
		}
		if r.Acceptable {
			b.WriteString("\nWhere the document says so, `accept` publishes it with a reason.\n")
		}
		if r.Example.Says != "" {
			fmt.Fprintf(&b, "\n```diff\n%s\n```\n", strings.Join(r.Example.Lines(lang.ZH), "\n"))
		}
	}
	if *update {
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(name)
	if err != nil || !bytes.Equal(have, b.Bytes()) {
		t.Errorf("%v: %s is not what the rules say; run this test with -update", err, name)
	}
}

// TestFormsDocument: the example in docs/forms.md is a valid form, and the report
// there has no mistakes.
func TestFormsDocument(t *testing.T) {
	data, err := os.ReadFile("../docs/forms.md")
	if err != nil {
		t.Fatal(err)
	}
	block := func(kind string) string {
		_, rest, _ := strings.Cut(string(data), "```"+kind+"\n")
		text, _, ok := strings.Cut(rest, "```")
		if !ok {
			t.Fatalf("no block of %s", kind)
		}
		return text
	}
	_, variants, _ := strings.Cut(string(data), "## Variants")
	form := block("yaml")
	report := block("markdown")
	data = []byte(variants)
	dir := t.TempDir()
	_, rest, _ := strings.Cut(report, "  answered:\n")
	_, after, _ := strings.Cut(rest, "  left:")
	before, _, _ := strings.Cut(report, "  answered:\n")
	merged := strings.Replace(before, "form: town-return", "form: town-return-one-row", 1) + "  closed: [31, 11, 42]\n  left:" + after
	for name, text := range map[string]string{
		"site.yaml":                "title: 档案\n",
		"forms/town.yaml":          form,
		"forms/one-row.yaml":       block("yaml"),
		"agencies/b/_index.md":     "---\nname: 丙街道\nkind: township\n---\n",
		"agencies/b/2024.md":       merged,
		"agencies/a/_index.md":     "---\nname: 甲街道\nkind: township\n---\n",
		"agencies/a/2024.md":       report,
		"agencies/a/2025.md":       strings.NewReplacer("2025-", "2026-", "[30, 12, 42]", "[31, 11, 42]", "[2, 0, 2]", "[1, 1, 2]").Replace(report),
		"agencies/wrong/_index.md": "---\nname: 乙街道\nkind: township\n---\n",
		"agencies/wrong/2024.md":   strings.Replace(report, "[30, 12, 42]", "[30, 12, 43]", 1),
	} {
		writeFile(t, filepath.Join(dir, "content", name), text)
	}
	res, err := generator.Check(t.Context(), generator.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Diagnostics {
		if d.Rule == "edition" && d.Place.File == "content/agencies/b/2024.md" {
			continue
		}
		if d.Place.File != "content/agencies/wrong/2024.md" {
			t.Error(first([]diag.Diagnostic{d}, lang.EN))
		}
	}
	if !slices.ContainsFunc(res.Diagnostics, func(d diag.Diagnostic) bool { return d.Rule == "sum-of-channels" }) {
		t.Error("a wrong sum is not reported by the form's relation")
	}
}
