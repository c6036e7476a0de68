package format

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

func loadForms(t testing.TB) *form.Set {
	t.Helper()
	forms, diags := form.Load(fstest.MapFS{})
	for _, d := range diags {
		t.Fatalf("%v: %s", d.Place, d.Message.EN)
	}
	return forms
}

var (
	mutations = flag.Int("mutations", 800, "files that TestFixedPoint makes")
	seed      = flag.Uint64("seed", 1, "of the mutations")
)

const report = "content/agencies/a/2024.md"

func TestSource(t *testing.T) {
	forms := loadForms(t)
	for _, c := range []struct{ name, file, in, want string }{
		{"ids for labels, the form's order, one line a row", report,
			"---\nrequests:\n    二、上年结转政府信息公开申请数量: [ 2,0,0,0,0,0,2 ]\n    一、本年新收政府信息公开申请数量:\n        - 1\n        - 0\n        - 0\n        - 0\n        - 0\n        - 0\n        - 1\npublished: 2025-01-10\nform: cn-2021\n---\nx\n",
			"---\nform: cn-2021\npublished: 2025-01-10\nrequests:\n  new: [1, 0, 0, 0, 0, 0, 1]\n  carried_in: [2, 0, 0, 0, 0, 0, 2]\n---\nx\n"},
		{"comments go with their key", report,
			"---\n# head\npublished: 2025-01-10   # checked by telephone\n\n# about the form\nform: cn-2021\n---\n",
			"---\n# about the form\nform: cn-2021\n# head\npublished: 2025-01-10  # checked by telephone\n---\n"},
		{"a comment at the end of a table stays there", report,
			"---\nrequests:\n  carried_in: [2, 0, 0, 0, 0, 0, 2]\n  # the office confirmed\nproactive:\n  permits: 3\n---\n",
			"---\nproactive:\n  permits: 3\nrequests:\n  carried_in: [2, 0, 0, 0, 0, 0, 2]\n  # the office confirmed\n---\n"},
		{"lists of maps", report,
			"---\naccept:\n# why\n- reason: '清理'\n  rule: stock\n- rule: carry-over   # b\n  reason: \"x: y\"\n---\n\n\nbody  \n",
			"---\naccept:\n  # why\n  - rule: stock\n    reason: \"清理\"\n  - rule: carry-over  # b\n    reason: \"x: y\"\n---\n\n\nbody  \n"},
		{"an agency", "content/agencies/a/_index.md",
			"---\r\nkind: department\r\nname: 甲局\r\ncontact:\r\n    phone: \"010\"\r\n    office: 办公室\r\n---\r\n",
			"---\nname: 甲局\nkind: department\ncontact:\n  office: 办公室\n  phone: \"010\"\n---\n"},
		{"settings", "content/site.yaml",
			"language: zh-CN\ndeadlines: {department: 01-31,  township: 01-31}\ntitle: 档案",
			"title: 档案\nlanguage: zh-CN\ndeadlines: {department: 01-31, township: 01-31}\n"},
		{"a block of text", "content/agencies/a/_index.md",
			"---\nkind: department\nname: |-\n    甲\n    # not a comment\n---\n",
			"---\nname: |-\n  甲\n  # not a comment\nkind: department\n---\n"},
		{"two keys for one row: not touched", report,
			"---\nrequests:\n  new: [1]\n  本年新收: [2]\n---\n", "---\nrequests:\n  new: [1]\n  本年新收: [2]\n---\n"},
		{"a value that can be guessed: not touched", report, "---\npublished:   2025-01-10\nform: &a cn-2021\n---\n", "---\npublished:   2025-01-10\nform: &a cn-2021\n---\n"},
		{"no value in braces", "content/agencies/a/_index.md", "---\nx:   {a: , b:   c}\n---\n", "---\nx: {a: , b: c}\n---\n"},
		{"a tab: not touched", "content/agencies/a/_index.md", "---\nkind:   department\nname: \"甲\t乙\"\n---\n", "---\nkind:   department\nname: \"甲\t乙\"\n---\n"},
		{"an old line end: not touched", "content/agencies/a/_index.md", "---\nkind:   department\nname: \"甲\u0085乙\"\n---\n", "---\nkind:   department\nname: \"甲\u0085乙\"\n---\n"},
		{"a syntax error: not touched", report, "---\na: [1\n---\n", "---\na: [1\n---\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, diags := Source(c.file, []byte(c.in), forms, Options{})
			if string(out) != c.want || slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.Rule == "format" }) {
				t.Errorf("got\n%s\nwant\n%s\n%v", out, c.want, diags)
			}
			if again, _ := Source(c.file, out, forms, Options{}); string(again) != string(out) {
				t.Errorf("not a fixed point:\n%s", again)
			}
		})
	}
}

