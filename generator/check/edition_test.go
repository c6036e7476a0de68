package check_test

import (
	"strings"
	"testing"

	"annals/generator/archive"
	"annals/generator/check"
)

// inVariant rewrites a report of the official form in the variant whose 其他处理
// is one row.
func inVariant(text string, row string) string {
	var b strings.Builder
	inside := false
	for line := range strings.Lines(text) {
		switch {
		case line == "form: cn-2021\n":
			line = "form: cn-2021-other-merged\n"
		case line == "    other:\n":
			line, inside = "    other: "+row+"\n", true
		case inside && strings.HasPrefix(line, "      "):
			line = ""
		default:
			inside = false
		}
		b.WriteString(line)
	}
	return b.String()
}

// A report in a variant is judged as any other: one warning says how its
// tables differ, and its equations are those that it can hold.
func TestEditionIsToldOnce(t *testing.T) {
	set := forms(t)
	text := string(testdata(t, 2024))
	var first string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "form:") {
			first = line
		}
	}
	if first != "form: cn-2021\n" {
		t.Fatalf("the report is %q", first)
	}
	r, _ := read(t, set, 2024, []byte(text))
	sum := [7]string{}
	for i := range sum {
		n := int64(0)
		for _, row := range []string{"not_corrected_in_time", "fee_unpaid_in_time", "other"} {
			x, _ := r.Form.Row("requests.results.other." + row)
			n += r.Facts[x.First+i].Value
		}
		sum[i] = r.Form.Cells[0].Column.Type.Format(n)
	}
	merged := "[" + strings.Join(sum[:], ", ") + "]"
	wrong := "[" + strings.Join(append([]string{"900"}, sum[1:]...), ", ") + "]"
	before, _ := read(t, set, 2023, testdata(t, 2023))
	for _, c := range []struct{ name, text, want string }{
		{"right", inVariant(text, merged), "edition"},
		{"wrong", inVariant(text, wrong), "edition row-total"},
		{"not of its years", strings.Replace(inVariant(text, merged), "cn-2021-other-merged", "old", 1), "form-year"},
	} {
		set := set
		if c.name == "not of its years" {
			set = withForm(t, "id: old\nvariant_of: cn-2021\ntitle: 旧\nyears: 2019-2020\ntables:\n  - {id: requests}\n")
		}
		now, found := read(t, set, 2024, []byte(c.text))
		more, _ := check.Years([]*archive.Report{before, now})
		found = append(found, more...)
		var rules []string
		for _, d := range found {
			if d.Rule != "missing-row" && d.Rule != "row-length" {
				rules = append(rules, d.Rule)
			}
		}
		if got := strings.Join(rules, " "); got != c.want {
			t.Errorf("%s: found %s, want %s: %v", c.name, got, c.want, found)
		}
	}
}

// Continuity holds both ways: into a variant, and back out of it.
func TestYearsAroundAVariant(t *testing.T) {
	set := forms(t)
	zero := "[0, 0, 0, 0, 0, 0, 0]"
	for _, both := range []bool{false, true} {
		before, _ := read(t, set, 2023, testdata(t, 2023))
		variant, _ := read(t, set, 2024, []byte(inVariant(string(testdata(t, 2024)), zero)))
		reports := []*archive.Report{before, variant}
		if both {
			earlier, _ := read(t, set, 2023, []byte(inVariant(string(testdata(t, 2023)), zero)))
			now, _ := read(t, set, 2024, testdata(t, 2024))
			reports = []*archive.Report{earlier, now}
		}
		now := reports[1]
		for _, x := range []struct {
			cell string
			by   int64
		}{{"requests.carried_in.natural_person", 5}, {"requests.carried_in.total", 5}, {"requests.new.natural_person", -5}, {"requests.new.total", -5}} {
			cell, _ := now.Form.Cell(x.cell)
			now.Facts[cell].Value += x.by
		}
		var told []string
		list, _ := check.Years(reports)
		for _, d := range list {
			if d.Rule != "results-total" { // the rows that are merged are not the point here
				told = append(told, d.Rule+" "+d.Cell)
			}
		}
		if got := strings.Join(told, "\n"); got != "carry-over requests.carried_in" {
			t.Errorf("out of the variant %v: %s", both, got)
		}
	}
}
