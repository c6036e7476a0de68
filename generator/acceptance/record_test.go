package acceptance

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/cli"
	"annals/generator/diag"
)

// A thousand: go test ./generator/acceptance -run TestRecord -record 1000
var recordEdits = flag.Int("record", 160, "edits of TestRecord")

// Whatever is done to a released archive is told by the rule for it, with what
// was and what is, or carried by the entry that goes with it; and nothing else of
// the record is told.
func TestRecord(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	withAttachment(t, dir)
	corrected := filepath.Join(dir, "content/agencies/anping/bureau-2/2024.md")
	edit(t, corrected, "permits: 30", "permits: 31")
	edit(t, corrected, "form: cn-2021\n", "form: cn-2021\ncorrections:\n  - {date: 2025-03-01, cell: proactive.permits, was: 30}\n")
	release(t, dir, "2026-01-31")
	if got := ofRecord(t, dir); len(got) > 0 {
		t.Fatalf("what was just released is reported: %v", got)
	}
	rng := rand.New(rand.NewPCG(21, 1))
	content := filepath.Join(dir, "content")
	for i := range *recordEdits {
		before := files(t, content)
		what, want := recordEdit(t, rng, dir, i)
		got := ofRecord(t, dir)
		if len(got) != len(want) {
			t.Fatalf("edit %d, %s: %d reported, want %d: %v", i, what, len(got), len(want), got)
		}
		for _, w := range want {
			if !slices.ContainsFunc(got, w.is) {
				t.Fatalf("edit %d, %s: want %+v, got %v", i, what, w, got)
			}
		}
		restore(t, content, before)
	}
}

// told is what has to be said of an edit.
type told struct {
	rule string
	cell string
	says []string
}

func (w told) is(d diag.Diagnostic) bool {
	for _, s := range w.says {
		if !strings.Contains(d.Message.ZH, s) || !strings.Contains(d.Message.EN, s) {
			return false
		}
	}
	return d.Rule == w.rule && d.Cell == w.cell
}

