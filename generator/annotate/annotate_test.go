package annotate_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"annals/generator/annotate"
	"annals/generator/diag"
	"annals/generator/explain"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/source"
)

func printer(tag lang.Tag) annotate.Printer {
	forms, _ := form.Load(fstest.MapFS{})
	return annotate.Printer{Rules: explain.Rules(forms), Version: "1.2.3", Folder: "年报", Lang: tag}
}

// findings are of every severity, with and without a place, a repair and others
// beside them, in files with names that need care.
func findings() []diag.Diagnostic {
	const odd = "content/agencies/a b,c:d%/2024.md"
	blank := diag.New("date", source.Place{File: odd, Span: source.OnLine(3, 12, 9)}, "text", "2025/1/10")
	blank.Fix = &diag.Fix{Place: blank.Place, Replace: "2025-01-10"}
	whole := diag.New("front-matter/text", source.Place{File: odd, Span: source.Span{Line: 4, Column: 1, EndLine: 6, EndColumn: 3}})
	warned := diag.New("published-far", source.Place{File: "content/a/2024.md", Span: source.At(3, 12)}, "text", "1\n2", "year", 2024).OnCell("published").
		With(source.Place{File: odd, Span: source.At(1, 1)}, lang.Text{ZH: "在这里", EN: "here"})
	noticed := diag.New("missing-key", source.Place{File: "content/site.yaml"}, "key", "title")
	noticed.Severity = diag.Notice
	nowhere := diag.New("missing-key", source.Place{}, "key", "title")
	return []diag.Diagnostic{blank, whole, warned, noticed, nowhere, nowhere}
}

func validate(t *testing.T, schema string, data []byte) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", schema))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	document, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Error(err)
	}
}

func sarif(t *testing.T, tag lang.Tag, list []diag.Diagnostic) []byte {
	t.Helper()
	var b bytes.Buffer
	omitted := func(n int) string { return fmt.Sprintf("%d more", n) }
	if err := printer(tag).SARIF(&b, list, omitted, "as --fix does"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type sarifLog struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Language string
				Rules    []struct {
					ID   string
					Help struct{ Text string }
				}
			}
		}
		Translations []struct{ Language string }
		ColumnKind   string
		Invocations  []struct {
			Notifications []struct{ Message struct{ Text string } } `json:"toolExecutionNotifications"`
		}
		Results []struct {
			RuleID              string
			RuleIndex           int
			Level               string
			PartialFingerprints map[string]string
			Locations           []struct {
				PhysicalLocation struct {
					ArtifactLocation struct{ URI string }
					Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
				}
			}
		}
	}
}

func TestSARIF(t *testing.T) {
	for _, tag := range []lang.Tag{lang.ZH, lang.EN} {
		data := sarif(t, tag, findings())
		validate(t, "sarif-schema-2.1.0.json", data)
		var log sarifLog
		if err := json.Unmarshal(data, &log); err != nil {
			t.Fatal(err)
		}
		run := log.Runs[0]
		if run.ColumnKind != "unicodeCodePoints" || len(run.Translations) != 1 || run.Translations[0].Language == run.Tool.Driver.Language {
			t.Errorf("columns are %q, the rules in %q and %v", run.ColumnKind, run.Tool.Driver.Language, run.Translations)
		}
		var got []string
		seen := map[string]bool{}
		for _, r := range run.Results {
			place := r.Locations[0].PhysicalLocation
			got = append(got, fmt.Sprint(r.Level, " ", place.ArtifactLocation.URI, " ", place.Region))
			if rule := run.Tool.Driver.Rules[r.RuleIndex]; rule.ID != r.RuleID || rule.Help.Text == "" {
				t.Errorf("rule %d of %s is %q", r.RuleIndex, r.RuleID, rule.ID)
			}
			for _, print := range r.PartialFingerprints {
				if seen[print] {
					t.Errorf("two results have the fingerprint %s", print)
				}
				seen[print] = true
			}
		}
		want := []string{
			"error %E5%B9%B4%E6%8A%A5/content/agencies/a%20b,c:d%25/2024.md {3 12 3 21}",
			"error %E5%B9%B4%E6%8A%A5/content/agencies/a%20b,c:d%25/2024.md {4 1 6 3}",
			"warning %E5%B9%B4%E6%8A%A5/content/a/2024.md {3 12 3 12}",
			"note %E5%B9%B4%E6%8A%A5/content/site.yaml {0 0 0 0}",
			"error %E5%B9%B4%E6%8A%A5/content {0 0 0 0}",
			"error %E5%B9%B4%E6%8A%A5/content {0 0 0 0}",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tag, diff)
		}
	}
	validate(t, "sarif-schema-2.1.0.json", sarif(t, lang.ZH, nil))
}

