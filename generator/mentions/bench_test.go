package mentions

import (
	"testing"
	"testing/fstest"

	"annals/generator/form"
)

func BenchmarkNew(b *testing.B) {
	forms, _ := form.Load(fstest.MapFS{})
	f, _ := forms.Form("cn-2021")
	b.ReportAllocs()
	for b.Loop() {
		New(f)
	}
}

func BenchmarkJudge(b *testing.B) {
	forms, _ := form.Load(fstest.MapFS{})
	f, _ := forms.Form("cn-2021")
	e := New(f)
	var docs []reported
	size := 0
	for _, x := range labelledTexts(b, "testdata/texts/dev.jsonl") {
		if x.Form == "cn-2021" {
			docs = append(docs, report(b, f, x))
			size += len(x.Text)
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			e.Judge(d.r, d.last, d.text)
		}
	}
}