// ofRecord are the findings of the rules about the record.
func ofRecord(t *testing.T, dir string) []diag.Diagnostic {
	t.Helper()
	res, err := generator.Check(t.Context(), generator.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(res.Diagnostics, func(d diag.Diagnostic) bool {
		rule, _ := diag.Lookup(d.Rule)
		return !rule.Record
	})
}

func release(t *testing.T, dir, date string) *generator.Publication {
	t.Helper()
	p := &generator.Publication{Date: date, Program: "test"}
	res, err := generator.Release(t.Context(), generator.Options{Dir: dir, Out: filepath.Join(dir, "public"), AllowRemovals: true}, p)
	if err != nil || !res.Published {
		t.Fatalf("no release: %v, %v", err, res)
	}
	return p
}

func edit(t *testing.T, file, old, now string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil || strings.Count(string(data), old) != 1 {
		t.Fatalf("%s: %q stands there %d times (%v)", file, old, strings.Count(string(data), old), err)
	}
	writeFile(t, file, strings.Replace(string(data), old, now, 1))
}

func withAttachment(t *testing.T, dir string) {
	writeFile(t, filepath.Join(dir, "content/agencies/anping/bureau-0/2023/list.csv"), "a,b\n1,2\n")
}

// restore brings a folder back to what it was.
func restore(t *testing.T, dir string, was map[string]string) {
	t.Helper()
	for name, text := range files(t, dir) {
		if was[name] != text {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	now := files(t, dir)
	for name, text := range was {
		if _, ok := now[name]; !ok {
			writeFile(t, filepath.Join(dir, name), text)
		}
	}
	entries, _ := filepath.Glob(filepath.Join(dir, "agencies/anping/*"))
	for _, e := range entries { // folders that an edit has left empty
		if list, _ := os.ReadDir(e); len(list) == 0 {
			os.Remove(e)
		}
	}
}

var figureRow = regexp.MustCompile(`(?m)^  +[a-z_]+: \[?[0-9][0-9, ]*\]?$`)

// recordEdit makes the i-th edit: every other one is of a figure.
func recordEdit(t *testing.T, rng *rand.Rand, dir string, i int) (what string, want []told) {
	report := fmt.Sprintf("content/agencies/anping/bureau-%d/2024.md", rng.IntN(2))
	file := filepath.Join(dir, report)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	write := func(s string) { writeFile(t, file, s) }
	entry := func(s, cell, was string) string {
		return strings.Replace(s, "form: cn-2021\n", "form: cn-2021\ncorrections: [{date: 2026-02-01, cell: "+cell+", was: "+was+", by: "+[]string{"agency", "archive, note: 第2页"}[rng.IntN(2)]+"}]\n", 1)
	}
	if i%2 == 0 {
		rows := figureRow.FindAllStringIndex(text, -1)
		row := rows[rng.IntN(len(rows))]
		numbers := regexp.MustCompile(`\d+`).FindAllStringIndex(text[row[0]:row[1]], -1)
		n := numbers[rng.IntN(len(numbers))]
		was := text[row[0]+n[0] : row[0]+n[1]]
		is := []string{strconv.Itoa(rng.IntN(1e6) + 100), `"/"`, `""`}[rng.IntN(3)]
		changed := text[:row[0]+n[0]] + is + text[row[0]+n[1]:]
		write(changed)
		found := ofRecord(t, dir)
		if len(found) != 1 {
			return "a figure", []told{{}}
		}
		cell := found[0].Cell
		shown := strings.Trim(is, `"`)
		if shown == "" {
			shown = "∅"
		}
		switch rng.IntN(3) {
		case 0:
			write(entry(changed, cell, was))
			return "a figure with its entry", nil
		case 1:
			write(entry(changed, cell, was+"7"))
			return "a figure with a wrong entry", []told{{"silent-change", cell, []string{"“" + was + "”", "“" + shown + "”", was + "7"}}}
		}
		return "a figure", []told{{"silent-change", cell, []string{"“" + was + "”", "“" + shown + "”", "0001"}}}
	}
	corrected := filepath.Join(dir, "content/agencies/anping/bureau-2/2024.md")
	const corrections = "corrections:\n  - {date: 2025-03-01, cell: proactive.permits, was: 30}\n"
	switch k := rng.IntN(15); k {
	case 0:
		write(text + "\n又一段。\n")
		return "prose", []told{{"prose-change", "", nil}}
	case 1:
		write(strings.Replace(text, "form: cn-2021\n", "form: cn-2021\ntitle: 别的标题\n", 1))
		return "a title", []told{{"silent-change", "title", []string{"“别的标题”", "2024年政府信息公开工作年度报告”"}}}
	case 2:
		changed := strings.Replace(text, "published: 2025-01-20", "published: 2025-01-09", 1)
		write(changed)
		if rng.IntN(2) == 0 {
			write(entry(changed, "published", "2025-01-20"))
			return "a date with its entry", nil
		}
		return "a date", []told{{"silent-change", "published", []string{"“2025-01-20”", "“2025-01-09”"}}}
	case 3:
		write(strings.Replace(text, "form: cn-2021\n", "form: cn-2021\nnotes: [{cell: proactive.permits, note: 另有说明}]\n", 1))
		return "a note", []told{{"prose-change", "proactive.permits", []string{"“∅”", "“另有说明”"}}}
	case 4:
		writeFile(t, filepath.Join(dir, "content/agencies/anping/bureau-0/2023/list.csv"), "a,b\n1,3\n")
		return "an attachment", []told{{"prose-change", "", []string{"list.csv"}}}
	case 5:
		os.Remove(filepath.Join(dir, "content/agencies/anping/bureau-0/2023/list.csv"))
		return "an attachment less", []told{{"prose-change", "", []string{"list.csv", "∅"}}}
	case 6:
		os.Remove(file)
		return "a deletion", []told{{"withdrawn", "", []string{"2024"}}}
	case 7:
		write(strings.Replace(text, "form: cn-2021\n", "form: cn-2021\ndraft: true\n", 1))
		return "a draft", []told{{"withdrawn", "", []string{"0001"}}}
	case 8:
		write("---\nwithdrawn: {date: 2026-02-02, reason: 涉及个人信息}\n---\n")
		return "a withdrawal", nil
	case 9:
		moveAgency(t, dir, "bureau-1", "moved")
		return "a folder renamed", []told{{"withdrawn", "", []string{"anping/bureau-1", "2023, 2024"}}}
	case 10:
		moveAgency(t, dir, "government", "moved")
		index := filepath.Join(dir, "content/agencies/anping/moved/_index.md")
		edit(t, index, "kind: government", "kind: government\naliases: [anping/government]")
		return "a folder renamed with an alias", nil
	case 11:
		edit(t, corrected, corrections, "")
		return "an entry gone", []told{{"silent-change", "proactive.permits", []string{"2025-03-01", "“30”"}}}
	case 12:
		edit(t, corrected, corrections, "")
		edit(t, corrected, "permits: 31", "permits: 30")
		return "a correction reverted", []told{{"silent-change", "proactive.permits", []string{"“31”", "“30”"}}}
	case 13:
		edit(t, corrected, "permits: 31", "permits: 30")
		edit(t, corrected, corrections, corrections+"  - {date: 2026-02-03, cell: proactive.permits, was: 31}\n")
		return "a correction reverted with its entry", nil
	default:
		index := filepath.Join(dir, "content/agencies/anping/bureau-1/_index.md")
		edit(t, index, "name: 安平县文化和旅游局", "name: 安平县文化和旅游广电局")
		return "an agency renamed", nil
	}
}

func moveAgency(t *testing.T, dir, from, to string) {
	t.Helper()
	from, to = filepath.Join(dir, "content/agencies/anping", from), filepath.Join(dir, "content/agencies/anping", to)
	copyTree(t, from, to)
	if err := os.RemoveAll(from); err != nil {
		t.Fatal(err)
	}
}

// check --fix drafts the entries that lead to what is there now, however those
// that are there are written; and what it wrote is not told again.
func TestRecordFix(t *testing.T) {
	for name, entries := range map[string]string{
		"none":     "",
		"block":    "corrections:\n- date: 2025-03-01\n  cell: proactive.permits\n  was: 29\n# next\n",
		"indented": "corrections:\n    - {date: 2025-03-01, cell: proactive.permits, was: 29}\n    - {date: 2025-03-02, note: 文字}\n",
		"flow":     "corrections: [{date: 2025-03-01, cell: proactive.permits, was: 29}]\n",
		"windows":  "corrections:\r\n  - {date: 2025-03-01, cell: proactive.permits, was: 29}\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			start(t, dir)
			file := filepath.Join(dir, "content/agencies/anping/bureau-0/2024.md")
			edit(t, file, "form: cn-2021\n", "form: cn-2021\n"+entries)
			edit(t, file, "enforcement: 0", `enforcement: ""`)
			release(t, dir, "2026-01-31")
			edit(t, file, "permits: 30", "permits: 31")
			edit(t, file, "penalties: 12", `penalties: "/"`)
			edit(t, file, `enforcement: ""`, "enforcement: 3")
			edit(t, file, "published: 2025-01-20", "published: 2025-01-21\ntitle: '甲: 乙'")
			if got := ofRecord(t, dir); len(got) != 5 {
				t.Fatalf("before: %v", got)
			}
			var out strings.Builder
			env := cli.Env{Out: &out, Err: &out, Getenv: func(string) string { return "" }}
			cli.Main(t.Context(), []string{"check", "--fix", "--dir", dir}, env)
			if got := ofRecord(t, dir); len(got) > 0 {
				text, _ := os.ReadFile(file)
				t.Errorf("after: %v\n%s", got, text[:600])
			}
			if strings.Contains(out.String(), "silent-change") || strings.Contains(out.String(), "[value]") || strings.Contains(out.String(), "[front-matter]") {
				t.Errorf("it says:\n%s", out.String())
			}
		})
	}
}

// A rule about the record stops a build also where faults are published, and cannot
// be accepted.
func TestRecordStops(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	site := filepath.Join(dir, "content/site.yaml")
	text, _ := os.ReadFile(site)
	writeFile(t, site, string(text)+"on_error: mark\n")
	release(t, dir, "2026-01-31")
	file := filepath.Join(dir, "content/agencies/anping/bureau-0/2024.md")
	edit(t, file, "permits: 30", "permits: 31")
	edit(t, file, "form: cn-2021\n", "form: cn-2021\naccept: [{rule: silent-change, cell: proactive.permits, reason: 无}]\n")
	opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public")}
	for range 2 {
		res, err := generator.Build(t.Context(), opt)
		if err != nil || res.Published {
			t.Fatalf("it is published: %v", err)
		}
		if !slices.ContainsFunc(res.Diagnostics, told{rule: "silent-change", cell: "proactive.permits"}.is) ||
			!slices.ContainsFunc(res.Diagnostics, func(d diag.Diagnostic) bool { return d.Rule == "unused-accept" }) {
			t.Errorf("it says %v", res.Diagnostics)
		}
	}
	edit(t, file, "permits: 31", "permits: 30")
	edit(t, file, "accept: [{rule: silent-change, cell: proactive.permits, reason: 无}]\n", "")
	edit(t, file, "new: [9, 0, 0, 0, 0, 0, 9]", "new: [9, 1, 0, 0, 0, 0, 9]")
	edit(t, file, "form: cn-2021\n", "form: cn-2021\ncorrections: [{date: 2026-02-01, cell: requests.new.business, was: 0}]\n")
	if res, err := generator.Build(t.Context(), opt); err != nil || !res.Published {
		t.Errorf("a fault that is no change in silence stops the build: %v, %v", err, res.Diagnostics)
	}
}
