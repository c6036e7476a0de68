package acceptance

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator"
	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
)

// published lists the reports in content/, with some of their figures. The seal
// is a hash over every cell of the report's tables, so that no figure changes by
// accident. Whoever changes a figure compares it with the published document and
// writes the new seal here.
var published = []struct {
	report string
	form   string
	seal   string
	cells  map[string]string
}{
	{"shanxi/loufan/culture-tourism/2024", "cn-2021", "42b62999862e8b94", map[string]string{
		"requests.new.total": "0", "requests.results.total.total": "0", "reviews.reconsideration.total": "0",
	}},
	{"jiangsu/suqian/2023", "cn-2021", "e9d4ef60d973192e", map[string]string{
		"requests.new.total": "3511", "requests.new.natural_person": "3402", "requests.carried_in.total": "96",
		"requests.results.total.total": "3486", "requests.carried_out.total": "121",
		"proactive.permits": "1808595", "proactive.fees": "59237.2449", "reviews.reconsideration.total": "440",
	}},
	{"jiangsu/suqian/2024", "cn-2021", "17e867e9afe4bffa", map[string]string{
		"requests.new.total": "3525", "requests.carried_in.total": "121", "requests.results.total.total": "3521",
		"requests.results.unavailable.not_held.total": "897", "requests.carried_out.total": "125",
		"proactive.normative_documents.in_force": "420", "proactive.fees": "72701.2578",
		"reviews.litigation_after_reconsideration.total": "52",
	}},
	{"jiangsu/huaian/2024", "cn-2021", "6cb5da70a7dde47d", map[string]string{
		"requests.new.total": "3119", "requests.carried_in.total": "34", "requests.results.total.total": "3050",
		"requests.results.not_processed.petition_or_complaint.business": "6", "requests.carried_out.total": "103",
		"proactive.normative_documents.in_force": "66", "proactive.penalties": "3985758", "proactive.fees": "96171.6",
		"reviews.reconsideration.corrected": "64",
	}},
	{"jiangsu/hongze/2023", "cn-2021-other-merged", "1e3503af4d20e611", map[string]string{
		"requests.new.total": "21", "requests.results.other.total": "0", "requests.results.total.total": "21",
		"proactive.normative_documents.repealed": "5", "proactive.fees": "7730.28",
		"reviews.reconsideration.upheld": "10", "reviews.reconsideration.total": "0",
	}},
	{"jiangsu/hongze/2024", "cn-2021-other-merged", "1fb628ac548ebdfa", map[string]string{
		"requests.new.total": "95", "requests.results.other.total": "0", "requests.results.unavailable.not_held.total": "31",
		"proactive.normative_documents.in_force": "8", "proactive.permits": "9487", "proactive.fees": "7545",
		"reviews.litigation_after_reconsideration.total": "3",
	}},
	{"jiangsu/suqian/shuyang/2025", "cn-2021", "117690bef1ac6a4c", map[string]string{
		"requests.new.total": "713", "requests.results.total.total": "718", "requests.carried_out.total": "31",
		"requests.results.other.other.total": "143", "proactive.fees": "4068.208", "reviews.reconsideration.total": "61",
	}},
	{"jiangsu/suqian/shuyang/development-reform/2023", "cn-2021", "724d9fbe8a978d9d", map[string]string{
		"requests.new.total": "26", "requests.new.business": "", "requests.results.granted.natural_person": "26",
		"requests.carried_out.total": "0", "proactive.normative_documents.in_force": "18", "reviews.reconsideration.total": "1",
	}},
	{"shanghai/general-office/2019", "cn-2019", "521041b1cc598715", map[string]string{
		"requests.new.total": "859", "requests.new.research": "", "requests.results.granted.natural_person": "258",
		"requests.results.granted.total": "", "requests.results.total.total": "805", "requests.carried_out.total": "72",
		"proactive.procurement.amount": "251000", "reviews.litigation_direct.total": "9",
	}},
	{"shanghai/general-office/2025", "cn-2021", "a3e2ae6d06b1e09e", map[string]string{
		"requests.new.total": "1295", "requests.carried_in.total": "189", "requests.results.total.total": "1191",
		"requests.carried_out.total": "293", "reviews.reconsideration.total": "55",
	}},
}

// TestContentHasNoErrors checks the repository's own archive as its editors do.
func TestContentHasNoErrors(t *testing.T) {
	res, err := generator.Check(t.Context(), generator.Options{Dir: "../.."})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Diagnostics {
		if d.Severity == diag.Error {
			t.Error(first([]diag.Diagnostic{d}, lang.EN))
		}
	}
	if res.Reports < len(published) {
		t.Errorf("%d reports, want at least %d", res.Reports, len(published))
	}
}

// TestPublishedFigures compares the reports in content/ with the table above.
func TestPublishedFigures(t *testing.T) {
	files := os.DirFS("../..")
	forms, _ := form.Load(fstest.MapFS{})
	for _, want := range published {
		t.Run(want.report, func(t *testing.T) {
			doc, found := content.ReadDocument(files, "content/agencies/"+want.report+".md")
			if doc == nil {
				t.Fatal(found)
			}
			year, _ := strconv.Atoi(path.Base(want.report))
			r, _ := archive.ReadReport(&archive.Agency{Path: path.Dir(want.report)}, year, doc, nil, forms, lang.ZH)
			if r == nil || r.Form.ID != want.form {
				t.Fatalf("the report is not on the form %s", want.form)
			}
			if !r.Summary {
				t.Error("its prose is ours, and it does not say so")
			}
			for id, text := range want.cells {
				cell, ok := r.Form.Cell(id)
				if !ok {
					t.Fatalf("the form has no cell %s", id)
				}
				if got := r.Facts[cell].Text; got != text {
					t.Errorf("%s is %q, the document says %q", id, got, text)
				}
			}
			if got := seal(r); got != want.seal {
				t.Errorf("a figure of the report has changed; if the document says so, its seal is now %q", got)
			}
		})
	}
}

// seal returns a short hash over every cell of a report's tables.
func seal(r *archive.Report) string {
	h := sha256.New()
	for i, fact := range r.Facts {
		fmt.Fprintf(h, "%s %q %d\n", r.Form.Cells[i].ID, fact.Text, fact.Status)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// A changed figure breaks the seal, and so does a blank that becomes a zero.
func TestSealTellsBlankFromZero(t *testing.T) {
	forms, _ := form.Load(fstest.MapFS{})
	const name = "content/agencies/shanghai/general-office/2019.md"
	data, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	read := func(text string) string {
		doc, found := content.ReadDocument(fstest.MapFS{name: {Data: []byte(text)}}, name)
		if doc == nil {
			t.Fatal(found)
		}
		r, _ := archive.ReadReport(&archive.Agency{}, 2019, doc, nil, forms, lang.ZH)
		return seal(r)
	}
	text := string(data)
	was := read(text)
	for old, now := range map[string]string{`[18, "",`: `[18, 0,`, `[821, 35`: `[822, 35`} {
		changed := strings.Replace(text, old, now, 1)
		if changed == text {
			t.Fatalf("%q is not in the report", old)
		}
		if read(changed) == was {
			t.Errorf("the seal does not see %q become %q", old, now)
		}
	}
}