func TestFillWritesTotalsAndNothingElse(t *testing.T) {
	forms := loadForms(t)
	in := "---\nrequests:\n  new: [1, 2, 0, 0, 0, 0, \"\"]\n  carried_in: [0, 1, 0, 0, 0, 0]\n  carried_out: [\"/\", 0, 0, 0, 0, 0, \"\"]\nreviews:\n  reconsideration: [1, 1, 1, 1, 9]\n---\n"
	want := "---\nrequests:\n  new: [1, 2, 0, 0, 0, 0, 3]\n  carried_in: [0, 1, 0, 0, 0, 0, 1]\n  carried_out: [\"/\", 0, 0, 0, 0, 0, \"\"]\nreviews:\n  reconsideration: [1, 1, 1, 1, 9]\n---\n"
	out, diags := Source(report, []byte(in), forms, Options{Fill: true})
	if string(out) != want || len(diags) > 0 {
		t.Errorf("got\n%s\nwant\n%s\n%v", out, want, diags)
	}
}

func TestFillAddsAWholeRow(t *testing.T) {
	forms := loadForms(t)
	data, err := os.ReadFile("testdata/report.md")
	if err != nil {
		t.Fatal(err)
	}
	total := regexp.MustCompile(`(?m)^    total: .*\n`)
	line := total.FindString(string(data))
	without := total.ReplaceAllString(string(data), "")
	out, diags := Source(report, []byte(without), forms, Options{Fill: true})
	if !strings.Contains(string(out), line) || len(diags) > 0 {
		t.Errorf("the row %q was not written again: %v\n%s", line, diags, out)
	}
}

// TestFixedPoint formats thousands of mutated reports. Whatever the input, the
// result must not change when formatted again, must have the same meaning, and must
// have all comments. A file without mistakes must not be refused.
func TestFixedPoint(t *testing.T) {
	forms := loadForms(t)
	data, err := os.ReadFile("testdata/report.md")
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(*seed, 2))
	refused, changed := 0, 0
	for n := range *mutations {
		text := string(data)
		harmless := true
		for range 1 + rng.IntN(6) {
			var ok bool
			text, ok = mutate(rng, text)
			harmless = harmless && ok
		}
		out, diags := Source(report, []byte(text), forms, Options{})
		if harmless && len(diags) > 0 {
			refused++
			if refused < 4 {
				t.Errorf("mutation %d: refused: %v\n%s", n, diags, text)
			}
			continue
		}
		if string(out) != text {
			changed++
		}
		again, _ := Source(report, out, forms, Options{})
		if string(again) != string(out) {
			t.Fatalf("mutation %d: not a fixed point\n%s\n--- becomes\n%s\n--- becomes\n%s", n, text, out, again)
		}
		if a, b := meaning(forms, text), meaning(forms, string(out)); a != b {
			t.Fatalf("mutation %d: the meaning changed\n%s\n--- becomes\n%s\n%s\n%s", n, text, out, a, b)
		}
		if a, b := tags(text), tags(string(out)); !slices.Equal(a, b) {
			t.Fatalf("mutation %d: comments %v became %v\n%s\n--- becomes\n%s", n, a, b, text, out)
		}
	}
	if changed < *mutations/2 {
		t.Errorf("only %d of the files changed: the mutations prove nothing", changed)
	}
}

var tag = regexp.MustCompile(`#c[0-9]+`)

func tags(s string) []string {
	list := tag.FindAllString(s, -1)
	slices.Sort(list)
	return list
}

