package diag_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/source"
)

// many makes n findings of a rule in a file, one a line.
func many(key, file string, n int) (list []diag.Diagnostic) {
	for i := range n {
		list = append(list, diag.New(key, source.At(i+1, 1).In(file)))
	}
	return list
}

// shape returns for each rule and file how many findings a list has, and how many
// it only counts.
func shape(list []diag.Diagnostic) (lines []string) {
	listed := map[string]int{}
	for _, d := range list {
		if o := d.Omitted; o != nil {
			lines = append(lines, fmt.Sprintf("%s %s %s +%d", d.Place.File, d.Severity, o.Rule, o.Count))
		} else {
			listed[d.Place.File+" "+d.Severity.String()+" "+d.Rule]++
		}
	}
	for k, n := range listed {
		lines = append(lines, fmt.Sprint(k, " ", n))
	}
	slices.Sort(lines)
	return lines
}

func TestCap(t *testing.T) {
	few := many("value/line", "a.md", diag.MaxOfKind)
	if diff := cmp.Diff(few, diag.Cap(few)); diff != "" {
		t.Errorf("as many as are listed (-want +got):\n%s", diff)
	}
	list := slices.Concat(many("value/line", "a.md", 900_001), many("value/list", "b.md", 3), many("raw-html", "b.md", 250))
	errors, warnings := diag.Count(list)
	diag.Sort(list)
	got := diag.Cap(list)
	want := []string{"a.md error value +899801", "a.md error value 200", "b.md error value 3", "b.md warning raw-html +50", "b.md warning raw-html 200"}
	if diff := cmp.Diff(want, shape(got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if d := got[diag.MaxOfKind]; d.Rule != "too-many" || d.Place.Line != diag.MaxOfKind {
		t.Errorf("the count does not stand behind the last one listed: %+v", d)
	}
	if e, w := diag.Count(got); e != errors || w != warnings {
		t.Errorf("%d errors, %d warnings; of the whole list %d, %d", e, w, errors, warnings)
	}
}

// TestCapOfRun: warnings in many files do not hide the error in the last one.
func TestCapOfRun(t *testing.T) {
	var list []diag.Diagnostic
	for i := range 300 {
		list = append(list, many("raw-html", fmt.Sprintf("%03d.md", i), 100)...)
	}
	list = append(list, many("value/line", "999.md", 1)...)
	got := diag.Cap(list)
	if len(got) != diag.MaxOfRun+2 || got[len(got)-1].Rule != "value" {
		t.Fatalf("%d are listed, the last is %s", len(got), got[len(got)-1].Rule)
	}
	count := got[diag.MaxOfRun]
	if count.Omitted == nil || *count.Omitted != (diag.Omitted{Count: 20_000}) || count.Severity != diag.Warning {
		t.Errorf("%+v", count)
	}
	if diff := cmp.Diff(got, diag.Cap(got)); diff != "" {
		t.Errorf("capped twice (-once +twice):\n%s", diff)
	}
}

// TestCapOfParts: an incremental run joins lists that were capped before. The result
// is the same as that of a run over everything.
func TestCapOfParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 3*diag.MaxOfKind)
		var parts [][]diag.Diagnostic
		var whole []diag.Diagnostic
		for i := range rapid.IntRange(1, 4).Draw(t, "parts") {
			part := slices.Concat(many("value/line", "a.md", n.Draw(t, "a")), many("raw-html", "a.md", n.Draw(t, "b")),
				many("value/line", fmt.Sprint(i, ".md"), n.Draw(t, "c")))
			diag.Sort(part)
			parts = append(parts, diag.Cap(part))
			whole = append(whole, part...)
		}
		diag.Sort(whole)
		joined := slices.Concat(parts...)
		diag.Sort(joined)
		if want, got := diag.Cap(whole), diag.Cap(joined); !reflect.DeepEqual(want, got) {
			t.Fatalf("-whole +joined:\n%s", cmp.Diff(want, got))
		}
	})
}

// TestCollector: a Collector keeps and counts the same findings as Cap of the whole
// list.
func TestCollector(t *testing.T) {
	list := many("value/line", "a.md", 1000)
	var c diag.Collector
	made := 0
	for _, d := range list {
		c.Add(d.Rule, func() diag.Diagnostic { made++; return d })
	}
	if diff := cmp.Diff(diag.Cap(list), c.List()); diff != "" || made != diag.MaxOfKind {
		t.Errorf("%d were made (-capped +collected):\n%s", made, diff)
	}
}

// TestCountIsPrinted in both languages by every printer.
func TestCountIsPrinted(t *testing.T) {
	list := diag.Cap(many("value/line", "a.md", 1000))
	for tag, want := range map[lang.Tag]string{
		lang.ZH: "a.md:200:1: error: 这个文件里还有 800 处 value 问题没有列出 [too-many]\n",
		lang.EN: "a.md:200:1: error: 800 more findings of value in this file are not listed [too-many]\n",
	} {
		var text, object bytes.Buffer
		printer := diag.Text{Out: &text, Lang: tag}
		if err := printer.Print(list); err != nil || !strings.HasSuffix(text.String(), want) {
			t.Errorf("%v\n%s", err, text.String()[text.Len()-200:])
		}
		if err := diag.WriteJSON(&object, list, tag); err != nil || !strings.HasSuffix(object.String(), `"omitted":{"rule":"value","count":800}}`+"\n") {
			t.Errorf("%v\n%s", err, object.String()[object.Len()-300:])
		}
	}
}
