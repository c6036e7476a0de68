package acceptance

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/lang"
)

// Diagnostics of an agency are kept from the last build together with its pages. A
// build that keeps agencies must report the same as one that reads everything, byte
// for byte in every format, whatever was done before, also if the places in other
// files to which a diagnostic refers have moved.
func TestKeptDiagnosticsAreThoseOfACleanCheck(t *testing.T) {
	kept, reported := 0, map[string]bool{}
	for seed := range 2 {
		rng := rand.New(rand.NewPCG(uint64(seed), 7))
		dir := t.TempDir()
		start(t, dir)
		writeFile(t, filepath.Join(dir, "content/site.yaml"), "title: 档案\nlanguage: zh-CN\non_error: mark\n")
		m := &editor{t: t, dir: dir, rng: rng}
		opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public"), Workers: 1 + seed%3}
		var log []string
		for range 20 {
			for range 1 + rng.IntN(3) {
				m.n++
				log = append(log, m.trouble())
			}
			res, err := generator.Build(t.Context(), opt)
			if err != nil {
				t.Fatal(err)
			}
			clean, err := generator.Check(t.Context(), opt)
			if err != nil {
				t.Fatal(err)
			}
			if diff := difference(printed(t, dir, res), printed(t, dir, clean)); diff != "" {
				t.Fatalf("%s\nafter:\n%s", diff, strings.Join(log, "\n"))
			}
			kept += res.Kept
			for _, d := range res.Diagnostics {
				reported[d.Rule] = true
			}
		}
	}
	for _, rule := range []string{"blank-cell", "rollup", "carry-over", "unknown-agency", "unused-accept"} {
		if !reported[rule] {
			t.Errorf("%s was never found: these edits prove less than they should", rule)
		}
	}
	if kept < 50 {
		t.Errorf("%d agencies were kept", kept)
	}
}

// printed returns the diagnostics of a build, printed in both formats and languages.
func printed(t *testing.T, dir string, res *generator.Result) map[string]string {
	t.Helper()
	all := map[string]string{}
	read := func(file string) []byte {
		data, _ := os.ReadFile(filepath.Join(dir, file))
		return data
	}
	for _, tag := range []lang.Tag{lang.ZH, lang.EN} {
		var text, json bytes.Buffer
		p := diag.Text{Out: &text, Lang: tag, Read: read}
		if err := p.Print(res.Diagnostics); err != nil {
			t.Fatal(err)
		}
		if err := diag.WriteJSON(&json, res.Diagnostics, tag); err != nil {
			t.Fatal(err)
		}
		all["text "+string(tag)], all["json "+string(tag)] = text.String(), json.String()
	}
	return all
}

// Agencies with a warning, with a published error and with an accepted finding are
// kept like any other.
func TestAgenciesWithFindingsAreKept(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	m := &editor{t: t, dir: dir}
	m.write("content/site.yaml", "title: 档案\non_error: mark\n")
	const bureau = "content/agencies/anping/bureau-%d/2024.md"
	m.sub(fmt.Sprintf(bureau, 0), "  enforcement: 0\n", "  enforcement: \"\"\n")
	m.sub(fmt.Sprintf(bureau, 1), "new: [9, 0, 0, 0, 0, 0, 9]", "new: [9, 0, 0, 0, 0, 0, 8]")
	m.sub(fmt.Sprintf(bureau, 2), "  enforcement: 0\n", "  enforcement: \"\"\n")
	m.sub(fmt.Sprintf(bureau, 2), "\n---\n\n", "\naccept:\n  - {rule: blank-cell, cell: proactive.enforcement, reason: 原文如此}\n---\n\n")
	opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public")}
	first, err := generator.Build(t.Context(), opt)
	if err != nil || !first.Published || len(first.Diagnostics) != 2 {
		t.Fatal(err, first)
	}
	second, err := generator.Build(t.Context(), opt)
	if err != nil || second.Kept != second.Agencies {
		t.Fatalf("%d of %d agencies are kept (%v)", second.Kept, second.Agencies, err)
	}
	if diff := difference(printed(t, dir, second), printed(t, dir, first)); diff != "" {
		t.Error(diff)
	}
}