// mutate makes one change to a report. harmless reports whether the result is still
// a correct report.
func mutate(rng *rand.Rand, text string) (out string, harmless bool) {
	lines := strings.SplitAfter(text, "\n")
	end := slices.Index(lines[1:], "---\n") + 1
	if end < 2 {
		return text, false
	}
	at := 1 + rng.IntN(end-1)
	block := strings.Contains(lines[at], "上级") || strings.Contains(lines[at], "这不是") // a line of a block of text
	comment := fmt.Sprintf("#c%d", rng.IntN(1e6))
	switch rng.IntN(12) {
	case 0: // a comment of its own
		lines[at] = strings.Repeat(" ", rng.IntN(8)) + comment + "\n" + lines[at]
		return strings.Join(lines, ""), !block
	case 1: // a comment beside
		lines[at] = strings.TrimRight(lines[at], "\n") + strings.Repeat(" ", 1+rng.IntN(3)) + comment + "\n"
		return strings.Join(lines, ""), true
	case 2: // an empty line
		lines[at] = "\n" + lines[at]
		return strings.Join(lines, ""), true
	case 3: // deeper indentation of the tables
		for i := 1; i < end && !strings.HasPrefix(lines[i], "accept"); i++ {
			n := len(lines[i]) - len(strings.TrimLeft(lines[i], " "))
			lines[i] = strings.Repeat(" ", 2*n) + strings.TrimLeft(lines[i], " ")
		}
		return strings.Join(lines, ""), true
	case 4: // spaces in a row
		lines[at] = strings.ReplaceAll(lines[at], ", ", " ,  ")
		return strings.Join(lines, ""), true
	case 5: // an official label
		lines[at] = strings.Replace(lines[at], "new:", "一、本年新收政府信息公开申请数量:", 1)
		lines[at] = strings.Replace(lines[at], "not_held:", "本机关不掌握相关政府信息:", 1)
		return strings.Join(lines, ""), true
	case 6: // numbers below each other, with a comment among them
		pad := lines[at][:len(lines[at])-len(strings.TrimLeft(lines[at], " "))]
		key, row, ok := strings.Cut(strings.TrimRight(lines[at], "\n"), ": [")
		if !ok || !strings.HasSuffix(row, "]") || strings.ContainsAny(row, "#{") {
			return text, true
		}
		items := strings.Split(strings.TrimSuffix(row, "]"), ",")
		for i, x := range items {
			items[i] = pad + "  - " + strings.TrimSpace(x) + "\n"
		}
		if rng.IntN(2) == 0 {
			items[0] = strings.TrimSuffix(items[0], "\n") + " " + comment + "\n"
		}
		lines[at] = key + ":\n" + strings.Join(items, "")
		return strings.Join(lines, ""), true
	case 7: // a row over several lines
		lines[at] = strings.Replace(lines[at], ", ", ", "+comment+"\n      ", 1)
		return strings.Join(lines, ""), !strings.Contains(lines[at], "{")
	case 8: // two lines in another order
		other := 1 + rng.IntN(end-1)
		lines[at], lines[other] = lines[other], lines[at]
		return strings.Join(lines, ""), false
	case 9: // a character less
		i := rng.IntN(len(text))
		return strings.ToValidUTF8(text[:i]+text[i+1:], ""), false
	case 10: // a character more
		i := rng.IntN(len(text))
		const odd = "#:-[]{}\"'|>&*!%@`,\t \n?~"
		return strings.ToValidUTF8(text[:i]+string(odd[rng.IntN(len(odd))])+text[i:], ""), false
	}
	return strings.ReplaceAll(text, "\n", "\r\n"), true
}

// meaning lists the values of a report by their path, sorted, with the form's
// ids for its labels; it shares no code with the formatter.
func meaning(forms *form.Set, text string) string {
	parts, _ := content.Split(report, []byte(text))
	root, diags := yamlpos.Parse(report, strings.ReplaceAll(parts.Front, "\r\n", "\n"), parts.FrontLine)
	if len(diags) > 0 {
		return strings.TrimSuffix(strings.ReplaceAll(text, "\r", ""), "\n")
	}
	f, _ := forms.Form("cn-2021")
	if n := root.Get("form"); n != nil {
		if g, ok := forms.Form(n.Text); ok {
			f = g
		}
	}
	var list []string
	var visit func(n *yamlpos.Node, path, known string)
	visit = func(n *yamlpos.Node, path, known string) {
		if n.Kind == yamlpos.Scalar {
			list = append(list, fmt.Sprintf("%s=%q %v", path, n.Text, n.Quoted && !strings.Contains(n.Text, "\n")))
		}
		for i := range n.Items {
			k := &n.Items[i]
			key := k.Key
			if n.Kind == yamlpos.List {
				key = fmt.Sprint(i)
			}
			below, ok := f.Key(known, key)
			if ok && n.Kind == yamlpos.Map && (path == "" || known != "") {
				visit(k, below, below)
				continue
			}
			visit(k, path+"/"+key, "?")
		}
	}
	visit(root, "", "")
	slices.Sort(list)
	body := strings.ReplaceAll(text[parts.Body:], "\r\n", "\n")
	return strings.Join(list, "\n") + "\n===\n" + strings.TrimSuffix(body, "\n")
}

func TestFix(t *testing.T) {
	at := func(line, column, n int) source.Place { return source.OnLine(line, column, n).In("f") }
	in := "总计: 4\nb: 012\n"
	out, left := Fix([]byte(in), []diag.Fix{
		{Place: at(2, 4, 3), Replace: "12"}, {Place: at(1, 5, 1), Replace: "66"}, {Place: at(2, 4, 3), Replace: "12"},
		{Place: at(2, 5, 1), Replace: "9"}, {Place: at(9, 1, 1), Replace: "9"}, {Place: at(1, 40, 1), Replace: "9"},
	})
	if string(out) != "总计: 66\nb: 12\n" || left != 3 {
		t.Errorf("got %q, %d left", out, left)
	}
}
