package account

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer"
	"annals/generator/importer/bind"
	"annals/generator/lang"
)

const reports = "../testdata/reports/"

// imported imports a document of the importer's fixtures, or data under its name.
func imported(t *testing.T, file string, data []byte) importer.Outcome {
	t.Helper()
	if data == nil {
		var err error
		if data, err = os.ReadFile(reports + file); err != nil {
			t.Fatal(err)
		}
	}
	forms, _ := form.Load(fstest.MapFS{})
	o := importer.Outcome{Document: file}
	o.Result, o.Diags = importer.Import(importer.Options{File: file, Data: data, Agency: "qinghe/water", Year: 2024,
		Agencies: []importer.Agency{{Path: "qinghe/water", Name: "青禾县水务局"}}, Forms: forms})
	return o
}

func printed(t *testing.T, o importer.Outcome, columns int, tag lang.Tag) string {
	t.Helper()
	var b bytes.Buffer
	if err := Text(&b, o, columns, tag); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func squash(s string) string { return strings.Join(strings.Fields(s), "") }

// TestText: on a terminal every document has its figures, and every
// line that is not in the report, whatever the layout and the language.
func TestText(t *testing.T) {
	files, err := filepath.Glob(reports + "*")
	if err != nil || len(files) < 20 {
		t.Fatalf("only %d documents: %v", len(files), err)
	}
	for _, file := range files {
		o := imported(t, filepath.Base(file), nil)
		if o.Result == nil {
			continue
		}
		a := &o.Result.Account
		for _, tag := range []lang.Tag{lang.ZH, lang.EN} {
			for _, columns := range []int{60, 80, 132} {
				for line := range strings.Lines(printed(t, o, columns, tag)) {
					if n := diag.Width(strings.TrimSuffix(line, "\n")); n > columns {
						t.Errorf("%s: %d cells: %s", file, n, line)
					}
				}
			}
			text := printed(t, o, screen, tag)
			plain := squash(text)
			unwrapped := printed(t, o, 0, tag)
			for _, p := range a.Passages {
				if p.Use != bind.Text && !strings.Contains(plain, squash(p.Text)) {
					t.Errorf("%s: %q is not printed", file, p.Text)
				}
				if p.Use == bind.Reported && !strings.Contains(unwrapped, shown(true, p.Text)+"\n") {
					t.Errorf("%s: %q is not one line for a program", file, p.Text)
				}
			}
			for _, r := range o.Result.Form.Rows {
				values := ""
				for _, f := range figures(a, r) {
					values += " " + shown(f.Found, f.Taken)
				}
				if at := strings.Index(plain, squash(r.Label.In(tag)+r.Path+place(figures(a, r), tag)+values)); at < 0 {
					t.Errorf("%s: the row %s with %s is not printed", file, r.Path, values)
				}
			}
		}
	}
}

// TestReadings: what is not taken as it is printed is told with both, in place.
func TestReadings(t *testing.T) {
	data, err := os.ReadFile(reports + "tabs.txt")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(data), "\t1204", "\t1,204", 1)
	o := imported(t, "a.txt", []byte(text))
	for tag, want := range map[lang.Tag]string{lang.ZH: "原件“1,204”，写入 1204（第", lang.EN: "printed “1,204”, taken as 1204 (line "} {
		if got := printed(t, o, 0, tag); text == string(data) || !strings.Contains(got, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
}

// TestHostileText: what a document holds cannot steer the terminal.
func TestHostileText(t *testing.T) {
	data, err := os.ReadFile(reports + "official.html")
	if err != nil {
		t.Fatal(err)
	}
	hostile := "\u202e\u009b31m<script>alert(1)</script>"
	o := imported(t, "a.html", bytes.Replace(data, []byte("<body>"), []byte("<body><nav><p>x&#x202e;&#x9b;31m&lt;script&gt;alert(1)&lt;/script&gt;</p></nav>"), 1))
	for _, text := range []string{printed(t, o, 0, lang.ZH)} {
		if strings.ContainsAny(text, "\u202e\u009b\x1b") || !strings.Contains(text, "<script>alert(1)</script>") {
			t.Errorf("%q is printed as it is, or not at all:\n%s", hostile, text)
		}
	}
}

// TestJSON: a program reads the same, and the findings as check prints them.
func TestJSON(t *testing.T) {
	o := imported(t, "site.html", nil)
	o.File = "content/agencies/qinghe/water/2024/index.md"
	var b bytes.Buffer
	if err := JSON(&b, o, true, lang.EN); err != nil {
		t.Fatal(err)
	}
	if strings.Count(b.String(), "\n") != 1 {
		t.Error("it is not one line")
	}
	var x jsonOutcome
	if err := json.Unmarshal(b.Bytes(), &x); err != nil {
		t.Fatal(err)
	}
	a := &o.Result.Account
	if len(x.Figures) != len(a.Figures) || len(x.Passages) != len(a.Passages) || len(x.Decisions) != len(a.Decisions) || len(x.Findings) != len(o.Diags) {
		t.Errorf("%d figures, %d passages, %d decisions, %d findings", len(x.Figures), len(x.Passages), len(x.Decisions), len(x.Findings))
	}
	if f := x.Figures[0]; f.Cell != a.Figures[0].Cell.ID || *f.Taken != a.Figures[0].Taken || f.Where.Words != "table 1, row 3, cell 2" {
		t.Errorf("%+v %+v", f, f.Where)
	}
	for _, p := range x.Passages {
		if p.Use == "" || p.Went == "" || p.Where.Words == "" {
			t.Errorf("%+v", p)
		}
	}
	b.Reset()
	if err := JSON(&b, importer.Outcome{Document: "x.pdf", Diags: o.Diags[:1]}, true, lang.EN); err != nil || !strings.Contains(b.String(), `{"document":"x.pdf","cells":0,"findings":[{"file"`) {
		t.Errorf("%v %s", err, b.String())
	}
}

func TestWrap(t *testing.T) {
	for text, want := range map[string]string{
		"":                    "",
		"abc def":             "abc|def",
		"某县水务局":               "某县水|务局",
		"a 某县水务":              "a 某县|水务",
		"abcdefgh":            "abcdef|gh",
		"abcdef gh":           "abcdef|gh",
		"a b c d e f g h i j": "a b c|d e f|g h i|j",
	} {
		if got := strings.Join(wrap(text, 6), "|"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestWrapLosesNothing: lines are no wider than they may be, and together they
// are the text.
func TestWrapLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-c]{0,9}|[某县]{0,5}| {0,3}|—|é){0,20}`).Draw(t, "text")
		width := rapid.IntRange(2, 12).Draw(t, "width")
		lines := wrap(text, width)
		if squash(strings.Join(lines, "")) != squash(text) {
			t.Fatalf("%q at %d: %q", text, width, lines)
		}
		for i, line := range lines {
			if diag.Width(strings.TrimRight(line, " ")) > width || i > 0 && strings.HasPrefix(line, " ") {
				t.Fatalf("%q at %d: %q", text, width, lines)
			}
		}
	})
}