// A diagnostic has places in other files and quotes them. It must be right after an
// edit of only those files.
func TestKeptDiagnosticsFollowOtherFiles(t *testing.T) {
	const (
		government = "content/agencies/anping/government/2024.md"
		bureau     = "content/agencies/anping/government/culture-tourism/"
		region     = "content/agencies/anping/"
	)
	rollup := func(m *editor) { m.sub(government, "  penalties: 12\n", "  penalties: 11\n") }
	down := func(file string) func(m *editor) {
		return func(m *editor) { m.sub(file, "---\n", "---\n# x\n") }
	}
	for name, x := range map[string]struct {
		rule          string
		fault, change func(m *editor)
	}{
		"a cell below moves":        {"rollup", rollup, down(bureau + "2024.md")},
		"a cell below is respelt":   {"rollup", rollup, func(m *editor) { m.sub(bureau+"2024.md", "  penalties: 12\n", "  penalties: 012\n") }},
		"the agency below is named": {"rollup", rollup, func(m *editor) { m.sub(bureau+"_index.md", "name: ", "name: 新") }},
		"the fault below is mended": {"rollup", rollup, func(m *editor) { m.sub(bureau+"2024.md", "  penalties: 12\n", "  penalties: 11\n") }},
		"the year before moves": {"carry-over", func(m *editor) {
			m.sub(bureau+"2024.md", "  carried_in: [1, 0, 0, 0, 0, 0, 1]", "  carried_in: [2, 0, 0, 0, 0, 0, 2]")
		}, down(bureau + "2023/index.md")},
		"the name above moves":       {"unknown-agency", func(m *editor) { m.write(region+"2024.md", m.read(government)) }, down(region + "_index.md")},
		"only the report is another": {"unknown-agency", func(m *editor) { m.write(region+"2024.md", m.read(government)) }, down(region + "2024.md")},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			start(t, dir)
			m := &editor{t: t, dir: dir}
			m.write("content/site.yaml", "title: 档案\non_error: mark\n")
			opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public")}
			if res, err := generator.Build(t.Context(), opt); err != nil || !res.Published {
				t.Fatal(err, res)
			}
			x.fault(m)
			res, err := generator.Build(t.Context(), opt)
			if err != nil || !slices.ContainsFunc(res.Diagnostics, func(d diag.Diagnostic) bool { return d.Rule == x.rule }) {
				t.Fatalf("%s is not found (%v): %v", x.rule, err, res.Diagnostics)
			}
			x.change(m)
			if res, err = generator.Build(t.Context(), opt); err != nil {
				t.Fatal(err)
			}
			clean, err := generator.Check(t.Context(), opt)
			if err != nil {
				t.Fatal(err)
			}
			if diff := difference(printed(t, dir, res), printed(t, dir, clean)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Agencies with refused files are kept too: a report that is no text, one with a
// conflict, an attachment that is not of the kind that its name says. If the bytes
// change, they are checked again.
func TestAgenciesWithRefusedFilesAreKept(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	m := &editor{t: t, dir: dir}
	m.write("content/site.yaml", "title: 档案\non_error: mark\n")
	const bureau = "content/agencies/anping/bureau-"
	m.write(bureau+"0/2024.md", "---\ntitle: \xff\n---\n")
	m.write(bureau+"1/2023/scan.pdf", "<p>")
	m.sub(bureau+"3/2024.md", "  enforcement: 0\n", "<<<<<<< HEAD\n  enforcement: 0\n=======\n  enforcement: 1\n>>>>>>> other\n")
	opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public")}
	build := func(kept int) *generator.Result {
		t.Helper()
		res, err := generator.Build(t.Context(), opt)
		if err != nil || !res.Published || res.Kept != kept {
			t.Fatalf("%d of %d agencies are kept, published: %t (%v)", res.Kept, res.Agencies, res.Published, err)
		}
		clean, err := generator.Check(t.Context(), opt)
		if err != nil {
			t.Fatal(err)
		}
		if diff := difference(printed(t, dir, res), printed(t, dir, clean)); diff != "" {
			t.Error(diff)
		}
		return res
	}
	first := build(0)
	for _, rule := range []string{"encoding", "attachment", "merge-conflict"} {
		if !slices.ContainsFunc(first.Diagnostics, func(d diag.Diagnostic) bool { return d.Rule == rule }) {
			t.Errorf("%s is not reported", rule)
		}
	}
	build(first.Agencies)
	m.write(bureau+"0/2024.md", "---\ntitle: x\xfe\n---\n")
	m.write(bureau+"1/2023/scan.pdf", "<b>")
	build(first.Agencies - 2)
	build(first.Agencies)
}
