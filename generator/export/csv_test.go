package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/form"
	"annals/generator/testdata/sitetest"
)

func TestNoFieldBeginsAFormula(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1+1", "@SUM(A1)", " =1", "\t=1", "\r\n=1", "\u3000=1", "＝1", "−1", `="a,b"`, "-", "—", "/", "无", `a"b`, "a,b", "a\nb"} {
		field := string(appendField(nil, s))
		records, err := csv.NewReader(strings.NewReader(field + "\n")).ReadAll()
		if err != nil || len(records) != 1 || len(records[0]) != 1 {
			t.Errorf("%q becomes %q: %v", s, field, err)
			continue
		}
		got := strings.TrimLeft(records[0][0], " \u3000")
		if strings.ContainsAny(got[:1], "=+-@\t\r") || strings.HasPrefix(got, "＝") || strings.HasPrefix(got, "−") {
			t.Errorf("%q becomes %q, which a spreadsheet may reckon", s, field)
		}
	}
	if got := string(appendField(nil, "一般文字")); got != "一般文字" {
		t.Errorf("plain text becomes %q", got)
	}
}

func TestHostileTextIsOneField(t *testing.T) {
	forms, _ := form.Load(fstest.MapFS{})
	x := sitetest.Load(t, sitetest.Rich(forms))
	e := New(x.Config, x.Forms.Forms(), words)
	files := map[string][]byte{}
	emit := func(path string, data []byte) error {
		files[path] = bytes.Clone(data)
		return nil
	}
	for _, a := range x.Agencies {
		if err := e.Agency(a, emit); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := e.Global(x.Archive, x.Free, 1, emit); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(files["data/agencies.csv"], []byte(byteOrderMark)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, r := range records {
		found = found || r[1] == sitetest.Hostile
	}
	if !found {
		t.Errorf("the hostile name is not kept as it is: %q", records)
	}

	var report struct {
		Title  string
		Cells  map[string][]*float64
		Status map[string]struct{ Status, Text string }
	}
	if err := json.Unmarshal(files["agencies/x/gov/b/2023/report.json"], &report); err != nil {
		t.Fatal(err)
	}
	if report.Title != sitetest.Hostile {
		t.Errorf("title %q", report.Title)
	}
	nulls := 0
	for row, cells := range report.Cells {
		for _, c := range cells {
			if c != nil {
				t.Errorf("%s: a blank or a sign became %v", row, *c)
			}
			nulls++
		}
	}
	f := x.Agencies[len(x.Agencies)-2].Reports[0].Form
	if nulls != len(f.Cells) || len(report.Status) != nulls {
		t.Errorf("%d cells, %d statuses, the form has %d", nulls, len(report.Status), len(f.Cells))
	}
}