// Code scanning refuses a run with more results than it takes.
func TestSARIFHasNoMoreThanIsTaken(t *testing.T) {
	list := make([]diag.Diagnostic, 25_007)
	for i := range list {
		list[i] = diag.New("date", source.Place{File: "content/a.md", Span: source.At(i+1, 1)}, "text", "x")
	}
	var log sarifLog
	if err := json.Unmarshal(sarif(t, lang.EN, list), &log); err != nil {
		t.Fatal(err)
	}
	if run := log.Runs[0]; len(run.Results) != 25_000 || run.Invocations[0].Notifications[0].Message.Text != "7 more" {
		t.Errorf("%d results, and %v", len(run.Results), run.Invocations)
	}
}

func TestGitLab(t *testing.T) {
	var b bytes.Buffer
	if err := printer(lang.ZH).GitLab(&b, findings()); err != nil {
		t.Fatal(err)
	}
	validate(t, "gitlab-code-quality.json", b.Bytes())
	var issues []struct{ Severity, Fingerprint string }
	if err := json.Unmarshal(b.Bytes(), &issues); err != nil {
		t.Fatal(err)
	}
	var severities []string
	for _, x := range issues {
		severities = append(severities, x.Severity)
	}
	if diff := cmp.Diff([]string{"major", "major", "minor", "info", "major", "major"}, severities); diff != "" {
		t.Error(diff)
	}
	b.Reset()
	if err := printer(lang.ZH).GitLab(&b, nil); err != nil || b.String() != "[]\n" {
		t.Errorf("of no findings it prints %q, %v", &b, err)
	}
}

// A finding is known again when lines are added above it, and in another language.
func TestFingerprintsStay(t *testing.T) {
	prints := func(tag lang.Tag, list []diag.Diagnostic) (all []string) {
		var b bytes.Buffer
		if err := printer(tag).GitLab(&b, list); err != nil {
			t.Fatal(err)
		}
		var issues []struct{ Fingerprint string }
		if err := json.Unmarshal(b.Bytes(), &issues); err != nil {
			t.Fatal(err)
		}
		for _, x := range issues {
			all = append(all, x.Fingerprint)
		}
		return all
	}
	moved := findings()
	for i := range moved {
		moved[i].Place.Line += 7
	}
	if diff := cmp.Diff(prints(lang.ZH, findings()), prints(lang.EN, moved)); diff != "" {
		t.Error(diff)
	}
}

func TestGitHub(t *testing.T) {
	var b bytes.Buffer
	if hidden, err := printer(lang.EN).GitHub(&b, findings()); hidden != 0 || err != nil {
		t.Fatal(hidden, err)
	}
	want := strings.Join([]string{
		"::error file=年报/content/agencies/a b%2Cc%3Ad%25/2024.md,line=3,endLine=3,col=12,endColumn=21,title=date::“2025/1/10” is not a date; write it like 2025-01-10",
		"::error file=年报/content/agencies/a b%2Cc%3Ad%25/2024.md,line=4,endLine=6,title=front-matter::this is text, not “key: value”; move it below the second line of ---",
		`::warning file=年报/content/a/2024.md,line=3,endLine=3,col=12,endColumn=12,title=published-far::the publication date 1\n2 lies more than two years after the report's year; check the year`,
		"::notice file=年报/content/site.yaml,title=missing-key::“title” is missing; add it",
		"::error file=年报/content,title=missing-key::“title” is missing; add it",
		"::error file=年报/content,title=missing-key::“title” is missing; add it",
		"",
	}, "\n")
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
	list := make([]diag.Diagnostic, 13)
	for i := range list {
		list[i] = diag.Diagnostic{Rule: "date", Message: lang.Text{EN: "100 %\r\nsure"}}
	}
	b.Reset()
	if hidden, _ := printer(lang.EN).GitHub(&b, list); hidden != 3 {
		t.Errorf("%d of 13 are not shown", hidden)
	}
	if first, _, _ := strings.Cut(b.String(), "\n"); !strings.HasSuffix(first, "::100 %25%0D%0Asure") {
		t.Errorf("a message is %q", first)
	}
}
