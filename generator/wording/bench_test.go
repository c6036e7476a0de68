package wording_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/form"
	"annals/generator/prose"
	"annals/generator/wording"
)

// BenchmarkJudge is of a report of some six thousand bytes.
func BenchmarkJudge(b *testing.B) {
	forms, _ := form.Load(fstest.MapFS{})
	words := wording.New(forms)
	x := text{Add: strings.Repeat("本年度围绕政府信息和规范性文件两项重点，更新相关内容480条，其中门户网站类信息36条。全年召开业务培训12次，研究2024年政策文件的公开范围、时限和责任分工。\n\n", 30)}
	r := x.report(b, forms)
	text := prose.Of(r)
	b.SetBytes(int64(len(text.Norm)))
	b.Run("prose", func(b *testing.B) {
		for b.Loop() {
			prose.Of(r)
		}
	})
	b.Run("judge", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			words.Judge(r, text)
		}
	})
}
